"""The sign-flip permutation test: had both versions been equal, every family could have come out the other way.

Whole families are flipped. All 2^G ways are counted where there are at most 65,536 of them; beyond that 20,000 are
drawn with a fixed seed, so that the same two runs always give the same p.
"""

from functools import cache

import numpy as np

from cxify.evaluation.statistics.sums import Numbers, Sums

EXACT_UP_TO = 65_536
DRAWS = 20_000
SEED = 20_261_122


def sign_flip(of: Sums) -> float:
    """Return the two-sided p of a mean of zero; 1 where no family differs."""
    moved = of.sums[of.sums != 0]  # a family without a difference is the same either way
    if not moved.size:
        return 1.0
    reached = np.abs(_signs(moved.size) @ moved)
    observed = abs(moved.sum())
    # Sums in another order differ in the last digits, and a tie has to count.
    hits = int((reached >= observed - 1e-9 * np.abs(moved).sum()).sum())
    return hits / int(reached.size) if 2**moved.size <= EXACT_UP_TO else (hits + 1) / (reached.size + 1)


def smallest_p(families: int) -> float:
    """Return the smallest p that so many families can give."""
    return max(2.0 ** (1 - families), 1 / (DRAWS + 1)) if families else 1.0


@cache
def _signs(families: int) -> Numbers:
    """Return all ways of signs, or as many drawn ones; the first family stays, as both signs of a sum count alike."""
    if 2**families <= EXACT_UP_TO:
        ways = np.arange(2 ** (families - 1))
        bits = (ways[:, None] >> np.arange(families)) & 1
        return np.asarray(1.0 - 2.0 * bits, dtype=np.float64)
    return np.asarray(np.random.default_rng(SEED).choice([-1.0, 1.0], size=(DRAWS, families)), dtype=np.float64)
