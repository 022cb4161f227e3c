"""A comparison of two runs as text for the terminal: the headline first, then the metrics, then the worst cases."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cxify.cli.say import count, shortened
from cxify.evaluation.headline import between, change, number

if TYPE_CHECKING:
    from cxify.evaluation.comparison import CaseRow, Comparison, MetricRow, PassRow, Side
    from cxify.evaluation.gate import Verdict


def lines(comparison: "Comparison", worst: int) -> Iterator[str]:
    """Yield the whole comparison."""
    yield comparison.headline
    yield from (f"Note: {warning}" for warning in comparison.warnings)
    yield from _left_out(comparison)
    yield f"\nA  {_side(comparison.a)}\nB  {_side(comparison.b)}\n"
    yield from _table([_HEAD, *map(_metric, _shown(comparison.metrics))])
    yield from _alike(comparison.metrics)
    yield "* gated. p is adjusted for looking at several metrics; “visible” is the smallest change that shows."
    yield "\nPassed:"
    yield from (f"  {_passed(row)}" for row in comparison.passed)
    lost = [case for case in comparison.cases if (case.points or 0) < 0 or case.lost or case.error_b]
    if worst and lost:
        yield f"\nWorst {min(worst, len(lost))} of {count(len(lost), 'case')} that lost:"
        yield from (f"  {_case(case)}" for case in lost[:worst])


def verdict(comparison: "Comparison", verdict: "Verdict") -> Iterator[str]:
    """Yield what the gate says, the gravest reason first."""
    said = {0: "Passed", 1: "Stopped: a loss is proven", 3: "Not shown: too few cases to say"}[verdict.exit_code]
    yield f"{said}. {comparison.headline}"
    yield from (f"Note: {warning}" for warning in comparison.warnings)
    yield from (f"  {_MARKS[reason.exit_code]} {reason.text}" for reason in verdict.reasons)


_MARKS = {0: "ok  ", 1: "LOSS", 3: "OPEN"}
_HEAD = ("metric", "A", "B", "B-A", "95 % interval", "p", "visible", "margin", "cases", "verdict")


def _shown(metrics: Sequence["MetricRow"]) -> list["MetricRow"]:
    """Return the gated metrics that have numbers, then all others that differ in some case, costs last."""
    scored = [row for row in metrics if row.diff is not None and (row.gated or row.n_changed)]
    return sorted(scored, key=lambda row: (row.cost, not row.gated))


def _alike(metrics: Sequence["MetricRow"]) -> Iterator[str]:
    """Count what is left out of the table."""
    alike = sum(row.diff is not None and not (row.gated or row.n_changed or row.cost) for row in metrics)
    if alike:
        yield f"{count(alike, 'metric')} that {'is' if alike == 1 else 'are'} not gated: no difference in any case."


def _metric(row: "MetricRow") -> tuple[str, ...]:
    unit = row.unit
    return (
        f"{row.title}{' *' if row.gated else ''}",
        number(row.mean_a, unit),
        number(row.mean_b, unit),
        change(row.diff, unit),
        between(row),
        "–" if row.p_holm is None else f"{row.p_holm:.3f}",
        number(row.smallest_visible, unit),
        "" if row.cost else number(row.margin, unit),
        f"{row.n_cases}/{row.n_families}",
        row.verdict if row.n_changed else "no difference",
    )


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [f"{cell:>{width}}" for cell, width in zip(row[1:-1], widths[1:-1], strict=True)]
        yield "  ".join([f"{row[0]:{widths[0]}}", *cells, row[-1]])


def _side(side: "Side") -> str:
    prompts = ", ".join(name.replace("/", " ") for name in side.prompts) or "no prompt"
    spent = f"{side.input_tokens + side.output_tokens} tokens, {count(side.repairs, 'repair')}"
    money = f", ${side.cost_usd:.4f}" if side.cost_usd is not None else ""
    failed = f", {count(side.errors, 'error')}" if side.errors else ""
    return f"{side.id}: {side.model or 'built-in writer'}, {prompts}; {spent}{money}, {side.seconds:.1f} s{failed}"


def _left_out(comparison: "Comparison") -> Iterator[str]:
    for side, cases in (("A", comparison.only_a), ("B", comparison.only_b)):
        if cases:
            yield f"Note: only {side} has {', '.join(cases)}; not compared."
    for row in comparison.metrics:
        if row.one_sided and not row.cost:
            yield f"Note: {row.title.lower()} applies in one run only in {', '.join(row.one_sided)}; left out there."


def _passed(row: "PassRow") -> str:
    total = row.both + row.only_a + row.only_b + row.neither
    rates = f"A {row.both + row.only_a}, B {row.both + row.only_b} of {total}"
    changed = f"; {row.only_a} passed in A only, {row.only_b} in B only, exact p {row.p:.3f}"
    name = "all checks" if row.id == "all" else row.id.replace("_", " ")
    return f"{name}: {rates}{changed if row.only_a or row.only_b else ''}"


def _case(case: "CaseRow") -> str:
    parts = [f"{case.case} ({case.family})"]
    if "points" in case.metrics:
        pair = case.metrics["points"]
        parts.append(f"points {number(pair.a, 'points')} -> {number(pair.b, 'points')}")
    if case.error_b:
        parts.append(f"stopped: {shortened(case.error_b)}")
    others = [id.replace("_", " ") for id in case.lost if id != "points"]
    if others:
        parts.append(f"lower: {', '.join(others)}")
    if case.passed_a and not case.passed_b:
        parts.append("no longer passes")
    return "; ".join(parts)
