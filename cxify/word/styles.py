"""What a paragraph's style says about its role: heading level, list, bold (ECMA-376-1 §17.7)."""

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

from lxml import etree

from cxify.word import names
from cxify.word.names import w
from cxify.word.package import Package, parse
from cxify.word.tree import number

_HEADING_NAME: Final = re.compile(r"^(?:heading|überschrift|titre|kop|título|encabezado)\s*([1-9])$", re.IGNORECASE)
_PSTYLE: Final = w("pStyle")
_NAME, _BASED_ON, _NEXT, _BOLD = w("name"), w("basedOn"), w("next"), w("b")
_STYLE_ID, _TYPE, _DEFAULT = w("styleId"), w("type"), w("default")
_LANGUAGE: Final = f"{w('docDefaults')}/{w('rPrDefault')}/{names.RPR}/{w('lang')}"
_MAX_KEPT: Final = 512 * 1024
"""Bytes of a styles part that may be kept; python-docx's own template has 350,000, Word's a tenth of it."""
_LEVELS: Final = frozenset("012345678")
_LONGEST_CHAIN: Final = 15
"""Word itself follows a style through about ten others; a chain of thousands would cost minutes."""
OFF: Final = frozenset({"0", "false", "off"})
"""Values of a toggle property that switch it off."""
_TITLE_NAMES: Final = frozenset({"title", "titel", "titre", "título"})


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with its inheritance resolved."""

    name: str = ""
    level: int | None = None
    numbered: bool = False
    bold: bool = False
    next: str = ""
    list_id: str = ""
    """The numbering (w:numId) that the style gives its paragraphs, "" for none."""
    list_level: int = 0


_NOTHING: Final = Style()


@dataclass(frozen=True, slots=True)
class _Row:
    """One w:style as it stands: what it says itself, None for what it leaves to the style it is based on."""

    id: str
    type: str
    default: bool
    name: str
    based_on: str
    next: str
    level: int | None
    numbered: bool | None
    numbering: tuple[str | None, int | None]
    bold: bool | None


@dataclass(frozen=True)
class Styles:
    """The styles of word/styles.xml, their inheritance resolved when something asks: few documents use many."""

    rows: tuple[_Row, ...] = ()
    language: str = ""
    """The language that text has where nothing else is said (§17.7.5.1)."""
    _resolved: dict[str, Style] = field(default_factory=dict, repr=False, compare=False)

    def of(self, properties: etree._Element | None) -> Style:
        """Return the style that a w:pPr names, or the document's default style."""
        named = properties.find(_PSTYLE) if properties is not None else None
        return self.named(named.get(names.VAL, "") if named is not None else self.default)

    def named(self, style_id: str) -> Style:
        """Return a paragraph style by its id; one without any properties for an id that does not exist."""
        return self.paragraph(style_id) or _NOTHING

    def paragraph(self, style_id: str) -> Style | None:
        """Return a paragraph style by its id, or None."""
        if style_id not in self._resolved and style_id in self._paragraphs:
            self._resolved[style_id] = _resolve(style_id, self._paragraphs)
        return self._resolved.get(style_id)

    @cached_property
    def ids(self) -> dict[str, str]:
        """Style ids by the style's name in lower case; ids differ between languages, built-in names do not."""
        return {row.name.lower(): row.id for row in self.rows}

    @cached_property
    def bold_characters(self) -> frozenset[str]:
        """The ids of character styles that are bold."""
        return frozenset(row.id for row in self.rows if row.type == "character" and row.bold)

    @cached_property
    def default(self) -> str:
        """The id of the document's default paragraph style."""
        return next((row.id for row in self._paragraphs.values() if row.default), "")

    @cached_property
    def _paragraphs(self) -> dict[str, _Row]:
        return {row.id: row for row in self.rows if row.type == "paragraph"}


def read_styles(package: Package) -> Styles:
    """Return the styles of a package."""
    part = next(iter(package.related(package.main, "styles")), None)
    if part is None:
        return Styles()
    data = package.transitional(part)
    return _known(data, part) if len(data) <= _MAX_KEPT else _read(data, part)


