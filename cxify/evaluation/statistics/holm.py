"""Holm's adjustment: looking at many metrics at once must not make a false alarm more likely than looking at one."""

from collections.abc import Sequence


def holm(ps: Sequence[float]) -> list[float]:
    """Return the adjusted p of each test, in the order given."""
    adjusted = [0.0] * len(ps)
    highest = 0.0
    for rank, index in enumerate(sorted(range(len(ps)), key=ps.__getitem__)):
        highest = max(highest, min(1.0, (len(ps) - rank) * ps[index]))
        adjusted[index] = highest
    return adjusted
