"""What is known of one request: answered, awaited, to be asked, or lost."""

from dataclasses import dataclass
from typing import Final, Literal

from cxify.errors import ModelUnavailable
from cxify.llm.openai_batch.notes import BatchNote, Notes
from cxify.llm.openai_batch.results import Result

SUBMISSIONS: Final = 3
"""How often a request that was not reached, or that met a passing fault, is submitted."""
_AGAIN = "Run the command again with --openai-batch to submit it anew."


@dataclass(frozen=True)
class Answered:
    """The result that a run gets, be it an answer or a fault."""

    result: Result


@dataclass(frozen=True)
class Lost:
    """No result, and none will come."""

    error: ModelUnavailable


Standing = Answered | Lost | Literal["awaited", "wanted"]


def standing(notes: Notes, key: str) -> Standing:
    """Return what is known of a request."""
    asked = notes.asked(key)
    if not asked:
        return "wanted"
    found = [result for note in asked if (result := notes.result(note, key))]
    if final := [result for result in found if result.final]:
        return Answered(final[0])
    if not asked[-1].ended:
        return "awaited"
    if asked[-1].status in ("failed", "cancelled"):
        return Lost(_gone(asked[-1]))
    if len(asked) < SUBMISSIONS:
        return "wanted"
    tried = [result for result in found if result.status is not None]
    return Answered(tried[-1]) if tried else Lost(_never(asked))


def _gone(note: BatchNote) -> ModelUnavailable:
    if note.status == "cancelled":
        return ModelUnavailable(f"Batch {note.batch} was cancelled before it came to this document.", _AGAIN)
    reason = note.reason or "it gave no reason"
    said = f"The provider did not take batch {note.batch}: {reason.rstrip('.')}."
    return ModelUnavailable(said, f"Mend that, or give fewer documents at once. {_AGAIN}")


def _never(asked: list[BatchNote]) -> ModelUnavailable:
    said = f"{len(asked)} batches ended without an answer for this document, the last one {asked[-1].batch}."
    return ModelUnavailable(said, f"{_AGAIN} Without --openai-batch the answer comes at once.")
