"""A source beside one reading of a file that came back: what became of each suggestion, and what else is different."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from cxify.document import Block, Document
from cxify.proposal import Append, InsertAfter, InsertRowAfter, Operation, Replace
from cxify.review.aligning import Alignment, align
from cxify.review.lines import plain
from cxify.review.parsing import Found, Slot, forms, is_reworded, like, parsed, slots

_COMPARED: Final = ("body", "footnotes", "endnotes", "textbox")
"""Stories whose other changes are told; headers and footers are written anew by every program."""
_GENERATED: Final = "text that Word generates itself"
"""How the reason begins for which a field's result is locked: every program counts pages anew."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A paragraph that was changed beside the suggestions: "" where it is new, or gone."""

    section: str
    before: str
    after: str


@dataclass(frozen=True)
class Comparison:
    """What became of each suggestion, by number, and what else is different."""

    found: Mapping[int, Found]
    elsewhere: tuple[Elsewhere, ...]


def compared(source: Document, other: Document, suggested: Mapping[int, Operation]) -> Comparison:
    """Find the suggestions of a source again in one reading of a file that came back."""
    return _Comparer(source.blocks, other, suggested, {block.id: i for i, block in enumerate(source.blocks)}).run()


@dataclass
class _Comparer:
    ours: Sequence[Block]
    other: Document
    suggested: Mapping[int, Operation]
    place_of: Mapping[str, int]
    taken: set[int] = field(default_factory=set)
    """Added paragraphs that are suggestions."""
    strange: set[int] = field(default_factory=set)
    """Our paragraphs that differ beside their suggestions."""

    @property
    def theirs(self) -> Sequence[Block]:
        return self.other.blocks

    def run(self) -> Comparison:
        found: dict[int, Found] = {}
        for place, places in self.slots.items():
            found |= self._inside(place, places)
        for number, operation in self.suggested.items():
            if isinstance(operation, InsertAfter):
                found[number] = self._paragraph(operation)
            elif isinstance(operation, InsertRowAfter):
                found[number] = self._row(operation)
        return Comparison(found, tuple(self._elsewhere()))

    # ---- which paragraph is which ----

    @cached_property
    def slots(self) -> dict[int, list[Slot]]:
        """The changes inside paragraphs, by the paragraph's place."""
        by_place: dict[int, list[tuple[int, Operation]]] = defaultdict(list)
        for number, operation in self.suggested.items():
            if isinstance(operation, Replace | Append) and operation.block in self.place_of:
                by_place[self.place_of[operation.block]].append((number, operation))
        return {place: slots(self.ours[place].text, self.ours[place].id, own) for place, own in by_place.items()}

    @cached_property
    def alignment(self) -> Alignment:
        """The paragraphs that are the same, or the same with changes."""
        variants: dict[str, str] = {}
        suggested: dict[int, str] = {}
        for place, places in self.slots.items():
            text = self.ours[place].text
            *fewer, all_of_them = map(_squeezed, forms(text, places))
            suggested[place] = all_of_them
            variants |= dict.fromkeys((*fewer, all_of_them), _squeezed(text))
        ours = [_squeezed(b.text) if place in self.slots else _line(b) for place, b in enumerate(self.ours)]
        theirs = [variants.get(_squeezed(block.text), _line(block)) for block in self.theirs]
        return align(ours, theirs, suggested)

    def _zone(self, place: int) -> list[int]:
        """Return the added paragraphs behind one of ours that are not taken yet."""
        zone = self.alignment.zone(place, len(self.theirs))
        return [at for at in zone if at in self.alignment.added and at not in self.taken]

    # ---- what became of a suggestion ----

    def _inside(self, place: int, places: list[Slot]) -> dict[int, Found]:
        at = self.alignment.places[place]
        if at is None:
            return {slot.number: Found("lost") for slot in places}
        found, strange = parsed(self.ours[place].text, places, self.theirs[at].text)
        if strange:
            self.strange.add(place)
        return found

    def _paragraph(self, operation: InsertAfter) -> Found:
        zone = self._zone(self._behind_boxes(self.place_of[operation.block]))
        at = self._best(plain(operation.text), zone)
        if at is None:
            return Found("absent")
        self.taken.add(at)
        text = self.theirs[at].text
        same = _squeezed(text) == _squeezed(operation.text)
        return Found("present") if same else Found("reworded", text)

    def _row(self, operation: InsertRowAfter) -> Found:
        """Look for a row whose cells were added: they belong together, whatever their order in the file."""
        wanted = [plain(cell) for cell in operation.cells]
        zone = self._zone(self._end_of_row(operation.block))
        for at in zone:
            cells = self._cells_of_row(at)
            texts = [self._text(ids) for ids in cells]
            if len(texts) == len(wanted) and is_reworded("\n".join(texts), "\n".join(wanted)):
                self.taken |= {place for ids in cells for place in ids}
                same = list(map(_squeezed, texts)) == list(map(_squeezed, wanted))
                return Found("present") if same else Found("reworded", cells=tuple(texts))
        return Found("absent")

    def _best(self, text: str, zone: Sequence[int]) -> int | None:
        exact = next((at for at in zone if _squeezed(self.theirs[at].text) == _squeezed(text)), None)
        if exact is not None:
            return exact
        alike = [(like(self.theirs[at].text, text), -at) for at in zone if is_reworded(self.theirs[at].text, text)]
        return -max(alike)[1] if alike else None

    def _behind_boxes(self, place: int) -> int:
        """Return the place of the last text box paragraph behind one of ours: a new paragraph stands behind them."""
        story = self.ours[place].story
        while place + 1 < len(self.ours) and self.ours[place + 1].story.startswith("textbox"):
            if self.ours[place + 1].story == story:
                break
            place += 1
        return place

    def _end_of_row(self, block: str) -> int:
        """Return the place of the last paragraph that stands directly in the row that holds a block."""
        place, start = self.ours[self.place_of[block]].place, self.place_of[block]
        if place is None:
            return start
        own = [
            at
            for at in range(start, len(self.ours))
            if (here := self.ours[at].place) and (here.table, here.row) == (place.table, place.row)
        ]
        return own[-1] if own else start

    @cached_property
    def _rows(self) -> dict[tuple[int, int], dict[int, list[int]]]:
        rows: dict[tuple[int, int], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for at, block in enumerate(self.theirs):
            if block.place:
                rows[block.place.table, block.place.row][block.place.cell].append(at)
        return rows

    def _cells_of_row(self, at: int) -> list[list[int]]:
        place = self.theirs[at].place
        return list(self._rows[place.table, place.row].values()) if place else []

    def _text(self, places: Sequence[int]) -> str:
        return "\n".join(self.theirs[at].text for at in places).strip()

    # ---- what else is different ----

    def _elsewhere(self) -> Iterator[Elsewhere]:
        for place, at in enumerate(self.alignment.places):
            block = self.ours[place]
            after = self.theirs[at] if at is not None else None
            if not block.story.startswith(_COMPARED) or not self._differs(place, after):
                continue
            yield Elsewhere(block.section or "", block.text, after.text if after else "")
        for at in sorted(self.alignment.added - self.taken):
            block = self.theirs[at]
            if block.story.startswith(_COMPARED) and block.text.strip():
                yield Elsewhere(block.section or "", "", block.text)

    def _differs(self, place: int, after: Block | None) -> bool:
        if place in self.slots and after is not None:
            return place in self.strange
        return _line(self.ours[place]) != (_line(after) if after else "")


def _line(block: Block) -> str:
    """Return a paragraph as it is compared: spaces squeezed, without what Word itself writes."""
    text = block.text
    for span in reversed(block.spans):
        if span.reason.startswith(_GENERATED):
            text = text[: span.start] + text[span.end :]
    return _squeezed(text)


def _squeezed(text: str) -> str:
    return " ".join(text.split())
