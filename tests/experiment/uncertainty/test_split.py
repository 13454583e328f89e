"""Noise between seeds and not knowing the parameters, told apart."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import InputError
from sim.experiment.calibration.chance import Chance
from sim.experiment.uncertainty import split_uncertainty


def table(values: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> pd.DataFrame:
    """Draws by seeds as one row a pair."""
    draws, seeds = values.shape
    keys = {"draw": np.repeat(np.arange(draws), seeds), "seed": np.tile(np.arange(seeds), draws)}
    return pd.DataFrame(keys | {"difference": values.ravel()})


def test_by_hand() -> None:
    """Means 2 and 6, one unit either way: MS within 2, MS between 16, so (16 - 2) / 2 = 7 for parameters."""
    found = split_uncertainty(table(np.array([[1.0, 3.0], [5.0, 7.0]])))
    assert (found.mean, found.noise, found.parameters) == (4.0, 2.0, 7.0)
    assert found.parameter_share == pytest.approx(7 / 9)
    assert (found.draws, found.pairs) == (2, 4)
    assert found.high - found.mean == pytest.approx(12.7062 * np.sqrt(8) / np.sqrt(2), rel=1e-5)
    assert found.effect_high - found.mean == pytest.approx(12.7062 * np.sqrt(7 + 8 / 2), rel=1e-5)
    # F = 8 with 1 and 2 degrees of freedom, whose quantiles are 38.5063 and 0.00125156
    assert found.share_low == 0.0
    assert found.share_high == pytest.approx((8 / 0.00125156 - 1) / (8 / 0.00125156 + 1), rel=1e-5)


def test_variances_that_are_known_are_found() -> None:
    chance = Chance(1, "test")
    values = 3.0 + 2.0 * chance.normal(400, 1) + 5.0 * chance.normal(400, 6)
    found = split_uncertainty(table(values))
    assert found.mean == pytest.approx(3.0, abs=0.4)
    assert found.noise == pytest.approx(25.0, rel=0.1)
    assert found.parameters == pytest.approx(4.0, rel=0.4)


def test_the_interval_holds_both_kinds() -> None:
    """Of 200 repetitions with 12 draws, the 95 % interval holds the true mean about as often as it says."""
    chance, held = Chance(2, "test"), 0
    for _ in range(200):
        found = split_uncertainty(table(chance.normal(12, 1) + chance.normal(12, 3)))
        held += found.low <= 0.0 <= found.high
    assert 0.91 <= held / 200 <= 0.99


def test_the_interval_of_the_share_holds_it_as_often_as_it_says() -> None:
    """A fifth of the variance is due to parameters; of 300 repetitions 95 of 100 intervals hold that."""
    chance, held = Chance(3, "test"), 0
    for _ in range(300):
        found = split_uncertainty(table(chance.normal(8, 1) + 2.0 * chance.normal(8, 2)))
        held += found.share_low <= 0.2 <= found.share_high
    assert 0.91 <= held / 300 <= 0.98


def test_the_effect_at_another_draw_lies_where_it_says() -> None:
    """Also where draws happen not to differ more than seeds make them: then the interval is no point."""
    chance, held = Chance(4, "test"), 0
    for _ in range(300):
        found = split_uncertainty(table(chance.normal(8, 1) + chance.normal(8, 3)))
        held += found.effect_low <= float(chance.normal(1)[0]) <= found.effect_high
        assert found.effect_low <= found.low <= found.high <= found.effect_high
    assert 0.91 <= held / 300 <= 0.99


def test_draws_that_do_not_differ_have_no_variance() -> None:
    found = split_uncertainty(table(np.array([[0.1, 0.3], [0.3, 0.1], [0.2, 0.2]])))
    assert found.parameters == 0.0
    none = split_uncertainty(table(np.full((3, 2), 0.1)))
    assert (none.noise, none.parameters, none.effect_low) == (0.0, 0.0, none.low)
    assert np.isnan(none.parameter_share)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-100, 100), min_size=8, max_size=8), st.floats(-50, 50))
def test_a_shift_of_all_changes_the_mean_only(values: list[float], shift: float) -> None:
    field = np.array(values).reshape(4, 2)
    one, other = split_uncertainty(table(field)), split_uncertainty(table(field + shift))
    assert other.mean == pytest.approx(one.mean + shift, abs=1e-9)
    assert (other.noise, other.parameters) == (pytest.approx(one.noise, abs=1e-6), pytest.approx(one.parameters, abs=1e-6))
    assert one.parameters >= 0


def test_pairs_without_a_value_are_left_out() -> None:
    found = split_uncertainty(table(np.array([[1.0, 3.0, np.nan], [5.0, 7.0, np.nan]])))
    assert (found.pairs, found.noise, found.parameters) == (4, 2.0, 7.0)


def test_what_cannot_be_told_apart_is_refused() -> None:
    with pytest.raises(InputError, match="one seed for each draw; allowed: two or more for some draw"):
        split_uncertainty(table(np.array([[1.0], [2.0]])))
    with pytest.raises(InputError, match="found 1 draws with a value"):
        split_uncertainty(table(np.array([[1.0, 2.0]])))
    with pytest.raises(InputError, match="seed: found no such column"):
        split_uncertainty(pd.DataFrame({"draw": [1], "difference": [2.0]}))
