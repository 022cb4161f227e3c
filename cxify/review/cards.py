"""The suggestions of a record as cards: what changes, why, what it serves and rests on, and how it stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from cxify import word
from cxify.errors import EditNotApplicable
from cxify.framework import Competency, Standard
from cxify.proposal import Append, Comment, InsertAfter, InsertRowAfter, Operation, Replace
from cxify.provenance import RecordedEdit
from cxify.review.decision import Standing
from cxify.review.lines import plain
from cxify.review.reading import Reading
from cxify.review.suggestion import Alternative, Change, Competence, Promise, Sort, Suggestion, worded
from cxify.writers.remark import labels_for

_Named = TypeVar("_Named", Competency, Standard)


def cards(
    reading: Reading,
    standing: Sequence[Standing],
    alternatives: Mapping[int, tuple[Alternative, ...]] | None = None,
) -> tuple[Suggestion, ...]:
    """Return every suggestion of the record with how it stands."""
    others = alternatives or {}
    return tuple(
        _card(number, edit, how, reading, others.get(number, ()))
        for number, (edit, how) in enumerate(zip(reading.record.edits, standing, strict=True))
    )


def _card(
    number: int, edit: RecordedEdit, how: Standing, reading: Reading, alternatives: tuple[Alternative, ...]
) -> Suggestion:
    block = reading.document.by_id.get(edit.operation.block)
    changes = _changes(how.operation, block.text if block else "")
    return Suggestion(
        number=number,
        sort=sort_of(edit),
        op=edit.operation.op,
        block=edit.operation.block,
        section=(block.section if block else None) or "",
        operation=how.operation,
        proposed=edit.operation,
        before=getattr(edit.operation, "old", ""),
        after=plain(worded(how.operation)),
        changes=changes,
        reason=edit.reason,
        remark=edit.operation.comment or "",
        competencies=tuple(_competence(reference, reading) for reference in edit.competencies),
        standards=tuple(_promise(id, reading) for id in edit.standards),
        evidence=edit.evidence,
        evidence_block=edit.evidence_block,
        certainty=edit.certainty,
        voice=tuple(_voice(edit.operation.comment or "", reading.language)),
        standing=how,
        alternatives=alternatives,
    )


def sort_of(edit: RecordedEdit) -> Sort:
    """Return what a recorded edit is to a reviewer: a comment without a reason asks something."""
    if not isinstance(edit.operation, Comment):
        return "edit"
    return "comment" if edit.reason else "question"


def _changes(operation: Operation, text: str) -> tuple[Change, ...]:
    match operation:
        case Replace(old=old, new=new, occurrence=occurrence, block=block):
            return tuple(_replaced(text, old, new, occurrence, block))
        case Append(text=added) | InsertAfter(text=added):
            return (Change(plain(added), "ins"),)
        case InsertRowAfter(cells=cells):
            return tuple(Change(plain(cell), "ins") for cell in cells if cell)
        case _:
            return ()


def _replaced(text: str, old: str, new: str, occurrence: int, block: str) -> Iterator[Change]:
    """Yield the wording with the words that differ, as the redline marks them."""
    try:
        start, end, hunks = word.hunks_of(text, old, new, occurrence, block)
    except EditNotApplicable:
        yield from _filled(Change(old, "del"), Change(plain(new), "ins"))
        return
    position = start
    for hunk in hunks:
        yield from _filled(
            Change(text[position : hunk.start]),
            Change(text[hunk.start : hunk.end], "del"),
            Change(plain(hunk.new), "ins"),
        )
        position = hunk.end
    yield from _filled(Change(text[position:end]))


def _filled(*changes: Change) -> Iterable[Change]:
    return (change for change in changes if change.text)


def _competence(reference: str, reading: Reading) -> Competence:
    id, _, level = reference.partition("@")
    number = int(level or reading.role.level)
    found = _by_id(reading.spoken.competencies if reading.spoken else (), id)
    if found is None:
        return Competence(id, number, id)
    return Competence(id, number, found.name, found.definition, found.indicators(number))


def _promise(id: str, reading: Reading) -> Promise:
    found = _by_id(reading.spoken.service_standards if reading.spoken else (), id)
    return Promise(id, found.name, found.statement) if found else Promise(id, id)


def _by_id(known: Iterable[_Named], id: str) -> _Named | None:
    return next((one for one in known if one.id == id), None)


def _voice(remark: str, language: str) -> Iterator[str]:
    """Yield what the remark cites of customers or employees."""
    labels = labels_for(language)
    for line in remark.split("\n"):
        for tone in ("praise", "complaint"):
            before, _, behind = labels[tone].partition("{theme}")
            if line.startswith(before) and line.endswith(behind):
                yield line.removeprefix(before).removesuffix(behind)
                break
