"""A file comes back from Word: what was accepted and rejected there stands on the page; other files are told."""

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from fastapi.testclient import TestClient

from cxify import word
from cxify.store import decisions, journal
from tests.libreoffice import Referee
from tests.web.conftest import context
from tests.web.uploads import JSON, at_work, done
from tests.worddoc import word_file

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Yield one page for all tests, as `cxify serve` starts it."""
    with at_work(tmp_path_factory.mktemp("page") / "data") as browser:
        yield browser


@pytest.fixture
def paper(web: TestClient, samples: Path) -> str:
    told = done(web, ("nurse.docx", (samples / "job_description_nurse_uk.docx").read_bytes()))
    return str(told["files"][0]["id"])


def open_file(web: TestClient, paper: str) -> bytes:
    """Return the file with all open suggestions, as a person takes it into Word."""
    return web.get(f"/documents/{paper}/download/tracked", params={"open": "yes"}).content


def send_back(web: TestClient, paper: str, data: bytes) -> str:
    answer = web.post(f"/documents/{paper}/returned", files={"file": ("back.docx", data)})
    assert answer.status_code == 200, answer.text
    return answer.text


def actions(web: TestClient, paper: str) -> list[str]:
    return [each.action for each in decisions.of(context(web).engine, paper)]


def test_what_was_accepted_in_word_is_accepted_here(web: TestClient, paper: str) -> None:
    shown = send_back(web, paper, word.resolve(open_file(web, paper), accept=True))
    assert "nurse.docx" in shown
    assert '<span lang="en-GB">' in shown, "the words that were decided on, in their own language"
    found = actions(web, paper)
    assert found
    assert set(found) == {"accept"}
    clean = web.get(f"/documents/{paper}/download/clean").content
    accepted = word.read(word.resolve(open_file(web, paper), accept=True))
    assert [block.text for block in word.read(clean).blocks] == [block.text for block in accepted.blocks]
    send_back(web, paper, word.resolve(open_file(web, paper), accept=True))
    assert actions(web, paper) == found, "what is known is not decided again"


def test_what_was_rejected_in_word_is_rejected_here(web: TestClient, paper: str) -> None:
    send_back(web, paper, word.resolve(open_file(web, paper), accept=False))
    found = actions(web, paper)
    assert found
    assert set(found) == {"reject"}


def test_who_read_decisions_from_a_file_is_in_the_journal(web: TestClient, paper: str) -> None:
    send_back(web, paper, word.resolve(open_file(web, paper), accept=True))
    last = [each for each in journal.entries(context(web).engine) if each.object == paper][-1]
    assert (last.action, last.details) == ("document returned", {"decisions": len(actions(web, paper))})


@pytest.mark.parametrize(("data", "status"), [(word_file(), 400), (b"%PDF-1.7", 400), (b"", 400)])
def test_a_file_that_does_not_come_from_this_document_is_refused_with_a_sentence(
    web: TestClient, paper: str, data: bytes, status: int
) -> None:
    answer = web.post(f"/documents/{paper}/returned", files={"file": ("other.docx", data)}, headers=JSON)
    assert answer.status_code == status, answer.text
    assert answer.json()["message"].endswith(".")
    assert answer.json()["remedy"].endswith(".")
    assert actions(web, paper) == []


def test_no_file_is_told(web: TestClient, paper: str) -> None:
    assert web.post(f"/documents/{paper}/returned", headers=JSON).status_code == 422


def test_text_that_was_changed_elsewhere_is_told_and_kept_out(web: TestClient, paper: str) -> None:
    document = docx.Document(io.BytesIO(open_file(web, paper)))
    place = next(each for each in document.paragraphs if each.text.startswith("Job description"))
    place.add_run(" (draft of Monday)")
    buffer = io.BytesIO()
    document.save(buffer)
    shown = send_back(web, paper, buffer.getvalue())
    assert 'class="notice' in shown
    assert b"draft of Monday" not in web.get(f"/documents/{paper}/download/clean").content


@pytest.mark.libreoffice
def test_decisions_made_in_libreoffice_are_read_back(
    web: TestClient, paper: str, tmp_path: Path, referee: Referee
) -> None:
    file, saved = tmp_path / "open.docx", tmp_path / "saved.docx"
    file.write_bytes(open_file(web, paper))
    referee.texts(file, "accept", saved)
    send_back(web, paper, saved.read_bytes())
    found = actions(web, paper)
    assert found
    assert found.count("accept") >= len(found) * 0.8
