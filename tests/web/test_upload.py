"""Files arrive: each is named, read and told what it is, or refused with what to do; nothing is sent unconfirmed."""

import io
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import docx
import pytest
from fastapi.testclient import TestClient

from cxify import convert, store, word
from cxify.store import journal, lists, papers
from cxify.web.desk import choices, handing
from cxify.web.desk.roles import Roles
from cxify.web.processing import tasks
from tests import hostile
from tests.web.conftest import context
from tests.web.uploads import JSON, at_work, done, finished, read, send, state, states, until
from tests.worddoc import word_file

pytestmark = pytest.mark.long

GERMAN = word_file(
    "Stellenbeschreibung: Sachbearbeitung Bürgerdienste",
    "Aufgaben",
    "Beantwortet Anfragen von Bürgerinnen und Bürgern am Telefon und in Briefen.",
    "Führt die Akten der Abteilung und bereitet die Sitzungen der Leitung vor.",
)


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Yield one page for all tests, as `cxify serve` starts it."""
    with at_work(tmp_path_factory.mktemp("page") / "data") as browser:
        yield browser


def test_a_file_is_known_by_kind_and_language_when_its_page_opens(web: TestClient) -> None:
    sent = web.post("/upload", files=[("files", ("de.docx", GERMAN)), ("files", ("en.docx", word_file()))])
    assert sent.status_code == 303
    told = until(web, sent.headers["location"].rpartition("/")[2], read)
    assert {(file["name"], file["kind"], file["language"]) for file in told["files"]} == {
        ("de.docx", "job_description", "de"),
        ("en.docx", "job_description", "en-US"),
    }
    shown = web.get(sent.headers["location"]).text
    assert "de.docx" in shown
    assert "en.docx" in shown


def test_what_cannot_be_used_says_why_and_what_to_do(web: TestClient) -> None:
    wrong = {
        "scan.pdf": hostile.pdf(),
        "old.docx": hostile.old_doc(),
        "secret.docx": hostile.password_protected(),
        "bomb.docx": hostile.bomb_in_the_document(),
        "entities.docx": hostile.entities_that_multiply(),
        "table.xlsx": hostile.excel_workbook(),
        "empty.docx": b"",
    }
    told = until(web, send(web, *wrong.items(), ("good.docx", word_file()))["batch"], read)
    by_name = {file["name"]: file for file in told["files"]}
    assert by_name.pop("good.docx")["state"] == "uploaded"
    for file in by_name.values():
        assert file["state"] == "refused", file
        assert file["message"].endswith("."), file
        assert file["remedy"].endswith("."), file
    page = web.get(f"/batches/{told['id']}").text
    assert "This is a PDF file." in page
    assert "protected by a password" in page
    with context(web).engine.connect() as connection:
        assert papers.source(connection, by_name["scan.pdf"]["id"]) == b"", "what is refused is not kept"


@pytest.mark.long
def test_every_hostile_file_is_refused_or_read_and_the_page_goes_on(web: TestClient) -> None:
    files = [(f"{name}.docx", make()) for name, (make, _) in hostile.REFUSED.items()]
    files += [(f"{name}.docx", make()) for name, make in hostile.HARMLESS.items()]
    batch = ""
    for first in range(0, len(files), 50):
        batch = send(web, *files[first : first + 50], batch=batch)["batch"]
    found = states(until(web, batch, read, seconds=300))
    assert {name for name in hostile.REFUSED if found[f"{name}.docx"] != "refused"} == set()
    assert {name for name in hostile.HARMLESS if found[f"{name}.docx"] != "uploaded"} == set()


def test_folders_stay_and_names_are_safe_and_unique(web: TestClient) -> None:
    other = word_file("Job description: Porter", "Main duties", "Carry letters to all offices twice a day.")
    told = send(
        web,
        ("jobs/north/clerk.docx", word_file()),
        ("jobs/north/Clerk.docx", other),
        ("../../etc/passwd.docx", GERMAN),
        ("jobs/~$clerk.docx", b"lock"),
        ("jobs/.DS_Store", b"x"),
    )
    found = {(file["folder"], file["name"]) for file in state(web, told["batch"])["files"]}
    assert found == {("jobs/north", "clerk.docx"), ("jobs/north", "Clerk (2).docx"), ("etc", "passwd.docx")}
    assert any("Clerk (2).docx" in line for line in told["told"])
    assert any("2 hidden or temporary files" in line for line in told["told"])


def test_the_same_file_twice_is_taken_once_and_said(web: TestClient) -> None:
    told = send(web, ("a.docx", word_file()), ("b.docx", word_file()))
    twin = word_file()
    again = send(web, ("c.docx", twin), ("d.docx", twin))
    assert len(again["files"]) == 1
    assert again["told"] == ["d.docx is the same file as c.docx and was taken once."]
    later = send(web, ("e.docx", twin))
    found = until(web, later["batch"], read)["files"][0]
    assert found["same_as"] == "c.docx"
    assert told["batch"] != again["batch"]


def test_more_files_than_one_upload_holds_are_refused_and_the_others_stay(tmp_path: Path) -> None:
    with at_work(tmp_path, most_documents=3) as web:
        batch = send(web, ("a.docx", word_file("One.")), ("b.docx", word_file("Two.")))["batch"]
        more = [("files", (name, word_file(name))) for name in ("c.docx", "d.docx")]
        answer = web.post("/upload", files=more, data={"batch": batch}, headers=JSON)
        assert answer.status_code == 413
        assert "at most 3 files" in answer.json()["message"]
        assert set(states(state(web, batch))) == {"a.docx", "b.docx"}


def test_a_kind_that_was_guessed_wrong_is_corrected_and_looked_at_anew(web: TestClient) -> None:
    batch = send(web, ("a.docx", word_file()))["batch"]
    (file,) = until(web, batch, read)["files"]
    assert web.post(f"/documents/{file['id']}/kind", data={"kind": "kpi_sheet"}).status_code == 303
    assert state(web, batch)["files"][0]["kind"] == "kpi_sheet"
    assert web.post(f"/documents/{file['id']}/kind", data={"kind": ""}).status_code == 303
    assert state(web, batch)["files"][0]["kind"] == "job_description"
    assert web.post(f"/documents/{file['id']}/kind", data={"kind": "novel"}).status_code == 422


def test_one_file_after_the_other_joins_the_same_upload(web: TestClient) -> None:
    first = send(web, ("a.docx", word_file()))
    second = send(web, ("b.docx", GERMAN), batch=first["batch"])
    assert second["batch"] == first["batch"]
    assert (second["state"], second["message"]) in (("uploaded", ""), ("reading", ""))
    assert len(state(web, first["batch"])["files"]) == 2


def test_nothing_joins_an_upload_on_which_the_work_has_begun(web: TestClient) -> None:
    told = done(web, ("a.docx", word_file()))
    late = web.post("/upload", files=[("files", ("b.docx", GERMAN))], data={"batch": told["id"]}, headers=JSON)
    assert late.status_code == 422
    assert "has begun" in late.json()["message"]


def test_a_file_that_is_too_large_is_refused_and_the_others_are_taken(tmp_path: Path) -> None:
    with at_work(tmp_path / "data", largest_file=1) as web:
        told = send(web, ("big.docx", bytes(2**20 + 1)), ("small.docx", word_file()))
        found = until(web, told["batch"], read)
        assert states(found) == {"big.docx": "refused", "small.docx": "uploaded"}
        assert "larger than 1 MB" in web.get(f"/batches/{told['batch']}").text


def test_no_file_and_too_many_files_are_told(tmp_path: Path) -> None:
    with at_work(tmp_path / "data", most_files=2) as web:
        assert web.post("/upload", headers=JSON).status_code == 422
        many = web.post("/upload", files=[("files", (f"{n}.docx", b"x")) for n in range(3)], headers=JSON)
        assert many.status_code == 413
        assert "2" in many.json()["message"]


def test_what_is_chosen_is_kept_and_only_what_is_offered_can_be_chosen(web: TestClient) -> None:
    batch = send(web, ("a.docx", word_file()))["batch"]
    chosen = {"framework": "template", "intensity": "light", "writer": "library"}
    assert web.post(f"/batches/{batch}/choices", data=chosen).status_code == 303
    for wrong in ({"writer": "openai:gpt-6-luna"}, {"framework": "17"}, {"intensity": "wild"}):
        assert web.post(f"/batches/{batch}/choices", data=chosen | wrong).status_code == 422, wrong
    assert 'value="light" checked' in web.get(f"/batches/{batch}").text


def test_an_upload_leaves_a_line_in_the_journal_for_each_file_without_its_words(web: TestClient) -> None:
    told = done(web, ("Salary of Ada.docx", word_file()))
    entries = list(journal.entries(context(web).engine))
    assert [each.action for each in entries if each.object == told["files"][0]["id"]] == ["document uploaded"]
    assert any(each.action == "work started" and each.object == told["id"] for each in entries)
    assert "Ada.docx" not in str(entries)


def test_an_estimate_is_shown_and_has_to_be_confirmed_before_a_model_is_asked(tmp_path: Path) -> None:
    with at_work(tmp_path / "data", models=("openai:gpt-6-luna",)) as web:
        batch = until(web, send(web, ("a.docx", word_file()))["batch"], read)["id"]
        wanted = {"writer": "openai:gpt-6-luna", "framework": "", "intensity": "standard"}
        assert web.post(f"/batches/{batch}/choices", data=wanted).status_code == 303
        given_up = time.monotonic() + 30
        while 'name="confirmed"' not in (shown := web.get(f"/batches/{batch}").text):
            assert time.monotonic() < given_up, shown
        assert "api.openai.com" in shown
        refused = web.post(f"/batches/{batch}/start", headers=JSON)
        assert refused.status_code == 422
        assert "not confirmed" in refused.json()["message"]
        assert not state(web, batch)["started"]


@pytest.mark.libreoffice
@pytest.mark.skipif(convert.program() is None, reason="LibreOffice is not installed")
def test_an_older_format_is_converted_where_libreoffice_is_installed(web: TestClient) -> None:
    rtf = (
        rb"{\rtf1\ansi {\b Job description: Clerk}\par Main duties\par Answer letters from residents of the town.\par}"
    )
    told = until(web, send(web, ("clerk.rtf", rtf), ("not.doc", b"plain"))["batch"], read, seconds=120)
    assert states(told) == {"clerk.rtf": "uploaded", "not.doc": "refused"}
    clerk = next(file for file in told["files"] if file["name"] == "clerk.rtf")
    with context(web).engine.connect() as connection:
        text = [each.text for each in docx.Document(io.BytesIO(papers.source(connection, clerk["id"]))).paragraphs]
    assert "Main duties" in text
    assert web.post(f"/batches/{told['id']}/start").status_code == 303
    until(web, told["id"], finished)
    tracked = web.get(f"/documents/{clerk['id']}/download/tracked")
    assert 'filename="clerk.tracked.docx"' in tracked.headers["content-disposition"]
    record = word.provenance_of(tracked.content)
    assert record is not None
    assert record["converted"]["format"] == "rtf"
    original = web.get(f"/documents/{clerk['id']}/download/original")
    assert original.content == rtf
    assert original.headers["content-type"] == "application/rtf"
    assert 'filename="clerk.rtf"' in original.headers["content-disposition"]


def test_documents_of_one_role_share_one_profile_as_on_the_command_line(web: TestClient) -> None:
    advert = word_file(
        "Job advert: Housing Adviser",
        "Your tasks",
        "Answer tenants' questions about repairs at the counter and on the telephone.",
    )
    job = word_file(
        "Job description: Housing Adviser",
        "Main duties",
        "Answer tenants' questions about repairs at the counter and on the telephone.",
        "Visit tenants at home when a repair went wrong and agree what happens next.",
    )
    told = done(web, ("advert.docx", advert), ("job.docx", job))
    assert finished(told)
    found = {}
    for file in told["files"]:
        paper = papers.behind(context(web).engine, file["id"])
        assert paper is not None
        assert paper.document_id is not None
        outcome = store.documents.result(context(web).engine, paper.document_id).outcome
        assert outcome is not None
        found[file["name"]] = outcome["details"]["profile"]
    assert found["advert.docx"]["shared_with"] == ["job.docx"]
    assert set(found["advert.docx"]["competencies"]) == set(found["job.docx"]["competencies"])


def test_what_was_stopped_is_left_and_what_is_in_work_is_finished(web: TestClient) -> None:
    files = [
        (f"{each}.docx", word_file(f"Job description: Clerk {each}", "Duties", f"Answer letters of district {each}."))
        for each in range(handing.FEW)  # so many that some are left, however late the page hears of it
    ]
    batch = send(web, *files)["batch"]
    assert web.post(f"/batches/{batch}/start").status_code == 303
    assert web.post(f"/batches/{batch}/cancel").status_code == 303
    found = states(until(web, batch, finished))
    assert len(found) == handing.FEW
    assert set(found.values()) <= {"ready", "cancelled"}
    assert "cancelled" in found.values()


def test_what_was_not_handed_over_when_somebody_stopped_is_left_too(web: TestClient) -> None:
    here, go = context(web), Event()
    files = [(f"{role}.docx", word_file(f"Job description: {role}", "You help.")) for role in ("Porter", "Clerk")]
    batch = until(web, send(web, *files)["batch"], read)["id"]
    assert web.post(f"/batches/{batch}/cancel").status_code == 303, "nothing has begun that this could stop"
    held = here.processing.once(f"hand over {batch}", go.wait)
    assert web.post(f"/batches/{batch}/start").status_code == 303
    assert set(states(state(web, batch)).values()) == {"waiting"}
    assert web.post(f"/batches/{batch}/cancel").status_code == 303
    go.set()
    held.result()
    handing.hand_over(here, batch)
    assert set(states(state(web, batch)).values()) == {"cancelled"}


def test_who_may_share_a_role_is_looked_at_and_who_shares_with_nobody_goes_first(web: TestClient) -> None:
    here = context(web)
    texts = {"a": "Housing Adviser", "b": "Porter", "c": "Gardener", "d": "Housing Adviser"}
    files = [
        (f"{name}.docx", word_file(f"Job description: {role}", f"You help {name}.")) for name, role in texts.items()
    ]
    whole = lists.of_batch(here.engine, until(web, send(web, *files)["batch"], read)["id"])
    looked = list[object]()

    def ask(task: Callable[..., Any], *arguments: object) -> Any:
        looked.extend([arguments] if task is tasks.seen else [])
        return here.processing.ask(task, *arguments)

    order = choices.order(here, "Ada", choices.first(here))
    alone, together = Roles(here, {"": order}, ask).certain(whole)
    assert [paper.name for paper in alone.papers] == ["b.docx", "c.docx"]
    assert not alone.shared
    assert {name: profile.shared_with for name, profile in together.shared.items()} == {
        "a.docx": ("d.docx",),
        "d.docx": ("a.docx",),
    }
    assert len(looked) == 2


def test_many_people_at_once_never_meet_a_locked_database(web: TestClient) -> None:
    def one(number: int) -> list[int]:
        paper = word_file(f"Job description: Porter {number}", "Duties", f"Carry the letters of house {number}.")
        sent = web.post("/upload", files=[("files", (f"{number}.docx", paper))], headers=JSON)
        batch = sent.json()["batch"]
        begun = web.post(f"/batches/{batch}/start")
        return [sent.status_code, begun.status_code, web.get(f"/batches/{batch}/state").status_code]

    with ThreadPoolExecutor(12) as people:
        answers = list(people.map(one, range(24)))
    assert answers == [[201, 303, 200]] * 24
