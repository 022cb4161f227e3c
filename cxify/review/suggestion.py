"""A suggestion with everything that a person needs to decide on it."""

from dataclasses import dataclass
from typing import Literal

from cxify.document import Finding
from cxify.proposal import Certainty, Operation
from cxify.review.decision import Standing

Sort = Literal["edit", "comment", "question"]
Op = Literal["replace", "append", "insert_after", "insert_row_after", "comment"]


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the wording on the card: kept, taken out or new."""

    text: str
    sort: Literal["text", "del", "ins"] = "text"


@dataclass(frozen=True)
class Competence:
    """A competency that a suggestion serves: `describes` is what its level looks like at work."""

    id: str
    level: int
    name: str
    definition: str = ""
    describes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Promise:
    """A service standard that a suggestion names, with its approved wording."""

    id: str
    name: str
    statement: str = ""


@dataclass(frozen=True)
class Alternative:
    """Another wording for the same place; `cells` for a table row. `source` says who worded it."""

    operation: Operation
    source: Literal["library", "model"]

    @property
    def text(self) -> str:
        """The words, one line a cell for a row."""
        return worded(self.operation)


@dataclass(frozen=True)
class Suggestion:
    """One edit, comment or question of the record, by its index in `record.edits`, and how it stands."""

    number: int
    sort: Sort
    op: Op
    block: str
    section: str
    operation: Operation
    """As decided; `proposed` as cxify suggested it."""
    proposed: Operation
    before: str
    after: str
    changes: tuple[Change, ...]
    reason: str
    remark: str
    """The words of the comment that stands beside it in Word."""
    competencies: tuple[Competence, ...]
    standards: tuple[Promise, ...]
    evidence: str
    evidence_block: str | None
    certainty: Certainty | None
    voice: tuple[str, ...]
    """What customers or employees say that speaks for it, with its numbers."""
    standing: Standing
    alternatives: tuple[Alternative, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of a new row, empty for other operations."""
        return tuple(getattr(self.operation, "cells", ()))


def worded(operation: Operation) -> str:
    """Return the words that an operation brings: new text, comment, or one line a cell."""
    if operation.op == "replace":
        return operation.new
    if operation.op == "insert_row_after":
        return "\n".join(operation.cells)
    return operation.comment if operation.op == "comment" else operation.text
