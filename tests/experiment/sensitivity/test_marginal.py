"""Marginal effects: straight lines and powers, whose slopes and elasticities are known."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import InputError
from sim.experiment.effects import mean_interval
from sim.experiment.sensitivity import marginal_effects
from tests.experiment.sensitivity.made import grid, noise, outcome, table_of


@settings(max_examples=25)
@given(st.floats(-5, 5), st.floats(-50, 50))
def test_a_straight_line_has_its_slope_everywhere(slope: float, start: float) -> None:
    design = grid(fine=[0, 10, 50, 200], notice=[1, 5])
    line = outcome(design, lambda fine, notice: start + slope * fine + 3 * notice, 4) + 10 * noise(1, 4)
    found = marginal_effects(table_of(design, {"y": line}), "fine", ["y"], ["notice"])
    assert found["stretch"].tolist() == ["0 to 10", "10 to 50", "50 to 200", "overall"]
    for column in ("effect", "low", "high"):
        np.testing.assert_allclose(found[column], slope, atol=1e-9)


def test_the_arc_elasticity_between_two_levels_as_computed_by_hand() -> None:
    """From 10 to 20 the outcome falls from 30 to 10: (-20 / 20) / (10 / 15) = -1.5."""
    found = marginal_effects(table_of({"fine": [10, 20]}, {"y": np.array([[30.0, 30.0], [10.0, 10.0]])}), "fine", ["y"])
    assert found["elasticity"].tolist() == pytest.approx([-1.5, -1.5])
    assert found["effect"].tolist() == [-2.0, -2.0]


def test_a_seed_is_the_unit() -> None:
    """Slopes with seeds 1, 2, 3 are 1, 2 and 6; what a seed adds to all points does not count."""
    y = np.array([[0.0, 100.0, 7.0], [1.0, 102.0, 13.0]])
    row = marginal_effects(table_of({"fine": [0, 1]}, {"y": y}), "fine", ["y"]).iloc[-1]
    assert tuple(row[["effect", "low", "high"]]) == pytest.approx(mean_interval(np.array([1.0, 2.0, 6.0])))
    assert row["seeds"] == 3


def test_by_level_of_another_factor() -> None:
    settings = grid(fine=[0, 1, 2], style=["mild", "hard"])
    y = outcome(settings, lambda fine, style: fine * (1 if style == "mild" else -4), 3)
    found = marginal_effects(table_of(settings, {"y": y}), "fine", ["y"], ["style"], by="style")
    overall = found[found["stretch"] == "overall"].set_index("level")["effect"]
    assert overall.to_dict() == {"mild": pytest.approx(1), "hard": pytest.approx(-4)}
    assert marginal_effects(table_of(settings, {"y": y}), "fine", ["y"], ["style"])["effect"].iloc[-1] == pytest.approx(-1.5)


def test_a_level_that_is_no_number_is_left_out_and_told() -> None:
    runs = table_of({"threshold": [20, 50, "none"]}, {"y": np.array([[1.0, 1.0], [4.0, 4.0], [99.0, 99.0]])})
    found = marginal_effects(runs, "threshold", ["y"])
    assert found["effect"].tolist() == pytest.approx([0.1, 0.1])
    assert set(found["note"]) == {"left out, being no number: none"}


def test_scattered_points_have_no_neighbours() -> None:
    settings = {"fine": [0.1, 0.4, 0.7, 0.9], "notice": [3.0, 1.0, 2.0, 4.0]}
    found = marginal_effects(table_of(settings, {"y": noise(4, 3)}), "fine", ["y"], ["notice"])
    assert found["stretch"].tolist() == ["overall"]


def test_a_seed_without_a_value_is_left_out_of_its_stretches_only() -> None:
    y = noise(3, 5)
    y[2, 0] = math.nan
    found = marginal_effects(table_of({"fine": [0, 1, 2]}, {"y": y}), "fine", ["y"]).set_index("stretch")["seeds"]
    assert found.to_dict() == {"0 to 1": 5, "1 to 2": 4, "overall": 4}


def test_what_is_nothing_has_no_elasticity() -> None:
    y = np.array([[-1.0, 1.0], [1.0, 2.0]])
    row = marginal_effects(table_of({"fine": [1, 2]}, {"y": y}), "fine", ["y"]).iloc[-1]
    assert (row["seeds"], row["elasticity_seeds"]) == (2, 1)


def test_wrong_factors() -> None:
    runs = table_of({"fine": [1, 2], "style": ["mild", "hard"]}, {"y": noise(2, 2)})
    with pytest.raises(InputError, match=r"factors.style: found 0 level that is a number; allowed: at least two"):
        marginal_effects(runs, "style", ["y"])
    with pytest.raises(InputError, match="by: found 'stile'; allowed: style; did you mean 'style'"):
        marginal_effects(runs, "fine", ["y"], ["style"], by="stile")
    with pytest.raises(InputError, match=r"factors.fine: found more than one level at point 1; allowed: one level at each point"):
        marginal_effects(pd.concat([runs[:3], runs[3:].assign(fine=7)]), "fine", ["y"])
