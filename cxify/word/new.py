"""Make a new Word file from a few lines: headings, lists, tables, text boxes, controls, headers and footers.

For documents that stand as data, such as gold cases. A user's document is never made or saved this way.
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal
from xml.sax.saxutils import escape

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

Style = Literal["title", "heading", "paragraph", "bullet", "numbered"]
Frame = Literal["body", "header", "footer", "text_box"]
Look = Literal["bold", "styles"]

_LISTS: Final = {"bullet": "List Bullet", "numbered": "List Number"}
_HEADINGS: Final = {"title": "Title", "heading": "Heading 1"}
_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_BOX: Final = (
    "<w:r " + _W + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml">'
    '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="2000000" cy="900000"/>'
    '<wp:docPr id="1" name="Box"/><a:graphic>'
    '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/>'
    "<wps:spPr/><wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
    "</a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback>"
    '<w:pict><v:shape style="width:150pt;height:70pt"><v:textbox><w:txbxContent>{text}</w:txbxContent></v:textbox>'
    "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
_CONTROL: Final = (
    "<w:sdt " + _W + '><w:sdtPr><w:showingPlcHdr w:val="true"/><w:text/></w:sdtPr>'
    "<w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt>"
)
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class NewParagraph:
    """One paragraph; a list item is written without its mark, `control` is the prompt of a control after the text."""

    text: str
    style: Style = "paragraph"
    frame: Frame = "body"
    control: str = ""


@dataclass(frozen=True, slots=True)
class NewTable:
    r"""Rows of cells; \n begins a new paragraph in a cell, a short row ends in a cell across what is left."""

    rows: tuple[tuple[str, ...], ...]


def new(items: Sequence[NewParagraph | NewTable], *, title: str, language: str, look: Look = "bold") -> bytes:
    """Return the .docx; the same items give the same bytes. Headings are bold paragraphs or Word's heading styles."""
    document = docx.Document()
    document.core_properties.title = title[:255]
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)
    for item in items:
        if isinstance(item, NewTable):
            _table(document, item)
        elif item.frame == "text_box":
            inner = f'<w:p><w:r><w:t xml:space="preserve">{escape(item.text)}</w:t></w:r></w:p>'
            document.add_paragraph()._p.append(parse_xml(_BOX.replace("{text}", inner)))
        else:
            _paragraph(_empty(document, item.frame), item, look)
    return _bytes(document)


def _empty(document: WordDocument, frame: Frame) -> WordParagraph:
    """Return an empty paragraph where the item belongs; Word's own empty one of a header or footer is used first."""
    if frame == "body":
        return document.add_paragraph()
    part = document.sections[0].header if frame == "header" else document.sections[0].footer
    first = part.paragraphs[0]
    return part.add_paragraph() if first.text else first


def _paragraph(paragraph: WordParagraph, item: NewParagraph, look: Look) -> None:
    if style := _LISTS.get(item.style) or (_HEADINGS.get(item.style) if look == "styles" else None):
        paragraph.style = style
    run = paragraph.add_run(item.text + " " * bool(item.control))
    if look == "bold" and item.style in _HEADINGS:
        run.bold = True
        run.font.size = Pt(16) if item.style == "title" else None
    if item.control:
        paragraph._p.append(parse_xml(_CONTROL.replace("{text}", escape(item.control))))


def _table(document: WordDocument, item: NewTable) -> None:
    table = document.add_table(rows=0, cols=len(item.rows[0]), style="Table Grid")
    for number, texts in enumerate(item.rows):
        cells = table.add_row().cells
        if len(texts) < len(cells):
            cells[len(texts) - 1].merge(cells[-1])
        for cell, text in zip(cells, texts, strict=False):
            _cell(cell, text, bold=number == 0 or len(texts) < len(cells))


def _cell(cell: Any, text: str, *, bold: bool) -> None:
    first, *more = text.split("\n")
    for line, paragraph in [(first, cell.paragraphs[0]), *((line, cell.add_paragraph()) for line in more)]:
        paragraph.add_run(line).bold = bold


def _bytes(document: WordDocument) -> bytes:
    """Return the file without the time at which it was packed."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            target.writestr(zipfile.ZipInfo(member.filename, _ZIP_DATE), source.read(member), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
