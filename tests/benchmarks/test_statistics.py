"""Ratios of pairs and slopes, against what is known."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.statistics import median, ratio_of_pairs, slope

SECONDS = st.floats(0.001, 1000.0)


def test_a_ratio_of_pairs_is_the_geometric_mean_with_a_t_interval_on_logs() -> None:
    """Logs of the ratios are 0, 1 and 2: mean 1, standard error 1 / sqrt(3), and t(0.975, 2 degrees) is 4.30265 (tables)."""
    found = ratio_of_pairs([1.0, 1.0, 1.0], [1.0, math.e, math.e**2])
    error = 4.302653 / math.sqrt(3)
    assert found == pytest.approx((math.e, math.exp(1 - error), math.exp(1 + error)), rel=1e-6)


def test_one_pair_gives_a_ratio_and_no_interval() -> None:
    found = ratio_of_pairs([2.0], [1.0])
    assert found.value == pytest.approx(0.5)
    assert math.isnan(found.low)
    assert math.isnan(found.high)


@given(st.lists(st.tuples(SECONDS, SECONDS), min_size=2, max_size=8))
def test_the_other_way_round_everything_is_upside_down(pairs: list[tuple[float, float]]) -> None:
    a, b = (list(column) for column in zip(*pairs, strict=True))
    there, back = ratio_of_pairs(a, b), ratio_of_pairs(b, a)
    assert there.low <= there.value * (1 + 1e-9)
    assert there.value <= there.high * (1 + 1e-9)
    assert back.value == pytest.approx(1 / there.value)
    assert math.log(back.low) == pytest.approx(-math.log(there.high), abs=1e-6)


@pytest.mark.parametrize(("a", "b", "word"), [([], [], "pairs"), ([1.0], [1.0, 2.0], "pairs"), ([1.0], [0.0], "above 0")])
def test_what_is_no_pair_of_times_is_refused(a: list[float], b: list[float], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        ratio_of_pairs(a, b)


@given(st.floats(-2.0, 2.0), st.floats(0.01, 100.0))
def test_the_slope_of_a_power_is_its_exponent(exponent: float, factor: float) -> None:
    points = [(float(x), factor * x**exponent) for x in (1, 3, 10, 200)]
    assert slope(points) == pytest.approx(exponent, abs=1e-9)


def test_one_point_has_no_slope() -> None:
    with pytest.raises(ValueError, match="two different x"):
        slope([(2.0, 1.0), (2.0, 3.0)])


def test_the_median_of_two_is_between_them() -> None:
    assert median([3.0, 1.0]) == 2.0
