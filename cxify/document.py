"""The document in the middle: frozen, in HR's words, without OOXML.

`word.read` makes it (text, structure, what Word itself locks), `kinds.classify` adds what HR knows (kind, language,
state, HR locks). Everything after that reads it and nothing changes it.
"""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Literal, TypeVar, cast

T = TypeVar("T")

BlockType = Literal["heading", "paragraph", "list_item"]
DocumentState = Literal["blank", "filled", "signed"]
Severity = Literal["block", "warn", "info"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands in a table; all numbers start at 1, tables count in document order, nested ones included."""

    table: int
    row: int
    cell: int


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a block's text that must survive: offsets into `Block.text`, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of one story.

    `text` is what a reader sees: other people's insertions shown and their deletions hidden, field results, tab as
    "\\t", line break as "\\n". `id` is b1, b2, … in document order and stable for a given file.
    """

    id: str
    type: BlockType
    text: str
    story: str = "body"
    section: str | None = None
    """Title of the nearest heading above, or None before the first heading."""
    place: Place | None = None
    lock: str | None = None
    """Why nothing in this block may change, or None. Something may still be inserted after it, unless it is closed."""
    spans: tuple[Span, ...] = ()
    """Parts of the text that may not change although the block may (fields, controls, dates, weights)."""
    level: int | None = None
    """Outline level of a heading, 1 = highest."""
    style: str = ""
    """The paragraph style's name as Word shows it, "" for the default style."""
    bold: bool = False
    """All visible text is bold: how many HR documents mark a heading."""
    closed: bool = False
    """Nothing may be inserted after or into this block; a row whose blocks are all closed takes no row after it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: the ids of the blocks that stand directly in it, and whether it continues a vertical merge."""

    blocks: tuple[str, ...]
    span: int = 1
    merged_up: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; `header` when Word repeats it on each page."""

    cells: tuple[Cell, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table by its number, its rows, and the number of the table it is nested in."""

    number: int
    rows: tuple[Row, ...]
    nested_in: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it up to the next heading of the same or a higher level, in one story.

    `heading` is None for what stands before the first heading. `blocks` excludes the heading itself and includes the
    blocks of deeper sections.
    """

    title: str
    heading: str | None
    level: int
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know about the file: macros, protection, an element that is shown but not understood."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says about a document or a proposal. Data that rides along; it never stops a document."""

    rule: str
    severity: Severity
    block: str | None
    message: str
    remedy: str
    quote: str = ""
    """The words that triggered the rule, verbatim."""
    edit: int | None = None
    """Index of the proposed edit it is about, or None for a finding on the source."""


@dataclass(frozen=True)
class Document:
    """A Word file as HR reads it."""

    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    notices: tuple[Notice, ...] = ()
    kind: str = "unknown"
    kind_evidence: str = ""
    """Which headings or words the guess of the kind rests on, for the person who may have to correct it."""
    language: str = "und"
    """BCP 47 tag such as en-GB, or "und" when the text does not tell."""
    state: DocumentState = "blank"
    title: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    """What the file says of itself: declared language, protection, author."""

    @cached_property
    def by_id(self) -> dict[str, Block]:
        """Blocks by their id."""
        return {block.id: block for block in self.blocks}

    @property
    def body(self) -> Iterator[Block]:
        """The blocks of the main story, in order."""
        return iter(self._body)

    @cached_property
    def _body(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.story == "body")

    def once(self, key: Hashable, made: Callable[[], T]) -> T:
        """Return what `made` gives, made when first asked for: the document never changes, so neither does it."""
        if key not in self._derived:
            self._derived[key] = made()
        return cast("T", self._derived[key])

    @cached_property
    def _derived(self) -> dict[Hashable, object]:
        return {}

    def __getstate__(self) -> dict[str, object]:
        """Leave at home what follows from the fields."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def section_of(self, block_id: str) -> Section | None:
        """Return the innermost section that holds the block."""
        holding = [section for section in self.sections if block_id in section.blocks or block_id == section.heading]
        return max(holding, key=lambda section: section.level, default=None)
