"""Paired statistics over cases that belong to families: how large a difference is, how sure, and what could be seen.

The unit is a case, with its repeats averaged. Cases of one family succeed or fail together, so that families and not
cases are what is counted: every number here is made from the sum and the size of each family.
"""

from cxify.evaluation.statistics.holm import holm
from cxify.evaluation.statistics.interval import Interval, interval
from cxify.evaluation.statistics.mcnemar import mcnemar
from cxify.evaluation.statistics.power import families_needed, power, smallest_visible
from cxify.evaluation.statistics.signflip import sign_flip
from cxify.evaluation.statistics.sums import Sums, sums_of

__all__ = [
    "Interval",
    "Sums",
    "families_needed",
    "holm",
    "interval",
    "mcnemar",
    "power",
    "sign_flip",
    "smallest_visible",
    "sums_of",
]
