"""Make a new Word file from a few lines: headings, lists, tables, text boxes, controls, headers and footers.

For documents that stand as data, such as gold cases. A user's document is never made or saved this way.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal
from xml.sax.saxutils import escape

from cxify.word.skeleton import BODY, STYLE_IDS, skeleton

Style = Literal["title", "heading", "paragraph", "bullet", "numbered"]
Frame = Literal["body", "header", "footer", "text_box"]
Look = Literal["bold", "styles"]

_HEADINGS: Final = ("title", "heading")
_BOLD: Final = dict.fromkeys(("paragraph", "bullet", "numbered"), "") | {
    "title": '<w:rPr><w:b/><w:sz w:val="32"/></w:rPr>',
    "heading": "<w:rPr><w:b/></w:rPr>",
}
_NOT_BOLD: Final = '<w:rPr><w:b w:val="0"/></w:rPr>'
_MARKS: Final = {"\t": "<w:tab/>", "\n": "<w:br/>", "\r": "<w:br/>"}
_PIECES: Final = re.compile(r"[\t\n\r]|[^\t\n\r]+")
_WIDTH: Final = 8640
"""Of the text on the template's page, in twentieths of a point."""
_TABLE: Final = (
    '<w:tblW w:type="auto" w:w="0"/><w:tblLook w:firstColumn="1" w:firstRow="1" w:lastColumn="0" w:lastRow="0"'
    ' w:noHBand="0" w:noVBand="1" w:val="04A0"/>'
)
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
    written: dict[str, list[str]] = {"body": []}
    for item in items:
        frame = item.frame if isinstance(item, NewParagraph) and item.frame != "text_box" else "body"
        before = written.setdefault(frame, [])
        before.append(_table(item) if isinstance(item, NewTable) else _paragraph(item, look, first=not before))
    bones = skeleton(frozenset(written) - {"body"})
    places = {BODY: written["body"], **{part: written[frame] for frame, part in bones.frames.items()}}
    return bones.filled({part: "".join(texts) for part, texts in places.items()}, title=title[:255], language=language)


def _paragraph(item: NewParagraph, look: Look, *, first: bool) -> str:
    if item.frame == "text_box":
        return f"<w:p>{_BOX.replace('{text}', f'<w:p>{_run(item.text)}</w:p>')}</w:p>"
    style = STYLE_IDS.get(item.style, "") if item.style not in _HEADINGS or look == "styles" else ""
    if first and not style:
        style = STYLE_IDS.get(item.frame, "")
    runs = _run(item.text + " " * bool(item.control), _BOLD[item.style] if look == "bold" else "")
    control = _CONTROL.replace("{text}", escape(item.control)) if item.control else ""
    marked = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{marked}{runs}{control}</w:p>"


def _table(item: NewTable) -> str:
    columns = len(item.rows[0])
    width = round(_WIDTH / columns)
    grid = f'<w:gridCol w:w="{width}"/>' * columns
    rows = "".join(_row(texts, columns, width, heading=number == 0) for number, texts in enumerate(item.rows))
    style = f'<w:tblStyle w:val="{STYLE_IDS["table"]}"/>'
    return f"<w:tbl><w:tblPr>{style}{_TABLE}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _row(texts: Sequence[str], columns: int, width: int, *, heading: bool) -> str:
    """Return a row; its last cell goes across what is left."""
    bold = _BOLD["heading"] if heading or len(texts) < columns else _NOT_BOLD
    spans = [1] * (len(texts) - 1) + [columns - len(texts) + 1]
    return f"<w:tr>{''.join(_cell(text, span, width, bold) for text, span in zip(texts, spans, strict=True))}</w:tr>"


def _cell(text: str, span: int, width: int, bold: str) -> str:
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    lines = "".join(f"<w:p>{_run(line, bold)}</w:p>" for line in text.split("\n"))
    return f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{span * width}"/>{across}</w:tcPr>{lines}</w:tc>'


def _run(text: str, properties: str = "") -> str:
    return f"<w:r>{properties}{''.join(_MARKS.get(piece) or _text(piece) for piece in _PIECES.findall(text))}</w:r>"


def _text(text: str) -> str:
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<w:t{space}>{escape(text)}</w:t>"
