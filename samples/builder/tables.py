"""Tables: cells are content with a few properties; the table knows the column widths."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from samples.builder.text import PLAIN, Fmt, Xml, p

MARGINS = (40, 100, 40, 100)


@dataclass(frozen=True)
class Cell:
    """A table cell; `merge` is "start" or "more" for vertical merges."""

    content: tuple[str, ...]
    span: int = 1
    merge: str = ""
    shade: str | None = None
    fmt: Fmt = PLAIN
    align: str | None = None
    valign: str | None = None
    borders: str = ""

    def xml(self, width: int, style: str | None) -> str:
        """Return w:tc; plain strings become paragraphs in the given style."""
        properties = [
            f'<w:tcW w:w="{width}" w:type="dxa"/>',
            f'<w:gridSpan w:val="{self.span}"/>' if self.span > 1 else "",
            {"start": '<w:vMerge w:val="restart"/>', "more": "<w:vMerge/>"}.get(self.merge, ""),
            f"<w:tcBorders>{self.borders}</w:tcBorders>" if self.borders else "",
            f'<w:shd w:val="clear" w:color="auto" w:fill="{self.shade}"/>' if self.shade else "",
            f'<w:vAlign w:val="{self.valign}"/>' if self.valign else "",
        ]
        content = "".join(self._block(part, style) for part in self.content or ("",))
        return f"<w:tc><w:tcPr>{''.join(properties)}</w:tcPr>{content}</w:tc>"

    def _block(self, part: str, style: str | None) -> str:
        block = isinstance(part, Xml) and part.startswith(("<w:p>", "<w:p ", "<w:tbl>", "<w:sdt>"))
        return part if block else p(part, style=style, fmt=self.fmt, align=self.align)


@dataclass(frozen=True)
class Row:
    """A table row; `header` repeats it on each page; `extra` is markup at the end of w:trPr."""

    cells: tuple[Cell, ...]
    header: bool = False
    height: int | None = None
    extra: str = ""

    def xml(self, widths: Sequence[int], style: str | None) -> str:
        """Return w:tr."""
        properties = "<w:cantSplit/>"
        properties += f'<w:trHeight w:val="{self.height}"/>' if self.height else ""
        properties += "<w:tblHeader/>" if self.header else ""
        cells, column = [], 0
        for one in self.cells:
            cells.append(one.xml(sum(widths[column : column + one.span]), style))
            column += one.span
        return f"<w:tr><w:trPr>{properties}{self.extra}</w:trPr>{''.join(cells)}</w:tr>"


def cell(*content: str, **properties: object) -> Cell:
    """Return a cell; see Cell for the properties."""
    return replace(Cell(content), **properties)


def row(
    *cells: str | Cell, shade: str | None = None, fmt: Fmt | None = None, align: str | None = None, **extra: object
) -> Row:
    """Return a row; shade, format and alignment apply to cells that have none of their own."""
    made = [one if isinstance(one, Cell) else Cell((one,)) for one in cells]
    made = [replace(one, shade=one.shade or shade, fmt=_or(one.fmt, fmt), align=one.align or align) for one in made]
    return replace(Row(tuple(made)), **extra)


def _or(own: Fmt, given: Fmt | None) -> Fmt:
    return given if own == PLAIN and given else own


def borders(tag: str, color: str = "auto", size: int = 4, sides: str = "top left bottom right insideH insideV") -> str:
    """Return table or cell borders."""
    inner = "".join(f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{color}"/>' for side in sides.split())
    return f"<w:{tag}>{inner}</w:{tag}>" if tag else inner


def table(
    widths: Sequence[int],
    *rows: Row,
    style: str = "TableGrid",
    text: str | None = None,
    lines: str = "",
    margins: tuple[int, int, int, int] = MARGINS,
    indent: int | None = None,
    look: str = "04A0",
) -> Xml:
    """Return a table; widths in twips; `text` styles plain cells; margins top, left, bottom, right."""
    properties = [
        f'<w:tblStyle w:val="{style}"/>',
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>',
        f'<w:tblInd w:w="{indent}" w:type="dxa"/>' if indent is not None else "",
        lines,
        '<w:tblLayout w:type="fixed"/>',
        _margins(margins),
        f'<w:tblLook w:val="{look}"/>',
    ]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(one.xml(widths, text) for one in rows)
    return Xml(f"<w:tbl><w:tblPr>{''.join(properties)}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>")


def _margins(margins: tuple[int, int, int, int]) -> str:
    sides = zip(("top", "left", "bottom", "right"), margins, strict=True)
    return (
        "<w:tblCellMar>" + "".join(f'<w:{side} w:w="{size}" w:type="dxa"/>' for side, size in sides) + "</w:tblCellMar>"
    )
