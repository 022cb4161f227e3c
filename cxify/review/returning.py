"""Decisions read back from a file that people worked on in Word or LibreOffice.

The file is read twice: as if every open change of its record were accepted, and as if they were rejected. What stands
in both was accepted, in the first only is still open, in neither was rejected; what stands there in other words is a
wording of the person. Whatever else they changed is told and belongs to their file: nothing here overwrites it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cxify import word
from cxify.document import Document
from cxify.errors import BadEdits, InputError
from cxify.proposal import Comment, Operation
from cxify.provenance import Record, RecordedEdit, from_json
from cxify.review.comparing import Comparison, Elsewhere, compared
from cxify.review.decision import Decision, Standing, standings, with_wording
from cxify.review.parsing import Found
from cxify.review.reading import Source, opened
from cxify.review.suggestion import worded


@dataclass(frozen=True)
class Returned:
    """What a file that came back tells: only decisions that are new, in the order of the suggestions."""

    decisions: tuple[Decision, ...]
    open: tuple[int, ...]
    """Suggestions whose changes still wait for a decision in the file."""
    elsewhere: tuple[Elsewhere, ...]
    """What was changed beside the suggestions."""
    told: tuple[str, ...]
    """What the person should know, a sentence each."""


def returned(
    source: Source,
    record: Record,
    data: bytes,
    *,
    decisions: Iterable[Decision] = (),
    person: str = "",
    at: str = "",
) -> Returned:
    """Return the decisions that a file holds and `decisions` do not hold yet, under the person's name.

    Raises InputError when the file does not come from this paper, or holds no decisions of this kind.
    """
    original, theirs = opened(source, record), word.open_package(data)
    told = _record_in(theirs, record)
    edits = dict(_numbered(told, record))
    how = standings(record, decisions)
    source_text = word.read(original)
    readings = [
        compared(source_text, _read(theirs, told, accept=accept), {n: e.operation for n, e in edits.items()})
        for accept in (True, False)
    ]
    comments = [remark.text for remark in word.remarks_of(theirs) if not remark.resolved]
    desk = _Desk(person, at, how, readings[0], readings[1], [" ".join(text.split()) for text in comments])
    outcomes = {number: desk.outcome(number, edit) for number, edit in edits.items()}
    return Returned(
        decisions=tuple(d for outcome in outcomes.values() if (d := outcome.decision) is not None),
        open=tuple(number for number, outcome in outcomes.items() if outcome.is_open),
        elsewhere=readings[0].elsewhere,
        told=tuple(_told(outcomes, readings[0], _new_comments(original, theirs, told))),
    )


def _record_in(theirs: word.Package, record: Record) -> Record:
    """Return the record that the file carries. Raises InputError when it is not one of this paper."""
    told = word.provenance_of(theirs)
    found = from_json(json.dumps(told)) if told and isinstance(told.get("edits"), list) else None
    if found is None:
        raise InputError(
            "The file carries no record of suggestions by cxify.",
            "Upload the file that you downloaded here; another program may have removed its record.",
        )
    if found.source_sha256 != record.source_sha256:
        raise InputError(
            "The file was made from another document than this one.", "Open the document that it belongs to."
        )
    if found.form == "comments":
        raise InputError(
            "The file holds the suggestions as comments, and no decisions can be read from it.",
            "Download the file with tracked changes, accept or reject in it, and upload that one.",
        )
    return found


def _numbered(told: Record, record: Record) -> Iterator[tuple[int, RecordedEdit]]:
    """Yield the suggestions in the file by their number; comments that people wrote are none."""
    fresh = not any(edit.suggestion is not None or edit.by for edit in told.edits)
    for index, edit in enumerate(told.edits):
        number = index if fresh else edit.suggestion
        if number is not None and number < len(record.edits):
            yield number, edit


def _read(theirs: word.Package, told: Record, *, accept: bool) -> Document:
    try:
        return word.read(word.resolve(theirs, accept=accept, author=told.author, date=told.date))
    except InputError:  # nothing of this record is open any more
        return word.read(theirs)


@dataclass(frozen=True)
class _Outcome:
    decision: Decision | None = None
    is_open: bool = False
    is_lost: bool = False
    is_half: bool = False
    """A part of it was accepted, and the rest waits in the file."""

    @property
    def lacks_cells(self) -> bool:
        """Whether it is a row that was accepted without some of its cells."""
        decision = self.decision
        return decision is not None and any(decision.cells) and not all(decision.cells)


@dataclass(frozen=True)
class _Desk:
    """The two readings of a file beside what has been decided."""

    person: str
    at: str
    how: Sequence[Standing]
    accepted: Comparison
    rejected: Comparison
    comments: Sequence[str]

    def outcome(self, number: int, edit: RecordedEdit) -> _Outcome:
        if isinstance(edit.operation, Comment):
            return self._comment(number, edit.operation)
        with_open, without = self.accepted.found[number], self.rejected.found[number]
        if without.presence == "present":
            return _Outcome(self._worded(number, edit.operation))
        if without.presence == "reworded" and with_open.presence == "present":
            return _Outcome(is_open=True, is_half=True)
        reworded = next((each for each in (without, with_open) if each.presence == "reworded"), None)
        if reworded is not None:
            return self._reworded(number, edit.operation, reworded)
        if with_open.presence == "present":
            return _Outcome(is_open=True)
        if with_open.presence == "lost":
            return _Outcome(is_lost=True)
        return _Outcome(self._rejected(number))

    def _comment(self, number: int, operation: Comment) -> _Outcome:
        wanted = " ".join(operation.comment.split())
        if wanted in self.comments:
            return _Outcome(is_open=True)
        return _Outcome(self._rejected(number))

    def _rejected(self, number: int) -> Decision | None:
        if self.how[number].state == "rejected":
            return None
        return Decision(number, "reject", person=self.person, at=self.at)

    def _reworded(self, number: int, operation: Operation, found: Found) -> _Outcome:
        try:
            return _Outcome(self._worded(number, with_wording(operation, found.text, found.cells)))
        except BadEdits:
            return _Outcome(self._rejected(number))

    def _worded(self, number: int, operation: Operation) -> Decision | None:
        """Return the decision that lets the suggestion stand in these words, unless it does already."""
        standing, words = self.how[number], worded(operation)
        if standing.stands and worded(standing.operation) == words:
            return None
        if worded(standing.proposed) == words:
            return Decision(number, "accept", person=self.person, at=self.at)
        cells = tuple(getattr(operation, "cells", ()))
        return Decision(number, "edit", "" if cells else words, cells, self.person, self.at)


def _told(outcomes: Mapping[int, _Outcome], reading: Comparison, comments: int) -> Iterator[str]:
    if reading.elsewhere:
        places = len(reading.elsewhere)
        yield (
            f"The file was also changed in {places} place{'s' * (places > 1)} beside the suggestions. These changes "
            "stay in your file; what is downloaded here is made from the document as it was uploaded, without them."
        )
    if lost := [number for number, outcome in outcomes.items() if outcome.is_lost]:
        yield (
            f"{len(lost)} suggestion{'s' * (len(lost) > 1)} could not be found again, because the text around was "
            "changed. They stand as they were decided here."
        )
    if half := sum(outcome.is_half for outcome in outcomes.values()):
        yield (
            f"{half} suggestion{'s' * (half > 1)} had been accepted in part only, and the rest still waits in your "
            "file. Accept or reject it there, then upload the file again."
        )
    if rows := sum(outcome.lacks_cells for outcome in outcomes.values()):
        yield f"{rows} row{'s' * (rows > 1)} had been accepted without some of the cells, and so it stands here."
    if comments:
        yield f"{comments} comment{'s' * (comments > 1)} of other people stay in your file and are not taken over."


def _new_comments(original: word.Package, theirs: word.Package, told: Record) -> int:
    known = {" ".join(remark.text.split()) for remark in word.remarks_of(original)}
    known |= {" ".join((edit.operation.comment or "").split()) for edit in told.edits}
    return sum(" ".join(remark.text.split()) not in known for remark in word.remarks_of(theirs))
