"""What a comparison could have seen at all, and how many families would be needed to see more.

The smallest visible change is the true difference that a two-sided t test proves with the power asked for, given the
spread that was observed. A comparison that could see its margin would also have shown “no worse” with that power, had
both versions been equal: the two conditions are the same one.
"""

import math
from functools import cache

from scipy import special

from cxify.evaluation.statistics.interval import Interval

CEILING = 100_000
"""Families; more than this is not a number that anybody can act on."""


def power(effect: float, error: float, freedom: float, alpha: float = 0.05) -> float:
    """Return how likely a true difference is proven."""
    threshold = float(special.stdtrit(freedom, 1 - alpha / 2))
    right_side = 1 - float(special.nctdtr(freedom, effect / error, threshold))
    wrong_side = float(special.nctdtr(freedom, effect / error, -threshold))
    # scipy gives no number where the wrong side has become as good as impossible.
    return right_side + (0.0 if math.isnan(wrong_side) else wrong_side)


def smallest_visible(error: float, freedom: float, *, alpha: float = 0.05, wanted: float = 0.8) -> float:
    """Return the smallest true difference that is proven with the power wanted."""
    return _in_errors(freedom, alpha, wanted) * error


@cache
def _in_errors(freedom: float, alpha: float, wanted: float) -> float:
    """Return the smallest visible difference in standard errors, by halving where it can lie."""
    low, high = 0.0, 8.0
    while power(high, 1, freedom, alpha) < wanted:
        low, high = high, 2 * high
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        low, high = (low, middle) if power(middle, 1, freedom, alpha) >= wanted else (middle, high)
    return high


def families_needed(
    of: Interval, families: int, margin: float, *, alpha: float = 0.05, wanted: float = 0.8
) -> int | None:
    """Return how many families of today's size and spread make a change of the size of the margin visible.

    None where no number does: a margin of nothing, or beyond CEILING.
    """
    if margin <= 0:
        return None if of.error else families

    def sees(number: int) -> bool:
        scale = number / families
        freedom = max(1.0, (of.freedom + 1) * scale - 1)
        return smallest_visible(of.error / scale**0.5, freedom, alpha=alpha, wanted=wanted) <= margin

    enough = 2
    while not sees(enough):
        enough *= 2
        if enough > CEILING:
            return None
    few = enough // 2
    while enough - few > 1:
        middle = (enough + few) // 2
        few, enough = (few, middle) if sees(middle) else (middle, enough)
    return enough
