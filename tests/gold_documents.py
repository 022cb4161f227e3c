"""Make a real Word file from a gold case: bold headings, real lists and real tables, as people make them."""

from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.shared import Pt

from cxify.evaluation import Case
from cxify.evaluation.case import Paragraph, SourceTable

_LISTS = {"bullet": "List Bullet", "numbered": "List Number"}


def word_file(case: Case) -> bytes:
    """Return the .docx of a case; the same case gives the same text, structure and styles."""
    document = docx.Document()
    document.core_properties.title = case.title
    document.core_properties.language = case.locale
    for item in case.source:
        if isinstance(item, Paragraph):
            _paragraph(document, item)
        else:
            _table(document, item)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _paragraph(document: WordDocument, item: Paragraph) -> None:
    if item.style in _LISTS:
        document.add_paragraph(item.text, style=_LISTS[item.style])
        return
    run = document.add_paragraph().add_run(item.text)
    run.bold = item.style in ("title", "heading")
    if item.style == "title":
        run.font.size = Pt(16)


def _table(document: WordDocument, item: SourceTable) -> None:
    table = document.add_table(rows=0, cols=len(item.rows[0]), style="Table Grid")
    for number, texts in enumerate(item.rows):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.paragraphs[0].add_run(text).bold = number == 0
