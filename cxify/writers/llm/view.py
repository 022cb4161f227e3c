"""What a model gets to see of a document: one block a line, locked ones as read-only, personal ones not at all."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from cxify.document import Block, Document
from cxify.kinds import Kind, roles_of
from cxify.writers.llm.masks import WITHHELD, Masks

_CONTEXT = {"essential_functions", "about_us"}
"""Sections that say what the work is although nothing may change there."""
_PRIVATE = re.compile(r"name|signature|fill-in|pay\b|salary|reporting|contact|entry|filled|date|code")
"""Words of the locks' reasons that mean data about a person."""
_OUTLINE = 2
"""Headings down to this level are shown of the parts that a model does not see."""
_ELSEWHERE = "… (text that is not part of this request)"


@dataclass(frozen=True)
class View:
    """One document as one model sees it."""

    document: Document
    kind: Kind
    part: frozenset[str] | None = None
    """Ids of the blocks that this view is about; None is the whole document."""

    @cached_property
    def shown(self) -> tuple[Block, ...]:
        """The blocks of the body, or of the part, that have text and may be read."""
        return tuple(block for block in self._told if not self._withheld(block))

    @cached_property
    def _told(self) -> tuple[Block, ...]:
        with_text = (block for block in self.document.body if block.text.strip())
        return tuple(block for block in with_text if self.part is None or block.id in self.part)

    @cached_property
    def headings(self) -> frozenset[str]:
        """Ids of the blocks that open a section, whether Word or only the eye sees a heading in them."""
        opening = {section.heading for section in self.document.sections if section.heading}
        return frozenset(opening | {block.id for block in self.document.body if block.type == "heading"})

    @cached_property
    def editable(self) -> tuple[str, ...]:
        """Ids of the blocks whose text may change: the body's own paragraphs, not headings, not locked."""
        return tuple(block.id for block in self.shown if not block.lock and block.id not in self.headings)

    @cached_property
    def anchors(self) -> tuple[str, ...]:
        """Ids of the blocks after which a paragraph may stand; a locked text is no obstacle, a closed place is."""
        open_blocks = (block for block in self.shown if not block.closed and block.id not in self.headings)
        return tuple(block.id for block in open_blocks if not block.place or not block.lock)

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """Ids of the blocks in table cells after whose row another one may stand."""
        return tuple(block.id for block in self.shown if block.place and not block.closed)

    @cached_property
    def lines(self) -> str:
        """The document as the prompt shows it. Texts are JSON strings, so none of them can look like a line."""
        return "\n".join(self._lines())

    def role_of(self, block: Block) -> str | None:
        """Return what the block's section is for, such as "duties"."""
        return self._roles.get(block.id)

    @cached_property
    def _roles(self) -> dict[str, str]:
        return roles_of(self.document, self.kind)

    def width(self, block_id: str) -> int:
        """Return the number of cells in the row that holds the block, 0 outside tables."""
        place = self.document.by_id[block_id].place
        tables = {table.number: table for table in self.document.tables}
        return len(tables[place.table].rows[place.row - 1].cells) if place else 0

    def masked(self, text: str) -> str:
        """Return the text with placeholders for names, addresses, numbers of persons and money."""
        return self._masks.hide(text)

    def unmasked(self, text: str, within: str | None = None) -> str:
        """Return a text of the model with the originals of its placeholders, or those that stand in `within`."""
        return self._masks.show(text, within)

    @cached_property
    def _masks(self) -> Masks:
        return Masks.of(self.document)

    def _withheld(self, block: Block) -> bool:
        """Locked text is shown only where it says what the work is about; forms that are filled in keep theirs."""
        if not block.lock or block.id in self.headings:
            return False
        if _PRIVATE.search(block.lock):
            return True
        open_to_read = {section for slot in self.kind.slots for section in slot.sections} | _CONTEXT
        return self.document.state != "blank" or self.role_of(block) not in open_to_read

    def _lines(self) -> Iterator[str]:
        shown = {block.id for block in self.shown}
        told = {block.id for block in self._told}
        left_out = False
        for block in self.document.body:
            if (
                block.id in self.headings
                and block.text.strip()
                and (block.id in told or (block.level or 1) <= _OUTLINE)
            ):
                yield f"# {block.id} {json.dumps(self.masked(block.text), ensure_ascii=False)}"
                left_out = False
                continue
            if block.id not in told:
                if block.text.strip() and not left_out:
                    yield _ELSEWHERE
                    left_out = True
                continue
            left_out = False
            place = f" table {block.place.table} row {block.place.row} cell {block.place.cell}" if block.place else ""
            lock = " read-only" if block.lock else ""
            text = self.masked(block.text) if block.id in shown else WITHHELD
            yield f"[{block.id} {block.type}{place}{lock}] {json.dumps(text, ensure_ascii=False)}"
