"""Every number of the statistics against scipy and statsmodels, or against its definition where they have none."""

from collections.abc import Sequence

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import linalg, stats
from statsmodels.stats.contingency_tables import mcnemar as mcnemar_oracle
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower

from cxify.evaluation import statistics
from cxify.evaluation.statistics import signflip
from cxify.evaluation.statistics.interval import degrees_of_freedom

EXACT = pytest.approx
CLOSE = {"rel": 1e-9, "abs": 1e-12}
UNEQUAL = [4, 5, 3, 4, 4, 5, 4, 3, 3, 3, 3, 8, 5, 3, 3]
EQUAL = [4] * 12
SINGLE = [1] * 14


def members(sizes: Sequence[int]) -> list[int]:
    return [family for family, size in enumerate(sizes) for _ in range(size)]


def sample(sizes: Sequence[int], seed: int, centre: float = 0.4) -> tuple[np.ndarray, list[int]]:
    """Draw differences whose families go together."""
    random = np.random.default_rng(seed)
    families = members(sizes)
    return centre + random.normal(size=len(sizes))[families] + random.normal(size=len(families)), families


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("sizes", [EQUAL, SINGLE], ids=["equal", "single"])
def test_interval_of_equal_families_is_the_cluster_robust_one_of_statsmodels(sizes: list[int], seed: int) -> None:
    values, families = sample(sizes, seed)
    fit = sm.OLS(values, np.ones(len(values))).fit(cov_type="cluster", cov_kwds={"groups": families}, use_t=True)
    found = statistics.interval(statistics.sums_of(values, families))
    assert found is not None
    assert (found.mean, found.error) == EXACT((fit.params[0], fit.bse[0]), **CLOSE)
    assert (found.low, found.high) == EXACT(tuple(fit.conf_int()[0]), **CLOSE)
    assert found.freedom == EXACT(len(sizes) - 1, **CLOSE)


@pytest.mark.parametrize("seed", range(5))
def test_interval_of_single_cases_is_the_ordinary_t_interval(seed: int) -> None:
    values, families = sample(SINGLE, seed)
    low, high = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    found = statistics.interval(statistics.sums_of(values, families))
    assert found is not None
    assert (found.low, found.high) == EXACT((low, high), **CLOSE)


@pytest.mark.parametrize("sizes", [UNEQUAL, [1, 1, 2, 3, 20], [2, 9]], ids=str)
def test_error_and_degrees_of_freedom_are_those_of_bell_and_mccaffrey(sizes: list[int]) -> None:
    """The closed forms against the matrices of the definition."""
    values, families = sample(sizes, 7)
    of = np.array(families)
    design = np.ones((len(values), 1))
    bread = linalg.inv(design.T @ design)
    hat = design @ bread @ design.T
    residuals = values - hat @ values
    meat, columns = 0.0, []
    for family in range(len(sizes)):
        own = of == family
        adjust = linalg.inv(linalg.sqrtm(np.eye(own.sum()) - hat[np.ix_(own, own)]).real)
        weights = (design[own].T @ adjust).ravel()
        meat += float(weights @ residuals[own]) ** 2
        columns.append((np.eye(len(values)) - hat)[:, own] @ weights * bread[0, 0])
    roots = linalg.eigvalsh(np.array(columns) @ np.array(columns).T)
    found = statistics.interval(statistics.sums_of(values, families))
    assert found is not None
    assert found.error == EXACT(float(np.sqrt(bread[0, 0] ** 2 * meat)), **CLOSE)
    assert found.freedom == EXACT(float(roots.sum() ** 2 / (roots**2).sum()), **CLOSE)


@pytest.mark.parametrize("sizes", [EQUAL, UNEQUAL[:9], [1, 2, 3, 4, 5, 6]], ids=str)
def test_sign_flip_is_the_exact_permutation_test_of_scipy(sizes: list[int]) -> None:
    values, families = sample(sizes, 3)
    of = statistics.sums_of(values, families)
    oracle = stats.permutation_test(
        (of.sums,), lambda sums, axis: np.abs(sums.sum(axis=axis)), permutation_type="samples", alternative="greater"
    )
    assert statistics.sign_flip(of) == EXACT(oracle.pvalue, **CLOSE)


@pytest.mark.parametrize("centre", [-0.8, 0.0, 0.8])
@pytest.mark.parametrize("sizes", [EQUAL, UNEQUAL[:9]], ids=str)
def test_sign_flip_of_a_loss_is_the_one_sided_test_of_scipy(sizes: list[int], centre: float) -> None:
    values, families = sample(sizes, 3, centre)
    of = statistics.sums_of(values, families)
    oracle = stats.permutation_test(
        (of.sums,), lambda sums, axis: sums.sum(axis=axis), permutation_type="samples", alternative="less"
    )
    assert statistics.sign_flip(of, loss=True) == EXACT(oracle.pvalue, **CLOSE)


def test_sign_flip_counts_ties_however_the_sums_were_rounded() -> None:
    """0.1 + 0.2 is not 0.3 in floating point, and a tie is one all the same."""
    assert statistics.sign_flip(statistics.sums_of([0.1, 0.2, -0.3], "abc")) == 1.0
    assert statistics.sign_flip(statistics.sums_of([0.1] * 7, "abcdefg")) == 2 / 2**7


