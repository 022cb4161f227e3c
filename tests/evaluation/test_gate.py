"""When a release passes, is stopped, or has too few cases behind it: the table of docs/evals-statistics.md."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from cxify.cli import main
from cxify.errors import InputError, SettingsInvalid
from cxify.evaluation import gate_settings, runs
from cxify.evaluation.compare import compare
from cxify.evaluation.gate import Verdict, gate
from cxify.evaluation.gate_settings import GateSettings
from tests.conftest import ROOT
from tests.evaluation.run_folders import result, run_folder, scored

FAMILIES = 12
STEADY = np.resize([-1.0, 1.0, -0.5, 0.5], 48)
"""Differences of 48 cases that cancel out, in each family and altogether."""
WIDE = np.resize([-2.4, -1.2, 1.2, 2.4], 48)
"""Families that differ, though not so much that a change of 2 could not be seen."""
LOUD = np.random.default_rng(2).normal(0, 12, 48)
LOUD -= LOUD.mean()


def judged(folder: Path, differences: Sequence[float], settings: GateSettings | None = None, **facts: Any) -> Verdict:
    settings = settings or GateSettings()
    before = np.full(len(differences), 60.0)
    a = run_folder(folder / "1.0.0", scored(before, families=FAMILIES))
    b = run_folder(folder / "2.0.0", scored(before + np.asarray(differences), families=FAMILIES), **facts)
    return gate(compare(runs.load(a), runs.load(b), settings=settings), settings)


@pytest.mark.parametrize(
    ("differences", "exit_code", "says"),
    [
        (STEADY - 8, 1, "A loss larger than the margin is proven."),
        (STEADY, 0, "No worse."),
        (STEADY * 0, 0, "No worse."),
        (STEADY + 5, 0, "Better."),
        (STEADY - 1.2, 0, "No worse."),
        (LOUD, 3, "The smallest change to be seen is"),
        (LOUD - 3, 3, "The smallest change to be seen is"),
        (WIDE - 2.3, 3, "A loss is proven; that it is larger than the margin is not."),
        (WIDE - 1.3, 0, "the loss is smaller so far"),
    ],
    ids=[
        "a loss beyond the margin",
        "equal",
        "the same",
        "better",
        "a proven loss within the margin",
        "noise",
        "a likely loss in noise",
        "about the margin, above",
        "about the margin, below",
    ],
)
def test_the_decision_table(tmp_path: Path, differences: Sequence[float], exit_code: int, says: str) -> None:
    verdict = judged(tmp_path, differences)
    assert verdict.exit_code == exit_code, verdict
    assert says in verdict.reasons[0].text


def test_too_few_cases_says_how_many_are_needed_and_so_many_are_enough(tmp_path: Path) -> None:
    first = judged(tmp_path / "few", 4 * WIDE).reasons[0]
    assert first.families_needed is not None
    assert first.cases_needed == 4 * first.families_needed
    assert f"{first.families_needed} families, about {first.cases_needed} cases" in first.text
    many = np.array([4 * WIDE[number % first.families_needed % 4] for number in range(first.cases_needed)])
    a = run_folder(tmp_path / "a", scored(many * 0 + 60, families=first.families_needed))
    b = run_folder(tmp_path / "b", scored(many + 60, families=first.families_needed))
    row = compare(runs.load(a), runs.load(b)).metric("points")
    assert row is not None
    assert row.smallest_visible == pytest.approx(row.margin, rel=0.05)


@pytest.mark.parametrize("cases", [1, 2, 5])
@pytest.mark.parametrize("families", [1, 5])
def test_a_handful_of_cases_never_passes_and_never_stops(tmp_path: Path, cases: int, families: int) -> None:
    for shift in (0, -40):
        a = run_folder(tmp_path / "a", scored([80.0] * cases, families=families))
        b = run_folder(tmp_path / "b", scored([80.0 + shift] * cases, families=families))
        verdict = gate(compare(runs.load(a), runs.load(b)), GateSettings())
        assert verdict.exit_code == 3
        assert f"{cases} of at least 6 cases" in verdict.reasons[0].text


@pytest.mark.parametrize(("shift", "exit_code"), [(-8, 1), (0, 0), (5, 0)])
def test_the_prompt_of_one_kind_of_document_is_judged_by_the_cases_of_its_family(
    tmp_path: Path, shift: float, exit_code: int
) -> None:
    metrics = ["points", "locks_kept", "reject_accept", "required_found", "forbidden_free", "grounded", "language_kept"]
    perfect = dict.fromkeys(metrics, 1.0)
    a = [result(f"C{n}", "review forms", perfect | {"points": 80}) for n in range(8)]
    b = [result(f"C{n}", "review forms", perfect | {"points": 80 + shift + STEADY[n]}) for n in range(8)]
    folders = run_folder(tmp_path / "a", a), run_folder(tmp_path / "b", b)
    assert gate(compare(*map(runs.load, folders)), GateSettings()).exit_code == exit_code


def test_the_gravest_metric_decides_and_comes_first(tmp_path: Path) -> None:
    a = [result(f"C{n}", f"family {n % 12}", {"points": 80, "grounded": 1.0, "minimal": 1.0}) for n in range(48)]
    b = [
        result(f"C{n}", f"family {n % 12}", {"points": 84, "grounded": 0.8 + STEADY[n] / 50, "minimal": 0.1})
        for n in range(48)
    ]
    folders = run_folder(tmp_path / "a", a), run_folder(tmp_path / "b", b)
    verdict = gate(compare(*map(runs.load, folders)), GateSettings())
    assert [(reason.metric, reason.exit_code) for reason in verdict.reasons] == [("grounded", 1), ("points", 0)]


def test_a_margin_of_nothing_needs_that_no_case_loses(tmp_path: Path) -> None:
    """One file that is not faithful is no proof, and no number of cases would be one that nothing is lost."""
    a = [result(f"C{n}", f"family {n}", {"reject_accept": 1.0}) for n in range(12)]
    b = [result(f"C{n}", f"family {n}", {"reject_accept": float(n > 0)}) for n in range(12)]
    folders = run_folder(tmp_path / "a", a), run_folder(tmp_path / "b", b)
    one, other = map(runs.load, folders)
    lost = gate(compare(one, other), GateSettings())
    assert lost.exit_code == 3
    assert "look at the cases that lost" in lost.reasons[0].text
    assert gate(compare(other, one), GateSettings()).exit_code == 0


def test_an_unfinished_run_is_no_proof(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not finished"):
        judged(tmp_path, STEADY, complete=False)


def test_an_endpoint_that_was_down_is_no_loss(tmp_path: Path) -> None:
    a = runs.load(run_folder(tmp_path / "a", scored([80.0] * 12)))
    down = [result(f"C{n:03}", f"family {n}", error="It does not answer.", type="ModelUnavailable") for n in range(12)]
    b = runs.load(run_folder(tmp_path / "b", down))
    assert "failed for reasons of network or machine in C000, C001" in compare(a, b).warnings[0]
    with pytest.raises(InputError, match="network or machine failed in 12") as refused:
        gate(compare(a, b), GateSettings())
    assert "--resume" in refused.value.remedy


def test_two_changes_at_once_are_no_proof_even_when_their_comparison_was_forced(tmp_path: Path) -> None:
    a = runs.load(run_folder(tmp_path / "a", scored(STEADY)))
    b = runs.load(run_folder(tmp_path / "b", scored(STEADY), rules_sha256="another"))
    with pytest.raises(InputError, match="rules"):
        gate(compare(a, b, force=True), GateSettings())


def test_runs_without_a_gated_metric_are_refused(tmp_path: Path) -> None:
    run = runs.load(run_folder(tmp_path / "a", scored(STEADY, "of_our_own")))
    with pytest.raises(InputError, match="No gated metric"):
        gate(compare(run, run), GateSettings())


def test_an_organisation_sets_margins_and_what_is_gated(tmp_path: Path) -> None:
    path = tmp_path / "gate.yaml"
    path.write_text("metrics:\n  points: {margin: 10}\n  minimal: {gated: true}\nmay_stay_open: [minimal]\n", "utf-8")
    settings = gate_settings.load(path)
    assert judged(tmp_path, STEADY - 8).exit_code == 1
    assert judged(tmp_path, STEADY - 8, settings).exit_code == 0
    assert (settings.metric("points").gated, settings.metric("minimal").gated) == (True, True)
    assert settings.metric("tokens").gated is False


def test_what_may_stay_open_stops_for_a_proven_loss_only(tmp_path: Path) -> None:
    settings = GateSettings(may_stay_open=("points",))
    assert judged(tmp_path, LOUD, settings).exit_code == 0
    assert judged(tmp_path, STEADY - 8, settings).exit_code == 1


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("alpha: 0.05\nmargin: 2\n", 2, "margin"),
        ("alpha: 2\n", 1, "alpha"),
        ("metrics:\n  points:\n    margin: -1\n", 3, r"metrics\.points\.margin"),
        ("metrics:\n  tokens: {gated: true}\n", 2, "never gated"),
        ("metrics:\n  pionts: {margin: 1}\n", 2, "pionts"),
        ("may_stay_open: [pionts]\n", 1, "pionts"),
        ("alpha: .nan\n", 1, "alpha"),
        ("\talpha: 1\n", 1, "tab"),
        ("- alpha\n", 1, "entries"),
    ],
)
def test_a_mistake_in_the_settings_has_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = tmp_path / "gate.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsInvalid, match=rf"line {line}: .*{said}"):
        gate_settings.load(path)


def test_the_settings_in_the_documentation_are_all_there_are(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "evals-statistics.md").read_text("utf-8").split("```yaml")[1].split("```")[0]
    (tmp_path / "gate.yaml").write_text(text, "utf-8")
    shown = gate_settings.load(tmp_path / "gate.yaml")
    assert shown.model_fields_set == set(GateSettings.model_fields)
    assert shown.model_copy(update={"metrics": {}}) == GateSettings()


def test_the_settings_of_the_project_are_the_built_in_ones() -> None:
    assert gate_settings.load(ROOT / "evals" / "gate.yaml") == GateSettings()


def cxify(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["eval", *map(str, arguments)])


@pytest.mark.parametrize(("shift", "exit_code", "word"), [(-8, 1, "Stopped"), (0, 0, "Passed")])
def test_the_command_exits_with_the_verdict_and_writes_the_proof(
    tmp_path: Path, shift: float, exit_code: int, word: str
) -> None:
    judged(tmp_path, STEADY + shift)
    outcome = cxify("gate", tmp_path / "1.0.0", tmp_path / "2.0.0")
    assert outcome.exit_code == exit_code
    assert outcome.stdout.startswith(word)
    proof = json.loads((tmp_path / "2.0.0" / "gate.json").read_text("utf-8"))
    assert proof["exit_code"] == exit_code
    assert proof["candidate"]["prompts"] == {"review_form/2.0.0": "2.0.0"}
    assert proof["baseline"]["prompts"] == {"review_form/1.0.0": "1.0.0"}
    assert (proof["cases_sha256"], proof["run_ids"]) == ("c" * 64, ["1.0.0", "2.0.0"])


def test_the_command_exits_with_3_when_it_cannot_say(tmp_path: Path) -> None:
    judged(tmp_path, LOUD)
    outcome = cxify("gate", tmp_path / "1.0.0", tmp_path / "2.0.0", "--json", "-o", tmp_path / "proof.json")
    assert outcome.exit_code == 3
    told = json.loads(outcome.stdout)
    assert told["verdict"] == "too few cases"
    assert told["reasons"][0]["families_needed"] > FAMILIES
    assert json.loads((tmp_path / "proof.json").read_text("utf-8")) == told
    assert not (tmp_path / "2.0.0" / "gate.json").exists()


def test_a_refused_gate_leaves_no_proof(tmp_path: Path) -> None:
    judged(tmp_path, STEADY)
    run_folder(tmp_path / "2.0.0", scored(STEADY), framework_sha256="another")
    outcome = cxify("gate", tmp_path / "1.0.0", tmp_path / "2.0.0")
    assert outcome.exit_code == 10
    assert "proves neither" in outcome.stderr
    assert not (tmp_path / "2.0.0" / "gate.json").exists()


def test_equal_prompts_are_rarely_stopped_and_a_bad_one_nearly_always(tmp_path: Path) -> None:
    """Two equal prompts at each of 40 gates, with the noise of a model; then one that loses 8 points."""
    random = np.random.default_rng(12)
    settings = GateSettings()
    codes: dict[int, list[int]] = {0: [], -8: []}
    for number in range(40):
        for shift, found in codes.items():
            found.append(judged(tmp_path / f"{number}{shift}", random.normal(shift, 5, 48), settings).exit_code)
    assert codes[0].count(1) == 0
    assert codes[-8].count(1) >= 36
    assert codes[-8].count(0) == 0
