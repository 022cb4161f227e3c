"""Which list a paragraph belongs to, how deep, and the number that Word counts for it (ECMA-376-1 §17.9)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from cxify.word import names
from cxify.word.names import w
from cxify.word.package import Package
from cxify.word.styles import Styles, numbering_of
from cxify.word.tree import number

_NOT_COUNTED = frozenset({"bullet", "none"})


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a list item stands: level from 1, and its number, None for a bullet."""

    level: int
    number: int | None


@dataclass(frozen=True, slots=True)
class _Level:
    counted: bool
    start: int


@dataclass
class Lists:
    """The numberings of a document; counts while it is asked for paragraphs in their order."""

    styles: Styles
    abstracts: Mapping[str, str]
    """Abstract numbering ids by numbering id."""
    levels: Mapping[tuple[str, int], _Level]
    restarts: dict[str, dict[int, int]]
    """Where a numbering starts anew at its first use, by numbering id."""
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package, styles: Styles) -> "Lists":
        """Read the numbering part; a document without one has bullets only."""
        part = next(iter(package.related(package.main, "numbering")), None)
        root = package.tree(part) if part else etree.Element(w("numbering"))
        numbers = root.findall(w("num"))
        abstracts = {n.get(w("numId"), ""): _value(n, "abstractNumId") for n in numbers}
        restarts = {n.get(w("numId"), ""): dict(_overrides(n)) for n in numbers}
        levels = {
            (a.get(w("abstractNumId"), ""), depth): told
            for a in root.iter(w("abstractNum"))
            for depth, told in _levels(a)
        }
        return cls(styles, abstracts, levels, restarts)

    def place(self, properties: etree._Element | None) -> ListPlace | None:
        """Return where the next paragraph stands in its list, or None outside lists."""
        style = self.styles.of(properties)
        own_id, own_level = numbering_of(properties)
        identifier = style.list_id if own_id is None else own_id
        depth = style.list_level if own_level is None else own_level
        if identifier in ("", "0"):
            return None
        abstract = self.abstracts.get(identifier, "")
        told = self.levels.get((abstract, depth))
        counted = told is not None and told.counted
        return ListPlace(depth + 1, self._next(identifier, abstract, depth) if counted else None)

    def _next(self, identifier: str, abstract: str, depth: int) -> int:
        counts = self._counts.setdefault(abstract, {})
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        restart = self.restarts.get(identifier, {}).pop(depth, None)
        if restart is not None:
            counts[depth] = restart
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else self.levels[abstract, depth].start
        return counts[depth]


def _levels(abstract: etree._Element) -> Iterable[tuple[int, _Level]]:
    for level in abstract.findall(w("lvl")):
        counted = _value(level, "numFmt") not in _NOT_COUNTED
        yield number(level.get(w("ilvl")), 0), _Level(counted, number(_value(level, "start"), 1))


def _overrides(given: etree._Element) -> Iterable[tuple[int, int]]:
    for override in given.findall(w("lvlOverride")):
        start = override.find(w("startOverride"))
        if start is not None:
            yield number(override.get(w("ilvl")), 0), number(start.get(names.VAL), 1)


def _value(element: etree._Element, child: str) -> str:
    found = element.find(w(child))
    return found.get(names.VAL, "") if found is not None else ""
