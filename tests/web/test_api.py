"""The API for programs: from upload to download with a token, and what it says when something cannot be done."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient

from cxify import store, word
from cxify.provenance import Record
from cxify.store import decisions, journal, tokens
from cxify.store.moment import now
from cxify.store.people import Person
from cxify.store.tokens import Scope
from tests.web.organisation import Organisation, open_page, organised
from tests.worddoc import word_file

pytestmark = pytest.mark.long

API = "/api/v1/documents"
Told = dict[str, Any]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Organisation]:
    with open_page(organised(tmp_path_factory.mktemp("api"))) as page:
        yield page


def program(page: Organisation, person: Person, scope: Scope = Scope.WRITE) -> TestClient:
    """Return a program with a token of a person."""
    with store.writing(page.here.engine) as connection:
        secret = tokens.issue(connection, person.id, "test", scope, now() + timedelta(days=1))
    browser = page.browser()
    browser.headers = {"Authorization": f"Bearer {secret}"}  # type: ignore[assignment]
    return browser


@pytest.fixture
def kim(page: Organisation) -> TestClient:
    return program(page, page.person("kim"))


def sent(program: httpx2.Client, *files: tuple[str, bytes], **data: str) -> Told:
    answer = program.post(API, files=[("files", file) for file in files], data=data)
    assert answer.status_code == 201, answer.text
    told: Told = answer.json()
    return told


def until(program: httpx2.Client, id: str, *states: str) -> Told:
    """Ask for a document until it is so far."""
    given_up = time.monotonic() + 90
    while (told := program.get(f"{API}/{id}").json())["state"] not in states:
        assert time.monotonic() < given_up, told
        time.sleep(0.1)
    assert isinstance(told, dict)
    return told


def ready(program: httpx2.Client, data: bytes) -> str:
    """Upload a document, have it done, and return its id."""
    (document,) = sent(program, ("nurse.docx", data), intensity="light")["documents"]
    id: str = document["id"]
    until(program, id, "uploaded")
    assert program.post(f"{API}/{id}/start").status_code == 202
    until(program, id, "ready")
    return id


def test_a_program_takes_a_document_from_upload_to_download(page: Organisation, kim: TestClient, samples: Path) -> None:
    source = (samples / "job_description_nurse_uk.docx").read_bytes()
    id = ready(kim, source)
    found = kim.get(f"{API}/{id}").json()
    assert (found["kind"], found["language"], found["name"]) == ("job_description", "en-GB", "nurse.docx")
    suggestions = kim.get(f"{API}/{id}/suggestions").json()["suggestions"]
    assert {each["standing"] for each in suggestions} == {"open"}
    assert all(each["reason"] and each["evidence"] for each in suggestions if each["sort"] == "edit")
    for number, action in ((0, "accept"), (1, "reject")):
        answer = kim.post(f"{API}/{id}/decisions", json={"suggestion": number, "action": action})
        assert answer.status_code == 201, answer.text
    assert answer.json() == {"suggestion": 1, "standing": "rejected", "decided": 2, "total": len(suggestions)}
    tracked = kim.get(f"{API}/{id}/download/tracked").content
    assert word.verify(source, tracked).ok
    edits = Record.model_validate(word.provenance_of(tracked)).edits
    assert [edit.operation.model_dump()["block"] for edit in edits] == [suggestions[0]["block"]]
    assert kim.get(f"{API}/{id}/download/original").content == source
    assert [each.action for each in decisions.of(page.here.engine, id)] == ["accept", "reject"]
    assert kim.delete(f"{API}/{id}").status_code == 204
    assert kim.get(f"{API}/{id}").status_code == 404


def test_who_decided_and_when_is_kept(kim: TestClient, samples: Path) -> None:
    id = ready(kim, (samples / "job_description_nurse_uk.docx").read_bytes())
    kim.post(f"{API}/{id}/decisions", json={"suggestion": 0, "action": "accept"})
    kim.post(f"{API}/{id}/decisions", json={"suggestion": 0, "action": "comment", "text": "Agreed with the ward."})
    first = kim.get(f"{API}/{id}/suggestions").json()["suggestions"][0]
    assert (first["standing"], first["decided_by"], first["comments"]) == ("accepted", "Kim", ["Agreed with the ward."])
    assert first["decided_at"].endswith("Z")


def test_a_wording_of_ones_own_passes_the_same_rules(kim: TestClient, samples: Path) -> None:
    id = ready(kim, (samples / "job_description_nurse_uk.docx").read_bytes())
    path = f"{API}/{id}/decisions"
    refused = kim.post(path, json={"suggestion": 0, "action": "edit", "text": "Earns £60,000 and is in Band 8."})
    assert refused.status_code == 400
    assert refused.json()["code"] == "WordingRefused"
    assert kim.get(f"{API}/{id}/suggestions").json()["suggestions"][0]["standing"] == "open"
    good = "Give the answer, or the date by which it will come."
    assert kim.post(path, json={"suggestion": 0, "action": "edit", "text": good}).json()["standing"] == "edited"


def test_a_refused_file_says_why_and_what_to_do(kim: TestClient) -> None:
    told = sent(kim, ("notes.docx", b"Buy milk."), ("job.docx", word_file()))
    ids = {each["name"]: each["id"] for each in told["documents"]}
    refused = until(kim, ids["notes.docx"], "refused")
    assert "not a Word document" in refused["message"]
    assert refused["remedy"]
    assert until(kim, ids["job.docx"], "uploaded")["message"] == ""


def test_a_file_that_comes_twice_is_taken_once_and_said(kim: TestClient) -> None:
    told = sent(kim, ("a.docx", word_file()), ("b.docx", word_file()))
    assert [each["name"] for each in told["documents"]] == ["a.docx"]
    assert "same file as a.docx" in told["notes"][0]


def test_a_kind_is_corrected_before_the_start(kim: TestClient) -> None:
    (document,) = sent(kim, ("job.docx", word_file()))["documents"]
    until(kim, document["id"], "uploaded")
    path = f"{API}/{document['id']}/kind"
    assert kim.put(path, json={"kind": "job_advert"}).json()["kind"] == "job_advert"
    assert kim.put(path, json={"kind": None}).status_code == 200
    assert kim.put(path, json={"kind": "poem"}).json()["remedy"] == "Choose one of GET /api/v1/kinds."


def test_kind_and_language_are_said_once_for_all_files_that_are_sent(kim: TestClient) -> None:
    files = [
        (f"{name}.docx", word_file(f"Job description: {name}", "You help people.")) for name in ("Clerk", "Porter")
    ]
    told = sent(kim, *files, kind="policy", language="de")
    found = [until(kim, each["id"], "uploaded") for each in told["documents"]]
    assert [(each["kind"], each["language"]) for each in found] == [("policy", "de")] * 2
    for wrong in ({"kind": "no_kind"}, {"language": "no language"}):
        assert kim.post(API, files=[("files", files[0])], data=wrong).status_code == 422


def test_a_language_is_corrected_before_the_start(kim: TestClient) -> None:
    (document,) = sent(kim, ("job.docx", word_file()))["documents"]
    guessed = until(kim, document["id"], "uploaded")["language"]
    path = f"{API}/{document['id']}/language"
    assert kim.put(path, json={"language": "de"}).json()["language"] == "de"
    assert kim.get(f"{API}/{document['id']}").json()["language"] == "de"
    assert kim.put(path, json={"language": None}).json()["language"] == guessed
    assert kim.put(path, json={"language": "no language"}).status_code == 422


def test_the_built_in_writer_costs_nothing_and_others_are_not_allowed_by_themselves(kim: TestClient) -> None:
    (document,) = sent(kim, ("job.docx", word_file()))["documents"]
    assert kim.get(f"{API}/{document['id']}/estimate").json()["usd"] == "0"
    answer = kim.post(API, files=[("files", ("job.docx", word_file()))], data={"writer": "openai:gpt-6-luna"})
    assert answer.status_code == 422
    assert "not allowed here" in answer.json()["message"]


def test_a_model_writes_only_after_its_cost_was_confirmed(tmp_path: Path) -> None:
    with open_page(organised(tmp_path / "data", models=("openai:gpt-6-luna",))) as page:
        ada = program(page, page.person("ada"))
        (document,) = sent(ada, ("job.docx", word_file()), writer="openai:gpt-6-luna")["documents"]
        until(ada, document["id"], "uploaded")
        answer = ada.post(f"{API}/{document['id']}/start", json={"confirmed": "guessed"})
        assert answer.status_code == 422
        assert "Nothing was sent" in answer.json()["message"]


def test_starting_twice_is_the_same_as_once(kim: TestClient) -> None:
    (document,) = sent(kim, ("job.docx", word_file()))["documents"]
    until(kim, document["id"], "uploaded")
    for _ in range(2):
        assert kim.post(f"{API}/{document['id']}/start").status_code == 202
    until(kim, document["id"], "ready")


def test_documents_are_listed_in_parts(page: Organisation) -> None:
    lee = program(page, page.person("lee"))
    sent(lee, *((f"{number}.docx", word_file(f"Answer letter number {number}.")) for number in range(5)))
    whole = lee.get(API).json()
    assert whole["total"] == 5
    parts = [lee.get(API, params={"limit": 2, "offset": offset}).json()["documents"] for offset in (0, 2, 4)]
    assert [each["id"] for part in parts for each in part] == [each["id"] for each in whole["documents"]]


def test_nothing_is_there_to_review_before_it_is_ready(kim: TestClient) -> None:
    (document,) = sent(kim, ("job.docx", word_file()))["documents"]
    answer = kim.get(f"{API}/{document['id']}/suggestions")
    assert answer.status_code == 404
    assert "no suggestions" in answer.json()["message"]


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("POST", "", {"data": {"intensity": "light"}}, 422),
        ("POST", "", {"content": b"not a form", "headers": {"Content-Type": "multipart/form-data"}}, 422),
        ("GET", "?limit=0", {}, 422),
        ("GET", "/short", {}, 422),
        ("GET", f"/{'x' * 22}", {}, 404),
        ("POST", f"/{'x' * 22}/decisions", {"json": {"suggestion": 0, "action": "burn"}}, 422),
        ("POST", f"/{'x' * 22}/decisions", {"content": b"{", "headers": {"Content-Type": "application/json"}}, 422),
        ("POST", f"/{'x' * 22}/decisions", {"json": {"suggestion": 0, "action": "accept"}}, 404),
        ("GET", f"/{'x' * 22}/download/pdf", {}, 422),
        ("PATCH", f"/{'x' * 22}", {}, 403),
    ],
)
def test_what_cannot_be_done_is_said_in_one_form(
    kim: TestClient, method: str, path: str, sent: Told, status: int
) -> None:
    headers = {**dict(kim.headers), **sent.pop("headers", {})}
    answer = kim.request(method, f"{API}{path}", headers=headers, **sent)
    assert answer.status_code == status, answer.text
    assert set(answer.json()) == {"message", "remedy", "code"}
    assert all(answer.json().values())


def test_without_a_token_nothing_that_was_sent_is_read(page: Organisation) -> None:
    read = 0

    def body() -> Iterator[bytes]:
        nonlocal read
        for _ in range(64):
            read += 1
            yield b"x" * 2**16

    answer = page.browser().post(API, content=body(), headers={"Authorization": "Bearer cxify_none"})
    assert answer.status_code == 401
    assert read == 0
    answer = page.browser().post(
        f"{API}/{'x' * 22}/decisions",
        content=b"{",
        headers={"Authorization": "Bearer cxify_none", "Content-Type": "application/json"},
    )
    assert answer.status_code == 401


def test_every_change_stands_in_the_journal_without_a_word_of_the_document(page: Organisation, kim: TestClient) -> None:
    (document,) = sent(kim, ("job.docx", word_file("Polish the brass weathercock.")))["documents"]
    until(kim, document["id"], "uploaded")
    kim.delete(f"{API}/{document['id']}")
    entries = [entry for entry in journal.entries(page.here.engine) if entry.object == document["id"]]
    assert len(entries) >= 2
    assert not any("weathercock" in str(vars(entry)) or "job.docx" in str(vars(entry)) for entry in entries)
