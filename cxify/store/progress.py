"""How far the review of papers is: how many suggestions each has, and on how many somebody has decided."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Engine, func, select, update

from cxify.pipeline import MAX_QUESTIONS
from cxify.store.paper_tables import DecisionRow, PaperRow
from cxify.store.people import reading
from cxify.store.tables import StoredDocument

_REMARKS: Final = "comment"
_UNDO: Final = "undo"


@dataclass(frozen=True)
class Progress:
    """The review of one paper in numbers."""

    total: int
    decided: int

    @property
    def finished(self) -> bool:
        """Whether somebody has decided on every suggestion."""
        return self.decided == self.total


def of(where: Engine | Connection, paper_ids: Sequence[str]) -> dict[str, Progress]:
    """Return the progress of those papers that have suggestions, by their ids."""
    totals = _totals(where, paper_ids)
    decided = _decided(where, paper_ids)
    return {id: Progress(total, len(decided.get(id, ()))) for id, total in totals.items()}


def note(connection: Connection, paper_id: str) -> None:
    """Write down how far a paper's review is, for lists; in the transaction of what has changed it."""
    far = of(connection, [paper_id]).get(paper_id)
    left = far.total - far.decided if far and far.decided else None
    connection.execute(update(PaperRow).where(PaperRow.id == paper_id).values(undecided=left))


def _totals(where: Engine | Connection, ids: Sequence[str]) -> dict[str, int]:
    """Count in the database: what is said of each edit is long, and an upload has hundreds of documents.

    Questions stand in the document as comments, after the edits, and are decided on like them.
    """
    details = StoredDocument.outcome["details"]
    lengths = [func.coalesce(func.json_array_length(details[name]), 0) for name in ("edits", "questions")]
    joined = select(PaperRow.id, *lengths).join(StoredDocument, StoredDocument.id == PaperRow.document_id)
    with reading(where) as connection:
        rows = connection.execute(joined.where(PaperRow.id.in_(ids), StoredDocument.outcome.is_not(None)))
        return {id: edits + min(questions, MAX_QUESTIONS) for id, edits, questions in rows}


def _decided(where: Engine | Connection, ids: Sequence[str]) -> dict[str, set[int]]:
    """Fold the decisions: `undo` takes the last step back, and a comment decides nothing."""
    columns = select(DecisionRow.paper_id, DecisionRow.suggestion, DecisionRow.action)
    steps: dict[tuple[str, int], list[str]] = defaultdict(list)
    with reading(where) as connection:
        for id, suggestion, action in connection.execute(
            columns.where(DecisionRow.paper_id.in_(ids)).order_by(DecisionRow.id)
        ):
            own = steps[id, suggestion]
            if action != _UNDO:
                own.append(action)
            elif own:
                own.pop()
    found: dict[str, set[int]] = defaultdict(set)
    for (id, suggestion), actions in steps.items():
        if any(action != _REMARKS for action in actions):
            found[id].add(suggestion)
    return found
