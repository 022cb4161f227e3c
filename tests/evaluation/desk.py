"""The gold cases on the desk: read, check, write and score them; what is known to fall short."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from cxify import framework as frameworks
from cxify import kinds, pipeline, rules, word
from cxify.document import Document
from cxify.evaluation import Case, Score, load_all, score
from cxify.profile import RoleProfile
from cxify.proposal import Proposal, Proposed
from cxify.writers.library import LibraryWriter
from tests.gold_documents import word_file

EVALS = Path(__file__).parents[2] / "evals"
CASES = {case.id: case for case in load_all(EVALS / "cases")}
FLOORS: dict[str, Any] = yaml.safe_load((EVALS / "floors.yaml").read_text("utf-8"))
DATE = "2026-11-22T00:00:00Z"

every_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


@cache
def source(id: str) -> bytes:
    """Return the Word file of a case."""
    return word_file(CASES[id])


@cache
def read(id: str) -> Document:
    """Return the document of a case as HR sees it."""
    return kinds.classify(word.read(source(id)), kinds.load())


def checked(case: Case, edits: Sequence[Proposed], *, level: int = 0) -> rules.Checked:
    """Check edits for the role as the expert sees it."""
    return rules.check(
        read(case.id),
        Proposal(edits=tuple(edits)),
        kind=kinds.load()[read(case.id).kind],
        profile=RoleProfile("", case.relationship, level or case.level, "", (), (), ()),
        framework=case.applied_to(frameworks.load()),
    )


def judged(
    case: Case, edits: Sequence[Proposed], change: Callable[[Document], Document] = lambda result: result
) -> Score:
    """Write all edits, accept them in Word, and score what came out with what the rules say about it."""
    operations = [proposed.operation for proposed in edits]
    data = word.apply(source(case.id), operations, author="cxify", date=DATE) if edits else source(case.id)
    findings = checked(case, edits).findings if edits else ()
    return score(case, read(case.id), edits, change(word.read(word.resolve(data, accept=True))), findings=findings)


@cache
def by_the_library_writer(id: str) -> Score:
    """Score what comes out of the pipeline; as in the points, one level off is allowed."""
    case = CASES[id]
    redline = pipeline.rewrite(
        source(id),
        framework=case.applied_to(frameworks.load()),
        kinds=kinds.load(),
        writer=LibraryWriter(),
        options=pipeline.Options(date=DATE),
    )
    result = word.read(word.resolve(redline.data, accept=True))
    again = checked(case, redline.accepted, level=min(4, case.level + 1)).findings if redline.accepted else ()
    return score(case, redline.document, redline.accepted, result, questions=redline.questions, findings=again)


def falls_short(case: Case, check: str, problems: Sequence[str]) -> None:
    """Fail with the problems, unless evals/floors.yaml says that they are known; KNOWN.md has the cause."""
    if problems and check in FLOORS["known"].get(case.id, []):
        pytest.xfail(f"known: {'; '.join(problems)}")
    assert not problems, "; ".join(problems)
