"""McNemar's exact test: of the cases that passed in one run only, is it one run too often?"""

from scipy import special


def mcnemar(only_a: int, only_b: int) -> float:
    """Return the two-sided p of as many cases passing in one run only as in the other only."""
    changed = only_a + only_b
    return min(1.0, 2 * float(special.bdtr(min(only_a, only_b), changed, 0.5))) if changed else 1.0
