"""Tests of rates: other people's software, numbers computed by hand, and how often they cry wolf."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import pdtrik
from scipy.stats import binomtest, ttest_ind

from sim.experiment.rate_tests import negative_binomial_p, poisson_p, welch_p
from sim.streams import Streams, uniforms
from tests.experiment.sensitivity.made import noise

counts = st.integers(0, 400)


def side(*years: float) -> np.ndarray:
    return np.array([years], np.float64)


def poisson_years(rate: float, histories: int, years: int, stream: str) -> np.ndarray:
    """Poisson counts by inversion."""
    coins = uniforms(Streams(11).key(stream), histories * years, np.uint64(0))
    return np.maximum(np.ceil(pdtrik(np.asarray(coins), rate)), 0.0).reshape(histories, years)


@given(counts, counts)
def test_equal_rates_are_tested_as_scipy_does(before: int, after: int) -> None:
    known = binomtest(after, before + after, 0.5).pvalue if before + after else 1.0
    assert poisson_p(side(before), side(after))[0] == pytest.approx(known, rel=1e-9)


@given(counts, counts, st.floats(0.2, 5))
def test_a_known_ratio_of_reporting_enters_as_exposure(before: int, after: int, ratio: float) -> None:
    both, share = before + after, ratio / (1 + ratio)
    tails = [binomtest(after, both, share, alternative=way).pvalue if both else 1.0 for way in ("less", "greater")]
    assert poisson_p(side(before), side(after), ratio)[0] == pytest.approx(min(1, 2 * min(tails)), rel=1e-7)


@given(counts, counts, st.floats(0.2, 5))
def test_before_and_after_may_change_places(before: int, after: int, ratio: float) -> None:
    assert poisson_p(side(before), side(after), ratio)[0] == pytest.approx(poisson_p(side(after), side(before), 1 / ratio)[0])
    one, other = side(before, before + 3), side(after, after + 9)
    assert negative_binomial_p(one, other, ratio)[0] == pytest.approx(negative_binomial_p(other, one, 1 / ratio)[0])
    assert welch_p(one, other)[0] == pytest.approx(welch_p(other, one)[0])


def test_many_years_are_one_long_one() -> None:
    assert poisson_p(side(3, 5, 1), side(9, 4, 8))[0] == poisson_p(side(9), side(21))[0]


def test_negative_binomial_as_computed_by_hand() -> None:
    """Before 8, 12; after 30, 10: means 10 and 20, variances 8 and 200. a = (8 - 10 + 200 - 20) / (100 + 400) = 0.356.

    With 1/2 an event on each side, 10.25 and 20.25: z = log(20.25 / 10.25) / sqrt((1/10.25 + 1/20.25 + 0.712) / 2) = 1.0390.
    """
    assert negative_binomial_p(side(8, 12), side(30, 10))[0] == pytest.approx(math.erfc(1.0390 / math.sqrt(2)), abs=1e-4)


def test_years_that_differ_less_than_by_chance_are_taken_as_poisson() -> None:
    """Before 10, 10; after 20, 20: z = log(20.25 / 10.25) / sqrt((1/10.25 + 1/20.25) / 2) = 2.5115."""
    p = negative_binomial_p(side(10, 10), side(20, 20))[0]
    assert p == pytest.approx(math.erfc(2.5115 / math.sqrt(2)), abs=1e-4)


def test_no_events_at_all_are_no_evidence() -> None:
    nothing = side(0, 0)
    assert poisson_p(nothing, nothing)[0] == 1
    assert negative_binomial_p(nothing, nothing)[0] == pytest.approx(1)
    assert welch_p(nothing, nothing)[0] == 1


def test_welch_is_scipys() -> None:
    one, other = noise(30, 4, "one"), 2 * noise(30, 4, "other") + 1
    known = ttest_ind(one, other, axis=1, equal_var=False).pvalue
    np.testing.assert_allclose(welch_p(one, other), known, rtol=1e-9)


def test_years_without_spread_are_not_significant() -> None:
    assert welch_p(side(5, 5), side(9, 9))[0] == 1


@pytest.mark.parametrize("test", [negative_binomial_p, welch_p])
def test_one_year_tells_no_spread(test) -> None:
    with pytest.raises(ValueError, match=r"two years on either side at least, and equally many; found \(1,\)"):
        test(side(3), side(4))


def test_years_that_are_poisson_cry_wolf_as_often_as_they_should() -> None:
    """The exact test is careful; the other, told the dispersion by few years, is a little less so."""
    one, other = (poisson_years(30.0, 2000, 5, name) for name in ("a", "b"))
    assert 0.02 < (poisson_p(one, other) < 0.05).mean() < 0.06
    assert 0.02 < (negative_binomial_p(one, other) < 0.05).mean() < 0.06


def test_years_that_differ_for_other_reasons_make_the_poisson_test_cry_wolf() -> None:
    """Rates that vary by 30 per cent between years: the Poisson test is misled, the other one much less."""
    waves = [np.exp(0.3 * noise(500, 5, name)) for name in ("c", "d")]
    one, other = (np.round(wave * poisson_years(60.0, 500, 5, name)) for wave, name in zip(waves, "ef", strict=True))
    assert (poisson_p(one, other) < 0.05).mean() > 0.3
    assert (negative_binomial_p(one, other) < 0.05).mean() < 0.15
