"""What a new Word file consists of besides its text: python-docx's template, with the styles that new text may have."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final
from xml.sax.saxutils import escape

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

BODY, CORE, STYLES = "word/document.xml", "docProps/core.xml", "word/styles.xml"
STYLE_IDS: Final = {
    "bullet": "ListBullet",
    "numbered": "ListNumber",
    "title": "Title",
    "heading": "Heading1",
    "table": "TableGrid",
    "header": "Header",
    "footer": "Footer",
}
_TITLE: Final = "CXIFY-TITLE"
_LANGUAGE: Final = re.compile(rb'(<w:lang w:val=")[^"]*')
_EFFECTS: Final = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
_FAST: Final = 1


@dataclass(frozen=True)
class Skeleton:
    """The parts of a file without text."""

    parts: Mapping[str, bytes]
    frames: Mapping[str, str]
    """The parts of header and footer, where it has them."""

    def filled(self, texts: Mapping[str, str], *, title: str, language: str) -> bytes:
        """Return the file with paragraphs and tables as XML in its parts; the same texts give the same bytes."""
        own = {name: self._around[name][0] + texts[name].encode() + self._around[name][1] for name in self._around}
        own[CORE] = self.parts[CORE].replace(_TITLE.encode(), escape(title).encode())
        own[STYLES] = _LANGUAGE.sub(rb"\g<1>" + language.encode(), self.parts[STYLES])
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=_FAST) as package:
            for name, data in self.parts.items():
                package.writestr(zipfile.ZipInfo(name, _ZIP_DATE), own.get(name, data), zipfile.ZIP_DEFLATED, _FAST)
        return packed.getvalue()

    @cached_property
    def _around(self) -> Mapping[str, tuple[bytes, bytes]]:
        """What stands before and after the text of each part."""
        found = {name: _split(self.parts[name], rb"<w:p>.*</w:p>") for name in self.frames.values()}
        return found | {BODY: _split(self.parts[BODY], rb"(?<=<w:body>)(?=<w:sectPr)")}


@lru_cache
def skeleton(frames: frozenset[str]) -> Skeleton:
    """Return the skeleton of files with a header, a footer, both or none; python-docx takes long to make one."""
    document = docx.Document()
    document.core_properties.title = _TITLE
    _leave_out_styles(document)
    section = document.sections[0]
    for name in sorted(frames, reverse=True):
        getattr(section, name).is_linked_to_previous = False
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as package:
        return Skeleton(
            {name: package.read(name) for name in package.namelist()}, {f: f"word/{f}1.xml" for f in frames}
        )


def _leave_out_styles(document: WordDocument) -> None:
    """Leave only the styles that are used: the template has a hundred table styles more, and all of it twice."""
    part, styles = document.part, document.styles.element
    used = _with_relatives(styles, _wanted(part))
    for style in list(styles.style_lst):
        if style.styleId not in used and not style.default:
            styles.remove(style)
    for id, relation in list(part.rels.items()):
        if relation.reltype == _EFFECTS:
            del part.rels[id]


def _wanted(part: Any) -> set[str]:
    numbered = part.numbering_part.element.iter(qn("w:pStyle"))
    return {*STYLE_IDS.values(), *(mark.get(qn("w:val")) for mark in numbered)}


def _with_relatives(styles: Any, wanted: Iterable[str]) -> set[str]:
    """Return styles with those that they are based on, linked to or followed by."""
    known = {style.styleId: style for style in styles.style_lst}
    found: set[str] = set()
    left = set(wanted)
    while left:
        id = left.pop()
        if id in found or id not in known:
            continue
        found.add(id)
        named = (known[id].find(qn(f"w:{name}")) for name in ("basedOn", "link", "next"))
        left |= {mark.get(qn("w:val")) for mark in named if mark is not None}
    return found


def _split(data: bytes, text: bytes) -> tuple[bytes, bytes]:
    found = re.search(text, data, re.DOTALL)
    if found is None:
        raise ValueError("the template has no place for text")
    return data[: found.start()], data[found.end() :]
