"""Find the customer experience that a document holds already: in the framework's words, and in its own."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from rapidfuzz import fuzz, process

from cxify import yamlfile
from cxify.audit.facts import Evidence, Held, Pillar
from cxify.document import Block, Document
from cxify.framework import Framework
from cxify.kinds import Kind, columns_of
from cxify.rules.handovers import Exchange
from cxify.rules.plain import plain, sentences

_HANDOVER: Final = "CX-HANDOFF"
MAX_QUOTE: Final = 200
_ALIKE: Final = 82
"""From here on two sentences say the same to a reader; measured on the framework's own indicators, reworded."""
_FEWEST_WORDS: Final = 5
_AT_MOST: Final = 3
"""Quotations kept for each competency or standard of a document."""
_SMALL_PRINT: Final = "(P-"
"""Legal lines, equality statements and signatures are locked by a pattern; they promise nothing about this work."""


@dataclass(frozen=True)
class Signs:
    """The patterns of one language."""

    competencies: Mapping[str, re.Pattern[str]]
    standards: Mapping[str, re.Pattern[str]]
    measures: re.Pattern[str]
    measuring: re.Pattern[str]
    why: re.Pattern[str]
    served: re.Pattern[str]
    general: re.Pattern[str]


@dataclass(frozen=True)
class Sayings:
    """What the framework itself says, as a reader would recognise it: plain text to id."""

    indicators: Mapping[str, str]
    statements: Mapping[str, str]
    measures: Mapping[str, str]
    competencies: Mapping[str, str]
    """Names of competencies of two words or more."""
    standards: Mapping[str, str]
    """Names of standards of two words or more."""
    ids: frozenset[str]
    """Every id that the framework has."""
    vision: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One sentence of a document at its place."""

    block: Block
    text: str
    measured: bool
    """It stands where measures stand: in a KPI sheet or review form, or in a column of measures."""

    @property
    def plain(self) -> str:
        """The text as it is compared."""
        return plain(self.text)

    def evidence(self, id: str) -> Evidence:
        """Return the sentence as evidence."""
        flat = " ".join(self.text.split())
        cut = flat if len(flat) <= MAX_QUOTE else f"{flat[: MAX_QUOTE - 2].rsplit(' ', 1)[0]} …"
        return Evidence(id, self.block.id, cut)


def languages() -> frozenset[str]:
    """Return the languages that have signs; in others only the framework's own words are found."""
    return frozenset(_data()["served"])


def needs(kind: str) -> tuple[Pillar, ...]:
    """Return the pillars that a document of this kind is expected to hold."""
    data = _data()["needs"]
    return tuple(data.get(kind, data["default"]))


def held(document: Document, kind: Kind, framework: Framework, exchange: Exchange, doubtful: Collection[str]) -> Held:
    """Return what a classified document holds; `doubtful` blocks, to whose measures rules object, do not count."""
    local = framework.localised(document.language)
    language = document.language.partition("-")[0]
    signs, said = _signs("en" if language == "und" else language), _sayings(local)
    lines = list(_lines(document, kind))
    behaviours = [*_behaviours(lines, signs, said), *_passed_on(exchange, framework)]
    return Held(
        standards=_few(_standards(lines, signs, said)),
        measures=_few(one for one in _measures(lines, signs, said) if one.block not in doubtful),
        behaviours=_few(one for one in behaviours if one.block not in doubtful),
        whys=_few(_whys(lines, signs, said)),
        mentions=_few(_mentions(lines, signs)),
    )


def _lines(document: Document, kind: Kind) -> Iterator[Line]:
    data = _data()["measures"]
    columns = columns_of(document, kind)
    headings = {section.heading for section in document.sections}
    for block in document.body:
        if block.id in headings or _SMALL_PRINT in (block.lock or ""):
            continue
        measured = kind.id in data["kinds"] or columns.get(block.id) in data["columns"]
        for sentence in sentences(block.text):
            yield Line(block, sentence, measured)


def _behaviours(lines: Sequence[Line], signs: Signs | None, said: Sayings) -> Iterator[Evidence]:
    for line in lines:
        if id := _alike(line, said.indicators) or _named(line, said.competencies):
            yield line.evidence(id)
        if signs:
            found = (id for id, pattern in signs.competencies.items() if pattern.search(line.plain))
            yield from (line.evidence(id if id in said.ids else "") for id in found)


def _passed_on(exchange: Exchange, framework: Framework) -> Iterator[Evidence]:
    """Work that goes to a named unit is a handover, however it is worded."""
    id = _HANDOVER if any(one.id == _HANDOVER for one in framework.competencies) else ""
    yield from (Evidence(id, given.block, given.quote) for given in exchange.gives if given.partner and given.plainly)


