"""What stands in what: the containers of a document (stories, cells, text boxes), each with its contents in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cxify.document import Block, Document, Table

BODY = "body"
_BOX = "textbox"

Story = str
CellKey = tuple[int, int, int]
Container = Story | CellKey
"""A story by its name, or a cell as (table, row, cell)."""


@dataclass(frozen=True, slots=True)
class Item:
    """A block, a table or a text box where it stands."""

    block: str = ""
    table: int = 0
    box: str = ""


@dataclass
class Outline:
    """The contents of each container, in the order of the document."""

    document: Document
    contents: dict[Container, list[Item]] = field(default_factory=dict)
    _tables: dict[int, Table] = field(default_factory=dict)
    _cells: dict[int, CellKey] = field(default_factory=dict)
    _placed: set[int | str] = field(default_factory=set)

    @classmethod
    def of(cls, document: Document) -> "Outline":
        """Sort a document's blocks into their containers."""
        outline = cls(document, _tables={table.number: table for table in document.tables})
        anchors = _anchors(document.blocks)
        # From the end: a cell ends with a paragraph of its own, so its nested tables are met when the cell is known.
        for block in reversed(document.blocks):
            outline._put(block, anchors)
        for items in outline.contents.values():
            items.reverse()
        return outline

    @property
    def stories(self) -> list[Story]:
        """The stories beside the body, in order, without text boxes."""
        names = dict.fromkeys(block.story for block in self.document.blocks)
        return [name for name in names if name != BODY and not name.startswith(_BOX)]

    def _put(self, block: Block, anchors: Mapping[Story, Block]) -> None:
        home = _home(block)
        if isinstance(home, tuple):
            self._cells[home[0]] = home
            self._place_table(home[0], block.story, anchors)
        else:
            self._place_box(block.story, anchors)
        self.contents.setdefault(home, []).append(Item(block=block.id))

    def _place_table(self, number: int, story: Story, anchors: Mapping[Story, Block]) -> None:
        if number in self._placed:
            return
        self._placed.add(number)
        outer = self._tables[number].nested_in
        if outer is None:
            self._place_box(story, anchors)
            around: Container = story
        else:
            around = self._cells.setdefault(outer, _last_cell(self._tables[outer]))
            self._place_table(outer, story, anchors)
        self.contents.setdefault(around, []).append(Item(table=number))

    def _place_box(self, story: Story, anchors: Mapping[Story, Block]) -> None:
        if story not in anchors or story in self._placed:
            return
        self._placed.add(story)
        anchor = anchors[story]
        home = _home(anchor)
        if isinstance(home, tuple):
            self._cells[home[0]] = home
            self._place_table(home[0], anchor.story, anchors)
        else:
            self._place_box(home, anchors)
        self.contents.setdefault(home, []).append(Item(box=story))


def _home(block: Block) -> Container:
    place = block.place
    return (place.table, place.row, place.cell) if place else block.story


def _last_cell(table: Table) -> CellKey:
    return (table.number, len(table.rows), len(table.rows[-1].cells) if table.rows else 1)


def _anchors(blocks: Sequence[Block]) -> dict[Story, Block]:
    """Return the paragraph in which each text box is anchored: the last one before it whose story goes on around it."""
    last = {block.story: index for index, block in enumerate(blocks)}
    anchors: dict[Story, Block] = {}
    around: list[Block] = []
    for index, block in enumerate(blocks):
        if not block.story.startswith(_BOX):
            around = [block]
            continue
        if block.story not in anchors:
            while len(around) > 1 and last[around[-1].story] < index:
                around.pop()
            anchors[block.story] = around[-1] if around else block
        else:
            while len(around) > 1 and around[-1].story != block.story:
                around.pop()
            around.pop()
        around.append(block)
    return {story: anchor for story, anchor in anchors.items() if anchor.story != story}
