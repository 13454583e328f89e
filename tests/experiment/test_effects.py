"""Effects: against numbers computed by hand, and what is said where there is nothing to say."""

import math

import numpy as np
import pandas as pd
import pytest

from sim.experiment.effects import effects, mean_interval, paired, unpaired, variance_ratio
from sim.streams import Streams

NAN = math.nan
A = pd.DataFrame({"turnout": [1.0, 2.0, 3.0], "share": [0.5, NAN, 0.25], "never": [NAN, NAN, 1.0], "same": [4.0, 4.0, 4.0]})
B = pd.DataFrame({"turnout": [2.0, 4.0, 3.0], "share": [0.75, 0.5, 0.75], "never": [1.0, 1.0, NAN], "same": [4.0, 4.0, 4.0]})


@pytest.fixture
def table() -> pd.DataFrame:
    return effects(A, B).set_index("indicator")


def test_a_pair_of_columns_as_computed_by_hand(table: pd.DataFrame) -> None:
    """Differences 1, 2, 0: mean 1, sd 1; t(2) = 4.302653. Apart: variances 1 and 1, se = sqrt(2/3), df 4, t = 2.776445."""
    row = table.loc["turnout"]
    assert (row["mean_a"], row["mean_b"], row["difference"], row["pairs"]) == (2.0, 3.0, 1.0, 3)
    assert row["low"] == pytest.approx(1 - 4.302653 / math.sqrt(3), abs=1e-6)
    assert row["high"] == pytest.approx(1 + 4.302653 / math.sqrt(3), abs=1e-6)
    assert row["unpaired_low"] == pytest.approx(1 - 2.776445 * math.sqrt(2 / 3), abs=1e-6)
    assert row["unpaired_high"] == pytest.approx(1 + 2.776445 * math.sqrt(2 / 3), abs=1e-6)
    assert row["variance_ratio"] == pytest.approx(2.0)


def test_a_pair_without_a_value_is_left_out_of_its_indicator_only(table: pd.DataFrame) -> None:
    row = table.loc["share"]
    assert (row["pairs"], row["mean_a"], row["mean_b"], row["difference"]) == (2, 0.375, 0.75, 0.375)


def test_an_indicator_without_any_pair_has_no_row(table: pd.DataFrame) -> None:
    assert list(table.index) == ["turnout", "share", "same"]


def test_what_never_varies_differs_by_exactly_nothing(table: pd.DataFrame) -> None:
    row = table.loc["same"]
    assert (row["difference"], row["low"], row["high"], row["unpaired_low"], row["unpaired_high"]) == (0.0,) * 5
    assert math.isnan(row["variance_ratio"])


def test_one_pair_tells_a_difference_and_no_interval() -> None:
    row = effects(A[:1], B[:1]).set_index("indicator").loc["turnout"]
    assert row["difference"] == 1.0
    assert all(math.isnan(row[end]) for end in ("low", "high", "unpaired_low", "unpaired_high", "variance_ratio"))


def test_pairs_that_differ_by_a_constant_are_exact() -> None:
    one = np.array([1.0, 5.0, 2.0])
    assert variance_ratio(one, one + 2) == math.inf
    assert paired(one, one + 2) == (2.0, 2.0, 2.0)


def test_unpaired_runs_of_unequal_number_and_spread() -> None:
    """Welch: variances 2 and 8, n 2 and 3: se^2 = 1 + 8/3; df = (11/3)^2 / (1/1 + (8/3)^2 / 2) = 2.951220."""
    interval = unpaired(np.array([0.0, 2.0]), np.array([0.0, 2.8284271247461903, 5.656854249492381]))
    half = 3.2121305 * math.sqrt(11 / 3)
    assert interval.mean == pytest.approx(2.8284271 - 1)
    assert interval.high - interval.mean == pytest.approx(half, rel=1e-4)


def test_the_mean_of_nothing_is_nothing() -> None:
    assert all(math.isnan(part) for part in mean_interval(np.array([])))


def test_intervals_hold_the_mean_about_as_often_as_they_say() -> None:
    """Draws that are known to be normal with mean 1: 95 % of 400 intervals, give or take three standard errors."""
    chance = Streams(1)
    draws = np.array([[1 + chance.normal("a test", run, pair) for pair in range(10)] for run in range(400)])
    held = [interval.low <= 1 <= interval.high for interval in map(mean_interval, draws)]
    assert np.mean(held) == pytest.approx(0.95, abs=3 * math.sqrt(0.95 * 0.05 / 400))
