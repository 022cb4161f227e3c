"""The journal as admins read and export it, and as anybody can check it."""

import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fastapi.testclient import TestClient

from cxify.cli import main
from cxify.store import journal
from cxify.store.people import Role
from tests.web.organisation import Organisation, open_page, organised

pytestmark = pytest.mark.long


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Organisation]:
    with open_page(organised(tmp_path / "data")) as page:
        yield page


@pytest.fixture
def filled(page: Organisation) -> Organisation:
    browser = page.signed_in(page.person("kim"))
    for number in range(3):
        assert browser.post("/tokens", data={"name": f"program {number}", "days": 30}).status_code == 201
    return page


def checked(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["journal", *map(str, arguments)])


def past_the_triggers(page: Organisation, *changes: str) -> None:
    """Change the journal as somebody does who has the database's file."""
    with sqlite3.connect(Path(page.here.config.serve.data or "") / "web.db") as database:
        for (trigger,) in database.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            database.execute(f"drop trigger {trigger}")
        for change in changes:
            database.execute(change)


def _written(page: Organisation, number: int) -> None:
    with page.here.engine.begin() as connection:
        for each in range(number):
            journal.append(connection, None, "signed in", f"{each}")


def first_look(browser: TestClient) -> str:
    """Return the journal's page once all entries were checked: under load that takes longer than a person waits."""
    given_up = time.monotonic() + 60
    while "All entries are being checked." in (shown := browser.get("/journal").text):
        assert time.monotonic() < given_up, shown
        time.sleep(0.1)
    return shown


def exported(page: Organisation, folder: Path) -> Path:
    answer = page.signed_in(page.person("ada", Role.ADMIN)).get("/journal.jsonl")
    assert answer.headers["content-disposition"].startswith("attachment")
    file = folder / "journal.jsonl"
    file.write_bytes(answer.content)
    return file


def test_an_admin_reads_who_did_what(filled: Organisation) -> None:
    shown = filled.signed_in(filled.person("ada", Role.ADMIN)).get("/journal").text
    assert "token made" in shown
    assert "Kim" in shown


def test_details_are_told_in_words_and_with_the_numbers_that_people_see(page: Organisation) -> None:
    with page.here.engine.begin() as connection:
        told = {"sha256": "0" * 64, "refused": False, "suggestion": 0}
        journal.append(connection, None, "document uploaded", "x", told)
        journal.append(connection, None, "document uploaded", "x", {"refused": True})
    shown = page.signed_in(page.person("ada", Role.ADMIN)).get("/journal", headers={"Accept-Language": "de"}).text
    assert shown.count("nicht möglich") == 1
    assert "Vorschlag: 1<" in shown
    assert "False" not in shown


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER])
@pytest.mark.parametrize("path", ["/journal", "/journal.jsonl", "/people"])
def test_others_do_not_read_it(page: Organisation, role: Role, path: str) -> None:
    assert page.signed_in(page.person("kim", role)).get(path).status_code == 403


def test_a_long_journal_is_read_in_parts(page: Organisation) -> None:
    with page.here.engine.begin() as connection:
        for number in range(205):
            journal.append(connection, None, f"thing-{number}", "x")
    browser = page.signed_in(page.person("ada", Role.ADMIN))
    first = browser.get("/journal").text
    assert "thing-204" in first
    assert "thing-104" not in first
    assert "/journal?before=106" in first
    assert "thing-104" in browser.get("/journal?before=106").text


def test_an_export_holds_all_and_can_be_checked_anywhere(filled: Organisation, tmp_path: Path) -> None:
    file = exported(filled, tmp_path)
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [line["action"] for line in lines] == ["token made"] * 3 + ["journal exported"]
    assert [line["previous"] for line in lines[1:]] == [line["hash"] for line in lines[:-1]]
    result = checked(file)
    assert result.exit_code == 0, result.output
    assert f"4:{lines[-1]['hash']}" in result.stdout


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [("token made", "token mada", "entry 1 was changed"), ('"days": 30', '"days": 31', "entry 1 was changed")],
)
def test_a_changed_export_is_found(filled: Organisation, tmp_path: Path, old: str, new: str, fault: str) -> None:
    file = exported(filled, tmp_path)
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    result = checked(file)
    assert result.exit_code == 13
    assert fault in result.stdout


