"""One run in one sentence; what two say about each other is in the comparison."""

from collections.abc import Sequence

from cxify.evaluation.report import figures
from cxify.evaluation.report.view import MetricRow
from cxify.evaluation.runs import Run


def of_run(label: str, run: Run, rows: Sequence[MetricRow]) -> str:
    """Say how many points a run has and how many of its cases pass every check."""
    points = next((row for row in rows if row.metric.id == "points" and row.after is not None), None)
    cases = run.by_case.values()
    families = figures.count(len({one.family for one in cases}), "family", "families")
    passed = f"{sum(one.passed for one in cases)} of {len(cases)} pass every check"
    reached = f"{points.after:.1f} points" if points and points.after is not None else "no points"
    return f"{label} has {reached} on average over {figures.count(len(cases), 'case')} in {families}; {passed}."
