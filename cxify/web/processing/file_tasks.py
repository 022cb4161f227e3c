"""What children do for downloads: the file that follows from decisions, proved before it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from cxify import packet, review, word
from cxify.errors import UnfaithfulRedline
from cxify.packet import Leaf
from cxify.provenance import Record, RecordedApproval
from cxify.review import Decision, Include, Written
from cxify.web.processing.review_tasks import Paper
from cxify.web.processing.tasks import made_with

Form = Literal["tracked", "clean", "comments"]
_REMEDY: Final = "Take another form of the file, or reject the suggestion that you accepted last, and report it."


@dataclass(frozen=True)
class File:
    """A file to be downloaded, and what it does not hold although it was accepted."""

    data: bytes = field(repr=False)
    left_out: tuple[tuple[int, str, str], ...] = ()
    """Number of the suggestion, why it could not be written, and what to do."""


def file(
    paper: Paper,
    decisions: Sequence[Decision],
    form: Form,
    include: Include,
    approval: RecordedApproval | None = None,
) -> File:
    """Return a Word file of a paper, which says who approved it.

    Raises UnfaithfulRedline for one that does not pass the proof.
    """
    made = _written(paper, paper.record.model_copy(update={"approval": approval}), decisions, form, include)
    proof = word.verify(paper.source, made.data)
    if not proof.ok:
        failed = "; ".join(check.detail for check in proof.checks if check.ok is False)
        raise UnfaithfulRedline(f"The file did not pass the proof and was thrown away ({failed}).", _REMEDY)
    return File(made.data, tuple((each.suggestion, each.message, each.remedy) for each in made.left_out))


def _written(paper: Paper, record: Record, decisions: Sequence[Decision], form: Form, include: Include) -> Written:
    if form == "clean":
        return review.clean(paper.source, record, decisions)
    if form == "comments":
        pages = packet.load(paper.order.settings.what_changed_texts)
        return review.comments_only(paper.source, record, decisions, pages=pages)
    return review.tracked(paper.source, record, decisions, include=include)


def told(paper: Paper, decisions: Sequence[Decision], name: str) -> Leaf:
    """Return the page for manager and employee, line by line."""
    by = made_with(paper.order)
    return review.told(
        paper.source,
        paper.record,
        decisions,
        name=name,
        framework=by.framework,
        kinds=by.kinds,
        pages=packet.load(paper.order.settings.what_changed_texts),
        book=by.book,
    )


def returned(paper: Paper, decisions: Sequence[Decision], data: bytes, person: str, at: str) -> review.Returned:
    """Read decisions from a file that was worked on in Word. Raises InputError."""
    return review.returned(paper.source, paper.record, data, decisions=decisions, person=person, at=at)
