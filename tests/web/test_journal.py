"""The journal as admins read and export it, and as anybody can check it."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cxify.cli import main
from cxify.store import journal
from cxify.store.people import Role
from tests.web.organisation import Organisation, open_page, organised


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
    with sqlite3.connect(Path(folder or "") / "web.db") as database:
        for (trigger,) in database.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            database.execute(f"drop trigger {trigger}")
        database.execute("update journal set person_id = 'somebody else' where seq = 2")
    result = checked("--data", folder)
    assert result.exit_code == 13
    assert "entry 2 was changed" in result.stdout
    shown = filled.signed_in(filled.person("ada", Role.ADMIN)).get("/journal").text
    assert filled.here.texts.say("en", "journal.broken") in shown


def test_what_is_no_journal_is_said(tmp_path: Path) -> None:
    file = tmp_path / "notes.jsonl"
    for content in ("Buy milk.", "[]", '{"seq": 1}', "5", '{"at": 5}'):
        file.write_text(content)
        result = checked(file)
        assert result.exit_code == 10
        assert "line 1 is no entry" in result.output
        assert "Traceback" not in result.output
