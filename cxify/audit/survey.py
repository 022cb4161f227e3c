"""All documents together: what each department and kind of document holds, who hands work to whom, what comes next."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from cxify.audit.facts import CUSTOMER_FACING, SURVEY_SCORE, Facts, Unread
from cxify.audit.plan import Step, plan
from cxify.document import Finding
from cxify.framework import Framework
from cxify.rules import RuleBook, handovers, portfolio, units
from cxify.rules.handovers import Handover

_DOMINANT = 2
_GAPS = ("CXL-802", "CXL-803")
"""Rules that look for what is missing; the others compare what was written by one hand."""


@dataclass(frozen=True)
class Unit:
    """A department with its documents; spellings of one name are one department."""

    key: str
    name: str
    documents: tuple[Facts, ...]
    stated: bool
    """At least one document names the department; otherwise it is the name of a folder."""

    @property
    def concerned(self) -> tuple[Facts, ...]:
        """The documents into which customer experience belongs and that were read for it."""
        return tuple(facts for facts in self.documents if facts.assessed)


@dataclass(frozen=True)
class Audit:
    """What an audit says. Every number is the length of a list of documents, so what stands behind it can be shown."""

    documents: tuple[Facts, ...]
    unread: tuple[Unread, ...]
    units: tuple[Unit, ...]
    kinds: tuple[str, ...]
    """Kinds that occur, the most frequent first; unknown ones last."""
    competencies: tuple[str, ...]
    """Ids of the framework's competencies, in its order."""
    standards: tuple[str, ...]
    handovers: tuple[Handover, ...]
    findings: tuple[Finding, ...]
    """What rules say about all documents together."""
    steps: tuple[Step, ...]

    @cached_property
    def concerned(self) -> tuple[Facts, ...]:
        """The documents into which customer experience belongs and that were read for it."""
        return tuple(facts for facts in self.documents if facts.assessed)

    @cached_property
    def without(self) -> tuple[Facts, ...]:
        """The documents that hold nothing, or only general words."""
        return tuple(facts for facts in self.concerned if facts.held.status != "held")

    @cached_property
    def personal(self) -> tuple[Facts, ...]:
        """The filled-in forms about people."""
        return tuple(facts for facts in self.documents if facts.personal)

    @cached_property
    def other(self) -> tuple[Facts, ...]:
        """The documents of kinds that customer experience has no place in, or that were not recognised."""
        return tuple(facts for facts in self.documents if not facts.concerns)

    @cached_property
    def foreign(self) -> tuple[Facts, ...]:
        """The documents in languages in which nothing can be found."""
        return tuple(facts for facts in self.documents if facts.concerns and not (facts.readable or facts.personal))

    @cached_property
    def survey_scores(self) -> tuple[Facts, ...]:
        """The documents in which a survey score is somebody's measure."""
        return tuple(facts for facts in self.documents if facts.found(SURVEY_SCORE))

    @cached_property
    def customer_facing(self) -> tuple[Facts, ...]:
        """The documents that sort jobs into those with customers and those without."""
        return tuple(facts for facts in self.documents if facts.found(CUSTOMER_FACING))

    @cached_property
    def language(self) -> str:
        """The language of most documents."""
        spoken = Counter(facts.language.partition("-")[0] for facts in self.documents)
        return "de" if spoken["de"] * _DOMINANT > spoken.total() else "en"

    def having(self, kind: str, competency: str) -> tuple[Facts, ...]:
        """Return the documents of a kind that hold a competency."""
        return tuple(one for one in self.of_kind(kind) if competency in one.held.competencies)

    def of_kind(self, kind: str) -> tuple[Facts, ...]:
        """Return the documents of a kind that were read for customer experience."""
        return tuple(facts for facts in self.concerned if facts.kind == kind)


def survey(
    documents: Iterable[Facts], unread: Iterable[Unread], framework: Framework, book: RuleBook | None = None
) -> Audit:
    """Put the facts of all documents together."""
    read = tuple(sorted(documents, key=lambda facts: facts.file))
    exchanges = [facts.exchange for facts in read]
    found = _units(read)
    return Audit(
        documents=read,
        unread=tuple(sorted(unread, key=lambda one: one.file)),
        units=found,
        kinds=_kinds(read),
        competencies=tuple(competency.id for competency in framework.competencies),
        standards=tuple(standard.id for standard in framework.service_standards),
        handovers=handovers.handovers(exchanges),
        findings=(*handovers.check(exchanges, book=book), *_portfolio(found, book)),
        steps=plan(read),
    )


def _portfolio(found: Sequence[Unit], book: RuleBook | None) -> Iterator[Finding]:
    """Ask the rules on all documents: about levels and new sentences only where cxify wrote, about gaps everywhere."""
    everywhere = [_facts(facts, unit.name) for unit in found for facts in unit.concerned]
    yield from (one for one in portfolio.check(everywhere, book=book) if one.rule in _GAPS)
    written = [one for one in everywhere if one.inserted]
    yield from (one for one in portfolio.check(written, book=book) if one.rule not in _GAPS)


def _facts(facts: Facts, unit: str) -> portfolio.Facts:
    held = facts.held
    return portfolio.Facts(
        file=facts.file,
        kind=facts.kind,
        role=facts.role,
        unit=unit,
        competencies=facts.written or held.competencies,
        standards=tuple(one.id or "own" for one in held.standards),
        inserted=tuple(one.quote for one in held.behaviours if one.by_cxify),
    )


def _units(documents: Sequence[Facts]) -> tuple[Unit, ...]:
    by_key: dict[str, list[Facts]] = defaultdict(list)
    for facts in documents:
        by_key[units.key(facts.unit)].append(facts)
    found = [
        Unit(key, _name(of_unit), tuple(of_unit), any(facts.unit_stated for facts in of_unit))
        for key, of_unit in by_key.items()
    ]
    return tuple(sorted(found, key=lambda unit: (not unit.stated, unit.name.casefold())))


def _name(documents: Sequence[Facts]) -> str:
    """Return the spelling that most documents use; a document's own word comes before a folder's name."""
    stated = [facts.unit for facts in documents if facts.unit_stated] or [facts.unit for facts in documents]
    return Counter(stated).most_common(1)[0][0]


def _kinds(documents: Sequence[Facts]) -> tuple[str, ...]:
    counted = Counter(facts.kind for facts in documents if facts.concerns)
    return tuple(sorted(counted, key=lambda kind: (-counted[kind], kind)))
