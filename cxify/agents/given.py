"""Edits as an agent gives them: those of `propose`, its own with reasons, or bare operations as in EDITS.json."""

from collections.abc import Sequence
from typing import Final

from cxify import rules
from cxify.document import Document
from cxify.errors import EditNotApplicable
from cxify.framework import Framework
from cxify.kinds import Kind
from cxify.proposal import Comment, Operation, Proposal, Proposed
from cxify.provenance import RecordedEdit
from cxify.rules import RuleBook

WITHOUT_REASON: Final = "CXL-605"


class GivenEdit(RecordedEdit):
    """One edit with its reasons; `id` is what `propose` called it."""

    id: str = ""


Given = GivenEdit | Operation


def recorded(edits: Sequence[Given]) -> tuple[RecordedEdit, ...]:
    """Return the edits as the provenance holds them."""
    return tuple(
        RecordedEdit(**{name: getattr(edit, name) for name in RecordedEdit.model_fields})
        if isinstance(edit, GivenEdit)
        else RecordedEdit(operation=edit)
        for edit in edits
    )


def refuse_what_rules_block(
    edits: Sequence[RecordedEdit], document: Document, kind: Kind, framework: Framework, book: RuleBook
) -> None:
    """Hold an agent to the rules of a writer: pay, grade, scales and legal text stay. Raises EditNotApplicable.

    Only a bare operation may stand without a reason, as in `cxify apply`.
    """
    given = [edit for edit in edits if not isinstance(edit.operation, Comment)]
    if not given:
        return
    proposal = Proposal(edits=tuple(_proposed(edit) for edit in given))
    checked = rules.check(document, proposal, kind=kind, profile=None, framework=framework, book=book)
    blocked = [
        each
        for each in checked.findings
        if each.severity == "block" and not (each.rule == WITHOUT_REASON and _bare(given, each.edit))
    ]
    if blocked:
        said = " ".join(f"{each.block or 'The edits'}: {each.message}" for each in blocked)
        raise EditNotApplicable(
            f"Nothing was written. {said}", " ".join(dict.fromkeys(each.remedy for each in blocked))
        )


def _bare(edits: Sequence[RecordedEdit], index: int | None) -> bool:
    return index is not None and edits[index] == RecordedEdit(operation=edits[index].operation)


def _proposed(edit: RecordedEdit) -> Proposed:
    return Proposed(
        operation=edit.operation,
        reason=edit.reason or "Given without a reason.",
        competencies=edit.competencies,
        standards=edit.standards,
        evidence=edit.evidence,
        evidence_block=edit.evidence_block,
        certainty=edit.certainty or "strong",
    )
