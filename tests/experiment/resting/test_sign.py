"""How sure the sign is, and where it flips."""

import numpy as np
import pytest
from scipy.special import ndtr

from sim.experiment.resting.responses import in_ranks, responses_of
from sim.experiment.resting.sign import REGIONS, flips_where, sign_of
from tests.experiment.resting.made import cube, named, normal, pairs_of


def test_noise_is_not_taken_for_a_doubtful_sign() -> None:
    """Expected differences are normal around 1 with sd 1: 84 of 100 are above 0. With noise in them 75 of 100 points are."""
    pairs = pairs_of(1 + normal(1000, 1, 5)[:, 0], 1.5, sample=3)
    found = sign_of(pairs, responses_of(pairs))
    assert found["above"] == pytest.approx(ndtr(1.0), abs=0.05)
    assert found["above_low"] < ndtr(1.0) < found["above_high"]
    assert found["raw_above"] == pytest.approx(ndtr(1 / np.sqrt(1 + 1.5**2 / 2)), abs=0.04)
    assert (found["noise_sd"], found["expected_sd"]) == pytest.approx((1.5, 1.0), rel=0.12)
    assert found["low"] < 1 < found["high"]
    assert found["raw_above"] + found["raw_below"] == 1


def test_a_difference_that_is_always_the_same_is_sure() -> None:
    pairs = pairs_of(np.full(30, -2.0))
    found = sign_of(pairs, responses_of(pairs))
    assert (found["mean"], found["low"], found["high"], found["above"], found["raw_below"]) == (-2, -2, -2, 0, 1)


def test_the_region_in_which_the_sign_flips_is_found() -> None:
    x = cube(300, 6)
    corner = (x[:, 1] > 0.6) & (x[:, 4] < 0.5)
    found = flips_where(named(x), responses_of(pairs_of(np.where(corner, -1.0, 1.0), 0.3)), shuffles=39)
    assert list(found.columns) == REGIONS
    assert found["found"].all()
    limits = {row["assumption"]: row for row in found.to_dict("records")}
    assert limits.keys() == {"x1", "x4"}
    assert limits["x1"]["least"] == pytest.approx(0.6, abs=0.05)
    assert 0.45 < limits["x4"]["most"] < 0.7  # 8 of 10 points are wished for, no more
    assert np.isnan(limits["x1"]["most"])
    assert found["density"].min() >= 0.8
    assert found["coverage"].min() > 0.8


def test_where_nothing_makes_it_flip_no_region_is_found() -> None:
    """The sign is that of a coin, at each of several samples."""
    told = [
        flips_where(named(cube(150, 6, sample)), responses_of(pairs_of(0.6 + normal(150, 1, sample)[:, 0])), shuffles=39)
        for sample in (1, 2, 3, 4)
    ]
    assert sum(bool(one["found"].any()) for one in told) <= 1


def test_a_sign_that_never_flips_has_no_region() -> None:
    found = flips_where(named(cube(50, 3)), responses_of(pairs_of(np.ones(50))))
    assert list(found.columns) == REGIONS
    assert not len(found)


def test_pairs_without_a_value_are_left_out() -> None:
    pairs = pairs_of(np.arange(4.0), 0.1, seeds=3)
    pairs.loc[[0, 3, 4, 5], "difference"] = np.nan
    found = responses_of(pairs)
    assert found.points.tolist() == [0, 2, 3]
    assert found.pairs.tolist() == [2, 3, 3]
    assert np.isnan(in_ranks(pairs)["difference"]).tolist() == np.isnan(pairs["difference"]).tolist()


def test_ranks_are_those_of_all_pairs() -> None:
    pairs = pairs_of(np.array([5.0, 5.0, -1.0]), seeds=1)
    assert in_ranks(pairs)["difference"].tolist() == [2.5, 2.5, 1.0]
