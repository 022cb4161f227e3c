"""A comparison in one or two sentences, and its numbers as people read them."""

from collections.abc import Sequence

from cxify.evaluation.comparison import MetricRow
from cxify.evaluation.runs import Run

_DIGITS = {"points": 1, "share": 3, "dollars": 4, "tokens": 0, "seconds": 1, "count": 2}


def number(value: float | None, unit: str) -> str:
    """Return a value with as many digits as its unit deserves; a dash where there is none."""
    return "–" if value is None else _unsigned_zero(f"{value:.{_DIGITS.get(unit, 3)}f}")


def change(value: float | None, unit: str) -> str:
    """Return a difference with its sign."""
    return "–" if value is None else _unsigned_zero(f"{value:+.{_DIGITS.get(unit, 3)}f}")


def between(row: MetricRow) -> str:
    """Return the interval as "-1.2 to +3.4"."""
    if row.low is None:
        return "no interval"
    return f"{change(row.low, row.unit)} to {change(row.high, row.unit)}"


def candidate(a: Run, b: Run) -> str:
    """Return what the candidate is called: its one changed prompt, its model if that changed, or its id."""
    changed = [name for name, sha256 in b.prompts.items() if a.prompts.get(name) != sha256]
    if len(changed) == 1:
        return changed[0].replace("/", " ")
    if b.model and b.model != a.model:
        return b.model
    return b.id


def of(metrics: Sequence[MetricRow], name: str) -> str:
    """Return the verdict on the metric that lost, else on the first one with numbers, and which others are open."""
    gated = [row for row in metrics if row.gated and row.diff is not None]
    scored = gated or [row for row in metrics if row.diff is not None and not row.cost]
    if not scored:
        return f"{name}: nothing was scored in both runs."
    first = leading(scored)
    counted = f"{_count(first.n_cases, 'case', 'cases')} in {_count(first.n_families, 'family', 'families')}"
    scope = ", and nothing is said of other families" if first.counts == "cases" else ""
    return f"{name} {_said(first)}; {counted}{scope}. {_others(first, gated)}"


def leading(rows: Sequence[MetricRow]) -> MetricRow:
    """Return what a reader has to know first: a proven loss, else a gated metric that got worse, else the first row."""
    lost = [row for row in rows if row.gated and row.verdict == "worse"]
    return next((row for row in lost if row.beyond_margin), next(iter(lost), rows[0]))


def _said(row: MetricRow) -> str:
    title, margin = row.title.lower(), number(row.margin, row.unit)
    size = f"by {number(abs(row.diff or 0), row.unit)} ({between(row)})"
    shift = f"{change(row.diff, row.unit)} ({between(row)})"
    match row.verdict:
        case "better":
            return f"is better on {title} {size}"
        case "worse" if row.beyond_margin:
            return f"is worse on {title} {size}, which is more than the margin of {margin}"
        case "worse":
            return f"is worse on {title} {size}; whether by more than the margin of {margin} is open"
        case "no worse" if not row.n_changed:
            return f"does not differ on {title} in any case"
        case "no worse":
            return f"is no worse on {title}: {shift}, margin {margin}"
        case _ if row.smallest_visible is None:
            return f"is undecided on {title}: {shift}, and so few show no more"
        case _:
            visible = number(row.smallest_visible, row.unit)
            return f"is undecided on {title}: {shift}; margin {margin}, smallest change that shows {visible}"


def _others(first: MetricRow, gated: Sequence[MetricRow]) -> str:
    others = [row for row in gated if row is not first]
    worse = [row.title.lower() for row in others if row.verdict == "worse"]
    better = [row.title.lower() for row in others if row.verdict == "better"]
    unclear = [row.title.lower() for row in others if row.verdict == "undecided"]
    other = "other " if first.verdict == "worse" else ""
    said = (
        f"{'Also worse' if other else 'Worse'}: {', '.join(worse)}." if worse else f"No {other}gated metric got worse."
    )
    said = f"{said} Better: {', '.join(better)}." if better else said
    return f"{said} Undecided: {', '.join(unclear)}." if unclear else said


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _unsigned_zero(text: str) -> str:
    """Return "0.0" for "-0.0" and "+0.0"."""
    return text.lstrip("+-") if not text.strip("+-0.") else text
