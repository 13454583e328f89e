"""Sizes: tails against their exponents and against ``powerlaw``, inequality against its laws."""

import contextlib
import io
import math
import warnings
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.measurement.patterns import PATTERNS
from sim.measurement.patterns.sizes import gini, hill, log_spread, slope, tail_of, top_share
from tests.measurement.patterns.made import sized

type Floats = npt.NDArray[np.float64]

SIZES = st.lists(st.integers(1, 100_000), min_size=2, max_size=60).map(lambda some: np.array(some, float))


def pareto(exponent: float, number: int, least: float = 1.0, seed: int = 1) -> Floats:
    """A sample of the density ``x**-exponent`` from ``least`` on."""
    return np.asarray(least * (1.0 - np.random.default_rng(seed).random(number)) ** (-1.0 / (exponent - 1.0)))


def by_powerlaw(values: Floats, **options: Any) -> Any:
    """A fit by the package ``powerlaw``, which prints and warns of what does not concern us."""
    import powerlaw

    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        return powerlaw.Fit(values, verbose=False, **options)


# -- tails -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("exponent", [1.6, 2.05, 3.0])
def test_hill_finds_the_exponent_of_a_power_law(exponent: float) -> None:
    sample = pareto(exponent, 40_000, 100.0)
    error = (exponent - 1.0) / math.sqrt(sample.size)
    assert hill(sample, 100.0) == pytest.approx(exponent, abs=4 * error)


def test_hill_looks_at_the_tail_only() -> None:
    body = np.random.default_rng(2).uniform(1, 99, 5_000)
    tail = pareto(2.2, 3_000, 100.0)
    assert hill(np.concatenate([body, tail]), 100.0) == hill(tail, 100.0)


def test_hill_is_that_of_the_package_powerlaw() -> None:
    sample = np.exp(np.random.default_rng(3).normal(3.0, 1.5, 2_000))
    assert hill(sample, 100.0) == pytest.approx(by_powerlaw(sample, xmin=100.0, discrete=False).power_law.alpha, rel=1e-9)


@pytest.mark.parametrize("values", [np.full(9, 200.0), np.full(20, 100.0), np.full(50, 3.0), np.empty(0)])
def test_no_exponent_of_too_few_or_of_one_size(values: Floats) -> None:
    assert math.isnan(hill(values, 100.0))


@given(st.floats(0.1, 50.0))
def test_hill_knows_no_unit(factor: float) -> None:
    sample = pareto(2.3, 60, 10.0)
    assert hill(factor * sample, factor * 10.0) == pytest.approx(hill(sample, 10.0), rel=1e-9)


def test_the_chosen_tail_begins_where_the_power_law_does() -> None:
    body = np.random.default_rng(4).uniform(5.0, 50.0, 6_000)
    found = tail_of(np.concatenate([body, pareto(2.4, 4_000, 50.0)]))
    assert found is not None
    assert 45.0 < found.least < 75.0
    assert found.exponent == pytest.approx(2.4, abs=0.1)


@pytest.mark.parametrize("seed", [5, 6, 7])
def test_the_chosen_tail_is_that_of_the_package_powerlaw(seed: int) -> None:
    sample = np.exp(np.random.default_rng(seed).normal(3.0, 1.5, 400))
    theirs, ours = by_powerlaw(sample, discrete=False), tail_of(sample)
    assert ours is not None
    assert ours.exponent == pytest.approx(hill(sample, ours.least), rel=1e-9)
    own_tail = by_powerlaw(sample, xmin=ours.least, discrete=False)
    # The package looks at one side of each step of the distribution function, we at both: n values part them by 1 / n at most.
    assert ours.distance + 1e-9 >= own_tail.power_law.D
    assert ours.distance <= theirs.power_law.D + 1.0 / theirs.n_tail + 1e-9


def test_the_tail_of_whole_numbers_is_that_of_the_package_powerlaw() -> None:
    sample = np.round(pareto(2.3, 3_000, 20.0))
    ours = tail_of(sample, whole=True)
    assert ours is not None
    theirs = by_powerlaw(sample, xmin=ours.least, discrete=True, estimate_discrete=True)
    assert ours.exponent == pytest.approx(theirs.power_law.alpha, rel=1e-6)
    assert ours.exponent == pytest.approx(2.3, abs=0.15)


