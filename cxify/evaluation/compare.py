"""Compare two runs over the same cases: what got better, what got worse, how sure that is, and what could be seen.

docs/evals-statistics.md says which question each number answers.
"""

from collections.abc import Iterator, Sequence

from cxify.errors import InputError
from cxify.evaluation import headline
from cxify.evaluation.comparison import (
    CaseRow,
    Comparison,
    FamilyRow,
    MetricRow,
    Pair,
    PassRow,
    Side,
)
from cxify.evaluation.gate_settings import GateSettings
from cxify.evaluation.metrics import COSTS, SCORES
from cxify.evaluation.runs import Averaged, Result, Run

__all__ = ["CaseRow", "Comparison", "FamilyRow", "MetricRow", "Pair", "PassRow", "Side", "compare"]

_MUST_MATCH = {
    "framework_sha256": "the framework",
    "rules_sha256": "the rules",
    "kinds_sha256": "the kinds of document",
    "intensity": "the intensity",
}


def compare(a: Run, b: Run, *, force: bool = False, settings: GateSettings | None = None) -> Comparison:
    """Compare a candidate `b` with a baseline `a`. Raises InputError where that would mix two changes."""
    from cxify.evaluation import weighing  # numpy and scipy come with it

    warnings = tuple(_differences(a, b))
    if warnings and not force:
        remedy = "Run both on the same, or compare all the same with --force; the numbers then mix two changes."
        raise InputError(" ".join(warnings), remedy)
    common = [case for case in a.by_case if case in b.by_case]
    if not common:
        raise InputError("The two runs have no case in common.", "Run the candidate on the cases of the baseline.")
    settings = settings or GateSettings()
    cases = tuple(sorted((_case(case, a, b, settings) for case in common), key=_worst_first))
    one_sided = dict(_one_sided(a, b, common))
    metrics = weighing.weighed(cases, one_sided, settings)
    return Comparison(
        a=_side(a, common),
        b=_side(b, common),
        headline=headline.of(metrics, headline.candidate(a, b)),
        cases=cases,
        families=tuple(weighing.by_family(cases, one_sided)),
        metrics=metrics,
        passed=tuple(_passed(a, b, common)),
        only_a=tuple(case for case in a.by_case if case not in b.by_case),
        only_b=tuple(case for case in b.by_case if case not in a.by_case),
        mixed=bool(warnings),
        warnings=(*warnings, *_cautions(a, b)),
    )


def _differences(a: Run, b: Run) -> Iterator[str]:
    """Say what differs beside the prompt or the model. Other cases are not other contents of the same cases."""
    if changed := [id for id, sha256 in a.case_sha256.items() if b.case_sha256.get(id, sha256) != sha256]:
        yield f"The two runs differ in the contents of {', '.join(changed)}."
    elif not _by_case(a, b) and set(a.cases) == set(b.cases) and a.cases_sha256 != b.cases_sha256:
        yield "The two runs differ in the cases."
    for field, name in _MUST_MATCH.items():
        if getattr(a, field) != getattr(b, field):
            yield f"The two runs differ in {name}."


def _by_case(a: Run, b: Run) -> bool:
    """Tell whether the contents of each case can be compared."""
    return bool(a.case_sha256 and b.case_sha256)


def _cautions(a: Run, b: Run) -> Iterator[str]:
    """Say what a reader has to know, though it forbids no comparison."""
    for name, run in (("baseline", a), ("candidate", b)):
        if not run.complete:
            yield f"The {name} {run.id} is not finished: only what it has done is compared."
        unreached = [case for case, averaged in run.by_case.items() if averaged.unreached]
        if unreached:
            where = ", ".join(unreached)
            yield f"The {name} {run.id} failed for reasons of network or machine in {where}: these count as 0."
    if a.cxify != b.cxify:
        yield f"The baseline was run by cxify {a.cxify} and the candidate by {b.cxify}."
    if a.repeat != b.repeat:
        yield f"The baseline ran {a.repeat} times and the candidate {b.repeat} times."
    if set(a.cases) != set(b.cases) and not _by_case(a, b):
        yield "The runs hold other cases; whether those in common have the same contents was not checked."


