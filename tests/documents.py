"""Build Documents from a few lines of text, so that a test shows what it is about.

    # Duties            heading level 1 (## level 2, ...)
    - Answer letters    list item
    **Main duties**     paragraph that is wholly bold
    | Name | Date |     table row; consecutive rows are one table, another line or a blank line ends it
    anything else       plain paragraph
    [P07] text          the gold cases' form: a paragraph with a label
    [T1R0] a | b        the gold cases' form: row 0 of table 1

Sections are those that Word's own headings make, as `word.read` gives them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cxify.document import Block, BlockType, Cell, Document, Place, Row, Section, Table

_GOLD_PARAGRAPH = re.compile(r"^\[(P\d+)\] ?(.*)$")
_GOLD_ROW = re.compile(r"^\[(T(\d+)R(\d+))\] ?(.*)$")
_HEADING = re.compile(r"^(#{1,6}) (.+)$")
_BOLD = re.compile(r"^\*\*(.+)\*\*$")


@dataclass(frozen=True)
class Labelled:
    """A Document, and the ids of the blocks that stand behind the labels P07 or T1R2 (one id a cell)."""

    document: Document
    ids: Mapping[str, tuple[str, ...]]


def document(text: str, *, meta: Mapping[str, str] | None = None) -> Document:
    """Return the Document that the lines describe."""
    return labelled(text, meta=meta).document


def labelled(text: str, *, meta: Mapping[str, str] | None = None) -> Labelled:
    """Return the Document that the lines describe, with its labels."""
    builder = _Builder()
    for line in text.strip("\n").splitlines():
        builder.line(line.strip())
    return Labelled(builder.document(dict(meta or {})), dict(builder.ids))


def gold_source(path: Path) -> str:
    """Return the lines under `## Source` of a gold case."""
    source = path.read_text(encoding="utf-8").partition("## Source\n")[2]
    return source.partition("\n## ")[0]


@dataclass
class _Builder:
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    ids: dict[str, tuple[str, ...]] = field(default_factory=dict)
    section: str | None = None
    open_table: str | None = None
    rows: list[Row] = field(default_factory=list)

    def line(self, line: str) -> None:
        if match := _GOLD_ROW.match(line):
            self._row(match[4].split("|"), table=match[2], label=match[1])
        elif line.startswith("|") and line.endswith("|"):
            self._row(line[1:-1].split("|"), table="|", label="")
        else:
            self._end_table()
            if line:
                self._paragraph(line)

    def _paragraph(self, line: str) -> None:
        if match := _GOLD_PARAGRAPH.match(line):
            self.ids[match[1]] = (self._block(match[2]),)
        elif match := _HEADING.match(line):
            self.section = match[2]
            self._block(match[2], "heading", level=len(match[1]))
        elif match := _BOLD.match(line):
            self._block(match[1], bold=True)
        elif line.startswith("- "):
            self._block(line[2:], "list_item")
        else:
            self._block(line)

    def _row(self, cells: list[str], *, table: str, label: str) -> None:
        if self.open_table != table:
            self._end_table()
            self.open_table = table
        place = [Place(len(self.tables) + 1, len(self.rows) + 1, number) for number in range(1, len(cells) + 1)]
        ids = tuple(self._block(text.strip(), place=where) for text, where in zip(cells, place, strict=True))
        self.rows.append(Row(tuple(Cell((id,)) for id in ids)))
        if label:
            self.ids[label] = ids

    def _end_table(self) -> None:
        if self.rows:
            self.tables.append(Table(len(self.tables) + 1, tuple(self.rows)))
        self.rows, self.open_table = [], None

    def _block(
        self,
        text: str,
        type: BlockType = "paragraph",
        *,
        level: int | None = None,
        place: Place | None = None,
        bold: bool = False,
    ) -> str:
        id = f"b{len(self.blocks) + 1}"
        section = None if type == "heading" else self.section
        self.blocks.append(Block(id, type, text, section=section, place=place, level=level, bold=bold))
        return id

    def document(self, meta: dict[str, str]) -> Document:
        self._end_table()
        return Document(tuple(self.blocks), _sections(self.blocks), tuple(self.tables), meta=meta)


def _sections(blocks: list[Block]) -> tuple[Section, ...]:
    headings = [index for index, block in enumerate(blocks) if block.type == "heading"]
    sections = []
    first = headings[0] if headings else len(blocks)
    if first and headings:
        sections.append(Section("", None, 0, tuple(block.id for block in blocks[:first])))
    for start in headings:
        level = blocks[start].level or 1
        end = next((index for index in headings if index > start and (blocks[index].level or 1) <= level), len(blocks))
        ids = tuple(block.id for block in blocks[start + 1 : end])
        sections.append(Section(blocks[start].text, blocks[start].id, level, ids))
    return tuple(sections)
