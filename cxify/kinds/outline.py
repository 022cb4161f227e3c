"""Find the sections of a document in HR's sense.

Real HR documents rarely use heading styles. A heading may also be a bold or capital line, a line that says nothing
but "Main duties", a label ("Safeguarding: All staff …"), or the first cell of a row in a table that holds the whole
document.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cxify.document import Block, Document, Section
from cxify.kinds.common import Labels
from cxify.kinds.headings import CAPITAL_BOLD, Finder, Heading, fact
from cxify.kinds.words import Vocabulary


@dataclass(frozen=True)
class Outline:
    """Sections, the path of sections to each block, the title lines, and the labels of facts."""

    sections: tuple[Section, ...]
    paths: Mapping[str, tuple[Section, ...]]
    headings: frozenset[str]
    titles: frozenset[str]
    facts: Mapping[str, str]
    """Blocks such as "Reports to: Ward Manager" with the role of their label."""
    subheadings: frozenset[str]
    """Bold lines that divide a section, in documents that use Word's heading styles for the sections."""


@dataclass
class _Open:
    title: str
    heading: str | None
    rank: int
    level: int
    table: int | None
    role: str | None
    blocks: list[str] = field(default_factory=list)
    filled: bool = False
    """Text stands in it."""
    divided: bool = False
    """Lines in the format of its own heading divide it."""


def outline(
    document: Document, words: Vocabulary, labels: Labels, language: str, data_tables: frozenset[int]
) -> Outline:
    """Derive the sections of the main story; `data_tables` have a header row and hold no headings."""
    body = list(document.body)
    facts = {block.id: role for block in document.blocks if (role := fact(block, labels, language))}
    finder = Finder(document, body, words, labels, language, facts, data_tables)
    titles = finder.titles()
    subheadings = frozenset(block.id for index, block in enumerate(body) if finder.is_subheading(index))
    builder = _Builder({table.number: table.nested_in for table in document.tables}, _bands(document))
    for index, block in enumerate(body):
        builder.leave_tables(block)
        if block.place and block.place.table in data_tables:
            builder.leave_scale()
        heading = None if block.id in titles and block.type != "heading" else finder.heading(index)
        builder.add(block, heading)
    return Outline(*builder.finish(), titles, facts, subheadings)


def _bands(document: Document) -> frozenset[int]:
    """Return the tables that are one line in a frame: a heading in it opens what follows below the frame."""
    bands = set()
    for table in document.tables:
        ids = [id for row in table.rows for cell in row.cells for id in cell.blocks]
        filled = [id for id in ids if document.by_id[id].text.strip()]
        if len(table.rows) == 1 and len(filled) == 1:
            bands.add(table.number)
    return frozenset(bands)


class _Builder:
    """Puts blocks under the headings that are open, by rank, and closes what a table opened when it ends."""

    def __init__(self, nested_in: Mapping[int, int | None], bands: frozenset[int]) -> None:
        self.nested_in = nested_in
        self.bands = bands
        self.open: list[_Open] = []
        self.all: list[_Open] = []
        self.before: list[str] = []
        self.steps: list[tuple[str, tuple[_Open, ...]]] = []

    def leave_tables(self, block: Block) -> None:
        inside = set()
        table = block.place.table if block.place else None
        while table is not None:
            inside.add(table)
            table = self.nested_in.get(table)
        while self.open and self.open[-1].table is not None and self.open[-1].table not in inside:
            self.open.pop()

    def leave_scale(self) -> None:
        """A table of criteria or objectives right below the rating scale is no part of the scale."""
        while self.open and self.open[-1].role == "scale":
            self.open.pop()

    def add(self, block: Block, heading: Heading | None) -> None:
        if heading and heading.inline:
            self._add_inline(block, heading)
        elif heading:
            self._begin(block, heading)
        else:
            self._place(block, tuple(self.open))

    def _add_inline(self, block: Block, heading: Heading) -> None:
        """A label opens a section of its own line only, unless it says again what the section is about."""
        if self.open and self.open[-1].role == heading.role:
            self._place(block, tuple(self.open))
            return
        section = _Open(heading.title, None, heading.rank, self._level() + 1, None, heading.role)
        self.all.append(section)
        self._place(block, (*self.open, section))

    def _begin(self, block: Block, heading: Heading) -> None:
        while self.open and self.open[-1].rank >= heading.rank and not self._divides(heading):
            self.open.pop()
        if self.open and self.open[-1].rank >= heading.rank:
            self.open[-1].divided = True
        for section in self.open:
            section.blocks.append(block.id)
        level = heading.rank if heading.rank < CAPITAL_BOLD else self._level() + 1
        table = block.place.table if block.place and block.place.table not in self.bands else None
        section = _Open(heading.title, block.id, heading.rank, level, table, heading.role)
        self.open.append(section)
        self.all.append(section)
        self.steps.append((block.id, tuple(self.open)))

    def _divides(self, heading: Heading) -> bool:
        """Lines like "Strategy" and "People" divide a part whose heading looks the same and has no text below."""
        above = self.open[-1]
        if heading.role or above.rank != heading.rank or heading.rank < CAPITAL_BOLD:
            return False
        return bool(above.role) and (above.divided or not above.filled)

    def _place(self, block: Block, path: tuple[_Open, ...]) -> None:
        for section in path:
            section.blocks.append(block.id)
            section.filled = section.filled or bool(block.text.strip())
        if not path:
            self.before.append(block.id)
        self.steps.append((block.id, path))

    def _level(self) -> int:
        return self.open[-1].level if self.open else 0

    def finish(self) -> tuple[tuple[Section, ...], dict[str, tuple[Section, ...]], frozenset[str]]:
        made = {id(o): Section(o.title, o.heading, o.level, tuple(o.blocks)) for o in self.all}
        first = [Section("", None, 0, tuple(self.before))] if self.before and made else []
        paths = {block: tuple(made[id(o)] for o in path) for block, path in self.steps}
        headings = frozenset(o.heading for o in self.all if o.heading)
        return (*first, *made.values()), paths, headings
