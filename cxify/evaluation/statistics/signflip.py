"""The sign-flip permutation test: had both versions been equal, every family could have come out the other way.

Whole families are flipped. All 2^G ways are counted where there are at most 65,536 of them; beyond that 20,000 are
drawn with a fixed seed, so that the same two runs always give the same p.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from cxify.evaluation.statistics.sums import Numbers, Sums

EXACT_UP_TO = 65_536
DRAWS = 20_000
SEED = 20_261_122


def sign_flip(of: Sums, *, loss: bool = False) -> float:
    """Return the two-sided p of a mean of zero, or with `loss` that of a mean not below zero."""
    moved = of.sums[of.sums != 0]  # a family without a difference is the same either way
    return float(sign_flips(moved[None, :], loss=loss)[0]) if moved.size else 1.0


def sign_flips(sums: Numbers, *, loss: bool = False) -> Numbers:
    """Return the p of each row of family sums, many samples of as many families at once."""
    drawn = 2 ** sums.shape[-1] > EXACT_UP_TO
    ways = _signs(sums.shape[-1])
    if loss and not drawn:
        ways = np.concatenate([ways, -ways])
    count = _lower if loss else _as_far
    parts = [count(sums[start : start + _ROWS], ways) for start in range(0, len(sums), _ROWS)]
    return np.asarray((np.concatenate(parts) + drawn) / (len(ways) + drawn), dtype=np.float64)


_ROWS = 128
"""Samples at a time: all signs of all samples at once would not fit into memory."""


def _as_far(sums: Numbers, ways: Numbers) -> npt.NDArray[np.int64]:
    """Count the ways that reach as far from zero as was observed."""
    observed = np.abs(sums.sum(axis=1)) - _last_digits(sums)
    return np.asarray((np.abs(sums @ ways.T) >= observed[:, None]).sum(axis=1), dtype=np.int64)


def _lower(sums: Numbers, ways: Numbers) -> npt.NDArray[np.int64]:
    """Count the ways that lose as much as was observed."""
    observed = sums.sum(axis=1) + _last_digits(sums)
    return np.asarray((sums @ ways.T <= observed[:, None]).sum(axis=1), dtype=np.int64)


def _last_digits(sums: Numbers) -> Numbers:
    """Return what the order of adding may make of a sum: a tie is one all the same."""
    return np.asarray(1e-9 * np.abs(sums).sum(axis=1), dtype=np.float64)


@cache
def _signs(families: int) -> Numbers:
    """Return all ways of signs, or as many drawn ones; the first family stays, as both signs of a sum count alike."""
    if 2**families <= EXACT_UP_TO:
        ways = np.arange(2 ** (families - 1))
        bits = (ways[:, None] >> np.arange(families)) & 1
        return np.asarray(1.0 - 2.0 * bits, dtype=np.float64)
    return np.asarray(np.random.default_rng(SEED).choice([-1.0, 1.0], size=(DRAWS, families)), dtype=np.float64)
