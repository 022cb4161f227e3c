"""Four prompts for a small local model, recorded: a worse one is stopped, a better one shown, an equal one let be.

The prompts are in evals/demonstration; docs/evals.md says what they show and what they cannot show.
"""

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cxify.cli import main
from cxify.evaluation import runs
from cxify.evaluation.compare import compare
from cxify.evaluation.comparison import MetricRow
from tests.conftest import ROOT

pytestmark = pytest.mark.long

CASES = "G1,G3,G5,J4,M1,M2,M4,P1,P2,P3"
"""Job descriptions and policies, in which a sentence follows prose: where a small model has anything to reword."""
SIZE = 5
"""Points for the number of words (evals/README.md)."""
TAPE = ROOT / "tests" / "tapes" / "evaluation-demonstration.json"
PROMPTS = ROOT / "evals" / "demonstration"
VERSIONS = {"released": "1.0.0", "worse": "1.1.0", "plain": "1.1.0", "same": "1.1.0"}
FIXED = "fixed"
"""The set of cases that was written down before any of these prompts was run on them (evals/sets.yaml)."""
FIXED_TAPE = ROOT / "tests" / "tapes" / "evaluation-fixed.json"
ON_FIXED = {"plain": "1.1.0", "released": "1.0.0", "better": "1.1.0"}


def cxify(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["eval", *map(str, arguments)])


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Play all four back; nobody asks a model."""
    return play(tmp_path_factory.mktemp("demonstration"), VERSIONS, CASES, TAPE)


@pytest.fixture(scope="module")
def fixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Play back what was tried on the cases that were fixed for it."""
    return play(tmp_path_factory.mktemp("fixed"), ON_FIXED, FIXED, FIXED_TAPE)


def play(folder: Path, versions: Mapping[str, str], cases: str, tape: Path) -> Path:
    for name, version in versions.items():
        asked = ["run", *chosen(name, version), "--cases", cases]
        done = cxify(*asked, "--tape", tape, "replay", "-o", folder / name)
        again = " ".join(map(str, asked))
        assert done.exit_code == 0, (
            f"{done.stderr}\nRecord anew: cxify eval {again} --model … --tape {tape.name} record"
        )
    return folder


def chosen(name: str, version: str) -> list[str]:
    """Return the options that choose one of the prompts."""
    own = [] if name == "released" else ["--prompts", str(PROMPTS / name)]
    return ["--prompt", f"sentence/{version}", *own]


def used(played: Path, baseline: str, candidate: str) -> MetricRow:
    """Return what the comparison says of the sentences that were good enough to be used."""
    row = compare(runs.load(played / baseline), runs.load(played / candidate)).metric("sentences_used")
    assert row is not None
    return row


def test_a_deliberately_worse_prompt_is_stopped(played: Path) -> None:
    gate = cxify("gate", played / "released", played / "worse")
    assert gate.exit_code == 1
    assert "LOSS Sentences used" in gate.output
    assert used(played, "released", "worse").beyond_margin


def test_a_truly_better_prompt_is_shown_better(played: Path) -> None:
    """Three examples, which the released prompt has and the plain one lacks."""
    row = used(played, "plain", "released")
    assert row.verdict == "better"
    gate = cxify("gate", played / "plain", played / "released")
    assert "Better: sentences used." in gate.output
    assert gate.exit_code == 3, "one sentence of the better prompt says what its organisation never says (G5)"
    assert "OPEN Nothing forbidden" in gate.output


def test_a_better_prompt_is_shown_better_on_cases_that_were_fixed_for_it(fixed: Path) -> None:
    """Sought on other documents; on these it was run once. Reading it says more (docs/evals.md): it is no release."""
    for baseline in ("plain", "released"):
        row = used(fixed, baseline, "better")
        assert row.verdict == "better"
        assert row.low is not None
        assert row.low > 0.1
        gate = cxify("gate", fixed / baseline, fixed / "better")
        assert gate.exit_code == 0
        assert "No gated metric got worse. Better: sentences used." in gate.output


def test_what_held_on_chosen_cases_need_not_hold_on_others(fixed: Path) -> None:
    """Three examples are better on ten cases, seven of them chosen; on the fixed ones that is not proved."""
    row = used(fixed, "plain", "released")
    assert row.diff is not None
    assert row.diff > 0
    assert row.verdict not in ("better", "worse")


def test_the_same_in_other_words_is_not_flagged(played: Path) -> None:
    for pair in (("released", "same"), ("same", "released")):
        row = used(played, *pair)
        assert row.verdict not in ("better", "worse")
        assert row.smallest_visible is None or row.smallest_visible > abs(row.diff or 0.0)
        assert cxify("gate", *(played / name for name in pair)).exit_code != 1


def test_what_the_small_model_cannot_show(played: Path) -> None:
    """The library chooses places and competencies: wording moves the points by its size, or by a forbidden word."""
    for candidate in ("worse", "plain", "same"):
        comparison = compare(runs.load(played / "released"), runs.load(played / candidate))
        points = comparison.metric("points")
        assert points is not None
        assert points.verdict not in ("better", "worse")
        moved = {case.case: abs(case.points) for case in comparison.cases if case.points}
        assert {id for id, points in moved.items() if points > SIZE} <= {"G5"}
