"""Let a release pass or stop it, from the comparison of a baseline with a candidate.

    a loss larger than the margin is proven                                          1
    a loss as large as the margin is ruled out, or no case has lost                  0
    neither, and the margin could not have been seen                                 3
    neither, it could have been seen, and the loss is larger than the margin so far  3
    neither, it could have been seen, and the loss is smaller so far                 0

For each gated metric; the release has the worst of them: 1 before 3 before 0.
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from cxify.errors import InputError
from cxify.evaluation.comparison import Comparison, MetricRow, Side
from cxify.evaluation.gate_settings import GateSettings
from cxify.evaluation.headline import between, change, number

PASSED, LOSS, TOO_FEW = 0, 1, 3
_NAMES: Mapping[int, str] = {PASSED: "passed", LOSS: "loss", TOO_FEW: "too few cases"}
FILE = "gate.json"


class Frozen(BaseModel):
    """Frozen and closed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Reason(Frozen):
    """What one gated metric says."""

    metric: str
    exit_code: Literal[0, 1, 3]
    text: str
    families_needed: int | None = None
    cases_needed: int | None = None


class Verdict(Frozen):
    """Whether a release may pass, and why or why not; the gravest reason first."""

    exit_code: Literal[0, 1, 3]
    verdict: str
    reasons: tuple[Reason, ...]


class Version(Frozen):
    """The prompts, by name/version, and the model of a run."""

    prompts: Mapping[str, str]
    model: str | None


class Record(Frozen):
    """gate.json: the proof that a release of a prompt is pinned with."""

    candidate: Version
    baseline: Version
    verdict: str
    exit_code: Literal[0, 1, 3]
    created: str
    cases_sha256: str
    run_ids: tuple[str, str]
    """Baseline and candidate."""
    headline: str
    reasons: tuple[Reason, ...]


def gate(comparison: Comparison, settings: GateSettings) -> Verdict:
    """Judge every gated metric. Raises InputError for runs that prove nothing, and where nothing is gated."""
    if comparison.mixed:
        raise InputError(" ".join(comparison.warnings), "Run both on the same: a gate on two changes proves neither.")
    for side in (comparison.a, comparison.b):
        if not side.complete or side.unreached:
            failed = f": network or machine failed in {side.unreached} case(s)" if side.unreached else ""
            remedy = (
                "Finish it: the same `cxify eval run` with --resume. What fails again, leave out of both with --cases."
            )
            raise InputError(f"The run {side.id} is not finished{failed}.", remedy)
    rows = [row for row in comparison.metrics if row.gated and row.diff is not None]
    if not rows:
        raise InputError("No gated metric was scored in both runs.", "Score them with `cxify eval rescore`.")
    reasons = sorted((_reason(row, settings) for row in rows), key=lambda reason: _gravity(reason.exit_code))
    code = reasons[0].exit_code
    return Verdict(exit_code=code, verdict=_NAMES[code], reasons=tuple(reasons))


def record(comparison: Comparison, verdict: Verdict, created: str) -> Record:
    """Return what is written as gate.json."""
    return Record(
        candidate=_version(comparison.b),
        baseline=_version(comparison.a),
        verdict=verdict.verdict,
        exit_code=verdict.exit_code,
        created=created,
        cases_sha256=comparison.b.cases_sha256,
        run_ids=(comparison.a.id, comparison.b.id),
        headline=comparison.headline,
        reasons=verdict.reasons,
    )


def _version(side: Side) -> Version:
    return Version(prompts=side.prompts, model=side.model)


def _gravity(exit_code: int) -> int:
    return (LOSS, TOO_FEW, PASSED).index(exit_code)


def _reason(row: MetricRow, settings: GateSettings) -> Reason:
    said = f"{row.title}: {change(row.diff, row.unit)} ({between(row)}), margin {number(row.margin, row.unit)}"
    if row.beyond_margin:
        return Reason(metric=row.id, exit_code=LOSS, text=f"{said}. A loss larger than the margin is proven.")
    if row.verdict in ("better", "no worse"):
        return Reason(metric=row.id, exit_code=PASSED, text=f"{said}. {row.verdict.capitalize()}.")
    if row.id in settings.may_stay_open:
        return Reason(metric=row.id, exit_code=PASSED, text=f"{said}. Open, as evals/gate.yaml allows.")
    if _could_see(row, settings) and (row.diff or 0) > -row.margin:
        text = f"{said}. The margin could have been seen, and the loss is smaller so far."
        return Reason(metric=row.id, exit_code=PASSED, text=text)
    return Reason(
        metric=row.id,
        exit_code=TOO_FEW,
        text=f"{said}. {_why_open(row, settings)} {_what_helps(row, settings)}",
        families_needed=row.families_needed,
        cases_needed=row.cases_needed,
    )


def _could_see(row: MetricRow, settings: GateSettings) -> bool:
    return (
        _counted(row) >= settings.minimum_families
        and row.smallest_visible is not None
        and row.smallest_visible <= row.margin
    )


def _counted(row: MetricRow) -> int:
    return row.n_families if row.counts == "families" else row.n_cases


def _why_open(row: MetricRow, settings: GateSettings) -> str:
    if _counted(row) < settings.minimum_families:
        return f"{_counted(row)} of at least {settings.minimum_families} {row.counts}."
    if row.verdict == "worse":
        return "A loss is proven; that it is larger than the margin is not."
    if _could_see(row, settings):
        return "The loss is larger than the margin so far, and could still be chance."
    return f"The smallest change to be seen is {number(row.smallest_visible, row.unit)}."


def _what_helps(row: MetricRow, settings: GateSettings) -> str:
    if row.margin <= 0:
        return "With a margin of 0 no number of cases shows that nothing is lost: look at the cases that lost."
    if _could_see(row, settings):
        return f"More {row.counts} decide it; look at the worst cases first."
    if row.cases_needed is None:
        return "No number of cases that anybody writes shows the margin: widen it in evals/gate.yaml, or repeat more."
    families = f"{row.families_needed} families, " if row.families_needed else ""
    return f"Needed: {families}about {row.cases_needed} cases like these.{_repeats(row)}"


def _repeats(row: MetricRow) -> str:
    """Say how much more repeats could help: they lessen the noise of a case and make no new one."""
    if row.repeat_noise is None:
        return ""
    return f" {row.repeat_noise:.0%} of the spread comes from repeat to repeat, which more repeats lessen."
