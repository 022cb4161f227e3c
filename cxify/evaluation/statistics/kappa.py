"""Agreement of two readers beyond chance: Cohen's kappa with quadratic weights; 0 for 3 is worse than 2 for 3."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

Pair = tuple[int, int]
_Z: Final = 1.959964
"""Of the normal distribution, for 95 %."""


def kappa(pairs: Sequence[Pair]) -> float | None:
    """Return Cohen's kappa with quadratic weights; None when there is nothing that could disagree.

    Cohen, "Weighted kappa" (1968): 1 - observed over expected disagreement, both weighted by the squared distance.
    """
    if not pairs:
        return None
    observed = sum((a - b) ** 2 for a, b in pairs)
    firsts, seconds = zip(*pairs, strict=True)
    expected = sum((a - b) ** 2 for a in firsts for b in seconds) / len(pairs)
    return None if expected == 0 else 1 - observed / expected


def kappa_interval(pairs: Sequence[Pair]) -> tuple[float, float] | None:
    """Return the 95 % interval of kappa for large samples; None where its error cannot be estimated.

    Fleiss, Cohen and Everitt, "Large sample standard errors of kappa and weighted kappa" (1969), formula 13.
    """
    found = kappa(pairs)
    if found is None or all(a == b for a, b in pairs) or min(len(set(side)) for side in zip(*pairs, strict=True)) == 1:
        return None  # nothing disagreed, or one of the two always says the same: no error that could be estimated
    size = 1 + max(max(pair) for pair in pairs)
    table = np.zeros((size, size))
    for pair in pairs:
        table[pair] += 1 / len(pairs)
    grades = np.arange(size)
    weights = 1 - (grades[:, None] - grades[None, :]) ** 2 / (size - 1) ** 2
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    agreed, by_chance = float((weights * table).sum()), float(rows @ weights @ columns)
    means = (weights @ columns)[:, None] + (rows @ weights)[None, :]
    spread = float((table * (weights * (1 - by_chance) - means * (1 - agreed)) ** 2).sum())
    variance = spread - (agreed * by_chance - 2 * by_chance + agreed) ** 2
    error = math.sqrt(max(0.0, variance) / len(pairs)) / (1 - by_chance) ** 2
    return max(-1.0, found - _Z * error), min(1.0, found + _Z * error)
