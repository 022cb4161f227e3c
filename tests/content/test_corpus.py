"""Files that nobody wrote for cxify: each gets an element or a reason why not."""

from functools import cache
from pathlib import Path

import pytest

from cxify import framework, kinds, pipeline
from cxify.pipeline import Options, Redline
from cxify.writers.library import LibraryWriter

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
KINDS = {
    "*job_advert*": "job_description",  # a heading "duties" and four lines, called so by its file name only
    "*Leave-of-Absence*": "policy",
    "*Promotion-and-Career*": "policy",
    "*Remote-Work*": "policy",
    "*Design-Team*": "job_description",
    "*Employee-benefits*": "policy",
    "*MOOC*": "training_outline",
    "*Framework-for-KPIs*": "kpi_sheet",
    "*complex-tables*": "review_form",
    "*Career-Path*": "policy",
    "*Hiring-Procedures*": "policy",
    "*job_description__*": "job_description",
    "*textbox*": "unknown",
    "*checked-boxes*": "unknown",
    "*ProjectChange*": "unknown",
    "*TimeSheet*": "unknown",
}
"""What a reader would call each file."""
WITH_AN_EDIT = ("*Leave-of-Absence*", "*Promotion-and-Career*", "*Remote-Work*", "*Design-Team*", "*KPIs*", "*Hiring*")

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not on this machine")


@cache
def redline(pattern: str) -> Redline:
    """Return what comes out of the pipeline for the file of this name."""
    [path] = CORPUS.glob(pattern)
    options = Options(date="2026-11-22T00:00:00Z")
    return pipeline.rewrite(
        path.read_bytes(), framework=framework.load(), kinds=kinds.load(), writer=LibraryWriter(), options=options
    )


@pytest.mark.parametrize("pattern", KINDS)
def test_the_kind_is_what_a_reader_would_call_it(pattern: str) -> None:
    """And the evidence is given."""
    document = redline(pattern).document
    assert document.kind == KINDS[pattern], document.kind_evidence
    assert document.kind_evidence


@pytest.mark.parametrize("pattern", KINDS)
def test_every_file_gets_an_element_or_a_reason(pattern: str) -> None:
    """An edit or a comment is accepted, or the record says why not."""
    result = redline(pattern)
    assert result.accepted or all(declined.reason for declined in result.declined)
    assert result.accepted or result.declined


@pytest.mark.parametrize("pattern", WITH_AN_EDIT)
def test_where_work_reaches_people_the_text_says_so(pattern: str) -> None:
    """At least one change of the text, none of it in a locked block."""
    result = redline(pattern)
    edits = [proposed.operation for proposed in result.accepted if proposed.operation.op != "comment"]
    assert edits
    by_id = result.document.by_id
    assert all(by_id[one.block].lock is None for one in edits if one.op in ("append", "replace"))
