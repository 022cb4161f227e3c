"""Give each metric of a comparison its numbers, its adjusted ps and its verdict."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cxify.evaluation import statistics
from cxify.evaluation.comparison import CaseRow, FamilyRow, MetricRow, Pair, Verdict
from cxify.evaluation.gate_settings import GateSettings
from cxify.evaluation.metrics import Metric


@dataclass(frozen=True, slots=True)
class Measured:
    """What one metric shows before the others are looked at."""

    metric: Metric
    pairs: tuple[Pair, ...]
    one_sided: tuple[str, ...]
    sums: statistics.Sums | None
    interval: statistics.Interval | None
    p: float
    p_margin: float

    @property
    def diff(self) -> float:
        """The mean difference."""
        return _mean([pair.diff for pair in self.pairs])

    @property
    def no_worse(self) -> bool:
        """Tell whether a loss as large as the margin is ruled out, or no case has lost anything."""
        within = self.interval is not None and self.interval.low > -self.metric.margin
        return within or all(pair.diff >= 0 for pair in self.pairs)


def weighed(
    cases: Sequence[CaseRow], one_sided: Mapping[str, tuple[str, ...]], settings: GateSettings
) -> tuple[MetricRow, ...]:
    """Return the rows of all metrics, in the order of `one_sided`, whose keys are all metrics."""
    measured = [_measured(settings.metric(id), cases, alone) for id, alone in one_sided.items()]
    adjusted = dict(_adjusted(measured))
    return tuple(_row(one, *adjusted[one.metric.id], settings) for one in measured)


def by_family(cases: Sequence[CaseRow], metrics: Iterable[str]) -> Iterator[FamilyRow]:
    """Yield each metric in each family; the interval counts cases, since it speaks of no other family."""
    for family in dict.fromkeys(sorted(case.family for case in cases)):
        of_family = [case for case in cases if case.family == family]
        for id in metrics:
            pairs = [(case.case, case.metrics[id]) for case in of_family if id in case.metrics]
            if pairs:
                yield _family(family, id, pairs)


def _family(family: str, id: str, pairs: Sequence[tuple[str, Pair]]) -> FamilyRow:
    found = statistics.interval(statistics.sums_of([pair.diff for _, pair in pairs], [case for case, _ in pairs]))
    return FamilyRow(
        family=family,
        metric=id,
        n_cases=len(pairs),
        mean_a=_mean([pair.a for _, pair in pairs]),
        mean_b=_mean([pair.b for _, pair in pairs]),
        diff=_mean([pair.diff for _, pair in pairs]),
        low=found.low if found else None,
        high=found.high if found else None,
    )


def _measured(metric: Metric, cases: Sequence[CaseRow], one_sided: tuple[str, ...]) -> Measured:
    # In the order of their names, so that drawn signs fall on the same families whichever run is the baseline.
    with_it = sorted((case for case in cases if metric.id in case.metrics), key=lambda case: case.case)
    pairs = tuple(case.metrics[metric.id] for case in with_it)
    if not pairs:
        return Measured(metric, (), one_sided, None, None, 1.0, 1.0)
    sums = statistics.sums_of([pair.diff for pair in pairs], [case.family for case in with_it])
    lost = not metric.cost and float(sums.mean) < -metric.margin
    p_margin = statistics.sign_flip(sums.shifted(metric.margin)) if lost else 1.0
    return Measured(metric, pairs, one_sided, sums, statistics.interval(sums), statistics.sign_flip(sums), p_margin)


def _adjusted(measured: Sequence[Measured]) -> Iterator[tuple[str, tuple[float, float]]]:
    """Adjust each sort of metrics for itself: what is only reported must not hide what gates."""
    for sort in ((True, False), (False, False), (False, True)):
        of_sort = [one for one in measured if one.sums and (one.metric.gated, one.metric.cost) == sort]
        ps = statistics.holm([one.p for one in of_sort])
        margins = statistics.holm([one.p_margin for one in of_sort])
        for one, p, p_margin in zip(of_sort, ps, margins, strict=True):
            yield one.metric.id, (p, p_margin)
    yield from ((one.metric.id, (1.0, 1.0)) for one in measured if not one.sums)


def _row(one: Measured, p: float, p_margin: float, settings: GateSettings) -> MetricRow:
    metric, families = one.metric, one.sums.families if one.sums else 0
    found = one.interval
    needed = _needed(one, families, settings)
    return MetricRow(
        id=metric.id,
        title=metric.title,
        unit=metric.unit,
        describes=metric.describes,
        gated=metric.gated,
        cost=metric.cost,
        margin=metric.margin,
        n_cases=len(one.pairs),
        n_families=families,
        n_changed=sum(pair.diff != 0 for pair in one.pairs),
        one_sided=one.one_sided,
        mean_a=_mean([pair.a for pair in one.pairs]) if one.pairs else None,
        mean_b=_mean([pair.b for pair in one.pairs]) if one.pairs else None,
        diff=one.diff if one.pairs else None,
        low=found.low if found else None,
        high=found.high if found else None,
        p=one.p if one.pairs else None,
        p_holm=p if one.pairs else None,
        p_margin=p_margin if one.pairs and not metric.cost else None,
        beyond_margin=p_margin < settings.alpha,
        smallest_visible=_visible(found, settings),
        families_needed=needed,
        cases_needed=math.ceil(needed * len(one.pairs) / families) if needed else None,
        verdict=_verdict(one, p, p_margin, settings) if families >= settings.minimum_families else "undecided",
    )


def _verdict(one: Measured, p: float, p_margin: float, settings: GateSettings) -> Verdict:
    proven = p < settings.alpha
    gain = -one.diff if one.metric.cost else one.diff
    if proven and gain > 0:
        return "better"
    if p_margin < settings.alpha:
        return "worse"
    if one.no_worse and not one.metric.cost:
        return "no worse"
    return "worse" if proven else "undecided"


def _visible(found: statistics.Interval | None, settings: GateSettings) -> float | None:
    if found is None or not found.error:
        return None
    return statistics.smallest_visible(found.error, found.freedom, alpha=settings.alpha, wanted=settings.power)


def _needed(one: Measured, families: int, settings: GateSettings) -> int | None:
    """Return the families that show the margin; without any spread to go by, the fewest that show anything."""
    if one.metric.cost or not one.pairs:
        return None
    if one.interval is None:
        return settings.minimum_families
    needed = statistics.families_needed(
        one.interval, families, one.metric.margin, alpha=settings.alpha, wanted=settings.power
    )
    return max(needed, settings.minimum_families) if needed else None


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)
