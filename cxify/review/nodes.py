"""The document as a tree of plain data that a page renders: what a reader sees, the suggestions in their places."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from cxify.document import Finding, Notice
from cxify.review.suggestion import Suggestion

PieceSort = Literal["text", "ins", "del", "locked", "control", "their_ins", "their_del"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is shown alike.

    `ins` and `del` are a suggestion's new and old words; `locked` may not change, with the reason; `control` is the
    fillable text of a content control; `their_ins` and `their_del` are tracked changes of another person.
    """

    text: str
    sort: PieceSort = "text"
    suggestion: int | None = None
    reason: str = ""
    author: str = ""
    comments: tuple[int, ...] = ()
    """The suggested comments and questions that are about these words."""
    link: bool = False


@dataclass(frozen=True)
class Line:
    """One paragraph. `suggestion` is set where the whole paragraph is new; `id` is None then."""

    id: str | None
    pieces: tuple[Piece, ...]
    suggestions: tuple[int, ...] = ()
    """All suggestions on this block in order, decided ones included: where their cards belong."""
    comments: tuple[int, ...] = ()
    """The suggested comments and questions that are about the whole block."""
    suggestion: int | None = None
    lock: str | None = None
    findings: tuple[Finding, ...] = ()
    sort: ClassVar[str] = "line"

    def text(self, *, accepted: bool) -> str:
        """Return what it says when the suggestions shown in it are accepted, or rejected."""
        gone = ("their_del", "del" if accepted else "ins")
        return "".join(piece.text for piece in self.pieces if piece.sort not in gone)


@dataclass(frozen=True)
class Heading(Line):
    """A heading; level 1 is the highest."""

    level: int = 1
    sort: ClassVar[str] = "heading"


@dataclass(frozen=True)
class Paragraph(Line):
    """Running text; `bold` where all of it is, as many documents mark a heading."""

    bold: bool = False
    sort: ClassVar[str] = "paragraph"


@dataclass(frozen=True)
class ListItem(Line):
    """A list item with what is inside it; `number` as Word counts it, 0 for a new item, None for a bullet."""

    level: int = 1
    number: int | None = None
    inner: tuple["Node", ...] = ()
    sort: ClassVar[str] = "list_item"


@dataclass(frozen=True)
class ListNode:
    """Items of one level in a row."""

    items: tuple[ListItem, ...]
    ordered: bool
    sort: ClassVar[str] = "list"


@dataclass(frozen=True)
class CellNode:
    """A table cell: columns and rows that it spans, and what stands in it."""

    nodes: tuple["Node", ...]
    span: int = 1
    rows: int = 1
    header: bool = False


@dataclass(frozen=True)
class RowNode:
    """A table row; `suggestion` is set where the row is new."""

    cells: tuple[CellNode, ...]
    header: bool = False
    suggestion: int | None = None


@dataclass(frozen=True)
class TableNode:
    """A table by its number in the document."""

    number: int
    rows: tuple[RowNode, ...]
    sort: ClassVar[str] = "table"


@dataclass(frozen=True)
class BoxNode:
    """A text box, shown behind the paragraph that it is anchored in."""

    nodes: tuple["Node", ...]
    sort: ClassVar[str] = "box"


Node = Line | ListNode | TableNode | BoxNode


@dataclass(frozen=True)
class StoryNode:
    """A header, footer or the notes: `name` as in header1, footnotes."""

    name: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class TheirComment:
    """A comment that stood in the document before."""

    author: str
    text: str
    resolved: bool = False


@dataclass(frozen=True)
class View:
    """A document for the review page."""

    title: str
    language: str
    kind: str
    state: str
    body: tuple[Node, ...]
    stories: tuple[StoryNode, ...]
    comments: tuple[TheirComment, ...]
    suggestions: tuple[Suggestion, ...]
    findings: tuple[Finding, ...] = ()
    """On the document as a whole; those on a block stand at their line as well."""
    notices: tuple[Notice, ...] = ()

    def lines(self) -> Iterator[Line]:
        """Yield every paragraph in the order of the document, the stories beside the body last."""
        yield from lines_of(self.body)
        for story in self.stories:
            yield from lines_of(story.nodes)


def lines_of(nodes: tuple[Node, ...]) -> Iterator[Line]:
    """Yield the paragraphs of some nodes and of what is nested in them, in the order of the document."""
    for node in nodes:
        if isinstance(node, Line):
            yield node
            yield from lines_of(node.inner) if isinstance(node, ListItem) else ()
        elif isinstance(node, ListNode):
            yield from lines_of(node.items)
        elif isinstance(node, BoxNode):
            yield from lines_of(node.nodes)
        else:
            for cell in (cell for row in node.rows for cell in row.cells):
                yield from lines_of(cell.nodes)
