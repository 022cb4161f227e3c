"""A long document in parts that a model can take: whole sections where possible, tables never torn apart.

Every part is shown with the headings of the whole document, and every part has the same role behind it. Parts without
a place for customer experience are not sent at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cxify.document import Block
from cxify.kinds import Slot, places
from cxify.writers import Task
from cxify.writers.llm.view import View

CHARACTERS = 24_000
"""Text of a part, at most: about twelve pages, or 6,000 to 8,000 tokens."""


@dataclass(frozen=True)
class Part:
    """A view of some blocks, and what may be proposed in them."""

    view: View
    offers: tuple[tuple[Slot, tuple[str, ...]], ...]
    """The kind's slots that stand in this part, each with its blocks."""
    edits: int
    """How many edits of the text this part may get."""
    share: float = 1.0
    """This part's share of the document's allowance of new words."""

    @cached_property
    def ids(self) -> frozenset[str]:
        """The blocks of the part."""
        return frozenset(block.id for block in self.view.shown)

    def halves(self) -> tuple["Part", ...]:
        """Return the part as two smaller ones, or nothing when it is a single unit."""
        units = list(_units(self.view.shown))
        if len(units) < 2:
            return ()
        middle = _middle(units)
        wholes = [_flat(units[:middle]), _flat(units[middle:])]
        found = [self._within({block.id for block in blocks}) for blocks in wholes]
        return tuple(part for part in found if part.offers)

    def _within(self, ids: set[str]) -> "Part":
        kept = ((slot, tuple(id for id in blocks if id in ids)) for slot, blocks in self.offers)
        offers = tuple((slot, blocks) for slot, blocks in kept if blocks)
        edits = max(1, round(self.edits / 2))
        return Part(replace(self.view, part=frozenset(ids)), offers, edits, self.share / 2)


def parts(task: Task, slots: Sequence[Slot], edits: int, characters: int = CHARACTERS) -> tuple[Part, ...]:
    """Return the parts of a document that have a place for an edit, in order; one part when the document is short.

    `edits` is what the whole document may get: the parts with most places share it, and others are left out.
    """
    whole = View(task.document, task.kind)
    seen = {block.id for block in whole.shown}
    offers = [(slot, tuple(b.id for b in places(task.document, task.kind, slot) if b.id in seen)) for slot in slots]
    offers = [(slot, blocks) for slot, blocks in offers if blocks]
    chunks = list(_packed(whole, characters))
    if len(chunks) <= 1:
        return (Part(whole, tuple(offers), edits),)
    made = [_part(whole, {block.id for block in chunk}, offers) for chunk in chunks]
    ranked = sorted((part for part in made if part.offers), key=lambda part: -len(part.offers))[:edits]
    chosen = [part for part in made if part in ranked]
    return tuple(_shared(chosen, edits))


def _part(whole: View, ids: set[str], offers: Sequence[tuple[Slot, tuple[str, ...]]]) -> Part:
    own = ((slot, tuple(id for id in blocks if id in ids)) for slot, blocks in offers)
    return Part(replace(whole, part=frozenset(ids)), tuple((slot, blocks) for slot, blocks in own if blocks), 1)


def _shared(chosen: Sequence[Part], edits: int) -> Iterator[Part]:
    """Give each part its share of the edits; a slot is offered in as many parts as it may be filled, no more."""
    offered: dict[str, int] = {}
    each = max(1, round(edits / len(chosen))) if chosen else 0
    for part in chosen:
        kept = []
        for slot, blocks in part.offers:
            offered[slot.id] = offered.get(slot.id, 0) + 1
            if offered[slot.id] <= slot.max:
                kept.append((slot.model_copy(update={"max": 1}), blocks))
        if kept:
            yield replace(part, offers=tuple(kept), edits=each, share=1 / len(chosen))


# --- where a document may be cut --------------------------------------------------------------------------------------


def _packed(whole: View, characters: int) -> Iterator[list[Block]]:
    """Pack sections, in order, into chunks of at most so many characters; a longer section is cut between its units."""
    chunk: list[Block] = []
    size = 0
    for section in _sections(whole):
        for unit in [section] if _size(section) <= characters else _units(section):
            if chunk and size + _size(unit) > characters:
                yield chunk
                chunk, size = [], 0
            chunk, size = [*chunk, *unit], size + _size(unit)
    if chunk:
        yield chunk


def _sections(whole: View) -> Iterator[list[Block]]:
    section: list[Block] = []
    for block in whole.shown:
        if block.id in whole.headings and section:
            yield section
            section = []
        section.append(block)
    if section:
        yield section


def _units(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield what must stay together: a paragraph, or all cells of a table; of a huge table, a row."""
    unit: list[Block] = []
    for block in blocks:
        if unit and not _together(unit, block):
            yield unit
            unit = []
        unit.append(block)
    if unit:
        yield unit


def _together(unit: Sequence[Block], block: Block) -> bool:
    last = unit[-1].place
    if last is None or block.place is None or last.table != block.place.table:
        return False
    return last.row == block.place.row or _size(unit) < CHARACTERS // 2


def _size(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) + 20 for block in blocks)


def _flat(units: Sequence[list[Block]]) -> list[Block]:
    return [block for unit in units for block in unit]


def _middle(units: Sequence[list[Block]]) -> int:
    """Return where the units are cut in two halves of about the same length, neither of them empty."""
    half, size = sum(map(_size, units)) / 2, 0
    for number, unit in enumerate(units[:-1], 1):
        size += _size(unit)
        if size >= half:
            return number
    return len(units) - 1
