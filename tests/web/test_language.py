"""The language that was guessed is corrected: what is proposed is then in the language that the person chose."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from cxify import word
from tests.web.uploads import at_work, finished, read, send, state, until
from tests.worddoc import word_file

pytestmark = pytest.mark.long
GERMAN = {"die", "der", "und", "mit", "sie", "den", "das"}


def both(role: str) -> bytes:
    """Return a short form in two languages, with more English words than German ones."""
    return word_file(
        f"Job description: {role}",
        "Main duties",
        "You answer the letters of residents and you keep the files of the office for your team.",
        "Aufgaben",
        "Beantwortet Anfragen von Bürgerinnen und Bürgern am Telefon.",
    )


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Yield one page for all tests, as `cxify serve` starts it."""
    with at_work(tmp_path_factory.mktemp("page") / "data") as browser:
        yield browser


def file_of(web: TestClient, batch: str) -> dict[str, Any]:
    file: dict[str, Any] = state(web, batch)["files"][0]
    return file


def correct(web: TestClient, id: str, **what: str) -> None:
    for name, value in what.items():
        assert web.post(f"/documents/{id}/{name}", data={name: value}).status_code == 303


def record_of(web: TestClient, id: str) -> dict[str, Any]:
    record = word.provenance_of(web.get(f"/documents/{id}/download/tracked?open=yes").content)
    assert record is not None
    return record


def german_words(record: dict[str, Any]) -> set[str]:
    texts = [each["operation"].get("text") or each["operation"].get("new_text") or "" for each in record["edits"]]
    return GERMAN & set(" ".join(texts).casefold().split())


def test_two_documents_of_one_upload_are_each_done_in_their_language(web: TestClient) -> None:
    batch = send(web, ("de.docx", both("Clerk")), ("en.docx", both("Porter")))["batch"]
    german, english = until(web, batch, read)["files"]
    assert {german["language"], english["language"]} == {"en-US"}
    correct(web, german["id"], language="de")
    assert web.post(f"/batches/{batch}/start").status_code == 303
    assert {file["state"] for file in until(web, batch, finished)["files"]} == {"ready"}
    made = record_of(web, german["id"])
    assert made["document"]["language"] == "de"
    assert german_words(made)
    other = record_of(web, english["id"])
    assert other["document"]["language"] == "en-US"
    assert other["edits"]
    assert not german_words(other)
    assert 'lang="de"' in web.get(f"/documents/{german['id']}").text
    late = web.post(f"/documents/{german['id']}/language", data={"language": "fr"})
    assert late.status_code == 422
    assert "has begun" in late.text


def test_correcting_one_keeps_the_other_and_both_can_be_guessed_again(web: TestClient) -> None:
    batch = send(web, ("a.docx", word_file()))["batch"]
    (file,) = until(web, batch, read)["files"]
    found: list[tuple[str, str]] = []
    for what in ({"language": "nl"}, {"kind": "policy"}, {"language": ""}, {"kind": "", "language": "de-CH"}):
        correct(web, file["id"], **what)
        now = file_of(web, batch)
        found.append((now["kind"], now["language"]))
    assert found[:3] == [(found[0][0], "nl"), ("policy", "nl"), ("policy", "en-US")]
    assert found[3][1] == "de-CH"
    assert file_of(web, batch)["guessed_language"] == "en-US"


def test_kind_and_language_corrected_at_the_same_moment_are_both_kept(web: TestClient) -> None:
    batch = send(web, ("a.docx", word_file()))["batch"]
    (file,) = until(web, batch, read)["files"]
    with ThreadPoolExecutor(2) as people:
        list(people.map(lambda what: correct(web, file["id"], **what), ({"language": "es"}, {"kind": "policy"})))
    now = file_of(web, batch)
    assert (now["kind"], now["language"]) == ("policy", "es")


