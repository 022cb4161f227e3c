"""The source document of a gold case: paragraphs and tables with labels, and where they are found in the Word file."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from cxify.document import Block, Document

Label = Annotated[str, StringConstraints(pattern=r"^(P[0-9]+|T[0-9]+R[0-9]+)$")]
_STORIES = {"body": "body", "header": "header", "footer": "footer", "text_box": "textbox"}


class Strict(BaseModel):
    """Frozen; an unknown key is an error and never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Paragraph(Strict):
    """One paragraph of the source; a numbered one is written without its number."""

    id: Annotated[str, StringConstraints(pattern=r"^P[0-9]+$")]
    """Label of the paragraph: P01, P02 and so on."""
    text: str
    r"""What a reader sees; \t is a tab."""
    style: Literal["title", "heading", "paragraph", "bullet", "numbered"] = "paragraph"
    """What the paragraph is. A heading begins a section."""
    frame: Literal["body", "header", "footer", "text_box"] = "body"
    """Where it stands: in the running text, in the page's header or footer, or in a text box anchored here."""
    control: str = ""
    """Prompt of a content control that follows the text, as forms have it: "Click or tap to enter text"."""

    @property
    def shown(self) -> str:
        """The text with the prompt of its control."""
        return f"{self.text} {self.control}" if self.control else self.text


class SourceTable(Strict):
    """One table of the source; its rows are labelled T1R0, T1R1 and so on."""

    id: Annotated[str, StringConstraints(pattern=r"^T[0-9]+$")]
    """Label of the table: T1, T2 and so on."""
    rows: Annotated[tuple[tuple[str, ...], ...], Field(min_length=1)]
    r"""The cells of each row; \n begins a new paragraph in a cell. A short row ends in a cell across what is left."""

    @model_validator(mode="after")
    def _no_row_is_wider_than_the_first(self) -> "SourceTable":
        if any(not row or len(row) > len(self.rows[0]) for row in self.rows):
            raise ValueError(f"{self.id} has a row without cells, or with more cells than its first row")
        return self

    @property
    def labelled(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The label and the cells of each row."""
        return ((f"{self.id}R{number}", row) for number, row in enumerate(self.rows))


Item = Paragraph | SourceTable


def texts(source: Sequence[Item]) -> dict[str, tuple[str, ...]]:
    """Return the texts behind each label: one of a paragraph, one for each cell of a row."""
    found: dict[str, tuple[str, ...]] = {}
    for item in source:
        found |= {item.id: (item.shown,)} if isinstance(item, Paragraph) else dict(item.labelled)
    return found


def sections(source: Sequence[Item]) -> dict[str, int]:
    """Return the number of the section in which each label stands; a heading belongs to what it heads."""
    numbers: dict[str, int] = {}
    section = 0
    for item in source:
        section += isinstance(item, Paragraph) and item.style == "heading"
        numbers |= dict.fromkeys(texts([item]), section)
    return numbers


def blocks(source: Sequence[Item], document: Document) -> dict[str, tuple[Block, ...]]:
    """Return the blocks of a document made from the source, by label. Raises ValueError for another document."""
    left = {frame: _story(document, name) for frame, name in _STORIES.items()}
    found: dict[str, tuple[Block, ...]] = {}
    for item in source:
        queue = left[item.frame if isinstance(item, Paragraph) else "body"]
        for label, cells in texts([item]).items():
            lines = [line for cell in cells for line in cell.split("\n")]
            found[label], queue[:] = tuple(queue[: len(lines)]), queue[len(lines) :]
            if [block.text for block in found[label]] != lines:
                raise ValueError(f"{label}: the document has other text here than the case")
    return found


def _story(document: Document, name: str) -> list[Block]:
    """Return the blocks of all stories of a sort; empty paragraphs between tables are Word's and not the case's."""
    return [block for block in document.blocks if block.story.startswith(name) and (block.text or block.place)]
