"""Bunching estimators against an analytic answer: the fine of Daymude, Axelrod and Forrest (classics.md, 1.5)."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import ModelError
from sim.measurement import bunching, bunching_against
from sim.measurement.bunching import bunching_below, mass_below
from sim.measurement.rows import Rows
from sim.streams import Streams

TOLERANCE, INDIFFERENT = 0.25, 3 / 7
"""b = 2, v = .5, t = .25, s = .5: who desires d in (t, d_u) does exactly t, where d_u = (b t + v s) / (b - (1 - v) s) = 3/7."""

MASS = INDIFFERENT - TOLERANCE
THRESHOLD = 251  # desires in thousandths as persons: 250 are tolerated, 251 are not


def sizes(desires: np.ndarray, *, notch: bool) -> np.ndarray:
    moved = (desires > TOLERANCE) & (desires < INDIFFERENT) & notch
    return np.ceil(np.where(moved, TOLERANCE, desires) * 1000)


def even(n: int) -> np.ndarray:
    return (np.arange(n) + 0.5) / n


def drawn(n: int, seed: int) -> np.ndarray:
    streams = Streams(seed)
    return np.array([streams.uniform("test/desire", i) for i in range(n)])


def test_the_mass_at_a_notch_is_found() -> None:
    assert pytest.approx(0.1786, abs=5e-5) == MASS
    found = bunching(sizes(even(20_000), notch=True), THRESHOLD)
    assert found.mass == pytest.approx(MASS, abs=1e-3)
    assert found.excess == pytest.approx(MASS * 20_000, rel=1e-2)
    assert found.ratio == pytest.approx(MASS / 0.025, rel=5e-2)  # one bin: 25 of 1,000 persons' sizes
    assert 251 < found.window[1] <= 451  # where the hole ends: 428


def test_where_there_is_no_notch_none_is_found() -> None:
    assert bunching(sizes(even(20_000), notch=False), THRESHOLD).mass == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_the_interval_covers_the_truth(seed: int) -> None:
    desires = drawn(3_000, seed)
    found = bunching(sizes(desires, notch=True), THRESHOLD, draws=200, seed=seed)
    assert found.low < MASS < found.high
    assert found.high - found.low < 0.05
    placebo = bunching(sizes(desires, notch=False), THRESHOLD, draws=200, seed=seed)
    assert placebo.low < 0.0 < placebo.high


def test_the_same_seeds_without_the_threshold_give_the_mass_exactly() -> None:
    desires = drawn(3_000, 1)
    with_, without = sizes(desires, notch=True), sizes(desires, notch=False)
    found = bunching_against(with_, without, THRESHOLD, draws=200, seed=1)
    moved = float(np.mean(with_ != without))
    assert found.mass == pytest.approx(moved)
    assert found.excess == pytest.approx(moved * 3_000)
    assert found.low < found.mass < found.high
    assert found.window == (226, 251)
    assert bunching_against(without, without, THRESHOLD).mass == 0.0


def test_runs_of_different_length_are_compared_by_density() -> None:
    found = bunching_against(sizes(even(7_000), notch=True), sizes(even(1_000), notch=False), THRESHOLD)
    assert found.mass == pytest.approx(MASS, abs=1e-3)
    assert found.bins["counterfactual"].sum() == pytest.approx(found.bins["count"].sum(), rel=0.02)


def rounded(persons: np.ndarray) -> np.ndarray:
    """Sizes as people say them: by 5, from 50 by 10, from 200 by 50."""
    step = np.select([persons < 10, persons < 50, persons < 200], [1, 5, 10], 50)
    return np.maximum(1, np.round(persons / step) * step)


@pytest.mark.parametrize("threshold", [100, 250, 500])
def test_round_numbers_are_not_taken_for_bunching(threshold: int) -> None:
    streams = Streams(3)
    persons = np.exp([4 + 1.3 * streams.normal("test/size", i) for i in range(4_000)])
    said = rounded(persons)
    placebo = bunching(said, threshold).mass
    assert abs(placebo) < 0.01
    moved = (said >= threshold) & (said < 1.6 * threshold)
    found = bunching(np.where(moved, threshold - 1, said), threshold).mass
    assert found == pytest.approx(moved.mean(), abs=0.012)


def test_draws_depend_on_the_seed_and_on_nothing_else() -> None:
    said = sizes(drawn(500, 1), notch=True)
    one, again, other = (bunching(said, THRESHOLD, draws=20, seed=seed) for seed in (1, 1, 2))
    assert (one.low, one.high) == (again.low, again.high) != (other.low, other.high)


def test_too_few_sizes_say_nothing() -> None:
    assert math.isnan(bunching([], 250).mass)
    assert math.isnan(bunching([100.0] * 10, 250).mass)
    assert math.isnan(bunching_against([], [100.0], 250).mass)


def test_below_one_person_there_is_nobody() -> None:
    with pytest.raises(ModelError, match="no bins of width 1 lie below a threshold of 1 persons"):
        bunching([1.0] * 50, 1)
    with pytest.raises(ModelError, match="no bins of width 300"):
        bunching([1.0] * 50, 250, width=300)


def planned(sizes: np.ndarray, threshold: int | None) -> pd.DataFrame:
    found = pd.DataFrame({"declared_first": sizes, "strategy": "expected"})
    return found.assign(threshold=pd.array([threshold] * len(sizes), dtype="Int32"))


def test_the_indicator_knows_the_thresholds_of_the_day() -> None:
    notch, none = planned(sizes(even(8_000), notch=True), THRESHOLD), planned(sizes(even(8_000), notch=False), THRESHOLD + 100)
    assert math.isnan(bunching_below(planned(sizes(even(1_000), notch=True), None)))
    assert bunching_below(notch) == pytest.approx(MASS, abs=2e-3)
    assert bunching_below(pd.concat([notch, none, planned(np.array([3.0]), None)])) == pytest.approx(MASS / 2, abs=2e-3)
    assert math.isnan(bunching_below(notch.assign(strategy="phantom")))


def test_the_indicator_is_the_estimator_with_its_defaults() -> None:
    frame = planned(sizes(drawn(400, 2), notch=True), THRESHOLD)
    mass = bunching_below(frame)
    assert mass == bunching(frame["declared_first"], THRESHOLD).mass > 0
    columns = {
        "threshold": frame["threshold"].to_numpy(float),
        **{name: frame[name].to_numpy() for name in ("declared_first", "strategy")},
    }
    assert mass_below(Rows(len(frame), columns.__getitem__)) == mass


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, 5_000), max_size=300), st.integers(2, 1_500))
def test_any_sizes_give_a_share_or_nothing(some: list[int], threshold: int) -> None:
    found = bunching(some, threshold)
    assert math.isnan(found.mass) or (found.mass <= 1.0 and math.isfinite(found.mass))
    assert found.bins["count"].sum() <= len(some)
