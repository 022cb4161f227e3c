"""Word files as people in HR write them, from lines of text.

# Duties · ## Nested      Word's own headings
**MAIN DUTIES**           a bold paragraph that serves as heading
- Answer letters          list item; "-- item" stands one level deeper; "1. item" is typed, not numbered by Word
| Name | Date |           table row; "; " within a cell stays one paragraph, " / / " begins another
anything else             paragraph
"""

import io
import re
from itertools import groupby

import docx
from docx.document import Document as WordDocument

_HEADING = re.compile(r"^(#{1,4}) (.+)$")
_BOLD = re.compile(r"^\*\*(.+)\*\*$")
_ITEM = re.compile(r"^(-{1,2}) (.+)$")


def written(text: str) -> bytes:
    """Return the .docx that the lines describe."""
    document = docx.Document()
    lines = [line.strip() for line in text.strip().splitlines()]
    for is_row, group in groupby(lines, key=lambda line: line.startswith("|")):
        if is_row:
            _table(document, [line.strip("|").split("|") for line in group])
        else:
            for line in group:
                _paragraph(document, line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _paragraph(document: WordDocument, line: str) -> None:
    if match := _HEADING.match(line):
        document.add_heading(match[2], level=len(match[1]))
    elif match := _BOLD.match(line):
        document.add_paragraph().add_run(match[1]).bold = True
    elif match := _ITEM.match(line):
        document.add_paragraph(match[2], style="List Bullet" if len(match[1]) == 1 else "List Bullet 2")
    elif line:
        document.add_paragraph(line)


def _table(document: WordDocument, rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=max(map(len, rows)), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=False):
            first, *more = text.strip().split(" / / ")
            cell.text = first
            for paragraph in more:
                cell.add_paragraph(paragraph)