def test_drawn_signs_come_close_to_all_signs_and_never_change() -> None:
    values, families = sample([3] * 18, 5, centre=0.5)
    of = statistics.sums_of(values, families)
    bits = (np.arange(2**17)[:, None] >> np.arange(18)) & 1
    exact = (np.abs((1 - 2 * bits) @ of.sums) >= abs(of.sums.sum()) - 1e-9).mean()
    assert signflip.EXACT_UP_TO < 2**18
    assert statistics.sign_flip(of) == pytest.approx(exact, abs=0.006)
    assert statistics.sign_flip(of, loss=True) == pytest.approx(1 - exact / 2, abs=0.006)
    assert statistics.sign_flip(of) == statistics.sign_flip(of)


def test_a_drawn_p_is_never_zero() -> None:
    assert statistics.sign_flip(statistics.sums_of([5.0] * 40, range(40))) == 1 / (signflip.DRAWS + 1)


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=9), st.integers(0, 4))
@settings(deadline=None, max_examples=60)
def test_families_without_a_difference_change_no_p(values: list[int], idle: int) -> None:
    with_idle = statistics.sums_of([*values, *[0] * idle], range(len(values) + idle))
    assert statistics.sign_flip(with_idle) == statistics.sign_flip(statistics.sums_of(values, range(len(values))))


@given(st.lists(st.tuples(st.floats(-100, 100), st.integers(0, 7)), min_size=2, max_size=40))
@settings(deadline=None, max_examples=60)
def test_exchanging_the_runs_mirrors_the_interval_and_keeps_p(pairs: list[tuple[float, int]]) -> None:
    values, families = [value for value, _ in pairs], [family for _, family in pairs]
    there = statistics.sums_of(values, families)
    back = statistics.sums_of([-value for value in values], families)
    assert statistics.sign_flip(there) == statistics.sign_flip(back)
    one, other = statistics.interval(there), statistics.interval(back)
    assert (one is None) == (other is None) == (len(set(families)) < 2)
    if one and other:
        assert (one.low, one.high) == EXACT((-other.high, -other.low), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("families", [2, 6, 15])
def test_differences_that_are_all_alike_have_no_spread(families: int) -> None:
    """Also 0.1, which adds up to something else in each order."""
    found = statistics.interval(statistics.sums_of([0.1] * 3 * families, list(range(families)) * 3))
    assert found is not None
    assert found.error == 0.0
    assert found.low == found.high == EXACT(0.1)


@pytest.mark.parametrize(("only_a", "only_b"), [(0, 0), (9, 0), (1, 8), (5, 5), (3, 4), (40, 25)])
def test_mcnemar_is_the_exact_one_of_statsmodels(only_a: int, only_b: int) -> None:
    oracle = mcnemar_oracle([[11, only_a], [only_b, 7]], exact=True).pvalue
    assert statistics.mcnemar(only_a, only_b) == EXACT(oracle, **CLOSE)


@pytest.mark.parametrize(
    "ps",
    [[0.04], [0.01, 0.04, 0.03], [0.2, 0.2, 0.001, 0.9], [0.0, 1.0], [0.013, 0.012, 0.011, 0.5, 0.04, 0.04, 0.001]],
)
def test_holm_is_the_one_of_statsmodels(ps: list[float]) -> None:
    assert statistics.holm(ps) == EXACT(list(multipletests(ps, method="holm")[1]), **CLOSE)


@pytest.mark.parametrize("families", [6, 15, 60])
@pytest.mark.parametrize("effect", [0.0, 0.3, 0.9])
def test_power_is_the_one_of_statsmodels(families: int, effect: float) -> None:
    oracle = TTestPower().power(effect, families, 0.05)
    assert statistics.power(effect, families**-0.5, families - 1) == EXACT(oracle, **CLOSE)


@pytest.mark.parametrize("freedom", [1.0, 2.4, 12.6, 59.0, 900.0])
def test_the_smallest_visible_change_is_seen_in_eight_of_ten(freedom: float) -> None:
    size = statistics.smallest_visible(2.5, freedom)
    assert statistics.power(size, 2.5, freedom) == EXACT(0.8, **CLOSE)


def test_as_many_families_as_needed_see_the_margin_and_one_less_does_not() -> None:
    found = statistics.interval(statistics.sums_of(*sample(EQUAL, 2)))
    assert found is not None
    spread = found.error * 12**0.5
    needed = statistics.families_needed(found, 12, 0.5)
    assert needed is not None
    seen = [statistics.smallest_visible(spread / number**0.5, number - 1) for number in (needed, needed - 1)]
    assert seen[0] <= 0.5 < seen[1]
    assert TTestPower().solve_power(0.5 / spread, power=0.8, alpha=0.05) == pytest.approx(needed, abs=1)


def test_no_number_of_families_shows_a_margin_of_nothing() -> None:
    found = statistics.interval(statistics.sums_of(*sample(EQUAL, 2)))
    assert found is not None
    assert statistics.families_needed(found, 12, 0.0) is None
    assert statistics.families_needed(found, 12, 1e-6) is None


def test_one_family_shows_no_spread() -> None:
    assert statistics.interval(statistics.sums_of([1.0, 2.0, 3.0], "aaa")) is None
    assert statistics.sign_flip(statistics.sums_of([1.0, 2.0, 3.0], "aaa")) == 1.0


@given(st.lists(st.integers(1, 12), min_size=2, max_size=20))
@settings(deadline=None, max_examples=80)
def test_there_are_never_more_degrees_of_freedom_than_families_less_one(sizes: list[int]) -> None:
    freedom = degrees_of_freedom(np.array(sizes, dtype=float))
    assert 1 - 1e-9 <= freedom <= len(sizes) - 1 + 1e-9
