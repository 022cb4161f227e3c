"""Give each metric of a comparison its numbers, its adjusted ps and its verdict."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import variance

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
    families: int
    sums: statistics.Sums | None
    """Of families, or of single cases where there are too few families to count."""
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
    fewest = settings.minimum_families
    measured = [_measured(settings.metric(id), cases, alone, fewest) for id, alone in one_sided.items()]
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


def _measured(metric: Metric, cases: Sequence[CaseRow], one_sided: tuple[str, ...], fewest: int) -> Measured:
    # In the order of their names, so that drawn signs fall on the same families whichever run is the baseline.
    with_it = sorted((case for case in cases if metric.id in case.metrics), key=lambda case: case.case)
    pairs = tuple(case.metrics[metric.id] for case in with_it)
    if not pairs:
        return Measured(metric, (), one_sided, 0, None, None, 1.0, 1.0)
    families = len({case.family for case in with_it})
    units = [case.family if families >= fewest else case.case for case in with_it]
    sums = statistics.sums_of([pair.diff for pair in pairs], units)
    return Measured(
        metric=metric,
        pairs=pairs,
        one_sided=one_sided,
        families=families,
        sums=sums,
        interval=statistics.interval(sums),
        p=statistics.sign_flip(sums),
        p_margin=1.0 if metric.cost else statistics.sign_flip(sums.shifted(metric.margin), loss=True),
    )


def _adjusted(measured: Sequence[Measured]) -> Iterator[tuple[str, tuple[float, float]]]:
    """Adjust each sort of metrics for itself: what is only reported must not hide what gates.

    A metric in which no case differs can raise no alarm, so that it is not counted among those that could.
    """
    for sort in ((True, False), (False, False), (False, True)):
        of_sort = [one for one in measured if (one.metric.gated, one.metric.cost) == sort]
        moved = [one for one in of_sort if any(pair.diff for pair in one.pairs)]
        ps = statistics.holm([one.p for one in moved])
        margins = statistics.holm([one.p_margin for one in moved])
        yield from ((one.metric.id, (1.0, 1.0)) for one in of_sort)
        for one, p, p_margin in zip(moved, ps, margins, strict=True):
            yield one.metric.id, (p, p_margin)


def _row(one: Measured, p: float, p_margin: float, settings: GateSettings) -> MetricRow:
    metric, found = one.metric, one.interval
    families_needed, cases_needed = _needed(one, settings)
    return MetricRow(
        id=metric.id,
        title=metric.title,
        unit=metric.unit,
        describes=metric.describes,
        gated=metric.gated,
        cost=metric.cost,
        margin=metric.margin,
        n_cases=len(one.pairs),
        n_families=one.families,
        counts="families" if one.families >= settings.minimum_families else "cases",
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
        beyond_margin=_enough(one, settings) and p_margin < settings.alpha,
        smallest_visible=_visible(found, settings),
        repeat_noise=_repeat_noise(one.pairs),
        families_needed=families_needed,
        cases_needed=cases_needed,
        verdict=_verdict(one, p, p_margin, settings),
    )


def _verdict(one: Measured, p: float, p_margin: float, settings: GateSettings) -> Verdict:
    if not _enough(one, settings):
        return "undecided"
    proven = p < settings.alpha
    gain = -one.diff if one.metric.cost else one.diff
    if proven and gain > 0:
        return "better"
    if p_margin < settings.alpha:
        return "worse"
    if one.no_worse and not one.metric.cost:
        return "no worse"
    return "worse" if proven else "undecided"


def _enough(one: Measured, settings: GateSettings) -> bool:
    return one.sums is not None and one.sums.families >= settings.minimum_families


def _repeat_noise(pairs: Sequence[Pair]) -> float | None:
    noises = [pair.noise for pair in pairs if pair.noise is not None]
    if len(noises) < max(2, len(pairs)):
        return None
    spread = variance([pair.diff for pair in pairs])
    return min(1.0, _mean(noises) / spread) if spread else None


def _visible(found: statistics.Interval | None, settings: GateSettings) -> float | None:
    if found is None or not found.error:
        return None
    return statistics.smallest_visible(found.error, found.freedom, alpha=settings.alpha, wanted=settings.power)


def _needed(one: Measured, settings: GateSettings) -> tuple[int | None, int | None]:
    """Return the families and cases that show the margin; without any spread to go by, the fewest that show anything.

    No families where cases are counted: more families would be another question.
    """
    if one.metric.cost or one.sums is None:
        return None, None
    units, needed = one.sums.families, settings.minimum_families
    if one.interval is not None:
        level = {"alpha": settings.alpha, "wanted": settings.power}
        shown = statistics.families_needed(one.interval, units, one.metric.margin, **level)
        if shown is None:
            return None, None
        needed = max(shown, needed)
    by_family = one.families >= settings.minimum_families
    return needed if by_family else None, math.ceil(needed * len(one.pairs) / units)


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)