@lru_cache(maxsize=16)
def _known(data: bytes, part: str) -> Styles:
    """Keep the styles of the last templates: an organisation's documents are made from a few, and theirs are long."""
    return _read(data, part)


def _read(data: bytes, part: str) -> Styles:
    root = parse(data, part)
    declared = root.find(_LANGUAGE)
    language = declared.get(names.VAL, "") if declared is not None else ""
    return Styles(tuple(_row(style) for style in root.iter(w("style"))), language)


def _row(style: etree._Element) -> _Row:
    found: dict[str, etree._Element] = {}
    for child in style:
        found.setdefault(child.tag, child)
    said = {tag: found[tag].get(names.VAL, "") if tag in found else "" for tag in (_NAME, _BASED_ON, _NEXT)}
    properties, characters = found.get(names.PPR), found.get(names.RPR)
    return _Row(
        id=style.get(_STYLE_ID, ""),
        type=style.get(_TYPE, ""),
        default=style.get(_DEFAULT) in ("1", "true", "on"),
        name=said[_NAME],
        based_on=said[_BASED_ON],
        next=said[_NEXT],
        level=outline_level(properties),
        numbered=is_numbered(properties),
        numbering=numbering_of(properties),
        bold=is_on(characters, "b") if characters is not None and characters.find(_BOLD) is not None else None,
    )


def is_on(properties: etree._Element | None, name: str) -> bool:
    """Return True when a toggle property such as w:b is present and not switched off."""
    found = properties.find(w(name)) if properties is not None else None
    return found is not None and found.get(names.VAL, "1") not in OFF


def outline_level(properties: etree._Element | None) -> int | None:
    """Return the heading level 1-9 that w:outlineLvl gives; its value 9 means body text."""
    return level_of(properties.find(w("outlineLvl")) if properties is not None else None)


def level_of(found: etree._Element | None) -> int | None:
    """Return the heading level of a w:outlineLvl."""
    value = found.get(names.VAL, "") if found is not None else ""
    return int(value) + 1 if value in _LEVELS else None


def is_numbered(properties: etree._Element | None) -> bool | None:
    """Return whether w:numPr puts the paragraph into a list; None when it says nothing; numId 0 takes it out."""
    return puts_into_list(properties.find(w("numPr")) if properties is not None else None)


def puts_into_list(found: etree._Element | None) -> bool | None:
    """Return what a w:numPr says of being in a list."""
    if found is None:
        return None
    number = found.find(w("numId"))
    return None if number is None else number.get(names.VAL) != "0"


def numbering_of(properties: etree._Element | None) -> tuple[str | None, int | None]:
    """Return what w:numPr says: the numbering's id and the level from 0, None for what it leaves to the style."""
    found = properties.find(w("numPr")) if properties is not None else None
    if found is None:
        return None, None
    identifier, level = found.find(w("numId")), found.find(w("ilvl"))
    return (
        None if identifier is None else identifier.get(names.VAL),
        None if level is None else number(level.get(names.VAL), 0),
    )


def _resolve(style_id: str, rows: dict[str, _Row]) -> Style:
    chain: list[_Row] = []
    while style_id in rows and len(chain) < _LONGEST_CHAIN:
        chain.append(rows[style_id])
        style_id = rows[style_id].based_on
    level = next((row.level for row in chain if row.level is not None), None)
    level = level or next((found for row in chain if (found := _level_by_name(row.name))), None)
    return Style(
        name=chain[0].name,
        level=level,
        numbered=next((row.numbered for row in chain if row.numbered is not None), False),
        bold=next((row.bold for row in chain if row.bold is not None), False),
        next=chain[0].next,
        list_id=next((row.numbering[0] for row in chain if row.numbering[0] is not None), ""),
        list_level=next((row.numbering[1] for row in chain if row.numbering[1] is not None), 0),
    )


def _level_by_name(name: str) -> int | None:
    found = _HEADING_NAME.match(name)
    if found:
        return int(found.group(1))
    return 1 if name.lower() in _TITLE_NAMES else None
