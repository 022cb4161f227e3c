"""What versions would change in one document: deleted and inserted words, line by line, with the lines around them.

A line is a paragraph, or a row of a table. The source comes from the redlined file itself by rejecting our changes, and
the edits from the record in it, so what is shown is what stands in the file.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from cxify import provenance, word
from cxify.document import Block, Document
from cxify.errors import EditNotApplicable, InputError
from cxify.proposal import Append, InsertAfter, InsertRowAfter, Operation, Replace
from cxify.provenance import Record, RecordedEdit
from cxify.word.diff import Hunk
from cxify.word.quote import hunks_of

Mark = Literal["", "ins", "del", "sep"]
_CELL = " | "


class Piece(NamedTuple):
    """Words that stay, come or go; "sep" divides the cells of a row."""

    text: str
    mark: Mark = ""


class Note(NamedTuple):
    """What a reviewer reads beside a change: why, and for which competencies and standards."""

    text: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What one version makes of one line."""

    pieces: tuple[Piece, ...]
    after: tuple[str, ...]
    """Paragraphs or rows inserted after the line."""
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source, and what each version makes of it; None where it leaves the line alone."""

    pieces: tuple[Piece, ...]
    heading: bool
    changes: tuple[Change | None, ...]
    gap: bool
    """Whether lines are left out before this one."""


@dataclass(frozen=True, slots=True)
class Redlined:
    """An output file, taken apart."""

    source: Document
    edits: tuple[RecordedEdit, ...]


def read(output: bytes, known: dict[str, Document] | None = None) -> Redlined | None:
    """Take an output apart; None for a file without a record of cxify. Raises as `word.read` does.

    `known` are sources by the hash in the record, read before; this one is added.
    """
    package = word.open_package(output)
    record = provenance.from_json(json.dumps(word.provenance_of(package)))
    if record is None:
        return None
    sources = {} if known is None else known
    if record.source_sha256 not in sources:
        sources[record.source_sha256] = _source(package, record)
    return Redlined(sources[record.source_sha256], record.edits)


def _source(package: word.Package, record: Record) -> Document:
    try:
        return word.read(word.resolve(package.data, accept=False, author=record.author))
    except InputError:  # nothing but comments, or nothing at all
        return word.read(package)


def lines(source: Document, versions: Sequence[Sequence[RecordedEdit]]) -> tuple[Line, ...]:
    """Return the lines that any version changes, each with its heading and a neighbour before and behind."""
    own = [_by_block(edits) for edits in versions]
    units = [tuple(unit) for _, unit in groupby(source.blocks, _unit)]
    touched = {n for n, unit in enumerate(units) if any(block.id in edits for block in unit for edits in own)}
    shown = sorted(touched | set(_around(touched, units)))
    return tuple(
        Line(
            pieces=_joined([[Piece(block.text)] for block in units[n]]),
            heading=units[n][0].type == "heading",
            changes=tuple(_change(units[n], edits) for edits in own),
            gap=n > 0 and n - 1 not in shown,
        )
        for n in shown
    )


def _unit(block: Block) -> tuple[str, ...]:
    return (f"{block.place.table}", f"{block.place.row}") if block.place else (block.id,)


def _by_block(edits: Sequence[RecordedEdit]) -> Mapping[str, list[RecordedEdit]]:
    found = defaultdict(list)
    for edit in edits:
        found[edit.operation.block].append(edit)
    return dict(found)


def _around(touched: set[int], units: Sequence[Sequence[Block]]) -> Iterator[int]:
    """Yield the neighbours of changed lines that say something, and the headings above them."""
    for n in touched:
        yield from (near for near in (n - 1, n + 1) if 0 <= near < len(units) and any(b.text for b in units[near]))
        heading = next((m for m in range(n - 1, -1, -1) if units[m][0].type == "heading"), None)
        if heading is not None and units[n][0].type != "heading":
            yield heading


def _change(unit: Sequence[Block], edits: Mapping[str, list[RecordedEdit]]) -> Change | None:
    own = [edit for block in unit for edit in edits.get(block.id, ())]
    if not own:
        return None
    operations = [edit.operation for edit in own]
    return Change(
        pieces=_joined([_pieces(block.text, [e.operation for e in edits.get(block.id, ())]) for block in unit]),
        after=tuple(_inserted(operation) for operation in operations if _inserted(operation)),
        notes=tuple(_note(edit) for edit in own),
    )


def _joined(blocks: Sequence[Sequence[Piece]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for number, own in enumerate(blocks):
        pieces += [Piece(_CELL, "sep")] if number else []
        pieces += [piece for piece in own if piece.text]
    return tuple(pieces)


def _inserted(operation: Operation) -> str:
    if isinstance(operation, InsertRowAfter):
        return _CELL.join(operation.cells)
    return operation.text if isinstance(operation, InsertAfter) else ""


def _note(edit: RecordedEdit) -> Note:
    said = edit.reason if edit.reason and edit.operation.op != "comment" else edit.operation.comment
    return Note(said or edit.reason, (*edit.competencies, *edit.standards))


def _pieces(text: str, operations: Sequence[Operation]) -> list[Piece]:
    """Return the text with the words that operations take out of it and bring into it."""
    pieces, at = [], 0
    for hunk in sorted((h for one in operations for h in _hunks(text, one)), key=lambda hunk: (hunk.start, hunk.end)):
        start = max(at, hunk.start)
        pieces += [Piece(text[at:start]), Piece(text[start : hunk.end], "del"), Piece(hunk.new, "ins")]
        at = max(at, hunk.end)
    return [*pieces, Piece(text[at:])]


def _hunks(text: str, operation: Operation) -> list[Hunk]:
    if isinstance(operation, Append):
        return [Hunk(len(text), len(text), operation.text)]
    if not isinstance(operation, Replace):
        return []
    try:
        return hunks_of(text, operation.old, operation.new, operation.occurrence, operation.block)[2]
    except EditNotApplicable:  # Not reached for a file that cxify wrote; a stored run may hold anything.
        return [Hunk(len(text), len(text), f" [{operation.old} → {operation.new}]")]