def test_all_documents_of_an_upload_are_corrected_at_once_and_each_can_still_be_another(web: TestClient) -> None:
    roles = ("Clerk", "Porter", "Gardener")
    batch = send(web, *((f"{role}.docx", both(role)) for role in roles), ("no.docx", b"no Word file"))["batch"]
    assert "For all 3 files" in web.get(f"/batches/{until(web, batch, read)['id']}").text
    chosen = web.post(f"/batches/{batch}/correction", data={"language": "de", "kind": "policy"})
    assert (chosen.status_code, chosen.headers["location"]) == (303, f"/batches/{batch}")
    found = until(web, batch, read)["files"]
    assert [(each["kind"], each["language"]) for each in found[:3]] == [("policy", "de")] * 3
    assert found[0]["guessed_language"] == "en-US"
    correct(web, found[1]["id"], language="en-US")
    assert web.post(f"/batches/{batch}/correction", data={"kind": "guess", "language": "keep"}).status_code == 303
    found = until(web, batch, read)["files"]
    assert [each["language"] for each in found[:3]] == ["de", "en-US", "de"]
    assert "policy" not in {each["kind"] for each in found}
    assert web.post(f"/batches/{batch}/start").status_code == 303
    assert [each["state"] for each in until(web, batch, finished)["files"]] == ["ready"] * 3 + ["refused"]
    assert german_words(record_of(web, found[0]["id"]))
    assert not german_words(record_of(web, found[1]["id"]))
    late = web.post(f"/batches/{batch}/correction", data={"language": "fr"})
    assert "has begun" in late.text


@pytest.mark.parametrize("wanted", [{"language": "no language"}, {"kind": "no_kind"}])
def test_what_is_no_kind_and_no_language_is_refused_for_all(web: TestClient, wanted: dict[str, str]) -> None:
    batch = send(web, ("a.docx", word_file()))["batch"]
    refused = web.post(f"/batches/{batch}/correction", data=wanted)
    assert refused.status_code == 422
    assert "There is no such" in refused.text


def test_a_correction_at_the_moment_of_the_start_counts_or_is_refused(web: TestClient) -> None:
    for turn in range(6):
        batch = send(web, ("a.docx", both(f"Clerk {turn}")))["batch"]
        (file,) = until(web, batch, read)["files"]
        with ThreadPoolExecutor(2) as people:
            corrected = people.submit(web.post, f"/documents/{file['id']}/language", data={"language": "de"})
            begun = people.submit(web.post, f"/batches/{batch}/start")
        assert begun.result().status_code == 303
        assert corrected.result().status_code in (303, 422)
        assert {each["state"] for each in until(web, batch, finished)["files"]} == {"ready"}
        counts = corrected.result().status_code == 303
        assert record_of(web, file["id"])["document"]["language"] == ("de" if counts else "en-US")


def test_the_languages_with_a_pack_are_offered_and_the_one_that_was_guessed(web: TestClient) -> None:
    batch = send(web, ("a.docx", word_file("Ruolo: addetto", "Il lavoro di una persona che non è al banco.")))["batch"]
    (file,) = until(web, batch, read)["files"]
    assert file["language"] == "it"
    shown = web.get(f"/batches/{batch}").text
    for option in ('value="en-GB">English (UK)', 'value="de">German', 'value="it" selected>another language (it)'):
        assert f"<option {option}</option>" in shown
    refused = web.post(f"/documents/{file['id']}/language", data={"language": "no language"})
    assert refused.status_code == 422
    assert "There is no such language." in refused.text


def test_an_estimate_is_about_the_language_too(tmp_path: Path) -> None:
    with at_work(tmp_path / "data", models=("openai:gpt-6-luna",)) as web:
        batch = send(web, ("a.docx", both("Clerk")))["batch"]
        (file,) = until(web, batch, read)["files"]
        wanted = {"writer": "openai:gpt-6-luna", "framework": "", "intensity": "standard"}
        assert web.post(f"/batches/{batch}/choices", data=wanted).status_code == 303
        before = key(web, batch)
        correct(web, file["id"], language="de")
        assert key(web, batch) not in ("", before)


def key(web: TestClient, batch: str) -> str:
    """Return what confirms the estimate that stands on the page, once it has been counted."""
    given_up = time.monotonic() + 60
    while 'name="confirmed" value="' not in (shown := web.get(f"/batches/{batch}").text):
        assert time.monotonic() < given_up, shown
    return shown.partition('name="confirmed" value="')[2].partition('"')[0]
