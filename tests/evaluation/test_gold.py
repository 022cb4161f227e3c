"""Gold cases: the experts' own edits score full marks, a spoiled proposal fails its gate, the library writer passes."""

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from cxify import framework as frameworks
from cxify import kinds, pipeline, rules, word
from cxify.document import Document
from cxify.evaluation import Case, Score, load_all, score
from cxify.evaluation.case import Expected
from cxify.profile import RoleProfile
from cxify.proposal import Proposal, Proposed
from cxify.writers.library import LibraryWriter
from tests.gold_documents import word_file

ROOT = Path(__file__).parents[2]
CASES = load_all(ROOT / "evals" / "cases")
GOOD = 85  # of 100; the pass mark of the human rubric is 75
DATE = "2026-11-22T00:00:00Z"

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


def read(case: Case) -> Document:
    """Return the document of a case as HR sees it."""
    return kinds.classify(word.read(word_file(case)), kinds.load())


def judged(
    case: Case, edits: Sequence[Proposed], change: Callable[[Document], Document] = lambda result: result
) -> Score:
    """Let the rules sort the edits, write and accept them in Word, and score what came out."""
    source, document = word_file(case), read(case)
    checked = checked_as(case, document, edits) if edits else None
    accepted = checked.accepted if checked else ()
    operations = [proposed.operation for proposed in accepted]
    data = word.apply(source, operations, author="cxify", date=DATE) if operations else source
    return score(case, document, accepted, change(word.read(word.resolve(data, accept=True))))


def checked_as(case: Case, document: Document, edits: Sequence[Proposed]) -> rules.Checked:
    """Check edits for the role as the expert sees it."""
    return rules.check(
        document,
        Proposal(edits=tuple(edits)),
        kind=kinds.load()[document.kind],
        profile=RoleProfile("", case.relationship, case.level, "", (), (), ()),
        framework=case.applied_to(frameworks.load()),
    )


def by_the_expert(case: Case, document: Document) -> list[Proposed]:
    """Return the expected edits with the experts' own wording."""
    blocks = case.blocks(document)
    return [_proposed(expected, blocks[expected.at]) for expected in case.expected]


def _proposed(expected: Expected, cells: Sequence[Any]) -> Proposed:
    block = next((cell for cell in cells if expected.replace and expected.replace in cell.text), cells[len(cells) > 1])
    fields: dict[str, Any] = {
        "replace": {"old": expected.replace, "new": expected.example},
        "append": {"text": f"{'' if block.text.endswith('.') else '.'} {expected.example}"},
        "insert_after": {"text": expected.example},
        "insert_row_after": {
            "cells": [cell.strip() for cell in expected.example.split("|")],
            "comment": "The average of the section includes the new row.",
        },
        "comment": {"comment": expected.example},
    }[expected.op]
    return Proposed.model_validate(
        {
            "operation": {"op": expected.op, "block": block.id} | fields,
            "reason": "An expert proposes it.",
            "competencies": expected.competencies,
            "standards": expected.standards,
            "evidence": block.text,
            "evidence_block": block.id,
        }
    )


@every_case
def test_a_case_is_recognised_for_what_it_is(case: Case) -> None:
    """Kind, state and the findings on the source are those that the expert names."""
    document = read(case)
    case.blocks(document)
    found = rules.source(document, kinds.load()[document.kind], case.applied_to(frameworks.load()))
    assert (document.kind, document.state) == (case.kind, case.state)
    assert {finding.rule for finding in found} == set(case.source_findings)


@every_case
def test_the_expert_s_own_edits_score_full_marks(case: Case) -> None:
    """No rule objects to any of them, and the scorer recognises each."""
    verdict = judged(case, by_the_expert(case, read(case)))
    assert (verdict.failures, verdict.missed, round(verdict.conveys, 2)) == ((), (), 1.0)
    assert verdict.total >= 95


@every_case
def test_doing_nothing_is_right_only_where_nothing_is_wanted(case: Case) -> None:
    """It breaks nothing, and it is worth little elsewhere."""
    verdict = judged(case, [])
    assert verdict.passed
    assert (verdict.total == 100) if case.restraint or not case.expected else (verdict.total <= 60)


def test_a_forbidden_word_fails_the_case() -> None:
    """Whatever else is right."""
    case = next(case for case in CASES if case.id == "G2")
    document = read(case)
    edits = by_the_expert(case, document)
    spoiled = edits[1].model_copy(
        update={"operation": edits[1].operation.model_copy(update={"text": " Answer by phone."})}
    )
    verdict = judged(case, [edits[0], spoiled, *edits[2:]])
    assert not verdict.passed
    assert verdict.clean == 0


def test_a_lost_line_fails_the_case() -> None:
    """Pay, grades and the rest are looked for in the result itself."""
    case = next(case for case in CASES if case.id == "G2")

    def raised(result: Document) -> Document:
        return dataclasses.replace(
            result, blocks=tuple(dataclasses.replace(b, text=b.text.replace("$24.50", "$26.50")) for b in result.blocks)
        )

    verdict = judged(case, by_the_expert(case, read(case)), raised)
    assert (verdict.untouched, verdict.failures) == (0, ("P04 is not intact",))


def test_an_edit_of_a_signed_form_fails_the_case() -> None:
    """The rules would have dropped it; the scorer does not rely on that."""
    case = next(case for case in CASES if case.id == "R1")
    document = read(case)
    edit = Proposed.model_validate(
        {"operation": {"op": "append", "block": "b19", "text": " Noted."}, "reason": "-", "competencies": ["CX-OWN@1"]}
    )
    assert checked_as(case, document, [edit]).accepted == ()
    assert not score(case, document, [edit], document).passed


def test_the_library_writer_passes_every_gate(capsys: pytest.CaptureFixture[str]) -> None:
    """And here is how near it comes to the experts."""
    verdicts = [_by_writer(case, LibraryWriter()) for case in CASES]
    with capsys.disabled():
        print("\n" + _table(verdicts))
    assert [(verdict.case, verdict.failures) for verdict in verdicts if not verdict.passed] == []
    assert [verdict.case for verdict in verdicts if verdict.total < GOOD] == []


def _by_writer(case: Case, writer: Any) -> Score:
    framework = case.applied_to(frameworks.load())
    options = pipeline.Options(date=DATE)
    redline = pipeline.rewrite(word_file(case), framework=framework, kinds=kinds.load(), writer=writer, options=options)
    result = word.read(word.resolve(redline.data, accept=True))
    again = checked_as(case, redline.document, redline.accepted).findings if redline.accepted else ()
    return score(case, redline.document, redline.accepted, result, questions=redline.questions, findings=again)


def _table(verdicts: Sequence[Score]) -> str:
    lines = ["case  total  required  untouched  clean  size  judgement  conveys  unexpected  missed"]
    for v in verdicts:
        numbers = (
            f"{v.total:5.0f} {v.required:9.0f} {v.untouched:10.0f} {v.clean:6.0f} {v.size:5.0f} {v.judgement:10.0f}"
        )
        lines.append(f"{v.case:4} {numbers} {v.conveys:8.2f} {v.unexpected:11}  {' '.join(v.missed)}")
        lines += [f"      FAILED {failure}" for failure in v.failures]
    return "\n".join(lines)