def test_a_line_taken_out_or_cut_off_is_found(filled: Organisation, tmp_path: Path) -> None:
    file = exported(filled, tmp_path)
    lines = file.read_text("utf-8").splitlines(keepends=True)
    noted = f"4:{json.loads(lines[-1])['hash']}"
    file.write_text("".join(lines[:1] + lines[2:]), "utf-8")
    assert "entry 2 is missing" in checked(file).stdout
    file.write_text("".join(lines[:-1]), "utf-8")
    assert checked(file).exit_code == 0
    assert "entry 4 is missing" in checked(file, "--noted", noted).stdout


def test_a_journal_made_anew_is_found_by_what_was_noted_down(filled: Organisation, tmp_path: Path) -> None:
    assert (
        "is not the one that was noted down" in checked(exported(filled, tmp_path), "--noted", f"2:{'0' * 64}").stdout
    )


def test_the_database_is_checked_and_a_change_past_the_triggers_found(filled: Organisation) -> None:
    folder = filled.here.config.serve.data
    assert checked("--data", folder).exit_code == 0
    past_the_triggers(filled, "update journal set person_id = 'somebody else' where seq = 2")
    result = checked("--data", folder)
    assert result.exit_code == 13
    assert "entry 2 was changed" in result.stdout
    shown = first_look(filled.signed_in(filled.person("ada", Role.ADMIN)))
    assert filled.here.texts.say("en", "journal.broken") in shown
    assert "entry 2 was changed." in shown


def test_a_look_checks_what_came_since_and_what_is_shown_and_all_is_checked_on_demand(page: Organisation) -> None:
    _written(page, 250)
    browser = page.signed_in(page.person("ada", Role.ADMIN))
    assert "All 250 entries were checked on" in first_look(browser)
    _written(page, 2)
    shown = browser.get("/journal").text
    assert "All 250 entries were checked on" in shown
    assert "The 2 entries since then were checked just now." in shown
    past_the_triggers(page, "update journal set action = 'another' where seq = 120")
    assert "All 250 entries were checked on" in browser.get("/journal").text, "nobody reads it all at each look"
    assert browser.post("/journal/check").status_code == 303
    assert "entry 120 was changed." in browser.get("/journal").text
    assert "Eintrag 120 wurde geändert." in browser.get("/journal", headers={"Accept-Language": "de"}).text


@pytest.mark.parametrize(
    ("change", "at", "fault"),
    [
        ("update journal set action = 'another' where seq = 3", "/journal?before=5", "entry 3 was changed"),
        ("update journal set action = 'another' where seq = 251", "/journal", "entry 251 was changed"),
        ("delete from journal where seq > 249", "/journal", "entry 251 is missing"),
        ("update journal_head set seq = 100", "/journal", "entry 101 is missing"),
    ],
)
def test_a_change_where_one_looks_is_found_at_once(page: Organisation, change: str, at: str, fault: str) -> None:
    _written(page, 250)
    browser = page.signed_in(page.person("ada", Role.ADMIN))
    assert "All 250 entries were checked on" in first_look(browser)
    _written(page, 1)
    past_the_triggers(page, change)
    assert fault in browser.get(at).text
    assert fault in browser.get("/journal").text, "it is not forgotten"


def test_a_journal_made_anew_behind_the_page_is_found(page: Organisation) -> None:
    _written(page, 5)
    browser = page.signed_in(page.person("ada", Role.ADMIN))
    assert "All 5 entries were checked on" in first_look(browser)
    past_the_triggers(page, "delete from journal", "update journal_head set seq = 0, hash = '" + "0" * 64 + "'")
    _written(page, 7)
    assert journal.verify(page.here.engine).whole, "nothing in the database shows it"
    browser.post("/journal/check")
    assert "entry 5 is not the one that was noted down." in browser.get("/journal").text


def test_what_is_no_journal_is_said(tmp_path: Path) -> None:
    file = tmp_path / "notes.jsonl"
    for content in ("Buy milk.", "[]", '{"seq": 1}', "5", '{"at": 5}'):
        file.write_text(content)
        result = checked(file)
        assert result.exit_code == 10
        assert "line 1 is no entry" in result.output
        assert "Traceback" not in result.output
