"""The grouped jackknife: known answers, and how often its intervals hold the truth."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.experiment.battery import jackknife, without_each
from sim.experiment.effects import mean_interval
from tests.measurement.patterns.made import events

VALUES = st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=12)


@given(VALUES)
def test_of_a_mean_it_is_students_interval(values: list[float]) -> None:
    some = np.array(values)
    without = [float(np.delete(some, place).mean()) for place in range(some.size)]
    expected = mean_interval(some)
    assert jackknife(float(some.mean()), without) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("without", [[], [1.0], [1.0, math.nan, 2.0]])
def test_no_interval_of_one_group_or_with_a_gap(without: list[float]) -> None:
    found = jackknife(1.5, without)
    assert found.mean == 1.5
    assert math.isnan(found.low)
    assert math.isnan(found.high)


@pytest.mark.parametrize("statistic", [np.median, np.std])
def test_intervals_of_medians_and_spreads_hold_the_truth_about_as_often_as_they_say(statistic: object) -> None:
    """Ten groups of 60 lognormal values: 95 % intervals, seen 400 times."""
    drawn = np.random.default_rng(1)
    truth = {np.median: 1.0, np.std: 0.5}[statistic]  # type: ignore[index]
    held = 0
    for _ in range(400):
        groups = drawn.normal(0.0, 0.5, (10, 60))
        values = np.exp(groups) if statistic is np.median else groups
        without = [float(statistic(np.delete(values, number, axis=0))) for number in range(10)]  # type: ignore[operator]
        found = jackknife(float(statistic(values)), without)  # type: ignore[operator]
        held += found.low <= truth <= found.high
    assert stats.binomtest(held, 400, 0.95).pvalue > 1e-4 or held > 380
    assert held < 400


def test_a_record_is_cut_into_ten_blocks_of_whole_weeks() -> None:
    parts = without_each(events(range(365), 365))
    assert len(parts) == 10
    assert sum(365 - len(part.table) for part in parts) == 365
    gaps = [365 - sum(stretch.days for stretch in part.stretches) for part in parts]
    assert all(gap % 7 == 0 for gap in gaps[:-1])
    assert min(gaps) >= 35 - 7


@pytest.mark.parametrize(("days", "blocks"), [(365, 10), (139, 9), (28, 2), (27, 0), (5, 0)])
def test_blocks_are_no_shorter_than_two_weeks(days: int, blocks: int) -> None:
    assert len(without_each(events([0], days))) == blocks
