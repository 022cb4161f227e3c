"""Controlled spoiling: one fault costs the part of the score that belongs to it, and no other."""

from functools import cache

import pytest

from cxify import rules
from cxify.evaluation import Score, spoil
from cxify.evaluation.spoil import Variant
from cxify.proposal import Proposed
from tests.evaluation.desk import CASES, checked, judged, read

pytestmark = pytest.mark.long

SPOILED = ("G1", "G4", "O1", "P1", "S2", "B3", "C1")
PARTS = ("required", "untouched", "clean", "size", "judgement")
VARIANTS = [(id, variant) for id in SPOILED for variant in spoil.variants(CASES[id], read(id))]

every_variant = pytest.mark.parametrize(
    ("id", "variant"), VARIANTS, ids=[f"{id} {variant.fault.id}" for id, variant in VARIANTS]
)


@cache
def scored(id: str, edits: tuple[Proposed, ...]) -> Score:
    """Score a proposal, once."""
    return judged(CASES[id], edits)


def lowered(correct: Score, spoiled: Score) -> set[str]:
    """Return the parts of the score that the fault cost."""
    return {part for part in PARTS if getattr(spoiled, part) < getattr(correct, part)}


@every_variant
def test_a_fault_costs_what_belongs_to_it_and_nothing_else(id: str, variant: Variant) -> None:
    """A scorer that lets a fault pass, or punishes it twice, would mislead whoever compares two prompts."""
    correct, spoiled = scored(id, variant.correct), scored(id, variant.spoiled)
    assert lowered(correct, spoiled) == set(variant.fault.costs)


@every_variant
def test_the_rule_of_the_fault_objects(id: str, variant: Variant) -> None:
    """It is that rule which blocks, and it did not block the correct proposal."""
    blocking = [
        {finding.rule for finding in checked(CASES[id], edits).findings if finding.severity == "block"}
        for edits in (variant.correct, variant.spoiled)
    ]
    assert blocking == [set(), {variant.fault.rule} - {""}]


def test_every_fault_is_tried() -> None:
    """And names a rule of the book, a part of the score, and a way to spoil."""
    assert {variant.fault.id for _, variant in VARIANTS} == {fault.id for fault in spoil.faults()}
    assert {fault.rule for fault in spoil.faults()} - {""} <= {rule.id for rule in rules.load().rules}


def test_what_nobody_may_change_is_not_spoiled() -> None:
    """A signed form has no correct proposal to start from."""
    assert list(spoil.variants(CASES["R1"], read("R1"))) == []
