"""Make a real Word file from a gold case: headings, lists, tables, text boxes, controls and headers."""

from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from cxify.evaluation import Case
from cxify.evaluation.source import Paragraph, SourceTable
from tests.word import build

_LISTS = {"bullet": "List Bullet", "numbered": "List Number"}
_HEADINGS = {"title": "Title", "heading": "Heading 1"}


def word_file(case: Case) -> bytes:
    """Return the .docx of a case; the same case gives the same text, structure and styles."""
    document = docx.Document()
    document.core_properties.title = case.title
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), case.locale)
    for item in case.source:
        if isinstance(item, SourceTable):
            _table(document, item)
        elif item.frame == "text_box":
            document.add_paragraph()._p.append(_xml(build.text_box(build.p(item.text))))
        else:
            _paragraph(_new(document, item), item, case.look)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _new(document: WordDocument, item: Paragraph) -> WordParagraph:
    """Return an empty paragraph where the item belongs; Word's own empty one of a header or footer is used first."""
    if item.frame == "body":
        return document.add_paragraph()
    part = document.sections[0].header if item.frame == "header" else document.sections[0].footer
    first = part.paragraphs[0]
    return part.add_paragraph() if first.text else first


def _paragraph(paragraph: WordParagraph, item: Paragraph, look: str) -> None:
    if style := _LISTS.get(item.style) or (_HEADINGS.get(item.style) if look == "styles" else None):
        paragraph.style = style
    run = paragraph.add_run(item.text + " " * bool(item.control))
    if look == "bold" and item.style in _HEADINGS:
        run.bold = True
        run.font.size = Pt(16) if item.style == "title" else None
    if item.control:
        paragraph._p.append(_xml(build.control(build.r(item.control), kind="<w:text/>", placeholder=True)))


def _table(document: WordDocument, item: SourceTable) -> None:
    table = document.add_table(rows=0, cols=len(item.rows[0]), style="Table Grid")
    for number, texts in enumerate(item.rows):
        cells = table.add_row().cells
        if len(texts) < len(cells):
            cells[len(texts) - 1].merge(cells[-1])
        for cell, text in zip(cells, texts, strict=False):
            first, *more = text.split("\n")
            for line, paragraph in [(first, cell.paragraphs[0]), *((line, cell.add_paragraph()) for line in more)]:
                paragraph.add_run(line).bold = number == 0 or len(texts) < len(cells)


def _xml(element: str) -> Any:
    """Return the element with its namespaces declared; python-docx knows only some of them."""
    namespaces = build.NAMESPACES.partition(" mc:Ignorable")[0]
    return parse_xml(element.replace(">", f" {namespaces}>", 1))
