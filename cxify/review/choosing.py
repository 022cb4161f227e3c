"""From decisions to the record of a file: which edits stand in it, in whose words, and who decided what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from cxify.proposal import Comment, Operation, Replace
from cxify.provenance import Record, RecordedDecision, RecordedEdit
from cxify.review.decision import Decision, Standing
from cxify.writers.remark import labels_for

Include = Literal["accepted", "accepted+open"]
_NOBODY: Final = "HR"
"""Stands beside a comment of a person who gave no name."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An edit for a file, and the suggestion that it comes from."""

    suggestion: int
    edit: RecordedEdit


def chosen(record: Record, how: Sequence[Standing], include: Include) -> list[Chosen]:
    """Return the suggestions for a file in their order, as decided, then what people said about them."""
    kept = [
        Chosen(number, _as_decided(number, edit, standing, record))
        for number, (edit, standing) in enumerate(zip(record.edits, how, strict=True))
        if standing.stands or (include == "accepted+open" and standing.state == "open")
    ]
    said = [
        Chosen(number, _said(decision, standing.operation))
        for number, standing in enumerate(how)
        if standing.state != "rejected"
        for decision in standing.comments
        if printable(decision.text)
    ]
    return [*_with_status(kept, record), *said]


def recorded(record: Record, edits: Sequence[Chosen], how: Sequence[Standing]) -> Record:
    """Return the record of a file that holds these edits."""
    return record.model_copy(update={"edits": tuple(each.edit for each in edits), "decisions": tuple(_decisions(how))})


def _decisions(how: Sequence[Standing]) -> Iterator[RecordedDecision]:
    for number, standing in enumerate(how):
        decided = standing.decided
        if decided is not None and decided.action in ("accept", "reject", "edit", "reword"):
            yield RecordedDecision(
                suggestion=number, action=decided.action, person=printable(decided.person), at=decided.at
            )


def _as_decided(number: int, edit: RecordedEdit, standing: Standing, record: Record) -> RecordedEdit:
    decided = standing.decided
    told: dict[str, object] = {"operation": standing.operation, "suggestion": number}
    if decided is not None and decided.action == "edit":
        told |= {"by": printable(decided.person) or _NOBODY, "at": decided.at}
        told["operation"] = _signed(standing.operation, printable(decided.person), record)
    return edit.model_copy(update=told)


def _signed(operation: Operation, person: str, record: Record) -> Operation:
    """Say in the remark beside a change whose wording it is; a comment bears its author's name anyway."""
    if isinstance(operation, Comment) or not person:
        return operation
    line = labels_for(record.document.get("language", "und"))["worded"].format(person=person)
    return operation.model_copy(update={"comment": "\n".join(filter(None, (operation.comment, line)))})


def _said(decision: Decision, operation: Operation) -> RecordedEdit:
    """Return a person's comment on a suggestion, at the words that the suggestion is about."""
    comment = Comment(op="comment", block=operation.block, comment=printable(decision.text), quote=quoted(operation))
    return RecordedEdit(operation=comment, by=printable(decision.person) or _NOBODY, at=decision.at)


def quoted(operation: Operation) -> str | None:
    """Return the words of its block that an operation is about, or None for the whole block."""
    if isinstance(operation, Comment):
        return operation.quote
    return operation.old if isinstance(operation, Replace) and operation.occurrence == 1 else None


def printable(text: str) -> str:
    """Return text without the control characters that a Word file cannot hold."""
    return "".join(character for character in text if character.isprintable() or character in "\n\t").strip()


def _with_status(kept: list[Chosen], record: Record) -> list[Chosen]:
    """Let the first comment say that nobody has approved the framework, also where the one that said so is left out."""
    said = _status(record)
    if not said or not kept or any(said in (each.edit.operation.comment or "") for each in kept):
        return kept
    first, *others = kept
    operation = first.edit.operation
    comment = "\n".join(filter(None, (operation.comment, said)))
    edit = first.edit.model_copy(update={"operation": operation.model_copy(update={"comment": comment})})
    return [Chosen(first.suggestion, edit), *others]


def _status(record: Record) -> str:
    """Return the line of the record's first comment that tells the framework's status, or ""."""
    labels = labels_for(record.document.get("language", "und"))
    begins, _, ends = labels.get(record.framework.get("status", ""), "").partition("{name}")
    lines = (record.edits[0].operation.comment or "").split("\n") if begins and record.edits else []
    return next((line for line in lines if line.startswith(begins) and line.endswith(ends)), "")