def _metrics(a: Run, b: Run) -> tuple[str, ...]:
    """Return the ids that either run has: those of cxify in their order, then an organisation's own, then costs."""
    known = {*a.metrics, *b.metrics} - {cost.id for cost in COSTS}
    own = [id for id in (*a.metrics, *b.metrics) if id in known and id not in {score.id for score in SCORES}]
    return (*(score.id for score in SCORES if score.id in known), *dict.fromkeys(own), *(cost.id for cost in COSTS))


def _one_sided(a: Run, b: Run, common: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every metric with the cases that have a value of it in one run only."""
    for id in _metrics(a, b):
        lacks = [(case, a.by_case[case].score(id) is None, b.by_case[case].score(id) is None) for case in common]
        yield id, tuple(case for case, in_a, in_b in lacks if in_a != in_b)


def _case(case: str, a: Run, b: Run, settings: GateSettings) -> CaseRow:
    left, right = a.by_case[case], b.by_case[case]
    metrics = {id: pair for id in _metrics(a, b) if (pair := _pair(id, left, right))}
    first = right.results[0]
    return CaseRow(
        case=case,
        family=first.family,
        kind=first.kind,
        language=first.language,
        points=metrics["points"].diff if "points" in metrics else None,
        passed_a=left.passed,
        passed_b=right.passed,
        error_a=left.error,
        error_b=right.error,
        metrics=metrics,
        lost=tuple(id for id, pair in metrics.items() if settings.metric(id).gated and pair.diff < 0),
    )


def _pair(metric: str, left: Averaged, right: Averaged) -> Pair | None:
    a, b = left.score(metric), right.score(metric)
    if a is None or b is None:
        return None
    noises = left.noise(metric), right.noise(metric)
    return Pair(a=a, b=b, diff=b - a, noise=None if None in noises else sum(filter(None, noises)))


def _worst_first(case: CaseRow) -> tuple[float, bool, int, str]:
    return case.points or 0.0, case.passed_b or not case.passed_a, -len(case.lost), case.case


def _passed(a: Run, b: Run, common: Sequence[str]) -> Iterator[PassRow]:
    """Yield all checks together, then each check over the cases to which it applies in both runs."""
    yield _pass_row("all", [(a.by_case[case].passed, b.by_case[case].passed) for case in common])
    sides = [(a.by_case[case].checks, b.by_case[case].checks) for case in common]
    for id in dict.fromkeys(id for left, right in sides for id in (*left, *right)):
        yield _pass_row(id, [(left[id], right[id]) for left, right in sides if id in left and id in right])


def _pass_row(id: str, pairs: Sequence[tuple[bool, bool]]) -> PassRow:
    from cxify.evaluation.statistics import mcnemar

    both, only_a, only_b, neither = (
        pairs.count(way) for way in ((True, True), (True, False), (False, True), (False, False))
    )
    return PassRow(id=id, both=both, only_a=only_a, only_b=only_b, neither=neither, p=mcnemar(only_a, only_b))


def _side(run: Run, common: Sequence[str]) -> Side:
    results: list[Result] = [result for case in common for result in run.by_case[case].results]
    usage = [result.usage for result in results]
    prices = [used.cost_usd for used in usage if used.cost_usd is not None]
    return Side(
        id=run.id,
        folder=str(run.folder),
        created=run.created,
        cxify=run.cxify,
        model=run.model,
        prompts=run.prompts,
        cases_sha256=run.cases_sha256,
        repeat=run.repeat,
        complete=run.complete,
        results=len(results),
        errors=sum(result.error is not None for result in results),
        unreached=sum(run.by_case[case].unreached for case in common),
        calls=sum(used.calls for used in usage),
        input_tokens=sum(used.input_tokens for used in usage),
        output_tokens=sum(used.output_tokens for used in usage),
        cached_tokens=sum(used.cached_tokens for used in usage),
        repairs=sum(used.repairs for used in usage),
        cost_usd=sum(prices) if prices else None,
        seconds=sum(result.seconds for result in results),
    )
