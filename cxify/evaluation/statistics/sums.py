"""Differences of cases, summed by family: all that the statistics need."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sums:
    """The sum of the differences of each family, and its number of cases.

    `sums` may have leading axes, many samples of the same families at once; `sizes` has one axis.
    """

    sums: Numbers
    sizes: Numbers

    @property
    def cases(self) -> int:
        """The number of cases."""
        return int(self.sizes.sum())

    @property
    def families(self) -> int:
        """The number of families."""
        return len(self.sizes)

    @property
    def mean(self) -> Numbers:
        """The mean over cases: a family counts as much as it has cases."""
        return np.asarray(self.sums.sum(axis=-1) / self.sizes.sum())

    def shifted(self, by: float) -> "Sums":
        """Return the sums of the same differences, each larger by a constant."""
        return Sums(self.sums + by * self.sizes, self.sizes)


def sums_of(differences: npt.ArrayLike, families: Sequence[Hashable]) -> Sums:
    """Sum differences, one a case on the last axis, by family; families stand in the order of their first case."""
    values = np.asarray(differences, dtype=np.float64)
    numbers: dict[Hashable, int] = {}
    index = [numbers.setdefault(family, len(numbers)) for family in families]
    member = np.zeros((len(index), len(numbers)))
    member[np.arange(len(index)), index] = 1.0
    return Sums(values @ member, member.sum(axis=0))
