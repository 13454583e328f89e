"""Histories: which years an analyst happens to have; and intervals by leaving out one seed at a time."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtrit

from sim.experiment.city_years import histories, jackknife_interval, share_interval
from tests.experiment.sensitivity.made import noise


def test_one_year_on_either_side_is_every_ordered_pair() -> None:
    found = histories(4, 1)
    pairs = list(zip(found.before[:, 0].tolist(), found.after[:, 0].tolist(), strict=True))
    assert sorted(pairs) == [(i, j) for i in range(4) for j in range(4) if i != j]
    assert found.years == 1
    assert found.used.sum(axis=1).tolist() == [2] * 12


@given(st.integers(2, 12).flatmap(lambda seeds: st.tuples(st.just(seeds), st.integers(1, seeds // 2))))
def test_no_year_stands_twice_in_a_history(drawn: tuple[int, int]) -> None:
    seeds, years = drawn
    found = histories(seeds, years, 50)
    both = np.hstack([found.before, found.after])
    assert all(len(set(one)) == 2 * years for one in both.tolist())
    assert set(both.ravel().tolist()) <= set(range(seeds))
    np.testing.assert_array_equal(found.used.sum(axis=1), 2 * years)


def test_every_seed_is_drawn_as_often_on_either_side() -> None:
    found = histories(10, 3, 20_000)
    expected, error = 6000, math.sqrt(20_000 * 0.3 * 0.7)
    for side in (found.before, found.after):
        assert np.bincount(side.ravel(), minlength=10) == pytest.approx(np.full(10, expected), abs=4.5 * error)


def test_histories_are_the_same_each_time_and_others_for_other_years() -> None:
    np.testing.assert_array_equal(histories(9, 3, 100).before, histories(9, 3, 100).before)
    assert (histories(9, 3, 100).before[:, :2] != histories(9, 2, 100).before).any()


@pytest.mark.parametrize(("seeds", "years"), [(5, 3), (1, 1), (4, 0)])
def test_too_few_years_for_a_history(seeds: int, years: int) -> None:
    with pytest.raises(ValueError, match=f"{years} years on either side need {2 * years} seeds at least; found {seeds}"):
        histories(seeds, years)


def test_shares_without_a_seed_are_those_of_the_histories_that_do_not_have_it() -> None:
    found = histories(6, 2, 300)
    holds, among = found.before[:, 0] < 3, found.after[:, 1] > 1
    whole, left_out = found.shares(holds, among)
    assert whole == pytest.approx((holds & among).sum() / among.sum())
    for seed in range(6):
        rest = ~(np.hstack([found.before, found.after]) == seed).any(axis=1)
        assert left_out[seed] == pytest.approx((holds & among & rest).sum() / (among & rest).sum())


def test_the_share_of_nothing_is_missing() -> None:
    whole, left_out = histories(4, 1).shares(np.ones(12, bool), np.zeros(12, bool))
    assert math.isnan(whole)
    assert np.isnan(left_out).all()


def test_the_jackknife_of_a_mean_is_its_t_interval() -> None:
    """Tukey 1958: for a mean, the jackknife's standard error is sd / sqrt n."""
    values = noise(1, 12)[0]
    low, high = jackknife_interval(values.mean(), (values.sum() - values) / 11)
    half = stdtrit(11, 0.975) * values.std(ddof=1) / math.sqrt(12)
    assert (low, high) == pytest.approx((values.mean() - half, values.mean() + half))


def test_the_jackknife_of_pairs_holds_the_truth_about_as_often_as_it_says() -> None:
    """The chance that one of two normal years 0.5 apart comes out the other way is Phi(-0.5 / sqrt 2) = 0.362."""
    found, held = histories(20, 1), []
    for repeat in range(200):
        one, other = noise(2, 20, f"years {repeat}")
        wrong = (other + 0.5)[found.after[:, 0]] < one[found.before[:, 0]]
        low, high = share_interval(*found.shares(wrong), 1)
        held.append(low <= 0.3618 <= high)
    assert 0.88 <= np.mean(held) <= 0.99


def test_where_no_history_does_it_the_interval_is_not_a_point() -> None:
    """Clopper and Pearson: 0 of 10 is at most 1 - 0.025^(1/10) = 0.3085."""
    low, high = share_interval(0.0, np.zeros(20), 1)
    assert (low, high) == pytest.approx((0, 0.3085), abs=1e-4)
    assert share_interval(1.0, np.ones(20), 1) == pytest.approx((1 - 0.3085, 1), abs=1e-4)


def test_an_interval_that_cannot_be_told_is_missing_and_a_share_stays_a_share() -> None:
    assert all(map(math.isnan, jackknife_interval(math.nan, np.zeros(5))))
    assert all(map(math.isnan, share_interval(0.5, np.array([0.5, math.nan]), 1)))
    assert share_interval(0.5, np.array([0.0, 1.0, 0.5]), 1) == (0, 1)
