"""Every evaluator gives full marks to what deserves them, and low ones to what does not, with the reason."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import yaml

from cxify import framework as frameworks
from cxify import kinds, rules, word
from cxify.evaluation import expert, spoil
from cxify.evaluation.evaluators import EVALUATORS, checks, language, measured
from cxify.evaluation.evaluators.verdict import Verdict
from cxify.evaluation.metrics import SCORES
from cxify.evaluation.spoil import Variant
from cxify.evaluation.trial import Failure, Ground, Made, Refused, Trial
from cxify.evaluation.wordfile import word_file
from cxify.proposal import Proposed
from cxify.writers import Usage
from tests.evaluation.desk import CASES, EVALS, read

GROUND = Ground(frameworks.load(), kinds.load(), rules.load())
Edits = Sequence[Proposed]


def trial(id: str, edits: Edits, **changes: Any) -> Trial:
    """Return the trial of a proposal that was written into the case's Word file as it is, without any rule."""
    source = word_file(CASES[id])
    operations = [edit.operation for edit in edits]
    data = word.apply(source, operations, author="cxify", date="2026-11-22T00:00:00Z") if edits else source
    return Trial(CASES[id], GROUND, Made(accepted=tuple(edits)), data, **changes)


@cache
def by_the_expert(id: str) -> dict[str, Verdict]:
    return measured(trial(id, expert.proposal(CASES[id], read(id))))


@cache
def variants(id: str) -> dict[str, Variant]:
    return {variant.fault.id: variant for variant in spoil.variants(CASES[id], read(id))}


@cache
def written(id: str, edits: tuple[Proposed, ...]) -> Trial:
    return trial(id, edits)


def spoiled(id: str, fault: str) -> Trial:
    return written(id, variants(id)[fault].spoiled)


def own_words(id: str, text: str, **changes: Any) -> Trial:
    """Return the trial of one edit: the first edit of the text that the expert expects, in other words."""
    first = next(
        edit for edit in expert.proposal(CASES[id], read(id)) if edit.operation.op in ("append", "insert_after")
    )
    return trial(
        id, [first.model_copy(update={"operation": first.operation.model_copy(update={"text": text})})], **changes
    )


def with_another(id: str, **changes: Any) -> Trial:
    """Return the expert's proposal with something else than it should have in each edit."""
    return trial(id, [edit.model_copy(update=changes) for edit in expert.proposal(CASES[id], read(id))])


LONG = (
    " Notwithstanding organisational interdependencies, multidisciplinary professionals systematically operationalise "
    "comprehensive communication methodologies throughout interdepartmental transitions and subsequently "
    "institutionalise corresponding documentation requirements, notwithstanding contradictory expectations."
)
GERMAN = (
    " Fragen Sie die Patientinnen und Patienten, was sie brauchen, und sagen Sie ihnen, wie es weitergeht, wer "
    "sich darum kümmert und bis wann sie eine Antwort bekommen werden."
)
CODED = " Understand, share, trust, support, connect and agree together with warm, kind and considerate people." * 3
WEAK: dict[str, Callable[[], Trial]] = {
    "points": lambda: trial("G1", []),
    "conveys": lambda: own_words("G1", " Patients."),
    "sentences_used": lambda: trial("G1", [], usage=Usage(calls=3, sentences=3, reworded=1)),
    "schema_first_try": lambda: trial("G1", [], usage=Usage(calls=3, repairs=2)),
    "locks_kept": lambda: spoiled("G1", "touched lock"),
    "reject_accept": lambda: replace(trial("G1", []), output=word_file(CASES["G2"])),
    "required_found": lambda: spoiled("G1", "missing"),
    "right_competency": lambda: with_another("G1", competencies=("CX-IMPROVE@2",)),
    "right_level": lambda: spoiled("G1", "level too high"),
    "forbidden_free": lambda: own_words("G1", " Smile at customers and clients."),
    "rules_clean": lambda: spoiled("G1", "trait"),
    "grounded": lambda: spoiled("G1", "number"),
    "observable": lambda: own_words("G1", " Ensure that patients are supported."),
    "minimal": lambda: spoiled("G1", "too long"),
    "no_duplicate": lambda: spoiled("G1", "repetition"),
    "readability_kept": lambda: own_words("G1", LONG),
    "language_kept": lambda: own_words("G1", GERMAN),
    "coding_kept": lambda: own_words("G1", CODED),
    "rubric_r1": lambda: spoiled("G1", "touched lock"),
    "rubric_r2": lambda: spoiled("G1", "wrong place"),
    "rubric_r3": lambda: spoiled("G1", "sorting of jobs"),
    "rubric_r4": lambda: spoiled("G1", "trait"),
    "rubric_r5": lambda: spoiled("G1", "new requirement"),
    "rubric_r6": lambda: spoiled("G1", "survey measure"),
    "rubric_r7": lambda: spoiled("G1", "name"),
    "rubric_r8": lambda: with_another("G1", reason="-"),
    "rubric_r9": lambda: spoiled("G1", "missing"),
    "rubric_r10": lambda: spoiled("G1", "sense or body"),
    "rubric_r11": lambda: spoiled("G1", "too many"),
    "rubric_r12": lambda: with_another("G1", reason="-"),
}
GOOD = {"coding_kept": "C1", "schema_first_try": "", "sentences_used": "", "rubric_r6": "G4"}
"""Cases in which the expert's edits leave nothing to be desired, where it is not G1."""


