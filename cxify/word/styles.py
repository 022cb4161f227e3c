"""What a paragraph's style says about its role: heading level, list, bold (ECMA-376-1 §17.7)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from lxml import etree

from cxify.word import names
from cxify.word.names import w
from cxify.word.package import Package
from cxify.word.tree import number

_HEADING_NAME: Final = re.compile(r"^(?:heading|überschrift|titre|kop|título|encabezado)\s*([1-9])$", re.IGNORECASE)
_PSTYLE: Final = w("pStyle")
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


@dataclass(frozen=True)
class Styles:
    """The styles of word/styles.xml, each read when something asks for it: few documents use many of theirs."""

    load: Callable[[], etree._Element | None]
    """Gives the root of the part, None where the file has none."""
    _resolved: dict[str, Style] = field(default_factory=dict, repr=False, compare=False)

    def of(self, properties: etree._Element | None) -> Style:
        """Return the style that a w:pPr names, or the document's default style."""
        named = properties.find(_PSTYLE) if properties is not None else None
        return self.paragraph(named.get(names.VAL, "") if named is not None else self.default) or Style()

    def paragraph(self, style_id: str) -> Style | None:
        """Return a paragraph style by its id, or None."""
        if style_id not in self._resolved and style_id in self._paragraphs:
            self._resolved[style_id] = _resolve(style_id, self._paragraphs)
        return self._resolved.get(style_id)

    @cached_property
    def ids(self) -> dict[str, str]:
        """Style ids by the style's name in lower case; ids differ between languages, built-in names do not."""
        return {_value(e, "name").lower(): e.get(w("styleId"), "") for e in self._all}

    @cached_property
    def bold_characters(self) -> frozenset[str]:
        """The ids of character styles that are bold."""
        characters = (e for e in self._all if e.get(w("type")) == "character")
        return frozenset(e.get(w("styleId"), "") for e in characters if is_on(e.find(names.RPR), "b"))

    @cached_property
    def default(self) -> str:
        """The id of the document's default paragraph style."""
        return next((i for i, e in self._paragraphs.items() if e.get(w("default")) in ("1", "true", "on")), "")

    @cached_property
    def _all(self) -> list[etree._Element]:
        root = self.load()
        return [] if root is None else list(root.iter(w("style")))

    @cached_property
    def _paragraphs(self) -> dict[str, etree._Element]:
        return {e.get(w("styleId"), ""): e for e in self._all if e.get(w("type")) == "paragraph"}


def read_styles(package: Package) -> Styles:
    """Return the styles of a package."""
    part = next(iter(package.related(package.main, "styles")), None)
    return Styles(lambda: package.tree(part) if part else None)


def is_on(properties: etree._Element | None, name: str) -> bool:
    """Return True when a toggle property such as w:b is present and not switched off."""
    found = properties.find(w(name)) if properties is not None else None
    return found is not None and found.get(names.VAL, "1") not in OFF


def outline_level(properties: etree._Element | None) -> int | None:
    """Return the heading level 1-9 that w:outlineLvl gives; its value 9 means body text."""
    found = properties.find(w("outlineLvl")) if properties is not None else None
    value = found.get(names.VAL, "") if found is not None else ""
    return int(value) + 1 if value in _LEVELS else None


def is_numbered(properties: etree._Element | None) -> bool | None:
    """Return whether w:numPr puts the paragraph into a list; None when it says nothing; numId 0 takes it out."""
    found = properties.find(w("numPr")) if properties is not None else None
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


def _resolve(style_id: str, elements: dict[str, etree._Element]) -> Style:
    chain: list[etree._Element] = []
    while style_id in elements and len(chain) < _LONGEST_CHAIN:
        chain.append(elements[style_id])
        based = elements[style_id].find(w("basedOn"))
        style_id = based.get(names.VAL, "") if based is not None else ""
    own_name = _value(chain[0], "name")
    properties = [e.find(names.PPR) for e in chain]
    level = next((found for p in properties if (found := outline_level(p)) is not None), None)
    level = level or next((found for e in chain if (found := _level_by_name(_value(e, "name")))), None)
    numbered = next((found for p in properties if (found := is_numbered(p)) is not None), False)
    bold = next(
        (is_on(p, "b") for e in chain if (p := e.find(names.RPR)) is not None and p.find(w("b")) is not None), False
    )
    lists = [numbering_of(p) for p in properties]
    list_id = next((found for found, _ in lists if found is not None), "")
    list_level = next((found for _, found in lists if found is not None), 0)
    return Style(own_name, level, numbered, bold, _value(chain[0], "next"), list_id, list_level)


def _level_by_name(name: str) -> int | None:
    found = _HEADING_NAME.match(name)
    if found:
        return int(found.group(1))
    return 1 if name.lower() in _TITLE_NAMES else None


def _value(element: etree._Element, child: str) -> str:
    found = element.find(w(child))
    return found.get(names.VAL, "") if found is not None else ""
