"""What a person deletes leaves the machine: after a whole review, no piece of it is in the data folder."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cxify import convert
from cxify.store import documents, journal, papers, people
from tests.web.conftest import context
from tests.web.uploads import done, read, send, until

pytestmark = pytest.mark.long

PIECE = 48
REMARK = "Frau Beispiel war im Mai krank"


def pieces(data: bytes) -> list[bytes]:
    """Return pieces of a file from all over it; SQLite cuts long values, so single ones may be torn apart."""
    return [data[at : at + PIECE] for at in range(0, len(data) - PIECE, max(PIECE, len(data) // 200))]


def found(folder: Path, marks: Iterable[bytes]) -> int:
    """Return how many of the pieces stand in the files of a folder."""
    held = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    return sum(any(mark in each for each in held) for mark in marks)


def test_nothing_of_a_deleted_document_is_left_in_the_data_folder(
    working: TestClient, samples: Path, tmp_path: Path
) -> None:
    here, folder = context(working), tmp_path / "data"
    sample = sorted(samples.rglob("*.docx"))[0].read_bytes()
    (file,) = done(working, ("Frau Beispiel.docx", sample))["files"]
    (ada,) = people.all_of(here.engine)
    paper = papers.mine(here.engine, ada, file["id"])
    assert paper.document_id is not None
    result = documents.result(here.engine, paper.document_id)
    assert result.output is not None
    assert result.outcome is not None
    remark = {"suggestion": "0", "action": "comment", "text": REMARK}
    assert working.post(f"/documents/{paper.id}/decisions", data=remark).status_code == 303

    texts = [
        REMARK.encode(),
        b"Frau Beispiel.docx",
        *(edit["reason"].encode()[:PIECE] for edit in reasons(result.outcome)),
    ]
    for marks in (pieces(sample), pieces(result.output), texts):
        assert found(folder, marks) > 0.8 * len(marks)

    assert working.post(f"/documents/{paper.id}/delete").status_code == 303
    assert found(folder, [*pieces(sample), *pieces(result.output), *texts]) == 0
    assert [entry.object for entry in journal.latest(here.engine, 1)] == [paper.id]
    assert working.get(f"/documents/{paper.id}").status_code == 404


@pytest.mark.libreoffice
@pytest.mark.skipif(convert.program() is None, reason="LibreOffice is not installed")
def test_nothing_of_a_file_that_was_converted_is_left_either(working: TestClient, tmp_path: Path) -> None:
    here, folder = context(working), tmp_path / "data"
    lines = b"".join(rb"Ward %d answers the letters of patients in %d days.\par " % (n, 3 * n) for n in range(400))
    rtf = rb"{\rtf1\ansi {\b Job description: Nurse}\par Main duties\par " + lines + b"}"
    told = until(working, send(working, ("nurse.rtf", rtf))["batch"], read, seconds=120)
    (file,) = told["files"]
    made = papers.source(here.engine, file["id"])
    assert made.startswith(b"PK")
    assert papers.original(here.engine, file["id"]) == rtf
    for marks in (pieces(rtf), pieces(made)):
        assert found(folder, marks) > 0.8 * len(marks)
    assert working.post(f"/documents/{file['id']}/delete").status_code == 303
    assert found(folder, [*pieces(rtf), *pieces(made)]) == 0


def reasons(outcome: dict[str, object]) -> list[dict[str, str]]:
    details = outcome["details"]
    assert isinstance(details, dict)
    edits: list[dict[str, str]] = [edit for edit in details["edits"] if edit.get("reason", "").isascii()]
    return edits
