"""What the comparison of two runs says, as frozen data for the terminal, the gate and the report.

Run A is the baseline and run B the candidate: a difference is B minus A, and above zero is more in B.
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

Verdict = Literal["better", "worse", "no worse", "undecided"]


class Frozen(BaseModel):
    """Frozen and closed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Side(Frozen):
    """One of the two runs, and what it took over the cases compared."""

    id: str
    folder: str
    created: str
    cxify: str
    model: str | None
    prompts: Mapping[str, str]
    cases_sha256: str
    repeat: int
    complete: bool
    results: int
    errors: int
    unreached: int
    """Cases in which network or machine failed; they count as errors, and prove nothing."""
    calls: int
    input_tokens: int
    output_tokens: int
    cached_tokens: int
    repairs: int
    cost_usd: float | None
    """None where no price is known."""
    seconds: float


class MetricRow(Frozen):
    """One metric over all cases to which it applies in both runs."""

    id: str
    title: str
    unit: str
    describes: str
    gated: bool
    cost: bool
    margin: float
    n_cases: int
    n_families: int
    counts: Literal["families", "cases"]
    """What is counted: with too few families their cases, and then nothing is said of other families."""
    n_changed: int
    """Cases in which it differs."""
    one_sided: tuple[str, ...]
    """Cases with a value in one run only: they are left out."""
    mean_a: float | None
    mean_b: float | None
    diff: float | None
    low: float | None
    """Lower end of the 95 % interval; None for a single case."""
    high: float | None
    p: float | None
    """Sign-flip permutation p of no difference."""
    p_holm: float | None
    """The same, adjusted for all gated metrics (or, for others, for the others of their sort)."""
    p_margin: float | None
    """One-sided sign-flip p of a loss no larger than the margin, adjusted likewise: below 0.05 it is larger."""
    beyond_margin: bool
    """Whether a loss larger than the margin is proven."""
    smallest_visible: float | None
    """The smallest true change that so many families with this spread show in 8 of 10 comparisons; None without any."""
    repeat_noise: float | None
    """Share of the spread of the differences that comes from repeat to repeat, and not from case to case."""
    families_needed: int | None
    """Families that make a change of the size of the margin visible; None where no number does, or cases count."""
    cases_needed: int | None
    """The same in cases, at today's number of cases in a family."""
    verdict: Verdict


class FamilyRow(Frozen):
    """One metric in one family; the interval holds for cases of this family only."""

    family: str
    metric: str
    n_cases: int
    mean_a: float
    mean_b: float
    diff: float
    low: float | None
    high: float | None


class Pair(Frozen):
    """A metric of one case in both runs."""

    a: float
    b: float
    diff: float
    noise: float | None = None
    """The part of the variance of `diff` that comes from repeat to repeat; None without repeats."""


class CaseRow(Frozen):
    """One case in both runs."""

    case: str
    family: str
    kind: str
    language: str
    points: float | None
    """Points of B minus points of A."""
    passed_a: bool
    passed_b: bool
    error_a: str | None
    error_b: str | None
    metrics: Mapping[str, Pair]
    lost: tuple[str, ...]
    """Gated metrics that are lower in B."""


class PassRow(Frozen):
    """How many cases pass a check in both runs, in one, in none; p is McNemar's exact one, over cases."""

    id: str
    both: int
    only_a: int
    only_b: int
    neither: int
    p: float


class Comparison(Frozen):
    """Everything that two runs say about each other."""

    schema_version: int = 1
    a: Side
    b: Side
    headline: str
    cases: tuple[CaseRow, ...]
    """Worst first."""
    families: tuple[FamilyRow, ...]
    metrics: tuple[MetricRow, ...]
    passed: tuple[PassRow, ...]
    """All checks together first, under the id `all`."""
    only_a: tuple[str, ...]
    """Cases that have no result in the other run; they are not compared."""
    only_b: tuple[str, ...]
    mixed: bool
    """Whether the runs differ in more than what is compared, so that this proves nothing about either."""
    warnings: tuple[str, ...]
    """What the reader has to know before believing a number."""

    def metric(self, id: str) -> MetricRow | None:
        """Return the row of a metric."""
        return next((row for row in self.metrics if row.id == id), None)
