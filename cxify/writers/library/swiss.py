"""German as it is written in Switzerland: no ß, and guillemets that point outwards."""

from cxify.proposal import Operation, Proposal, Proposed, Question

_SPELLING = str.maketrans({"ß": "ss", "„": "«", "“": "»"})


def swiss(proposal: Proposal) -> Proposal:
    """Return a German proposal in Swiss spelling; the words of the document that it cites stay as they are."""
    return proposal.model_copy(
        update={
            "edits": tuple(map(_edit, proposal.edits)),
            "questions": tuple(map(_question, proposal.questions)),
        }
    )


def _edit(edit: Proposed) -> Proposed:
    return edit.model_copy(update={"operation": _operation(edit.operation), "reason": _spelled(edit.reason)})


def _question(question: Question) -> Question:
    return question.model_copy(update={"text": _spelled(question.text)})


def _operation(operation: Operation) -> Operation:
    said = operation.model_dump(include={"text", "new", "cells", "comment"})
    return operation.model_copy(update={name: _any(value) for name, value in said.items()})


def _any(value: str | tuple[str, ...] | None) -> str | tuple[str, ...] | None:
    if value is None or isinstance(value, str):
        return value and _spelled(value)
    return tuple(map(_spelled, value))


def _spelled(words: str) -> str:
    return words.translate(_SPELLING)
