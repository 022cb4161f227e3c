"""Which documents next: work for colleagues first, because every customer depends on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxify.audit.facts import Facts, Pillar
from cxify.framework import Relationship

_ORDER: tuple[Relationship, ...] = ("internal", "enabler", "external")
"""The order of service improvement, reversed: who serves those who serve comes first."""
_KINDS = ("job_description", "kpi_sheet", "review_form")
"""Kinds that the others are derived from come first."""


@dataclass(frozen=True, slots=True)
class Step:
    """The next document, whom its work reaches first, and what it lacks."""

    facts: Facts
    reaches: Relationship
    missing: tuple[Pillar, ...]
    blank_form: bool
    """The document is filled in or signed: its blank form is what to work on."""


def plan(documents: Sequence[Facts]) -> tuple[Step, ...]:
    """Return the documents that lack something, the next one first."""
    steps = [_step(facts) for facts in documents if _lacks(facts)]
    return tuple(sorted(steps, key=_rank))


def _lacks(facts: Facts) -> bool:
    return bool(facts.missing) if facts.assessed else facts.personal and facts.concerns


def _step(facts: Facts) -> Step:
    return Step(facts, facts.reaches, facts.missing, facts.state != "blank")


def _rank(step: Step) -> tuple[bool, int, int, int, str]:
    kind = step.facts.kind
    place = _KINDS.index(kind) if kind in _KINDS else len(_KINDS)
    return step.blank_form, _ORDER.index(step.reaches), -len(step.missing), place, step.facts.file
