"""Runs and paragraphs. Text is typed plainly and set the way Word's AutoFormat sets it."""

import re
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape, quoteattr


class Xml(str):
    """Text that is already markup."""

    __slots__ = ()


@dataclass(frozen=True)
class Fmt:
    """Direct character formatting; sizes in points, colours as RRGGBB."""

    bold: bool | None = None
    italic: bool | None = None
    size: float | None = None
    color: str | None = None
    font: str | None = None
    style: str | None = None
    spacing: int | None = None

    def xml(self, tail: str = "") -> str:
        """Return w:rPr in schema order, or "" when nothing is set; `tail` goes last inside it."""
        inner = "".join(self._parts()) + tail
        return f"<w:rPr>{inner}</w:rPr>" if inner else ""

    def _parts(self) -> list[str]:
        size = None if self.size is None else round(self.size * 2)
        fonts = f'<w:rFonts w:ascii="{self.font}" w:hAnsi="{self.font}" w:cs="{self.font}"/>'
        return [
            f'<w:rStyle w:val="{self.style}"/>' if self.style else "",
            fonts if self.font else "",
            _toggle("b", self.bold) + _toggle("bCs", self.bold),
            _toggle("i", self.italic) + _toggle("iCs", self.italic),
            f'<w:color w:val="{self.color}"/>' if self.color else "",
            f'<w:spacing w:val="{self.spacing}"/>' if self.spacing else "",
            f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "",
        ]


PLAIN = Fmt()


def _toggle(tag: str, value: bool | None) -> str:
    if value is None:
        return ""
    return f"<w:{tag}/>" if value else f'<w:{tag} w:val="0"/>'


def typeset(text: str) -> str:
    """Set quotes, dashes, ellipses and hard spaces (typed ~) as Word does while one types."""
    text = text.replace("~", "\u00a0").replace("--", "\u2013").replace("...", "\u2026")
    text = re.sub(r'(^|[\s(\[])"', "\\1\u201c", text).replace('"', "\u201d")
    return re.sub(r"(^|[\s(\[])'", "\\1\u2018", text).replace("'", "\u2019")


def attr(value: str) -> str:
    """Quote an attribute's value, typeset."""
    return quoteattr(typeset(value))


def t(text: str, tag: str = "w:t") -> str:
    """Return text as w:t, w:tab and w:br elements."""
    pieces = re.split(r"([\t\n])", text)
    marks = {"\t": "<w:tab/>", "\n": "<w:br/>", "": ""}
    return "".join(marks[piece] if piece in marks else _text(piece, tag) for piece in pieces)


def _text(piece: str, tag: str) -> str:
    keep = ' xml:space="preserve"' if piece != piece.strip(" ") or tag != "w:t" else ""
    return f"<{tag}{keep}>{escape(piece)}</{tag}>"


def r(text: str, fmt: Fmt = PLAIN) -> Xml:
    """Return one run."""
    return Xml(f"<w:r>{fmt.xml()}{t(typeset(text))}</w:r>")


def runs(text: str, fmt: Fmt = PLAIN) -> Xml:
    """Return runs; **stars** make bold."""
    if isinstance(text, Xml):
        return text
    pieces = enumerate(re.split(r"\*\*", text))
    return Xml("".join(r(piece, replace(fmt, bold=True) if odd % 2 else fmt) for odd, piece in pieces if piece))


def rule(side: str, color: str = "auto", size: int = 6, space: int = 1) -> str:
    """Return one paragraph border."""
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{color}"/>'


def tabs(*stops: tuple[int, str, str]) -> str:
    """Return w:tabs; each stop is (twips, alignment, leader)."""
    inner = "".join(
        f'<w:tab w:val="{align}"{_leader(leader)} w:pos="{position}"/>' for position, align, leader in stops
    )
    return f"<w:tabs>{inner}</w:tabs>"


def _leader(leader: str) -> str:
    return f' w:leader="{leader}"' if leader else ""


def p(
    *parts: str,
    style: str | None = None,
    num: tuple[int, int] | None = None,
    fmt: Fmt = PLAIN,
    align: str | None = None,
    before: int | None = None,
    after: int | None = None,
    line: int | None = None,
    borders: str = "",
    shade: str | None = None,
    stops: str = "",
    keep: bool = False,
    mark: str = "",
) -> Xml:
    """Return a paragraph; plain strings become runs in `fmt`; distances in twips; num = (numId, level)."""
    properties = [
        f'<w:pStyle w:val="{style}"/>' if style else "",
        "<w:keepNext/>" if keep else "",
        f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else "",
        f"<w:pBdr>{borders}</w:pBdr>" if borders else "",
        f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else "",
        stops,
        _measures("spacing", before=before, after=after, line=line, lineRule="auto" if line else None),
        f'<w:jc w:val="{align}"/>' if align else "",
        _mark_properties(fmt, mark),
    ]
    inner = "".join(properties)
    ppr = f"<w:pPr>{inner}</w:pPr>" if inner else ""
    return Xml(f"<w:p>{ppr}{''.join(runs(part, fmt) for part in parts)}</w:p>")


def _mark_properties(fmt: Fmt, mark: str) -> str:
    inner = mark + "".join(replace(fmt, style=None)._parts())
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


def _measures(tag: str, **values: int | str | None) -> str:
    inner = "".join(f' w:{name}="{value}"' for name, value in values.items() if value is not None)
    return f"<w:{tag}{inner}/>" if inner else ""


def field(code: str, result: str, fmt: Fmt = PLAIN) -> Xml:
    """Return a complex field with its last result."""
    char = f'<w:r>{fmt.xml()}<w:fldChar w:fldCharType="{{}}"/></w:r>'
    instr = f'<w:r>{fmt.xml()}<w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
    return Xml(char.format("begin") + instr + char.format("separate") + r(result, fmt) + char.format("end"))


def simple_field(code: str, result: str, fmt: Fmt = PLAIN) -> Xml:
    """Return a w:fldSimple field with its last result."""
    return Xml(f'<w:fldSimple w:instr=" {escape(code)} ">{r(result, fmt)}</w:fldSimple>')


def link(url: str, text: str) -> Xml:
    """Return a hyperlink; the relationship is made when the part is finished."""
    return Xml(
        f'<w:hyperlink r:id={quoteattr("url:" + url)} w:history="1">{r(text, Fmt(style="Hyperlink"))}</w:hyperlink>'
    )


def bookmark(name: str, *parts: str) -> Xml:
    """Return parts between bookmark marks; the number is given when the part is finished."""
    inner = "".join(runs(part) for part in parts)
    return Xml(f'<w:bookmarkStart w:id="?" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="?"/>')
