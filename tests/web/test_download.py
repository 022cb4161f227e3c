"""Files leave: what was accepted and nothing else, proved, under safe names, each as a file to be saved."""

import csv
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from cxify import word
from cxify.web.desk import names
from cxify.web.desk.archives import zipped
from tests.libreoffice import Referee
from tests.web.conftest import context
from tests.web.uploads import at_work, done, states
from tests.worddoc import word_file

pytestmark = pytest.mark.long

FORMS = ("tracked", "clean", "comments", "what-changed", "what-changed-text", "original")


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Yield one page for all tests, as `cxify serve` starts it."""
    with at_work(tmp_path_factory.mktemp("page") / "data") as browser:
        yield browser


@pytest.fixture
def nurse(samples: Path) -> bytes:
    return (samples / "job_description_nurse_uk.docx").read_bytes()


@pytest.fixture
def paper(web: TestClient, nurse: bytes) -> str:
    """Upload a job description and return its number, once there are suggestions."""
    told = done(web, ("Pflege – Müller.docx", nurse))
    assert set(states(told).values()) == {"ready"}
    return str(told["files"][0]["id"])


def decide(web: TestClient, paper: str, number: int, action: str, text: str = "") -> None:
    given = {"suggestion": str(number), "action": action, "text": text}
    assert web.post(f"/documents/{paper}/decisions", data=given).status_code in (200, 303)


def take(web: TestClient, paper: str, form: str, **options: str) -> bytes:
    answer = web.get(f"/documents/{paper}/download/{form}", params=options)
    assert answer.status_code == 200, answer.text
    return answer.content


def edits_in(data: bytes) -> int:
    told = word.provenance_of(data)
    assert told is not None
    return len(told["edits"])


def test_nothing_is_accepted_for_anybody(web: TestClient, paper: str, nurse: bytes) -> None:
    assert edits_in(take(web, paper, "tracked")) == 0
    assert [b.text for b in word.read(take(web, paper, "clean")).blocks] == [b.text for b in word.read(nurse).blocks]
    assert edits_in(take(web, paper, "tracked", open="yes")) > 3


def test_what_was_accepted_is_in_the_file_and_what_was_rejected_is_not(
    web: TestClient, paper: str, nurse: bytes
) -> None:
    decide(web, paper, 0, "accept")
    decide(web, paper, 1, "reject")
    tracked = take(web, paper, "tracked")
    assert edits_in(tracked) == 1
    assert word.verify(nurse, tracked).ok
    clean = take(web, paper, "clean")
    assert word.verify(nurse, clean).ok
    accepted = word.read(word.resolve(tracked, accept=True))
    assert [block.text for block in word.read(clean).blocks] == [block.text for block in accepted.blocks]


def test_the_command_line_proves_what_was_downloaded(web: TestClient, paper: str, nurse: bytes, tmp_path: Path) -> None:
    decide(web, paper, 0, "accept")
    (tmp_path / "original.docx").write_bytes(nurse)
    for form in ("tracked", "comments", "clean"):
        (tmp_path / f"{form}.docx").write_bytes(take(web, paper, form))
        command = [sys.executable, "-m", "cxify", "verify", "original.docx", f"{form}.docx"]
        proof = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert proof.returncode == 0, proof.stdout + proof.stderr


def test_the_original_is_what_was_uploaded_byte_for_byte(web: TestClient, paper: str, nurse: bytes) -> None:
    assert take(web, paper, "original") == nurse


def test_the_page_for_manager_and_employee_says_what_changes(web: TestClient, paper: str) -> None:
    decide(web, paper, 0, "accept")
    text = take(web, paper, "what-changed-text").decode()
    assert text.startswith("# ")
    saved = take(web, paper, "what-changed").decode()
    assert "default-src 'none'" in saved
    assert not re.search(r"<script|src=|href=|url\(", saved)
    shown = web.get(f"/documents/{paper}/what-changed")
    assert shown.status_code == 200, shown.text
    for page in (text, saved, shown.text):
        assert "Pflege – Müller.docx" in page
        assert "What it does not mean" in page
    body = saved.partition("<main>\n")[2].partition("\n</main>")[0]
    assert body in shown.text, "what is printed in the browser is what is saved"


@pytest.mark.parametrize("form", FORMS)
def test_every_file_is_to_be_saved_under_its_own_name_and_never_shown(web: TestClient, paper: str, form: str) -> None:
    answer = web.get(f"/documents/{paper}/download/{form}")
    said = answer.headers["content-disposition"]
    assert said.startswith('attachment; filename="Pflege  Muller')
    assert f"filename*=UTF-8''{quote('Pflege – Müller')}" in said
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "no-store" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/html") == (form == "what-changed")


def test_a_form_that_does_not_exist_and_a_document_without_suggestions_are_told(web: TestClient, paper: str) -> None:
    assert web.get(f"/documents/{paper}/download/pdf").status_code == 422
    refused = done(web, ("good.docx", word_file()), ("scan.docx", b"%PDF-1.7"))["files"]
    scan = next(file["id"] for file in refused if file["name"] == "scan.docx")
    for form in FORMS:
        assert web.get(f"/documents/{scan}/download/{form}").status_code == 404, form


def test_the_page_of_downloads_offers_every_form(web: TestClient, paper: str) -> None:
    decide(web, paper, 0, "accept")
    shown = web.get(f"/documents/{paper}/download")
    assert shown.status_code == 200, shown.text
    for form in FORMS:
        assert f"/documents/{paper}/download/{form}" in shown.text, form


def test_who_takes_what_is_in_the_journal(web: TestClient, paper: str) -> None:
    from cxify.store import journal

    take(web, paper, "clean")
    entries = [each for each in journal.entries(context(web).engine) if each.object == paper]
    assert (entries[-1].action, entries[-1].details) == ("document downloaded", {"form": "clean"})


def test_an_upload_leaves_as_an_archive_with_folders_and_a_list(web: TestClient, nurse: bytes) -> None:
    told = done(web, ("jobs/nurse.docx", nurse), ("clerk.docx", word_file()), ("=cmd.docx", b"%PDF-1.7"))
    answer = web.get(f"/batches/{told['id']}/tracked.zip", params={"open": "yes"})
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["clerk.tracked.docx", "jobs/nurse.tracked.docx", "manifest.csv"]
        assert word.verify(nurse, archive.read("jobs/nurse.tracked.docx")).ok
        lines = list(csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig"))))
    by_document = {line["your document"]: line for line in lines}
    held = by_document["jobs/nurse.docx"]
    assert held["file in this archive"] == "jobs/nurse.tracked.docx"
    assert held["SHA-256 of your document"] == sha256(nurse).hexdigest()
    assert (held["accepted"], held["rejected"]) == ("0", "0")
    assert int(held["still open"]) > 3
    missing = by_document["'=cmd.docx"]
    assert missing["remark"].startswith("Not in this archive. This is a PDF file.")
    assert not missing["file in this archive"]


def test_the_list_of_an_archive_is_in_the_person_s_language(web: TestClient, nurse: bytes) -> None:
    told = done(web, ("nurse.docx", nurse), ("bild.docx", b"%PDF-1.7"))
    answer = web.get(f"/batches/{told['id']}/tracked.zip", headers={"Accept-Language": "de"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        text = archive.read("manifest.csv").decode("utf-8-sig")
    lines = {line["Ihr Dokument"]: line for line in csv.DictReader(io.StringIO(text), delimiter=";")}
    assert lines["bild.docx"]["Anmerkung"].startswith("Nicht in diesem Archiv. Das ist eine PDF-Datei.")
    assert lines["nurse.docx"]["was es ist"].startswith("Ihr Dokument mit Änderungsverfolgung")


def test_the_page_of_an_upload_counts_suggestions_and_decisions(web: TestClient, nurse: bytes) -> None:
    told = done(web, ("nurse.docx", nurse), ("empty.docx", word_file("Nothing to be said.")))
    nurses = next(file for file in told["files"] if file["name"] == "nurse.docx")
    number = nurses["suggestions"]
    assert number == edits_in(take(web, nurses["id"], "tracked", open="yes"))
    assert f"{number} suggestions · 0 decided" in web.get(f"/batches/{told['id']}").text
    decide(web, nurses["id"], 0, "accept")
    decide(web, nurses["id"], 1, "comment", "See me.")
    assert f"{number} suggestions · 1 decided" in web.get(f"/batches/{told['id']}").text


def test_an_archive_is_sent_while_it_is_made() -> None:
    made: list[str] = []

    def files() -> Iterator[tuple[str, bytes]]:
        for number in range(3):
            made.append(f"{number}.docx")
            yield made[-1], b"PK" + bytes(1000)

    parts = zipped(files())
    first = next(parts)
    assert made == ["0.docx"], "the second file is made when the first was sent"
    with zipfile.ZipFile(io.BytesIO(first + b"".join(parts))) as archive:
        assert archive.namelist() == ["0.docx", "1.docx", "2.docx"]


@pytest.mark.parametrize(
    ("given", "folder", "name"),
    [
        ("a.docx", "", "a.docx"),
        (r"C:\Users\ada\jobs\a.docx", "C_/Users/ada/jobs", "a.docx"),
        ("../../../etc/a.docx", "etc", "a.docx"),
        ("/root/a.docx", "root", "a.docx"),
        ("a\x00b\n.docx", "", "a_b_.docx"),
        ("gpj.\u202excod.docx", "", "gpj._xcod.docx"),
        ("CON.docx", "", "_CON.docx"),
        ("..", "", "document.docx"),
    ],
)
def test_a_name_from_a_browser_is_made_safe(given: str, folder: str, name: str) -> None:
    assert names.split(given) == (folder, name)


def test_a_long_name_keeps_its_ending() -> None:
    _, name = names.split("x" * 400 + ".docx")
    assert len(name) <= 150
    assert name.endswith(".docx")


@pytest.mark.libreoffice
def test_libreoffice_opens_every_word_file_that_leaves(
    web: TestClient, paper: str, tmp_path: Path, referee: Referee
) -> None:
    decide(web, paper, 0, "accept")
    for form in ("tracked", "clean", "comments"):
        file = tmp_path / f"{form}.docx"
        file.write_bytes(take(web, paper, form))
        assert referee.texts(file), form
