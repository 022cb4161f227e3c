"""Rules on all documents of a run together: the golden thread (CXL-801), coverage (802, 803) and boilerplate (805)."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from cxify.document import Finding
from cxify.rules.book import RuleBook, load
from cxify.rules.plain import plain

TRAINING: Final = frozenset({"training_outline"})
"""Kinds that only teach; they ask nothing of anyone at work."""
_RICHEST: Final = ("job_description", "job_advert", "person_specification")
"""What the other documents of a role are compared with, best first."""
_CLONED: Final = 0.30
_ROLES_AT_LEAST: Final = 3
"""Fewer roles say nothing about boilerplate."""
_WORDS_AT_LEAST: Final = 6
"""Shorter sentences are labels."""
_MOST_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules of a run need of one document, whether cxify wrote in it or found it so."""

    file: str
    kind: str
    role: str = ""
    """The job, in one spelling for all documents of the role; "" when the document is about no single job."""
    unit: str = ""
    competencies: tuple[str, ...] = ()
    """What the document asks for, with the level: "CX-OWN@2"."""
    standards: tuple[str, ...] = ()
    inserted: tuple[str, ...] = ()
    """The new sentences; rows of tables are not among them, because measures should read the same everywhere."""
    agreed: tuple[str, ...] = ()
    """The competencies of the role's profile, where one is known; otherwise the richest document decides."""

    @property
    def has_cx(self) -> bool:
        """Tell whether the document holds any customer experience."""
        return bool(self.competencies or self.standards or self.inserted)


PortfolioRule = Callable[[Sequence[Facts]], Iterator[str]]


def check(facts: Iterable[Facts], *, book: RuleBook | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with the documents as a set; the order of the documents changes nothing."""
    ordered = sorted(facts, key=lambda one: one.file)
    rules = book or load()
    return tuple(
        rules[id].finding("portfolio", None, detail=detail)
        for id, rule in RULES.items()
        if rules[id].enabled
        for detail in rule(ordered)
    )


def golden_thread(facts: Sequence[Facts]) -> Iterator[str]:
    """Documents of one role that ask for other competencies or another level than its richest document."""
    for _, documents in _by_role(facts):
        asking = sorted((one for one in documents if one.competencies), key=_place)
        if len(asking) < 2:
            continue
        lead, *others = asking
        agreed = lead.agreed or lead.competencies
        for other in others:
            if strange := [id for id in other.competencies if id not in agreed]:
                yield (
                    f"{other.file} asks for {_listed(strange)}, and {lead.file} of the same role for {_listed(agreed)}"
                )


def coverage_gap(facts: Sequence[Facts]) -> Iterator[str]:
    """A role whose documents hold no customer experience at all, or no service standard."""
    for role, documents in _by_role(facts):
        files = _listed([one.file for one in documents])
        if not any(one.has_cx for one in documents):
            yield f"“{_named(role)}” has no element of customer experience in {files}"
        elif not any(one.standards for one in documents):
            yield f"“{_named(role)}” has no service standard in {files}"


def training_only(facts: Sequence[Facts]) -> Iterator[str]:
    """A unit in which only training speaks of customer experience, and other documents do not."""
    units: dict[str, list[Facts]] = defaultdict(list)
    for one in facts:
        units[plain(one.unit)].append(one)
    for documents in units.values():
        holding = {one.kind for one in documents if one.has_cx}
        silent = [one.file for one in documents if not one.has_cx and one.kind not in TRAINING]
        if holding and holding <= TRAINING and silent:
            where = f"In “{documents[0].unit}”" if documents[0].unit else "In these documents"
            yield f"{where} only training speaks of customer experience; {_listed(silent)} do not"


def boilerplate(facts: Sequence[Facts]) -> Iterator[str]:
    """The same new sentence in more than 30 % of different roles."""
    written: Counter[str] = Counter()
    roles = 0
    for _, documents in _by_role(facts):
        roles += 1
        written.update({_same(sentence) for sentence in _sentences(documents)})
    if roles < _ROLES_AT_LEAST:
        return
    cloned = {saying for saying, jobs in written.items() if jobs > max(1, _CLONED * roles)}
    where: dict[str, dict[str, str]] = defaultdict(dict)
    for role, documents in _by_role(facts) if cloned else ():
        for sentence in _sentences(documents):
            if (saying := _same(sentence)) in cloned:
                where[saying].setdefault(role, sentence)
    for jobs in where.values():
        first = next(iter(jobs.values()))
        yield f"“{first}” was written for {len(jobs)} of {roles} jobs: {_listed([_named(job) for job in sorted(jobs)])}"


def _sentences(documents: Iterable[Facts]) -> Iterator[str]:
    """Yield what is written in several words."""
    return (text for one in documents for text in one.inserted if len(text.split()) >= _WORDS_AT_LEAST)


def _by_role(facts: Iterable[Facts]) -> Iterator[tuple[str, list[Facts]]]:
    """Yield each job with its documents; where one job stands in several units, each unit's for itself.

    One job at a time, in the order of their names: a run may have ten thousand.
    """
    of_jobs = sorted((one for one in facts if one.role), key=lambda one: one.role)
    for role, group in groupby(of_jobs, key=lambda one: one.role):
        documents = list(group)
        if len({plain(one.unit) for one in documents} - {""}) < 2:
            yield role, documents
            continue
        units: dict[str, list[Facts]] = defaultdict(list)
        for one in documents:
            units[f"{role}, {one.unit}" if one.unit else role].append(one)
        yield from units.items()


def _named(role: str) -> str:
    """Return a job as people write it: what tells jobs apart is in small letters."""
    return role[:1].upper() + role[1:]


def _place(one: Facts) -> tuple[int, str]:
    return _RICHEST.index(one.kind) if one.kind in _RICHEST else len(_RICHEST), one.file


def _same(sentence: str) -> str:
    return re.sub(r"[\W_]+", " ", plain(sentence)).strip()


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        shown.append(f"{len(names) - _MOST_NAMED} more")
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


RULES: Final[Mapping[str, PortfolioRule]] = {
    "CXL-801": golden_thread,
    "CXL-802": coverage_gap,
    "CXL-803": training_only,
    "CXL-805": boilerplate,
}
