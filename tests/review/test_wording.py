"""A person's wording passes the same rules; other wordings come from the library, or from a model."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cxify.document import Finding
from cxify.errors import BadEdits
from cxify.proposal import Proposal
from cxify.review import Alternative, Decision, Edited, EditRefused, edited, reworded
from cxify.writers import Task, Written
from tests.review.papers import Paper, decide, framework, known_kinds, paper, rewritten
from tests.word.redlines import after, append, remark
from tests.worddoc import word_file

SOURCE = word_file(
    "Job description: Library assistant",
    "Main duties",
    "Answer letters from residents.",
    "Lend books to residents.",
)


def made(*more: Any) -> Paper:
    return paper(SOURCE, append("b3", " Say who answers and by when."), append("b4", " Say when they are due."), *more)


def check(one: Paper, number: int, text: str, *decisions: Decision, cells: Sequence[str] = ()) -> Edited:
    return edited(
        one.source,
        one.record,
        decisions,
        number,
        text,
        cells=tuple(cells),
        framework=framework(),
        kinds=known_kinds(),
    )


def others(one: Paper, number: int, *decisions: Decision, writer: Any = None) -> tuple[Alternative, ...]:
    return reworded(
        one.source, one.record, decisions, number, framework=framework(), kinds=known_kinds(), writer=writer
    )


def test_a_wording_that_no_rule_objects_to_may_stand() -> None:
    assert check(made(), 0, " Say who answers residents.").operation == append("b3", " Say who answers residents.")


def test_an_invented_number_is_refused_with_the_finding() -> None:
    with pytest.raises(EditRefused) as refused:
        check(made(), 0, " Answer 95% of letters within 2 days.")
    assert refused.value.findings
    assert {finding.severity for finding in refused.value.findings} == {"block"}
    assert refused.value.remedy


def test_what_is_found_alone_and_beside_others_is_told_once() -> None:
    with pytest.raises(EditRefused) as refused:
        check(made(), 0, " Answer 95% of letters within 2 days.", decide(1, "accept"))
    told = [(finding.rule, finding.quote, finding.message) for finding in refused.value.findings]
    assert len(told) == len(set(told))


def test_what_an_accepted_suggestion_says_already_is_refused_only_beside_it() -> None:
    same = " Say when they are due."
    assert check(made(), 0, same)
    with pytest.raises(EditRefused):
        check(made(), 0, same, decide(1, "accept"))
    assert check(made(), 0, same, decide(1, "accept"), decide(1, "reject"))


def test_what_word_cannot_take_is_refused() -> None:
    with pytest.raises(EditRefused, match="control character"):
        check(made(), 0, " Say \x07who answers.")


@pytest.mark.parametrize(("number", "text"), [(0, " "), (9, "Fine."), (-1, "Fine.")])
def test_an_empty_wording_or_an_unknown_suggestion_is_refused(number: int, text: str) -> None:
    with pytest.raises(BadEdits):
        check(made(), number, text)


def test_the_library_offers_other_approved_wordings_that_pass_the_checks(samples: Path) -> None:
    one = rewritten((samples / "job_description_nurse_uk.docx").read_bytes())
    offered = others(one, 2)
    assert offered
    first = one.record.edits[2].operation
    assert {(each.operation.op, each.operation.block) for each in offered} == {(first.op, first.block)}
    assert len({each.text for each in offered} | {getattr(first, "text", "")}) == len(offered) + 1
    for each in offered:
        assert each.source == "library"
        assert check(one, 2, each.text).operation.op == first.op


def test_a_comment_has_no_other_wordings() -> None:
    assert others(made(remark("b3", "Which letters?")), 2) == ()


@dataclass(frozen=True)
class Scripted:
    """A writer that can revise, as one that asks a model does, and answers what the test says."""

    texts: Sequence[str]
    asked: list[tuple[Proposal | None, Sequence[Finding]]]

    @property
    def identity(self) -> dict[str, str]:
        return {"name": "scripted"}

    @property
    def revises(self) -> bool:
        return True

    def write(self, task: Task, previous: Proposal | None = None, findings: Sequence[Finding] = ()) -> Written:
        self.asked.append((previous, findings))
        assert previous is not None
        assert task.document.kind == "job_description"
        first = previous.edits[0]
        edits = [first.model_copy(update={"operation": append(first.operation.block, text)}) for text in self.texts]
        elsewhere = first.model_copy(update={"operation": after("b4", "Something else.")})
        return Written(Proposal(edits=(*edits, elsewhere)))


def test_a_model_is_asked_about_one_edit_and_its_answer_passes_the_same_checks() -> None:
    writer = Scripted([" Say who replies and by when.", " Reply to 100% within 3 days."], [])
    assert [(each.text, each.source) for each in others(made(), 0, writer=writer)] == [
        (" Say who replies and by when.", "model")
    ]
    [(previous, findings)] = writer.asked
    assert previous is not None
    assert [edit.operation.block for edit in previous.edits] == ["b3"]
    assert [finding.edit for finding in findings] == [0]
