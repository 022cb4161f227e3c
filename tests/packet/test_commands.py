"""The page through the command line: written with its document or not at all, and again from what still stands."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxify import batch, word
from tests.cli.conftest import Run, cxify, cxify_json, here
from tests.worddoc import put, word_file

__all__ = ["cxify", "cxify_json", "here"]

JOB = word_file(
    "Job description: Housing Officer",
    "Job purpose",
    "The role looks after the tenants of the council and their homes.",
    "Main duties",
    "Work closely with repairs and other teams.",
    "Answer enquiries from tenants by phone and e-mail.",
    "Deal with complaints from tenants.",
)


@pytest.fixture
def jobs(here: Path) -> Path:
    return put(here / "jobs" / "officer.docx", JOB)


def test_each_rewritten_document_has_its_page(
    here: Path, jobs: Path, cxify: Run, cxify_json: Callable[..., Any]
) -> None:
    told = cxify_json("rewrite", jobs, "-o", "out")["documents"][0]
    page = here / "out" / "officer.what-changed.md"
    assert told["page"] == "out/officer.what-changed.md"
    assert "## What it does not mean" in page.read_text("utf-8")
    before = page.stat().st_mtime_ns
    assert cxify_json("rewrite", jobs, "-o", "out")["documents"][0]["page"] == told["page"]
    assert page.stat().st_mtime_ns == before
    page.unlink()
    assert cxify("rewrite", jobs, "-o", "out").exit_code == 0
    assert page.exists()


def test_the_page_can_be_switched_off(here: Path, jobs: Path, cxify: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXIFY_WHAT_CHANGED", "no")
    assert cxify("rewrite", jobs, "-o", "out").exit_code == 0
    assert sorted(path.name for path in (here / "out").glob("[!.]*")) == ["officer.docx", "report.html", "report.jsonl"]
    assert cxify("rewrite", jobs, "-o", "dry", "--dry-run").exit_code == 0
    assert not (here / "dry").exists()


def test_a_page_that_somebody_wrote_is_never_replaced(here: Path, jobs: Path, cxify: Run) -> None:
    """Nor is its document written without it."""
    page = put(here / "out" / "officer.what-changed.md", b"mine")
    result = cxify("rewrite", jobs, "-o", "out")
    assert result.exit_code == 10
    assert "somebody has worked on it" in result.output
    assert page.read_bytes() == b"mine"
    assert not (here / "out" / "officer.docx").exists()


def test_a_document_and_its_template_have_each_a_page() -> None:
    pages = {batch.Job.of(Path(), name, Path("out")).page.name for name in ("a.docx", "a.dotx", "a.docm")}
    assert pages == {"a.what-changed.md", "a.dotx.what-changed.md", "a.docm.what-changed.md"}


def test_what_changed_lists_what_still_stands(
    here: Path, jobs: Path, cxify: Run, cxify_json: Callable[..., Any]
) -> None:
    cxify("rewrite", jobs, "-o", "out")
    redlined = here / "out" / "officer.docx"
    assert "(still to be decided)" in cxify("what-changed", redlined).stdout
    put(here / "yes.docx", word.resolve(redlined.read_bytes(), accept=True))
    assert "(accepted)" in cxify("what-changed", "yes.docx").stdout
    put(here / "no.docx", word.resolve(redlined.read_bytes(), accept=False))
    refused = cxify("what-changed", "no.docx").stdout
    assert "(accepted)" not in refused
    assert "are no longer in the document" in refused
    assert {each["standing"] for each in cxify_json("what-changed", "yes.docx")["changes"]} >= {"accepted"}
    assert cxify("what-changed", "yes.docx", "-o", "page.md").exit_code == 0
    assert (here / "page.md").read_text("utf-8").startswith("# What changes")


def test_a_file_without_a_record_is_refused_with_a_remedy(here: Path, cxify: Run) -> None:
    put(here / "plain.docx")
    result = cxify("what-changed", "plain.docx")
    assert result.exit_code == 10
    assert "no record" in result.stderr
    assert cxify("what-changed", put(here / "x.txt", b"x")).exit_code == 10
