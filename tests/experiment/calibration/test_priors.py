"""Priors: walked from 0 to 1 as their distribution functions rise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import truncnorm

from sim.experiment.calibration.priors import Prior

UNIFORM = Prior("a", "behaviour.a", "", "", "", 2.0, 6.0)
LOG = Prior("a", "behaviour.a", "", "", "", 0.01, 1.0, "log")
NORMAL = Prior("a", "behaviour.a", "", "", "", 0.0, 5.0, "linear", 1.6, 1.0)
LOG_NORMAL = Prior("a", "behaviour.a", "", "", "", 0.01, 1.0, "log", 0.05, 0.7)
WHOLE = Prior("a", "choices.a", "", "", "", 1.0, 4.0, whole=True)


def test_values_at_the_quarters() -> None:
    quarters = np.array([0.0, 0.25, 0.5, 1.0])
    assert UNIFORM.at(quarters).tolist() == [2.0, 3.0, 4.0, 6.0]
    assert LOG.at(quarters) == pytest.approx([0.01, 0.0316227766, 0.1, 1.0])
    assert WHOLE.at(np.array([0.0, 0.24, 0.26, 0.99, 1.0])).tolist() == [1.0, 1.0, 2.0, 4.0, 4.0]


def test_a_normal_prior_is_scipys_cut_off_at_the_range() -> None:
    parts = np.linspace(0.01, 0.99, 15)
    expected = truncnorm(-1.6, 3.4, loc=1.6, scale=1.0).ppf(parts)
    assert NORMAL.at(parts) == pytest.approx(expected, rel=1e-8)


@given(st.floats(0, 1), st.sampled_from([UNIFORM, LOG, NORMAL, LOG_NORMAL]))
def test_the_way_there_and_back(part: float, prior: Prior) -> None:
    value = float(prior.at(np.array(part)))
    assert prior.low <= value <= prior.high
    assert prior.part(value) == pytest.approx(part, abs=1e-7)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=2), st.sampled_from([UNIFORM, LOG, NORMAL, LOG_NORMAL, WHOLE]))
def test_values_rise_along_the_way(parts: list[float], prior: Prior) -> None:
    low, high = prior.at(np.array(sorted(parts)))
    assert low <= high


def test_values_are_as_tables_hold_them() -> None:
    values = UNIFORM.at(np.array([1 / 3, 2 / 3]))
    assert values.tolist() == [float(f"{value:.10g}") for value in values]


def test_beyond_the_range_is_its_end() -> None:
    assert (UNIFORM.part(-9.0), UNIFORM.part(99.0)) == (0.0, 1.0)
    assert WHOLE.part(2.0) == pytest.approx(0.375)
