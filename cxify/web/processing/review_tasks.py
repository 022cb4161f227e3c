"""What children do for the review page: a document with its suggestions, a person's wording weighed, other wordings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cxify import review, word
from cxify.document import Finding
from cxify.errors import InputError
from cxify.provenance import Record
from cxify.queue import Order
from cxify.review import Alternative, Decision, EditRefused, View
from cxify.web.processing.tasks import made_with


@dataclass(frozen=True)
class Paper:
    """A document that suggestions were made for, as the database keeps it."""

    order: Order
    source: bytes = field(repr=False)
    output: bytes = field(repr=False)

    @property
    def record(self) -> Record:
        """What the output says of its making. Raises InputError when it says nothing."""
        told = word.provenance_of(self.output)
        if told is None:
            raise InputError("The suggestions of this document cannot be read.", "Upload the document again.")
        return Record.model_validate(told)


@dataclass(frozen=True)
class Weighed:
    """What the rules say of a person's wording; the first of those that block is told."""

    message: str = ""
    remedy: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether it may stand."""
        return not self.message


@dataclass(frozen=True)
class Shown:
    """A document for the review page, with the record of its suggestions."""

    view: View
    record: Record


def shown(
    paper: Paper, decisions: Sequence[Decision], alternatives: Mapping[int, tuple[Alternative, ...]] | None = None
) -> Shown:
    """Return the document with its suggestions as they stand. Raises InputError."""
    by, record = made_with(paper.order), paper.record
    view = review.view(
        paper.source,
        record,
        decisions,
        framework=by.framework,
        kinds=by.kinds,
        book=by.book,
        alternatives=alternatives,
    )
    return Shown(view, record)


def weighed(paper: Paper, decisions: Sequence[Decision], wanted: Decision) -> Weighed:
    """Return what the rules say of a person's wording. Raises BadEdits for an empty one."""
    by = made_with(paper.order)
    try:
        done = review.edited(
            paper.source,
            paper.record,
            decisions,
            wanted.suggestion,
            wanted.text,
            cells=wanted.cells,
            framework=by.framework,
            kinds=by.kinds,
            book=by.book,
        )
    except EditRefused as refused:
        return Weighed(refused.message, refused.remedy, refused.findings)
    return Weighed(findings=done.findings)


def reworded(paper: Paper, decisions: Sequence[Decision], number: int) -> tuple[Alternative, ...]:
    """Return other wordings for a suggestion: a model's where a model wrote, else approved ones. Raises ModelError."""
    by = made_with(paper.order)
    return review.reworded(
        paper.source,
        paper.record,
        decisions,
        number,
        framework=by.framework,
        kinds=by.kinds,
        book=by.book,
        writer=by.writer,
        own=paper.order.settings.wording,
        intensity=paper.order.settings.intensity,
    )