def _standards(lines: Sequence[Line], signs: Signs | None, said: Sayings) -> Iterator[Evidence]:
    for line in lines:
        if own := _alike(line, said.statements) or _named(line, said.standards):
            yield line.evidence(own)
        elif signs:
            found = (id for id, pattern in signs.standards.items() if pattern.search(line.plain))
            yield from (line.evidence(id if id in said.ids else "") for id in found)


def _measures(lines: Sequence[Line], signs: Signs | None, said: Sayings) -> Iterator[Evidence]:
    for line in lines:
        if id := _alike(line, said.measures):
            yield line.evidence(id)
        elif signs and signs.measures.search(line.plain) and (line.measured or signs.measuring.search(line.plain)):
            yield line.evidence("")


def _whys(lines: Sequence[Line], signs: Signs | None, said: Sayings) -> Iterator[Evidence]:
    """A reason counts when those for whom it matters are named after it."""
    for line in lines:
        reason = signs.why.search(line.plain) if signs else None
        if any(text in line.plain for text in said.vision) or (
            signs and reason and signs.served.search(line.plain, reason.end())
        ):
            yield line.evidence("")


def _mentions(lines: Sequence[Line], signs: Signs | None) -> Iterator[Evidence]:
    yield from (line.evidence("") for line in lines if signs and signs.general.search(line.plain))


def _alike(line: Line, sayings: Mapping[str, str]) -> str:
    """Return the id of the framework's sentence that this one repeats or rewords."""
    if line.text.count(" ") + 1 < _FEWEST_WORDS or not sayings:
        return ""
    best = process.extractOne(line.plain, sayings.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE)
    return sayings[best[0]] if best else ""


def _named(line: Line, names: Mapping[str, str]) -> str:
    return next((id for name, id in names.items() if name in line.plain), "")


def _few(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Keep the first quotations of each id, each sentence once."""
    kept: dict[str, dict[tuple[str, str], Evidence]] = {}
    for one in found:
        mine = kept.setdefault(one.id, {})
        if len(mine) < _AT_MOST:
            mine.setdefault((one.block, one.quote), one)
    return tuple(one for mine in kept.values() for one in mine.values())


# ---- data ----


@cache
def _data() -> dict[str, Any]:
    return dict(yamlfile.read(Path(__file__).with_name("signs.yaml")).data)


@cache
def _signs(language: str) -> Signs | None:
    data = _data()
    if language not in data["served"]:
        return None
    served = str(data["served"][language])

    def found(terms: Sequence[str]) -> re.Pattern[str]:
        filled = (term.replace("{served}", served) for term in terms)
        return re.compile(rf"(?<!\w)(?:{'|'.join(filled)})(?!\w)" if terms else r"(?!)")

    def by_id(rows: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, re.Pattern[str]]:
        return {id: found(terms[language]) for id, terms in rows.items() if language in terms}

    return Signs(
        competencies=by_id(data["competencies"]),
        standards=by_id(data["standards"]),
        measures=found(data["measures"]["terms"][language]),
        measuring=found(data["measures"]["words"][language]),
        why=found(data["why"][language]),
        served=found([served]),
        general=found(data["general"][language]),
    )


def _sayings(framework: Framework) -> Sayings:
    return _sayings_of(_ByHash(framework.sha256, framework.framework.locale, framework))


@dataclass(frozen=True)
class _ByHash:
    sha256: str
    locale: str
    framework: Framework

    def __hash__(self) -> int:
        return hash((self.sha256, self.locale))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByHash) and (self.sha256, self.locale) == (other.sha256, other.locale)


@lru_cache(maxsize=16)
def _sayings_of(key: _ByHash) -> Sayings:
    framework = key.framework
    standards, competencies = framework.service_standards, framework.competencies
    measures = {plain(one.measure.what): one.id for one in standards}
    kpis = {plain(kpi.measure): one.id for one in competencies for kpi in one.kpis}
    vision = framework.vision
    return Sayings(
        indicators={plain(text): one.id for one in competencies for texts in one.levels.values() for text in texts},
        statements={plain(one.statement): one.id for one in standards},
        measures=measures | kpis,
        competencies={plain(one.name): one.id for one in competencies if " " in one.name},
        standards={plain(one.name): one.id for one in standards if " " in one.name},
        ids=frozenset({one.id for one in standards} | {one.id for one in competencies}),
        vision=tuple(plain(text) for text in (vision.statement, vision.why, *vision.promises) if text),
    )
