"""The report as one self-contained page: no script, no request, light and dark, on paper and on a phone."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cxify import pages
from cxify.evaluation.report import figures
from cxify.evaluation.report.forest import Dot, Estimate, forest
from cxify.evaluation.report.view import CaseView, MetricRow, Report
from cxify.provenance import PURPOSE

SIGNS: Final = {"better": "▲", "worse": "▼", "no worse": "●", "undecided": "◇"}
"""A verdict is told by shape and word, not by colour alone."""
_OPEN: Final = 3
"""Worst cases that are unfolded from the start."""


def page(report: Report) -> str:
    """Return the report as HTML."""
    anchors = {case.id: f"case-{number}" for number, case in enumerate(report.cases, 1)}
    environment = pages.environment(Path(__file__).parent)
    return environment.get_template("page.html.jinja").render(
        report=report,
        anchors=anchors,
        metrics=forest([_of_metric(row, n) for n, row in enumerate(report.metrics, 1) if row.difference is not None]),
        families=forest(_of_families(report, anchors)),
        figures=figures,
        signs=SIGNS,
        unfolded=_OPEN,
        purpose=PURPOSE,
        lost=_lost(report.cases),
    )


def _of_metric(row: MetricRow, number: int) -> Estimate:
    scale = figures.scale(row.metric)
    return Estimate(
        label=row.metric.title,
        href=f"#metric-{number}",
        value=_scaled(row.difference, scale),
        low=_scaled(row.low, scale),
        high=_scaled(row.high, scale),
        margin=scale * row.metric.margin if row.metric.gated else 0.0,
        shape=row.verdict,
        text=figures.estimate(row.metric, row.difference, row.low, row.high),
    )


def _scaled(value: float | None, scale: float) -> float | None:
    return None if value is None else scale * value


def _of_families(report: Report, anchors: Mapping[str, str]) -> list[Estimate]:
    """Return a row a family with a dot for each of its cases."""
    by_id = {case.id: case for case in report.cases}
    return [
        Estimate(
            label=family.name,
            href="#families",
            value=family.difference,
            low=None,
            high=None,
            margin=0.0,
            shape="better" if family.difference > 0 else "worse" if family.difference < 0 else "no worse",
            text=f"{figures.signed(family.difference)}, {figures.count(len(family.cases), 'case')}",
            dots=tuple(_dot(by_id[id], anchors[id]) for id in family.cases if id in by_id),
        )
        for family in report.families
        if family.difference is not None
    ]


def _dot(case: CaseView, anchor: str) -> Dot:
    value = case.difference or 0.0
    return Dot(value, f"#{anchor}", f"{case.id}: {figures.signed(value)}")


def _lost(cases: tuple[CaseView, ...]) -> tuple[int, int, int]:
    """Return how many cases lost, kept and won points."""
    known = [case.difference for case in cases if case.difference is not None]
    return sum(one < 0 for one in known), sum(one == 0 for one in known), sum(one > 0 for one in known)