@pytest.mark.parametrize("values", [np.arange(1.0, 9.0), np.full(40, 7.0), np.zeros(50)])
def test_no_tail_of_too_few_or_of_one_size(values: Floats) -> None:
    assert tail_of(values) is None


# -- inequality --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "expected"),
    [([5, 5, 5, 5], 0.0), ([0, 0, 0, 1], 0.75), ([1, 3], 0.25), ([1, 2, 3, 4], 0.25)],
)
def test_gini_of_a_few(values: list[float], expected: float) -> None:
    assert gini(np.array(values, float)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("dist", "expected"),
    [(stats.expon(), 0.5), (stats.uniform(), 1 / 3), (stats.lognorm(s=1.2), math.erf(0.6)), (stats.pareto(b=3.0), 0.2)],
)
def test_gini_of_known_distributions(dist: Any, expected: float) -> None:
    middles = (np.arange(200_000) + 0.5) / 200_000
    assert gini(dist.ppf(middles)) == pytest.approx(expected, abs=2e-3)


@given(SIZES)
def test_gini_lies_between_0_and_1_and_knows_neither_order_nor_unit(values: Floats) -> None:
    found = gini(values)
    assert -1e-12 <= found <= 1.0 - 1.0 / values.size + 1e-12
    assert gini(values[::-1] * 3.0) == pytest.approx(found)


@given(SIZES)
def test_gini_falls_when_the_rich_give_to_the_poor(values: Floats) -> None:
    ranked = np.sort(values)
    given_away = (ranked[-1] - ranked[0]) / 4.0
    ranked[0] += given_away
    ranked[-1] -= given_away
    assert gini(ranked) <= gini(values) + 1e-12


@pytest.mark.parametrize(("number", "share", "expected"), [(100, 0.01, 100 / 5050), (200, 0.01, 399 / 20100), (5, 0.01, 5 / 15)])
def test_what_the_largest_hold(number: int, share: float, expected: float) -> None:
    assert top_share(np.arange(1.0, number + 1), share) == pytest.approx(expected)


def test_nothing_is_not_shared() -> None:
    assert math.isnan(gini(np.zeros(4)))
    assert math.isnan(gini(np.empty(0)))
    assert math.isnan(top_share(np.zeros(4), 0.5))


# -- spread and slope --------------------------------------------------------------------------------------------------------


def test_the_spread_of_logs_is_that_of_a_lognormal() -> None:
    sample = np.exp(np.random.default_rng(8).normal(2.0, 1.52, 50_000))
    assert log_spread(sample) == pytest.approx(1.52, abs=0.02)
    assert log_spread(np.append(sample, 0.0)) == log_spread(sample)
    assert math.isnan(log_spread(np.arange(9.0)))


def test_the_slope_is_that_of_least_squares() -> None:
    drawn = np.random.default_rng(9)
    x = drawn.normal(size=300)
    y = 0.85 * x + drawn.normal(size=300)
    assert slope(x, y) == pytest.approx(sm.OLS(y, sm.add_constant(x)).fit().params[1], rel=1e-9)
    assert slope(x, y) == pytest.approx(stats.linregress(x, y).slope, rel=1e-9)
    assert math.isnan(slope(np.ones(20), y[:20]))
    assert math.isnan(slope(x[:9], y[:9]))


# -- of events ---------------------------------------------------------------------------------------------------------------


def test_patterns_of_size_look_at_what_was_held_and_had_people() -> None:
    sizes = np.round(pareto(2.05, 500, 30.0))
    whole = sized(sizes)
    more = sized(np.append(sizes, [0.0, np.nan, 5_000.0]), held=np.append(np.ones(502), 0.0))
    for name in ("P1a", "P1b", "P1c", "P1d", "P2a", "P2b"):
        value = PATTERNS[name](whole)
        assert math.isfinite(value)
        assert PATTERNS[name](more) == value, name
    assert PATTERNS["P1a"](whole) == hill(sizes, 100.0)
    assert PATTERNS["P2b"](whole) == top_share(sizes, 0.01)
