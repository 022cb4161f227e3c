"""Numbers as people read them: shares as percent, a true minus, an interval in brackets."""

import re
from typing import Final

from cxify.evaluation.metrics import Metric

NOTHING: Final = "–"


def scale(metric: Metric) -> float:
    """Return by what a score is multiplied to be on the common scale of 0 to 100."""
    return 100.0 if metric.unit == "share" else 1.0


def score(metric: Metric, value: float | None) -> str:
    """Return a mean: points and percent with one decimal, costs in their own unit."""
    if value is None:
        return NOTHING
    match metric.unit:
        case "points":
            return _signed_minus(f"{value:.1f}")
        case "share":
            return _signed_minus(f"{100 * value:.1f}\u00a0%")
        case "dollars":
            return money(value)
        case "seconds":
            return f"{value:.1f}\u00a0s"
        case "tokens":
            return f"{value:,.0f}"
        case _:
            return f"{value:.2f}"


def difference(metric: Metric, value: float | None) -> str:
    """Return a difference with its sign, shares in percentage points."""
    if value is None:
        return NOTHING
    if metric.unit in ("points", "share"):
        return _plus(f"{scale(metric) * value:+.1f}")
    return _plus(("+" if value >= 0 else "-") + score(metric, abs(value)))


def points(value: float | None) -> str:
    """Return points with one decimal."""
    return NOTHING if value is None else f"{value:.1f}"


def signed(points: float | None) -> str:
    """Return a difference of points: +3.1, −2.0, 0.0."""
    return NOTHING if points is None else _plus(f"{points:+.1f}")


def interval(metric: Metric, low: float | None, high: float | None) -> str:
    """Return an interval in brackets, "" where there is none."""
    if low is None or high is None:
        return ""
    if metric.cost:
        return f"({typeset(score(metric, low))} to {typeset(score(metric, high))})"
    return bracket(scale(metric) * low, scale(metric) * high)


def bracket(low: float | None, high: float | None) -> str:
    """Return an interval on the common scale, "" where there is none."""
    if low is None or high is None:
        return ""
    return f"({_signed_minus(f'{low:.1f}')} to {_signed_minus(f'{high:.1f}')})"


def estimate(metric: Metric, value: float | None, low: float | None, high: float | None) -> str:
    """Return a difference with its interval: +3.1 (0.4 to 5.8)."""
    return " ".join(filter(None, (difference(metric, value), interval(metric, low, high))))


def probability(value: float | None) -> str:
    """Return a p-value; below one in a thousand only that."""
    if value is None:
        return NOTHING
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def money(value: float) -> str:
    """Return dollars, small amounts with more digits."""
    size = abs(value)
    return ("−" if value < 0 else "") + (f"${size:,.2f}" if size >= 1 or not size else f"${size:.4f}")


def typeset(text: str) -> str:
    """Return a sentence with a true minus before its numbers."""
    return re.sub(r"(?<![\w.])-(?=\d)", "−", text)


def count(number: int, noun: str, plural: str = "") -> str:
    """Return "1 case", "2 cases"."""
    return f"{number} {noun}" if number == 1 else f"{number} {plural or noun + 's'}"


def _signed_minus(text: str) -> str:
    return text.removeprefix("-") if set(text) <= set("-0. \u00a0%") else text.replace("-", "−")


def _plus(text: str) -> str:
    bare = text[1:]
    return bare if set(bare) <= set("0.,$ \u00a0s%") else text.replace("-", "−")
