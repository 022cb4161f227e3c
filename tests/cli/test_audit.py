"""cxify audit as a user runs it."""

import json
from pathlib import Path

from tests.audit.organisation import organisation
from tests.cli.conftest import Run


def test_the_audit_reads_folders_and_changes_nothing(cxify: Run, here: Path) -> None:
    organisation(here / "hr")
    before = {file: file.read_bytes() for file in (here / "hr").rglob("*") if file.is_file()}
    result = cxify("audit", "hr", "--html", "out/audit.html", "--csv", "out/audit.csv")
    assert result.exit_code == 0, result.output
    assert "4 documents of 3 departments read." in result.stdout
    assert {file: file.read_bytes() for file in (here / "hr").rglob("*") if file.is_file()} == before
    assert (here / "out/audit.html").read_text("utf-8").startswith("<!doctype html>")
    assert (here / "out/audit.csv").stat().st_size


def test_one_broken_document_is_told_and_never_stops_the_audit(cxify: Run, here: Path) -> None:
    organisation(here / "hr")
    (here / "hr" / "broken.docx").write_bytes(b"PK\x03\x04 not a document")
    (here / "hr" / "old.doc").write_bytes(b"old")
    result = cxify("audit", "hr", "--html", "audit.html")
    assert result.exit_code == 10
    assert "hr/broken.docx" in result.stderr
    assert "4 documents" in result.stdout
    page = (here / "audit.html").read_text("utf-8")
    assert "broken.docx" in page
    assert "old.doc" in page


def test_two_folders_with_files_of_one_name_are_both_read(cxify: Run, here: Path) -> None:
    organisation(here / "a")
    organisation(here / "b")
    result = cxify("audit", "a", "b", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["summary"]["documents"] == 8


def test_a_document_is_never_overwritten_by_the_audit(cxify: Run, here: Path) -> None:
    folder = organisation(here / "hr")
    target = folder / "dispatch" / "dispatcher.docx"
    before = target.read_bytes()
    result = cxify("audit", "hr", "--csv", target)
    assert result.exit_code == 10
    assert "overwritten" in result.stderr
    assert target.read_bytes() == before


def test_a_missing_folder_and_an_empty_one_are_sentences(cxify: Run, here: Path) -> None:
    (here / "empty").mkdir()
    assert cxify("audit", "nowhere").exit_code == 10
    assert cxify("audit", "empty").exit_code == 10
    organisation(here / "hr")
    assert cxify("audit", "empty", "hr").exit_code == 0


def test_the_page_speaks_german_when_told(cxify: Run, here: Path) -> None:
    organisation(here / "hr")
    cxify("audit", "hr", "--html", "a.html", "--lang", "de")
    assert "Kundenerlebnis in unseren HR-Dokumenten" in (here / "a.html").read_text("utf-8")
