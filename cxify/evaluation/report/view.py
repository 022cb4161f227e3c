"""What the report shows, ready to print: nothing is computed in a template."""

from dataclasses import dataclass

from cxify.evaluation.metrics import Metric
from cxify.evaluation.report.redline import Line
from cxify.evaluation.report.versions import Facts

Verdict = str
"""better, worse, no worse or undecided; "" where nothing is compared."""


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One metric over all cases; the baseline's mean and the difference are None in the report of one run."""

    metric: Metric
    cases: int
    families: int
    before: float | None
    after: float | None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    smallest_visible: float | None = None
    verdict: Verdict = ""
    worst: tuple[str, ...] = ()
    """Ids of the cases that lost most, or that stand lowest."""


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """The points of one family."""

    name: str
    cases: tuple[str, ...]
    before: float | None
    after: float | None
    difference: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class CheckRow:
    """How many cases pass one check, and which changed sides; p is the exact McNemar probability."""

    id: str
    title: str
    before: int | None
    after: int
    of: int
    failing: tuple[str, ...]
    """Cases that do not pass it."""
    lost: tuple[str, ...] = ()
    """Cases that passed it before."""
    p: float | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """One cost, added up over each run."""

    title: str
    each: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one version made of one case; of several repeats the one with the fewest points is shown."""

    points: float | None
    repeats: tuple[float, ...] = ()
    failed: tuple[str, ...] = ()
    """Names of the checks that are not passed."""
    reasons: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Why a score is not full, by the title of its metric."""
    findings: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    """Edits that did not reach the file, and why."""
    forbidden: tuple[str, ...] = ()
    error: str = ""
    cost: str = ""
    seconds: float = 0.0
    unread: str = ""
    """Why no redline can be shown, or ""."""
    met: frozenset[str] | None = None
    """Ids of the expected edits that were proposed; None where nobody can tell."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An edit that the expert expects, with the words it belongs to."""

    id: str
    at: str
    quote: str
    op: str
    required: bool
    competencies: tuple[str, ...]
    conveys: str
    must_not: str
    example: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case: source facts, what was wanted, and what each version did."""

    id: str
    title: str
    family: str
    facts: tuple[str, ...]
    difference: float | None
    attempts: tuple[Attempt, ...]
    wanted: tuple[Wanted, ...]
    lines: tuple[Line, ...]

    @property
    def after(self) -> Attempt:
        """The version that is judged."""
        return self.attempts[-1]


@dataclass(frozen=True, slots=True)
class Gate:
    """What a release would be told."""

    exit_code: int
    """0 passes, 1 is a proven loss, 3 too few cases to say."""
    reasons: tuple[tuple[str, int, str], ...]
    """Metric, exit code and sentence, the gravest first."""


@dataclass(frozen=True, slots=True)
class Report:
    """A comparison of two runs, or one run alone."""

    title: str
    headline: str
    verdict: Verdict
    labels: tuple[str, ...]
    """Names of the versions, the baseline first."""
    short: tuple[str, ...]
    """The same for the heads of columns."""
    metrics: tuple[MetricRow, ...]
    costs: tuple[MetricRow, ...]
    totals: tuple[Total, ...]
    families: tuple[FamilyRow, ...]
    checks: tuple[CheckRow, ...]
    cases: tuple[CaseView, ...]
    """Worst first."""
    facts: Facts
    notices: tuple[str, ...]
    created: str
    gate: Gate | None = None

    @property
    def compares(self) -> bool:
        """Whether there is a baseline."""
        return len(self.labels) > 1

    def metric(self, id: str) -> MetricRow | None:
        """Return the row of a metric, None for one that was not measured."""
        return next((row for row in self.metrics if row.metric.id == id), None)
