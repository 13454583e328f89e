"""Goals: bands as numbers with a tolerance."""

import math

import numpy as np
import pytest

from tests.experiment.calibration.made import goal


def test_the_middle_and_the_spread_are_the_bands() -> None:
    one = goal("P", 1.0, 3.0)
    assert one.middle == 2.0
    assert one.sd == pytest.approx(1.0 / 1.959964)
    assert one.name == "town P"


def test_by_ratios_both_are_of_logarithms() -> None:
    one = goal("P", 1.0, 4.0, log=True)
    assert math.exp(one.middle) == pytest.approx(2.0)
    assert one.sd == pytest.approx(math.log(2.0) / 1.959964)
    assert one.off_scale(one.on_scale(np.array([3.0]))) == pytest.approx([3.0])


def test_a_share_of_nothing_has_a_place_below_the_band() -> None:
    """A zero has no logarithm; it counts as a tenth of the lower end, and a missing value stays missing."""
    one = goal("P", 0.01, 0.04, log=True)
    on_scale = one.on_scale(np.array([0.0, 0.001, np.nan]))
    assert on_scale[:2] == pytest.approx([math.log(0.001)] * 2)
    assert np.isnan(on_scale[2])


def test_a_tolerance_widens_the_spread_but_not_the_band() -> None:
    one, wide = goal("P", 1.0, 3.0), goal("P", 1.0, 3.0, tolerance=2.0)
    assert wide.sd == 2 * one.sd
    assert wide.met(np.array([0.99, 1.0, 3.0, 3.01, np.nan])).tolist() == [False, True, True, False, False]
