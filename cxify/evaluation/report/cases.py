"""One card a case: what the document is, what the expert wants, and what each version made of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from cxify.document import Document
from cxify.evaluation.case import Case
from cxify.evaluation.matching import matched
from cxify.evaluation.metrics import metric
from cxify.evaluation.report import figures, redline
from cxify.evaluation.report.outputs import Opened, made_of, open_output
from cxify.evaluation.report.redline import Redlined
from cxify.evaluation.report.view import Attempt, CaseView, Wanted
from cxify.evaluation.runs import Averaged, Result, Run
from cxify.evaluation.trial import Made

POINTS: Final = "points"
REDLINES: Final = 200
"""Cases whose redlines are shown: reading a file takes time, and nobody reads further down."""
_ABSENT: Final = "This run has no result for this case."
_FURTHER_DOWN: Final = f"Only the redlines of the worst {REDLINES} cases are shown here."


def views(runs: Sequence[Run], known: Mapping[str, Case]) -> tuple[CaseView, ...]:
    """Return every case that the last run has, worst first. `known` are the gold cases by id, as far as they are known.

    Worst is what failed, then what lost most against the first run, then what has the fewest points.
    """
    ordered = sorted(runs[-1].by_case, key=lambda id: _badness(id, runs))
    return tuple(_view(id, runs, known.get(id), shown=n < REDLINES) for n, id in enumerate(ordered))


def _badness(id: str, runs: Sequence[Run]) -> tuple[bool, float, float, str]:
    last = runs[-1].by_case[id]
    failed = any(result.error for result in last.results)
    return not failed, _difference(id, runs) or 0.0, last.score(POINTS) or 0.0, id


def _difference(id: str, runs: Sequence[Run]) -> float | None:
    points = [run.by_case[id].score(POINTS) if id in run.by_case else None for run in (runs[0], runs[-1])]
    return None if len(runs) < 2 or points[0] is None or points[1] is None else points[1] - points[0]


def _view(id: str, runs: Sequence[Run], case: Case | None, *, shown: bool) -> CaseView:
    sources: dict[str, Document] = {}
    held = [run.by_case.get(id) for run in runs]
    opened = [
        open_output(run, _lowest(of), case, sources) if of and shown else (None, _ABSENT if not of else _FURTHER_DOWN)
        for run, of in zip(runs, held, strict=True)
    ]
    last = runs[-1].by_case[id]
    return CaseView(
        id=id,
        title=case.title if case else "",
        family=last.family,
        facts=tuple(_facts(last.results[0], case)),
        difference=_difference(id, runs),
        attempts=tuple(
            _attempt(of, one, case) if of else Attempt(None, unread=one[1])
            for of, one in zip(held, opened, strict=True)
        ),
        wanted=tuple(_wanted(case)) if case else (),
        lines=_lines([taken for taken, _ in opened]),
    )


def _lines(taken: Sequence[Redlined | None]) -> tuple[redline.Line, ...]:
    source = next((one.source for one in taken if one), None)
    return redline.lines(source, [one.edits if one else () for one in taken]) if source else ()


def _lowest(of: Averaged) -> Result:
    return min(of.results, key=lambda result: (result.error is None, result.scores.get(POINTS) or 0.0))


def _facts(result: Result, case: Case | None) -> Iterator[str]:
    yield result.kind.replace("_", " ")
    yield result.language
    if case:
        yield f"{case.state}, level {case.level}"
        yield from (f"serves {served} people" for served in case.relationship)
        yield from ("nothing in the text may change" for _ in range(case.restraint))
    yield from result.tags


def _attempt(of: Averaged, opened: Opened, case: Case | None) -> Attempt:
    result, (taken, unread) = _lowest(of), opened
    made = made_of(result) or Made()
    return Attempt(
        points=of.score(POINTS),
        repeats=tuple(0.0 if one.error else one.scores.get(POINTS) or 0.0 for one in of.results),
        failed=tuple(metric(id).title for id, held in of.checks.items() if not held),
        reasons=() if result.error else tuple(_reasons(result)),
        findings=tuple(dict.fromkeys(_finding(found) for found in result.findings)),
        withdrawn=tuple(_withdrawn(made)),
        forbidden=tuple(_forbidden(made, case)) if case else (),
        error=f"{result.error.message} (exit code {result.error.exit_code})" if result.error else "",
        cost=_cost(result),
        seconds=result.seconds,
        unread="" if result.error else unread,
        met=None if not case else frozenset() if result.error else _met(made, taken, case),
    )


def _reasons(result: Result) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what stands behind the scores that are not full."""
    for id, said in result.details.items():
        of = metric(id)
        value = result.scores.get(id)
        if said and (value is None or value < of.highest):
            yield f"{of.title}: {figures.score(of, value)}" if value is not None else of.title, said


def _finding(found: Any) -> str:
    if not isinstance(found, Mapping):
        return str(found)
    quote = f" “{found['quote']}”" if found.get("quote") else ""
    rule = " ".join(str(found[key]) for key in ("rule", "severity") if found.get(key))
    return f"{rule}: {found.get('message', '')}{quote}"


def _cost(result: Result) -> str:
    usage = result.usage
    parts = [figures.count(usage.calls, "call")] if usage.calls else []
    parts += [f"{usage.input_tokens + usage.output_tokens:,} tokens"] if usage.calls else []
    parts += [figures.count(usage.repairs, "repair")] if usage.repairs else []
    parts += [figures.money(usage.cost_usd)] if usage.cost_usd else []
    return ", ".join([*parts, f"{result.seconds:.1f} s"])


def _wanted(case: Case) -> Iterator[Wanted]:
    for one in case.expected:
        yield Wanted(
            id=one.id,
            at=one.at,
            quote=" | ".join(case.labels[one.at]),
            op=one.op,
            required=one.required,
            competencies=one.competencies,
            conveys=one.must_convey,
            must_not=one.must_not,
            example=one.example,
        )


def _forbidden(made: Made, case: Case) -> Iterator[str]:
    added = "\n".join(edit.inserted for edit in made.accepted)
    for pattern in case.forbidden:
        if hit := re.search(pattern, added, re.IGNORECASE):
            yield f"“{hit.group()}”"


def _withdrawn(made: Made) -> Iterator[str]:
    for refused in made.dropped:
        what = refused.edit.inserted or refused.edit.operation.comment or ""
        yield f"“{what}”: {' '.join(refused.reasons)}" if refused.reasons else f"“{what}”"


def _met(made: Made, taken: Redlined | None, case: Case) -> frozenset[str] | None:
    """Return the expected edits that the proposal has, found as the score finds them; None where nobody can tell."""
    if taken is None:
        return None
    try:
        blocks = case.blocks(taken.source)
    except ValueError:  # the case has another text today than it had in the run
        return None
    return frozenset(pair.expected.id for pair in matched(case, blocks, made.accepted, made.questions))
