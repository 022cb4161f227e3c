"""What two runs say about each other, from run folders as `cxify eval run` leaves them."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from scipy import stats

from cxify.cli import main
from cxify.errors import InputError
from cxify.evaluation import report as reports
from cxify.evaluation import runs
from cxify.evaluation.compare import compare
from cxify.evaluation.comparison import Comparison, MetricRow
from tests.evaluation.run_folders import result, run_folder, scored

BASE = np.random.default_rng(4).normal(80, 6, 60).round(1)
NOISE = np.random.default_rng(5).normal(0, 3, 60).round(1)
Lines = list[dict[str, Any]]


def two(folder: Path, a: Lines, b: Lines, **facts: Any) -> tuple[runs.Run, runs.Run]:
    return runs.load(run_folder(folder / "1.0.0", a)), runs.load(run_folder(folder / "2.0.0", b, **facts))


def compared(folder: Path, a: Lines, b: Lines, **facts: Any) -> Comparison:
    return compare(*two(folder, a, b, **facts))


def points(comparison: Comparison) -> MetricRow:
    row = comparison.metric("points")
    assert row is not None
    return row


def cxify(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["eval", *map(str, arguments)])


@pytest.mark.parametrize(
    ("shift", "verdict"), [(-8.0, "worse"), (0.0, "no worse"), (8.0, "better")], ids=["worse", "equal", "better"]
)
def test_the_verdict_is_what_was_made(tmp_path: Path, shift: float, verdict: str) -> None:
    row = points(compared(tmp_path, scored(BASE), scored(BASE + shift + NOISE)))
    assert row.verdict == verdict
    assert row.low is not None
    assert row.high is not None
    assert row.low < shift + NOISE.mean() < row.high
    assert (row.n_cases, row.n_families) == (60, 15)


def test_few_noisy_cases_are_undecided_and_say_how_many_are_needed(tmp_path: Path) -> None:
    row = points(compared(tmp_path, scored(BASE[:24], families=8), scored((BASE + 3 * NOISE)[:24], families=8)))
    assert row.verdict == "undecided"
    assert row.smallest_visible is not None
    assert row.smallest_visible > row.margin
    assert row.families_needed is not None
    assert row.families_needed > 8
    assert row.cases_needed == 3 * row.families_needed


def test_two_runs_of_the_same_scores_differ_nowhere(tmp_path: Path) -> None:
    comparison = compared(tmp_path, scored(BASE), scored(BASE))
    row = points(comparison)
    assert (row.diff, row.low, row.high, row.p, row.verdict, row.n_changed) == (0, 0, 0, 1, "no worse", 0)
    assert row.smallest_visible is None
    assert "does not differ on points in any case" in comparison.headline


def test_repeats_are_averaged_before_anything_is_compared(tmp_path: Path) -> None:
    a = scored(BASE)
    b = [line for number in (1, 2, 3) for line in scored(BASE + 2.0 * (number - 2), repeat=number)]
    row = points(compared(tmp_path, a, b, repeat=3))
    assert row.n_cases == 60
    assert row.diff == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(("of_repeats", "of_cases", "share"), [(4.0, 0.0, 1.0), (4.0, 4.0, 0.4), (0.0, 4.0, 0.0)])
def test_what_repeats_explain_of_the_spread_is_told(
    tmp_path: Path, of_repeats: float, of_cases: float, share: float
) -> None:
    """Three repeats leave 2 * 16 / 3 of variance in a difference, beside the 16 of the cases: 0.4 of it."""
    random = np.random.default_rng(8)
    shift = random.normal(0, of_cases, 300)

    def repeated(centre: Any) -> Lines:
        return [
            line
            for number in (1, 2, 3)
            for line in scored(60 + centre + random.normal(0, of_repeats, 300), repeat=number)
        ]

    row = points(compared(tmp_path, repeated(0), repeated(shift), repeat=3))
    assert row.repeat_noise == pytest.approx(share, abs=0.13)


def test_without_repeats_nobody_knows_their_noise(tmp_path: Path) -> None:
    assert points(compared(tmp_path, scored(BASE), scored(BASE + NOISE))).repeat_noise is None


def test_an_error_counts_as_nothing_and_is_no_missing_value(tmp_path: Path) -> None:
    a, b = scored([80.0] * 12), scored([80.0] * 12)
    b[3] = result("C003", "family 3", {"points": None}, error="The model gave nothing usable.")
    comparison = compared(tmp_path, a, b)
    assert points(comparison).diff == pytest.approx(-80 / 12)
    assert points(comparison).n_cases == 12
    worst = comparison.cases[0]
    assert (worst.case, worst.points, worst.error_b) == ("C003", -80, "The model gave nothing usable.")
    assert comparison.b.errors == 1


def test_one_failed_repeat_costs_its_share(tmp_path: Path) -> None:
    b = [*scored([90.0] * 8), *scored([90.0] * 8, repeat=2)]
    b[0] = result("C000", "family 0", error="No answer.")
    comparison = compared(tmp_path, scored([90.0] * 8), b)
    assert comparison.cases[0].metrics["points"].b == 45
    assert comparison.cases[0].passed_b is False


@pytest.mark.parametrize("missing", [None, float("nan"), float("inf")])
def test_a_metric_that_does_not_apply_leaves_its_case_out(tmp_path: Path, missing: float | None) -> None:
    a = [result(f"C{n}", f"family {n}", {"points": 80, "conveys": missing if n < 3 else 0.5}) for n in range(10)]
    b = [result(f"C{n}", f"family {n}", {"points": 80, "conveys": missing if n < 2 else 0.6}) for n in range(10)]
    row = compared(tmp_path, a, b).metric("conveys")
    assert row is not None
    assert row.n_cases == 7
    assert row.one_sided == ("C2",)


def test_a_metric_that_applies_nowhere_is_undecided_and_has_no_numbers(tmp_path: Path) -> None:
    a = [result(f"C{n}", f"family {n}", {"points": 80, "right_level": None}) for n in range(8)]
    row = compared(tmp_path, a, a).metric("right_level")
    assert row is not None
    assert (row.n_cases, row.diff, row.p, row.verdict) == (0, None, None, "undecided")


def test_one_case_proves_nothing(tmp_path: Path) -> None:
    comparison = compared(tmp_path, scored([90.0]), scored([40.0]))
    row = points(comparison)
    assert (row.diff, row.low, row.high, row.p, row.verdict) == (-50, None, None, 1, "undecided")
    assert (row.families_needed, row.cases_needed) == (None, 6)
    assert "undecided" in comparison.headline


@pytest.mark.parametrize("families", [1, 3, 5])
def test_too_few_families_to_count_count_their_cases_and_say_so(tmp_path: Path, families: int) -> None:
    """The prompt of one kind of document has the cases of one or two families, and nothing else to be judged by."""
    a, b = scored(BASE[:20], families=families), scored((BASE - 8 + NOISE)[:20], families=families)
    comparison = compared(tmp_path, a, b)
    row = points(comparison)
    oracle = stats.ttest_1samp((NOISE - 8)[:20], 0).confidence_interval()
    assert (row.counts, row.n_families, row.verdict) == ("cases", families, "worse")
    assert (row.low, row.high) == pytest.approx((oracle.low, oracle.high))
    assert "nothing is said of other families" in comparison.headline
    assert row.families_needed is None


def test_a_metric_that_differs_nowhere_does_not_raise_the_bar_for_others(tmp_path: Path) -> None:
    a = [result(f"C{n}", f"family {n}", {"points": 80, "grounded": 1.0}) for n in range(7)]
    b = [result(f"C{n}", f"family {n}", {"points": 90, "grounded": 1.0}) for n in range(7)]
    assert points(compared(tmp_path, a, b)).p_holm == 2 / 2**7


def test_only_common_cases_are_compared_and_the_others_are_named(tmp_path: Path) -> None:
    comparison = compared(tmp_path, scored(BASE), scored(BASE[:50])[2:], cases_sha256="d" * 64)
    assert comparison.only_a == tuple(f"C{n:03}" for n in [0, 1, *range(50, 60)])
    assert comparison.only_b == ()
    assert points(comparison).n_cases == 48
    assert any("hold other cases" in warning for warning in comparison.warnings)


def test_cases_whose_contents_differ_are_named(tmp_path: Path) -> None:
    """Also where the runs hold different cases: what both have is looked at one by one."""
    of_a = {f"C{n:03}": "1" for n in range(60)}
    a = run_folder(tmp_path / "a", scored(BASE), case_sha256=of_a)
    same = run_folder(tmp_path / "same", scored(BASE)[2:], case_sha256=dict(list(of_a.items())[2:]), cases_sha256="d")
    assert not compare(runs.load(a), runs.load(same)).mixed
    assert not any("hold other cases" in warning for warning in compare(runs.load(a), runs.load(same)).warnings)
    other = run_folder(tmp_path / "b", scored(BASE)[2:], case_sha256=of_a | {"C007": "2"}, cases_sha256="d")
    with pytest.raises(InputError, match=r"differ in the contents of C007\."):
        compare(runs.load(a), runs.load(other))


def test_runs_without_a_common_case_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no case in common"):
        compared(tmp_path, scored(BASE)[:10], scored(BASE)[10:20])


@pytest.mark.parametrize("field", ["cases_sha256", "framework_sha256", "rules_sha256", "kinds_sha256", "intensity"])
def test_a_comparison_that_would_mix_two_changes_is_refused_unless_forced(tmp_path: Path, field: str) -> None:
    a, b = two(tmp_path, scored(BASE), scored(BASE), **{field: "another"})
    with pytest.raises(InputError, match="differ in the") as refused:
        compare(a, b)
    assert "--force" in refused.value.remedy
    forced = compare(a, b, force=True)
    assert forced.mixed
    assert forced.warnings


def test_pass_and_fail_are_counted_and_tested_exactly(tmp_path: Path) -> None:
    def checked(good: int) -> Lines:
        return [
            result(f"C{n}", f"family {n}", {"points": 80}, checks={"grounded": n < good, "locks_kept": None})
            for n in range(12)
        ]

    comparison = compared(tmp_path, checked(11), checked(2))
    rows = {row.id: row for row in comparison.passed}
    assert set(rows) == {"all", "grounded"}
    for row in rows.values():
        assert (row.both, row.only_a, row.only_b, row.neither) == (2, 9, 0, 1)
        assert row.p == pytest.approx(2 / 2**9)


def test_costs_are_better_when_less_and_never_gated(tmp_path: Path) -> None:
    cheap = {"calls": 1, "input_tokens": 90, "output_tokens": 10, "cached_tokens": 0, "repairs": 0, "cost_usd": 0.001}
    comparison = compared(tmp_path, scored(BASE), scored(BASE, usage=cheap, seconds=4.5))
    tokens, seconds = comparison.metric("tokens"), comparison.metric("seconds")
    assert tokens is not None
    assert seconds is not None
    assert (tokens.verdict, tokens.diff, tokens.gated) == ("better", -900, False)
    assert (seconds.verdict, seconds.diff) == ("worse", 3)
    assert (comparison.b.input_tokens, comparison.b.cost_usd) == (5400, pytest.approx(0.06))


def test_an_unknown_price_is_no_price_and_not_nothing(tmp_path: Path) -> None:
    unknown = {"calls": 1, "input_tokens": 90, "output_tokens": 10, "cached_tokens": 0, "repairs": 0, "cost_usd": None}
    comparison = compared(tmp_path, scored(BASE), scored(BASE, usage=unknown))
    row = comparison.metric("cost_usd")
    assert row is not None
    assert (row.n_cases, comparison.b.cost_usd) == (0, None)


def test_gated_metrics_are_adjusted_among_themselves(tmp_path: Path) -> None:
    """A reported metric must neither hide a gated one nor make it look proven."""
    gated = ["points", "locks_kept", "grounded"]
    a = [result(f"C{n}", f"family {n}", dict.fromkeys([*gated, "observable"], 0.5)) for n in range(8)]
    b = [result(f"C{n}", f"family {n}", dict.fromkeys([*gated, "observable"], 0.4)) for n in range(8)]
    comparison = compared(tmp_path, a, b)
    rows = {row.id: row for row in comparison.metrics}
    assert [rows[id].p_holm for id in gated] == [pytest.approx(3 * 2 / 2**8)] * 3
    assert rows["observable"].p_holm == pytest.approx(2 / 2**8)


def test_families_have_their_own_rows_with_intervals_over_their_cases(tmp_path: Path) -> None:
    a = [result(f"C{n}", "one" if n else "other", {"points": 80}) for n in range(5)]
    b = [result(f"C{n}", "one" if n else "other", {"points": 70 + n}) for n in range(5)]
    rows = {row.family: row for row in compared(tmp_path, a, b).families if row.metric == "points"}
    assert (rows["one"].n_cases, rows["one"].diff) == (4, -7.5)
    assert rows["one"].low is not None
    assert rows["one"].low < -7.5
    assert (rows["other"].diff, rows["other"].low) == (-10, None)


def test_the_worst_case_comes_first(tmp_path: Path) -> None:
    shifts = [0, -30, 5, -30, -2, 0]
    a = scored([80.0] * 6)
    b = scored([80.0 + shift for shift in shifts])
    b[3]["checks"] = {"grounded": False}
    cases = compared(tmp_path, a, b).cases
    assert [case.case for case in cases] == ["C003", "C001", "C004", "C000", "C005", "C002"]
    assert cases[0].lost == ("points",)


def test_exchanging_the_runs_mirrors_everything(tmp_path: Path) -> None:
    """Also with more than 16 families, where signs are drawn."""
    a, b = two(tmp_path, scored(BASE, families=20), scored(BASE + 1 + NOISE, families=20))
    there, back = points(compare(a, b)), points(compare(b, a))
    assert there.p == back.p
    assert there.diff == pytest.approx(-(back.diff or 0))
    assert there.low == pytest.approx(-(back.high or 0))


def test_a_line_that_was_cut_off_is_left_out_and_any_other_fault_has_its_line(tmp_path: Path) -> None:
    folder = run_folder(tmp_path / "run", scored(BASE[:4]))
    results = folder / "results.jsonl"
    whole = results.read_text("utf-8")
    results.write_text(whole + whole[:60], "utf-8")
    assert len(runs.load(folder).by_case) == 4
    results.write_text(whole.replace('"family 2"', "7"), "utf-8")
    with pytest.raises(InputError, match=r"results\.jsonl, line 3: family"):
        runs.load(folder)


def test_a_case_that_was_done_again_counts_once(tmp_path: Path) -> None:
    folder = run_folder(tmp_path / "run", [*scored([10.0]), *scored([90.0])])
    assert runs.load(folder).by_case["C000"].score("points") == 90


@pytest.mark.parametrize("content", [None, "{", "[]", '{"id": 7}'])
def test_what_is_no_run_is_refused_with_a_sentence(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "run.json").write_text(content, "utf-8")
        (tmp_path / "results.jsonl").write_text("", "utf-8")
    outcome = cxify("compare", tmp_path, tmp_path)
    assert outcome.exit_code == 10
    assert "Traceback" not in outcome.output
    assert str(tmp_path) in outcome.output


def test_the_command_prints_the_headline_first_and_the_worst_cases(tmp_path: Path) -> None:
    two(tmp_path, scored(BASE), scored(BASE - 8 + NOISE))
    outcome = cxify("compare", tmp_path / "1.0.0", tmp_path / "2.0.0", "--worst", "2")
    assert outcome.exit_code == 0, outcome.output
    lines = outcome.stdout.splitlines()
    assert lines[0].startswith("review_form 2.0.0 is worse on points by 8.")
    assert any(line.startswith("Points *") and line.endswith("worse") for line in lines)
    assert "Worst 2 of" in outcome.stdout
    assert max(len(line) for line in lines[1:]) < 160


def test_json_is_the_comparison(tmp_path: Path) -> None:
    two(tmp_path, scored(BASE), scored(BASE + NOISE))
    outcome = cxify("compare", tmp_path / "1.0.0", tmp_path / "2.0.0", "--json")
    assert Comparison.model_validate(json.loads(outcome.stdout)).headline.startswith("review_form 2.0.0")


def test_two_hundred_cases_are_compared_in_a_moment(tmp_path: Path) -> None:
    import time

    values = np.random.default_rng(1).normal(70, 9, 200)
    metrics = [f"rubric_r{n}" for n in range(1, 13)]
    a = [result(f"C{n}", f"family {n % 40}", {"points": v} | dict.fromkeys(metrics, v)) for n, v in enumerate(values)]
    b = [
        result(f"C{n}", f"family {n % 40}", {"points": v} | dict.fromkeys(metrics, v - 1)) for n, v in enumerate(values)
    ]
    first, second = two(tmp_path, a, b)
    compare(first, second)
    started = time.process_time()
    compare(first, second)
    assert time.process_time() - started < 2


def test_what_was_lost_is_said_before_points_that_were_not(tmp_path: Path) -> None:
    """A page that begins with “no worse” above a gate that stops it would mislead."""
    families = range(12)
    before = [result(f"C{n}", f"family {n}", {"points": 90.0, "grounded": 1.0}) for n in families]
    after = [result(f"C{n}", f"family {n}", {"points": 90.0, "grounded": 0.5 - n / 100}) for n in families]
    a = runs.load(run_folder(tmp_path / "1.0.0", before))
    b = runs.load(run_folder(tmp_path / "2.0.0", after))
    comparison = compare(a, b)
    assert comparison.headline.startswith("review_form 2.0.0 is worse on grounded by ")
    assert "No other gated metric got worse" in comparison.headline
    assert reports.compared(comparison, (a, b), {}).verdict == "worse"
