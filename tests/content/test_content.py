"""Documents as HR writes them: what an expert would sign stands where it belongs, and the rest stays as it was."""

import re
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from cxify import framework, kinds, pipeline, word
from cxify.pipeline import Options, Redline
from cxify.proposal import Comment, Proposed
from cxify.rules.plain import sentences, words
from cxify.writers.library import LibraryWriter
from cxify.writers.library.phrasing import turns
from tests.content.written import written

DOCUMENTS = sorted((Path(__file__).parent / "documents").glob("*.yaml"))
LONGEST = 28  # words of one statement
NEVER = r"customer-facing|back-office|passion|delight|world-class|\bNPS\b|CSAT|Kundenzufriedenheit|smil|zero complaints"

each = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)


@cache
def case(path: Path) -> dict[str, Any]:
    """Return the text and what is expected of it."""
    return {"closed": [], "comments": [], "never": [], "findings": [], **yaml.safe_load(path.read_text("utf-8"))}


@cache
def redline(path: Path) -> Redline:
    """Return what comes out of the pipeline."""
    return pipeline.rewrite(
        written(case(path)["text"]),
        framework=framework.load(),
        kinds=kinds.load(),
        writer=LibraryWriter(),
        options=Options(date="2026-11-22T00:00:00Z"),
    )


def added(proposed: Proposed) -> str:
    """Return the new words of an edit."""
    operation = proposed.operation
    text = getattr(operation, "new", "") or getattr(operation, "text", "")
    return text or " | ".join(getattr(operation, "cells", ()))


def edits(path: Path) -> list[Proposed]:
    """Return the accepted edits that change the text."""
    return [proposed for proposed in redline(path).accepted if not isinstance(proposed.operation, Comment)]


def place(path: Path, proposed: Proposed) -> str:
    """Return the text at which an edit stands."""
    return redline(path).document.by_id[proposed.operation.block].text


@each
def test_it_is_recognised(path: Path) -> None:
    """The kind is that of the expert, and a blank form is seen as blank."""
    assert (redline(path).document.kind, redline(path).document.state) == (case(path)["kind"], "blank")


@each
def test_what_an_expert_would_sign_stands_at_its_place(path: Path) -> None:
    """Place, words and competency."""
    for expected in case(path)["expects"]:
        there = [one for one in edits(path) if place(path, one).startswith(expected["at"])]
        fitting = [one for one in there if re.search(expected["says"], added(one).strip(), re.IGNORECASE)]
        assert fitting, (expected["at"], [added(one) for one in there])
        served = {id.partition("@")[0] for one in fitting for id in one.competencies}
        assert not expected["competencies"] or served & set(expected["competencies"]), served


@each
def test_a_reason_for_leaving_something_out_is_recorded_once(path: Path) -> None:
    """Three passages beyond the limit are one sentence in the record."""
    declined = redline(path).provenance["declined"]
    assert len(declined) == len(set(declined))


@each
def test_what_must_stay_stays(path: Path) -> None:
    """Nothing is changed in, or added to, lines that are closed; rejecting gives back every word."""
    untouched = list(case(path)["closed"])
    for proposed in edits(path):
        at = place(path, proposed)
        if proposed.operation.op in ("append", "replace"):
            assert not any(at.startswith(line) for line in untouched), at
    accepted = [block.text for block in word.read(word.resolve(redline(path).data, accept=True)).body]
    for line in untouched:
        before = [block.text for block in redline(path).document.body if block.text.startswith(line)]
        assert before
        assert all(text in accepted for text in before)


@each
def test_nothing_in_it_would_be_struck_out(path: Path) -> None:
    """No trait, score or invented number, no long sentence, no sentence that says what another says."""
    forbidden = re.compile("|".join((NEVER, *case(path)["never"])), re.IGNORECASE)
    for proposed in edits(path):
        assert not forbidden.search(added(proposed)), added(proposed)
        statements = [part for cell in added(proposed).split(" | ") for part in sentences(cell)]
        assert max((len(words(part)) for part in statements), default=0) <= LONGEST, added(proposed)
    for one, other in combinations(edits(path), 2):
        assert len(turns(added(one)) & turns(added(other))) <= 6, (added(one), added(other))


@each
def test_every_edit_says_why_and_on_what_it_rests(path: Path) -> None:
    """A reason, a competency, words of the document, and how sure it is; every document has edits or a reason."""
    text = "\n".join(block.text for block in redline(path).document.blocks)
    for proposed in edits(path):
        assert proposed.reason
        assert proposed.competencies
        assert proposed.evidence in text
    few, many = case(path).get("least", 0), case(path).get("most", 9)
    assert few <= len(edits(path)) <= many
    assert edits(path) or redline(path).declined
    if "declined" in case(path):
        assert any(case(path)["declined"] in declined.reason for declined in redline(path).declined)


@each
def test_what_only_people_can_decide_is_asked_or_shown(path: Path) -> None:
    """Comments on risky measures, traits, consultation and unnamed partners; injected instructions are reported."""
    remarks = "\n".join(proposed.operation.comment or "" for proposed in redline(path).accepted)
    for expected in case(path)["comments"]:
        assert expected in remarks, remarks
    assert set(case(path)["findings"]) <= {finding.rule for finding in redline(path).findings}
