"""Ordinary HR documents of a given length, made here: headings, text with bold words, lists, a table now and then."""

import io

import docx

from bench.redline.cases import Case, replace

_SENTENCE = "The team answers letters from residents within ten days and keeps a record of every answer. "


def document(pages: int) -> bytes:
    """Return a handbook of about so many pages."""
    made = docx.Document()
    for page in range(pages):
        made.add_heading(f"Chapter {page + 1}", 2)
        for number in range(10):
            paragraph = made.add_paragraph(style="List Bullet" if number % 3 == 2 else None)
            paragraph.add_run(f"Rule {page + 1}.{number + 1}. ").bold = True
            paragraph.add_run(_SENTENCE * (1 + number % 3))
        if page % 4 == 0:
            _add_table(made, page)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _add_table(made: docx.document.Document, page: int) -> None:
    table = made.add_table(4, 3)
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells.cells):
            cell.text = f"Task {page}.{row}.{column}"


def edit_in_the_middle(pages: int) -> Case:
    """Return one ordinary edit halfway through a document of so many pages."""
    at = f"Rule {pages // 2 + 1}.4. {_SENTENCE}"
    return replace(f"{pages} pages", document(pages), at, "ten days", "five working days")
