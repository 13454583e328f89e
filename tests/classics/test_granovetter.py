"""Granovetter's thresholds: the model, counting and the engine agree, and the crowd is the least fixed point."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from sim.classics.crowd import those_who_go
from sim.classics.fixed_point import least_fixed_point
from sim.classics.granovetter import Riot, counted, critical, equilibrium, jump, large_riots, spread_out
from sim.classics.graphs import complete_ties

SETTINGS = settings(max_examples=60, deadline=None, derandomize=True)
CROWDS = st.lists(st.integers(-3, 25), min_size=1, max_size=20)


def test_the_ladder_and_the_ladder_with_one_rung_missing() -> None:
    ladder = Riot(range(100))
    assert ladder.run() == 100
    assert ladder.history == [*range(101), 100]
    assert Riot([0, 2, *range(2, 100)]).run() == 1


@SETTINGS
@given(CROWDS)
def test_the_model_counting_and_the_engine_find_the_same_crowd(thresholds: list[int]) -> None:
    goers = those_who_go(complete_ties(len(thresholds)), np.array(thresholds))
    assert Riot(thresholds).run() == counted(thresholds) == goers.size
    assert all(thresholds[i] <= goers.size for i in goers)


@SETTINGS
@given(CROWDS, st.integers(0, 19), st.integers(0, 10))
def test_nobody_riots_because_somebody_needs_more(thresholds: list[int], who: int, more: int) -> None:
    wary = list(thresholds)
    wary[who % len(wary)] += more
    assert counted(wary) <= counted(thresholds)


@pytest.mark.parametrize(
    ("spread", "rioters"),
    [
        (12.20, 5.479),
        (12.22, 5.976),
        (12.23, 100.0),
        (20, 99.991),
        (30, 99.34),
        (50, 90.49),
        (75, 74.57),
        (100, 65.86),
        (200, 56.2),
    ],
)
def test_normal_thresholds_of_mean_25(spread: float, rioters: float) -> None:
    assert 100 * equilibrium(0.25, spread / 100) == pytest.approx(rioters, abs=5e-3)


@SETTINGS
@given(st.floats(0.05, 0.45), st.floats(0.02, 1.5))
def test_the_crowd_is_the_least_fixed_point(mean: float, spread: float) -> None:
    """Iterating the map from nobody comes to the same from below, and never passes it."""
    end, share = equilibrium(mean, spread), 0.0
    for _ in range(3000):
        share = float(ndtr((share - mean) / spread))
    assert share <= end + 1e-12
    assert ndtr((end - mean) / spread) == pytest.approx(end, abs=1e-9)
    assert end - share < 1e-2, "slow only where the map all but touches the diagonal"


@SETTINGS
@given(st.floats(0.05, 0.45), st.floats(0.02, 1.0), st.floats(0.0, 0.3))
def test_a_more_reluctant_people_is_a_smaller_crowd(mean: float, spread: float, more: float) -> None:
    assert equilibrium(mean + more, spread) <= equilibrium(mean, spread) + 1e-12


@pytest.mark.parametrize("mean", [0.1, 0.25, 0.4])
def test_the_jump_is_where_the_map_touches_the_diagonal(mean: float) -> None:
    spread, before = critical(mean)
    assert jump(mean) == pytest.approx(spread, abs=1e-8)
    assert equilibrium(mean, spread * (1 - 1e-6)) == pytest.approx(before, abs=1e-3)
    assert equilibrium(mean, spread * (1 + 1e-6)) > 0.9


def test_the_jump_of_the_paper() -> None:
    spread, before = critical(0.25)
    assert 100 * spread == pytest.approx(12.222087, abs=1e-6)
    assert 100 * before == pytest.approx(6.2003, abs=1e-4)


def test_a_touch_between_two_points_of_the_grid_is_seen() -> None:
    """A map that meets the diagonal over less than a ten-thousandth stops the crowd there."""
    touch = 0.30012

    def just_touching(share: np.ndarray) -> np.ndarray:
        return np.minimum(share + (share - touch) ** 2 - 1e-9, 1.0)

    assert least_fixed_point(just_touching) == pytest.approx(touch, abs=1e-4)
    assert least_fixed_point(lambda share: np.minimum(share + (share - touch) ** 2 + 1e-9, 1.0)) == 1.0


def test_quantiles_stand_for_the_distribution() -> None:
    drawn = spread_out(10_001, 0.25, 0.1)
    assert drawn.mean() == pytest.approx(0.25, abs=1e-9)
    assert drawn.std() == pytest.approx(0.1, abs=1e-4)


def test_drawn_crowds_are_the_seeds_and_blur_the_jump() -> None:
    assert large_riots(100, 25.0, 13.0, 300, 7) == large_riots(100, 25.0, 13.0, 300, 7)
    assert len({large_riots(100, 25.0, 13.0, 300, seed) for seed in range(6)}) > 1
    for spread, often in ((11.0, 0.03), (13.0, 0.43), (15.0, 0.79)):
        error = np.sqrt(often * (1 - often) * (1 / 400 + 1 / 2000))
        assert large_riots(100, 25.0, spread, 2000, 1) == pytest.approx(often, abs=4 * error)
    assert large_riots(10_000, 2500.0, 1100.0, 30, 1) == 0.0
    assert large_riots(10_000, 2500.0, 1350.0, 30, 1) == 1.0