def test_every_metric_has_its_evaluator() -> None:
    assert set(EVALUATORS) == {metric.id for metric in SCORES} == set(WEAK)


@pytest.mark.parametrize("id", WEAK)
def test_an_evaluator_tells_good_from_bad(id: str) -> None:
    case = GOOD.get(id, "G1")
    good = (
        by_the_expert(case)[id]
        if case
        else EVALUATORS[id](trial("G1", [], usage=Usage(calls=3, sentences=3, reworded=3)))
    )
    weak = EVALUATORS[id](WEAK[id]())
    highest = next(metric.highest for metric in SCORES if metric.id == id)
    assert (good.score, good.reasons) == (highest, ())
    assert weak.score is not None
    assert weak.score < 0.95 * highest
    assert weak.reasons


@pytest.mark.parametrize("id", ["G1"])
def test_a_fault_lowers_the_criterion_that_a_person_would_lower(id: str) -> None:
    """Where the criterion is asked at all; the list of faults says which one that is."""
    unnoticed = []
    for variant in variants(id).values():
        criterion = EVALUATORS[f"rubric_{variant.fault.rubric.lower()}"]
        correct, weak = (criterion(written(id, edits)).score for edits in (variant.correct, variant.spoiled))
        if weak is None or not weak < (1.0 if correct is None else correct):
            unnoticed.append(variant.fault.id)
    assert unnoticed == []


def test_an_error_is_worth_nothing() -> None:
    failed = Trial(CASES["G1"], GROUND, failure=Failure(exit_code=12, message="The model did not answer."))
    verdicts = measured(failed)
    assert {verdict.score for verdict in verdicts.values()} == {0.0}
    assert set(verdicts) == {metric.id for metric in SCORES}
    assert set(checks(failed, verdicts).values()) == {False}


@pytest.mark.parametrize("id", ["R1", "R5"])
def test_leaving_a_signed_form_alone_is_worth_full_marks(id: str) -> None:
    verdicts = measured(trial(id, []))
    assert verdicts["points"].score == 100
    assert [verdicts[f"rubric_r{number}"].score for number in (1, 2, 5, 11)] == [1, 1, 1, 1]


def test_a_dropped_edit_counts_against_the_writer() -> None:
    """The rules have kept it out of the file; a writer that needs them less is the better one."""
    edit = spoiled("G1", "number").accepted[0]
    dropped = Trial(CASES["G1"], GROUND, Made(dropped=(Refused(edit=edit, reasons=("CXL-601: invented",)),)))
    assert EVALUATORS["rules_clean"](dropped).score == 0
    assert EVALUATORS["rules_clean"](dropped).reasons[0].endswith("CXL-601: invented")


def test_readability_knows_hard_from_easy() -> None:
    easy, hard = "Ask the people. Say what comes next. Keep your word.", LONG
    assert language.ari(easy) < 6 < 20 < language.ari(hard)
    assert language.lix(easy) < 30 < 60 < language.lix(hard)
    assert language.ari("") == language.lix("") == 0


def test_the_rubric_has_the_criteria_that_are_measured() -> None:
    rubric = yaml.safe_load((EVALS / "rubric.yaml").read_text("utf-8"))
    ids = [criterion["id"] for criterion in rubric["criteria"]]
    assert [f"rubric_{id.lower()}" for id in ids] == [id for id in EVALUATORS if id.startswith("rubric_")]
    assert all(set(criterion["anchors"]) == {0, 1, 2, 3} for criterion in rubric["criteria"])
