"""From the containers of a document to the tree that a page renders, with new paragraphs and rows in their places."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from cxify.document import Block, Document, Finding
from cxify.proposal import Comment, InsertAfter, InsertRowAfter, Operation
from cxify.review.grid import Frame, FrameCell, framed
from cxify.review.lines import pieces, plain, quotes
from cxify.review.nodes import BoxNode, Heading, Line, ListItem, ListNode, Node, Paragraph, Piece, StoryNode, TableNode
from cxify.review.outline import BODY, Container, Item, Outline
from cxify.word import Shown

Suggested = Mapping[str, Sequence[tuple[int, Operation | None]]]
"""By block: the numbers of its suggestions with the operation to show, None for one that is rejected."""


@dataclass(frozen=True)
class Tree:
    """Builds the nodes of one document."""

    document: Document
    shown: Mapping[str, Shown]
    suggested: Suggested
    headers: Mapping[int, int]
    """The header row of tables in which Word marks none, by table number; rows count from 0."""
    findings: Mapping[str, Sequence[Finding]] = field(default_factory=dict)

    @cached_property
    def outline(self) -> Outline:
        """What stands in what."""
        return Outline.of(self.document)

    def body(self) -> tuple[Node, ...]:
        """Return the body."""
        return self._nodes(BODY)

    def stories(self) -> tuple[StoryNode, ...]:
        """Return headers, footers and notes."""
        return tuple(StoryNode(name, self._nodes(name)) for name in self.outline.stories)

    def _nodes(self, container: Container) -> tuple[Node, ...]:
        return _with_lists(list(self._flat(self.outline.contents.get(container, ()))))

    def _flat(self, items: Iterable[Item]) -> Iterator[Node]:
        """Yield an item's nodes; a new paragraph stands behind the text boxes of the one it follows."""
        waiting: list[Line] = []
        for item in items:
            if item.box:
                yield BoxNode(self._nodes(item.box))
                continue
            yield from waiting
            waiting = []
            if item.table:
                yield self._table(item.table)
            else:
                block = self.document.by_id[item.block]
                yield self._line(block)
                waiting = list(self._new_lines(block))
        yield from waiting

    # ---- paragraphs ----

    def _line(self, block: Block) -> Line:
        own = [(n, operation) for n, operation in self._own(block.id) if operation is not None]
        looks = self.shown.get(block.id, Shown())
        remarks = [(n, operation) for n, operation in own if isinstance(operation, Comment)]
        quoted = {mark.number for mark in quotes(block.text, block.id, remarks)}
        line = Line(
            block.id,
            pieces(block, looks, own),
            suggestions=tuple(number for number, _ in self._own(block.id)),
            comments=tuple(number for number, _ in remarks if number not in quoted),
            lock=block.lock,
            findings=tuple(self.findings.get(block.id, ())),
        )
        return _shaped(line, block, looks)

    def _new_lines(self, block: Block) -> Iterator[Line]:
        for number, operation in self._own(block.id):
            if isinstance(operation, InsertAfter):
                line = Line(None, (Piece(plain(operation.text), "ins", number),), suggestion=number)
                yield _following(line, block, self.shown.get(block.id, Shown()))

    def _own(self, block: str) -> Sequence[tuple[int, Operation | None]]:
        return self.suggested.get(block, ())

    # ---- tables ----

    def _table(self, number: int) -> TableNode:
        table = self.document.tables[number - 1]
        frames: list[Frame] = []
        for index, row in enumerate(table.rows):
            cells = [
                FrameCell(self._nodes((number, index + 1, at + 1)), cell.span, cell.merged_up)
                for at, cell in enumerate(row.cells)
            ]
            frames.append(Frame(tuple(cells), row.header or self.headers.get(number) == index))
            frames += self._new_rows([id for cell in row.cells for id in cell.blocks], frames[-1])
        return TableNode(number, framed(frames))

    def _new_rows(self, blocks: Iterable[str], pattern: Frame) -> Iterator[Frame]:
        own = sorted((pair for id in blocks for pair in self._own(id)), key=lambda pair: pair[0])
        for number, operation in own:
            if isinstance(operation, InsertRowAfter):
                spans = [cell.span for cell in pattern.cells]
                fitting = spans if len(spans) == len(operation.cells) else [1] * len(operation.cells)
                cells = [
                    FrameCell(_new_cell(text, number), span)
                    for text, span in zip(operation.cells, fitting, strict=True)
                ]
                yield Frame(tuple(cells), suggestion=number)


def _new_cell(text: str, number: int) -> tuple[Node, ...]:
    made = (Piece(plain(text), "ins", number),) if text else ()
    return (Paragraph(None, made, suggestion=number),)


def _shaped(line: Line, block: Block, looks: Shown) -> Line:
    if block.type == "heading":
        return Heading(**vars(line), level=min(block.level or 1, 9))
    if block.type == "list_item":
        return _list_item(line, looks, counted=True)
    return Paragraph(**vars(line), bold=block.bold)


def _following(line: Line, block: Block, looks: Shown) -> Line:
    """Return a new paragraph in the shape of the one it follows; behind a heading comes text."""
    return _list_item(line, looks, counted=False) if block.type == "list_item" else Paragraph(**vars(line))


def _list_item(line: Line, looks: Shown, *, counted: bool) -> ListItem:
    place = looks.place
    if place is None:
        return ListItem(**vars(line))
    number = place.number if counted or place.number is None else 0
    return ListItem(**vars(line), level=place.level, number=number)


# ---- lists -----------------------------------------------------------------------------------------------------------


def _with_lists(flat: list[Node]) -> tuple[Node, ...]:
    """Gather list items into lists, deeper ones inside those before them; a text box belongs to the item before it."""
    nodes: list[Node] = []
    run: list[ListItem] = []
    for node in flat:
        if isinstance(node, ListItem):
            run.append(node)
        elif isinstance(node, BoxNode) and run:
            run[-1] = replace(run[-1], inner=(*run[-1].inner, node))
        else:
            nodes += _lists(run)
            run = []
            nodes.append(node)
    return (*nodes, *_lists(run))


def _lists(run: Sequence[ListItem]) -> Iterator[ListNode]:
    """Yield the lists that a run of items makes: a change of level outwards, or of bullets and numbers, ends one."""
    items: list[ListItem] = []
    position = 0
    while position < len(run):
        first = run[position]
        behind = position + 1
        while behind < len(run) and run[behind].level > first.level:
            behind += 1
        item = replace(first, inner=(*first.inner, *_lists(run[position + 1 : behind])))
        if items and (items[-1].level != item.level or _is_ordered(items[-1]) != _is_ordered(item)):
            yield ListNode(tuple(items), _is_ordered(items[0]))
            items = []
        items.append(item)
        position = behind
    if items:
        yield ListNode(tuple(items), _is_ordered(items[0]))


def _is_ordered(item: ListItem) -> bool:
    return item.number is not None
