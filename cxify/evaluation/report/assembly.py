"""A comparison with its two runs, or one run alone, as what the report shows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cxify.evaluation import metrics
from cxify.evaluation.case import Case
from cxify.evaluation.comparison import Comparison
from cxify.evaluation.comparison import MetricRow as Weighed
from cxify.evaluation.metrics import Metric
from cxify.evaluation.report import cases, figures, headline, versions
from cxify.evaluation.report.view import CheckRow, FamilyRow, Gate, MetricRow, Report, Total
from cxify.evaluation.runs import Averaged, Run

_WORST: Final = 3
_ALL: Final = "all"
_CHECKS: Final = {_ALL: "All checks together"}


def compared(
    comparison: Comparison, runs: tuple[Run, Run], known: Mapping[str, Case], gate: Gate | None = None
) -> Report:
    """Return the report of a comparison; the candidate comes last in `runs`."""
    names = versions.labels(runs)
    rows = tuple(_weighed(row, comparison) for row in comparison.metrics if row.n_cases)
    return Report(
        title=f"{names[1]} against {names[0]}",
        headline=figures.typeset(comparison.headline),
        verdict=_verdict(rows),
        labels=names,
        short=versions.short(names),
        metrics=_gated_first(rows),
        costs=tuple(row for row in rows if row.metric.cost),
        totals=tuple(_totals(runs)),
        families=tuple(_families(comparison)),
        checks=tuple(_checks(runs, comparison)),
        cases=cases.views(runs, known),
        facts=versions.facts(runs),
        notices=(*comparison.warnings, *_one_sided(comparison, names)),
        created=runs[-1].created,
        gate=gate,
    )


def _verdict(rows: Sequence[MetricRow]) -> str:
    """Return "worse" where a gated metric lost, and else what is said of the points: the word that stands first."""
    if any(row.metric.gated and row.verdict == "worse" for row in rows):
        return "worse"
    return next((row.verdict for row in rows if row.metric.id == cases.POINTS), "")


def alone(run: Run, known: Mapping[str, Case]) -> Report:
    """Return the report of one run; nothing is better or worse in it."""
    names = versions.labels((run,))
    measured = (_measured(id, run) for id in dict.fromkeys((*run.metrics, *(cost.id for cost in metrics.COSTS))))
    rows = tuple(row for row in measured if row.cases)
    shown = cases.views((run,), known)
    return Report(
        title=names[0],
        headline=headline.of_run(names[0], run, rows),
        verdict="",
        labels=names,
        short=versions.short(names),
        metrics=_gated_first(rows),
        costs=tuple(row for row in rows if row.metric.cost),
        totals=tuple(_totals((run,))),
        families=tuple(_families_of(run)),
        checks=tuple(_checks((run,), None)),
        cases=shown,
        facts=versions.facts((run,)),
        notices=tuple(_unfinished((run,))),
        created=run.created,
    )


def _gated_first(rows: Sequence[MetricRow]) -> tuple[MetricRow, ...]:
    return tuple(sorted((row for row in rows if not row.metric.cost), key=lambda row: not row.metric.gated))


def _weighed(row: Weighed, comparison: Comparison) -> MetricRow:
    losses = {case.case: case.metrics[row.id].diff for case in comparison.cases if row.id in case.metrics}
    losses = {case: diff if row.cost else -diff for case, diff in losses.items()}
    worst = sorted((case for case, loss in losses.items() if loss > 0), key=lambda case: -losses[case])
    return MetricRow(
        metric=_metric(row),
        cases=row.n_cases,
        families=row.n_families,
        before=row.mean_a,
        after=row.mean_b,
        difference=row.diff,
        low=row.low,
        high=row.high,
        p=row.p_holm,
        smallest_visible=row.smallest_visible,
        verdict=row.verdict,
        worst=tuple(worst[:_WORST]),
    )


def _metric(row: Weighed) -> Metric:
    """Return the metric with the margin and the gate that were in force."""
    built_in = metrics.metric(row.id)
    return Metric(row.id, row.title, built_in.unit, row.gated, row.margin, row.describes, row.cost)


def _measured(id: str, run: Run) -> MetricRow:
    metric = metrics.metric(id)
    values = {case: of.score(id) for case, of in run.by_case.items()}
    known = {case: value for case, value in values.items() if value is not None}
    ordered = sorted(known, key=lambda case: known[case], reverse=metric.cost)
    low = [case for case in ordered if metric.cost or known[case] < metric.highest]
    return MetricRow(
        metric=metric,
        cases=len(known),
        families=len({run.by_case[case].family for case in known}),
        before=None,
        after=sum(known.values()) / len(known) if known else None,
        worst=tuple(low[:_WORST]),
    )


def _families(comparison: Comparison) -> Iterator[FamilyRow]:
    for row in sorted(comparison.families, key=lambda row: (row.diff, row.family)):
        if row.metric == cases.POINTS:
            own = tuple(case.case for case in comparison.cases if case.family == row.family)
            yield FamilyRow(row.family, own, row.mean_a, row.mean_b, row.diff, row.low, row.high)


def _families_of(run: Run) -> Iterator[FamilyRow]:
    by_family: dict[str, list[tuple[str, float]]] = {}
    for case, of in run.by_case.items():
        if (points := of.score(cases.POINTS)) is not None:
            by_family.setdefault(of.family, []).append((case, points))
    for family, own in sorted(by_family.items(), key=lambda pair: sum(p for _, p in pair[1]) / len(pair[1])):
        ids = tuple(case for case, _ in sorted(own, key=lambda one: one[1]))
        yield FamilyRow(family, ids, None, sum(points for _, points in own) / len(own))


def _checks(runs: Sequence[Run], comparison: Comparison | None) -> Iterator[CheckRow]:
    """Yield every check over the cases that all runs have."""
    last = runs[-1]
    common = [case for case in last.by_case if all(case in run.by_case for run in runs)]
    ps = {row.id: row.p for row in comparison.passed} if comparison else {}
    ids = dict.fromkeys((_ALL, *(id for case in common for id in last.by_case[case].checks)))
    for id in ids:
        held = [(case, [_held(run.by_case[case], id) for run in runs]) for case in common]
        applies = [(case, each) for case, each in held if None not in each]
        yield CheckRow(
            id=id,
            title=_CHECKS.get(id) or metrics.metric(id).title,
            before=sum(bool(each[0]) for _, each in applies) if len(runs) > 1 else None,
            after=sum(bool(each[-1]) for _, each in applies),
            of=len(applies),
            failing=tuple(case for case, each in applies if not each[-1]),
            lost=tuple(case for case, each in applies if len(runs) > 1 and each[0] and not each[-1]),
            p=ps.get(id),
        )


def _held(of: Averaged, id: str) -> bool | None:
    return of.passed if id == _ALL else of.checks.get(id)


def _totals(runs: Sequence[Run]) -> Iterator[Total]:
    each = [_spent(run) for run in runs]
    yield from (Total(name, tuple(one[name] for one in each)) for name in each[0])


def _spent(run: Run) -> dict[str, str]:
    """Return what a run took in all, repeats included."""
    used = [result.usage for result in run.results]
    priced = [usage.cost_usd for usage in used if usage.cost_usd is not None]
    seconds = sum(result.seconds for result in run.results)
    return {
        "Money": figures.money(sum(priced)) + ("" if len(priced) == len(used) else " and calls of unknown price"),
        "Calls": f"{sum(usage.calls for usage in used):,}",
        "Tokens read": f"{sum(usage.input_tokens for usage in used):,}",
        "of these from the provider's cache": f"{sum(usage.cached_tokens for usage in used):,}",
        "Tokens written": f"{sum(usage.output_tokens for usage in used):,}",
        "Repairs": f"{sum(usage.repairs for usage in used):,}",
        "Cases that failed": f"{sum(result.error is not None for result in run.results):,}",
        "Time, one after the other": f"{seconds:,.0f} s" if seconds >= 10 else f"{seconds:.1f} s",
    }


def _one_sided(comparison: Comparison, names: Sequence[str]) -> Iterator[str]:
    for name, ids in zip(names, (comparison.only_a, comparison.only_b), strict=True):
        if ids:
            shown = ", ".join(ids[:10]) + (" and more" if len(ids) > 10 else "")
            yield f"{figures.count(len(ids), 'case')} only {name} has, not compared: {shown}."


def _unfinished(runs: Sequence[Run]) -> Iterator[str]:
    for run in runs:
        if not run.complete:
            yield f"The run {run.id} is not finished: `cxify eval run --resume` goes on with it."
