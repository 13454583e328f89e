"""Replications: against published numbers, by simulation, and the words for wishes that are none."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import InputError, ModelError
from sim.experiment.contrasts import contrasts
from sim.experiment.replications import MOST, pairs_for_power, pairs_for_width, plan_pairs, power, sd_upper, too_few
from tests.experiment.sensitivity.made import noise, table_of

ROOT = math.sqrt(2)


@pytest.mark.parametrize(
    ("effect", "wished", "pairs"),
    [(0.2, 0.8, 199), (0.5, 0.8, 34), (0.8, 0.8, 15), (0.5, 0.95, 54), (0.5, 0.9, 44)],
)
def test_pairs_for_a_power_are_those_of_other_programs(effect: float, wished: float, pairs: int) -> None:
    """Matched pairs, two-sided 5 %: G*Power 3.1 and statsmodels' ``TTestPower().solve_power`` (33.37 for 0.5 and 0.8)."""
    assert pairs_for_power(1.0, effect, wished) == pairs


@pytest.mark.parametrize(("effect", "wished", "runs"), [(0.2, 0.8, 394), (0.5, 0.8, 64), (0.8, 0.8, 26), (0.5, 0.9, 86)])
def test_unpaired_runs_for_a_power_are_cohens(effect: float, wished: float, runs: int) -> None:
    """Cohen (1988), table 2.4.1 (393, 64, 26 for power .80, where n is rounded), and statsmodels' ``TTestIndPower``: 393.4."""
    assert pairs_for_power(ROOT, effect, wished, groups=2) == runs


def test_the_power_of_a_published_example() -> None:
    """statsmodels: ``TTestPower().power(0.5, 20, 0.05)`` is 0.5645; ``TTestIndPower().power(0.5, 20, 0.05)`` is 0.3379."""
    assert power(1.0, 0.5, 20) == pytest.approx(0.5645, abs=5e-5)
    assert power(ROOT, 0.5, 20, groups=2) == pytest.approx(0.3379, abs=1e-4)


@pytest.mark.parametrize(("half_width", "pairs"), [(1.0, 7), (0.5, 18), (0.25, 64), (0.1, 387)])
def test_pairs_for_a_width_as_computed_by_hand(half_width: float, pairs: int) -> None:
    """sd 1: t(6) / sqrt 7 = 2.4469 / 2.6458 = 0.925, but t(5) / sqrt 6 = 1.049; t(17) / sqrt 18 = 0.497, t(16) / sqrt 17 = 0.514;
    t(63) / 8 = 0.2498, t(62) / sqrt 63 = 0.2518; t(386) / sqrt 387 = 0.09994, t(385) / sqrt 386 = 0.10007."""
    assert pairs_for_width(1.0, half_width) == pairs


def test_the_upper_bound_of_a_standard_deviation_is_from_the_tables() -> None:
    """chi2(0.05; 9) = 3.325: sqrt(9 / 3.325) = 1.6452."""
    assert sd_upper(1.0, 10) == pytest.approx(math.sqrt(9 / 3.325113), rel=1e-6)
    assert math.isnan(sd_upper(1.0, 1))


def test_power_is_how_often_an_effect_is_found() -> None:
    values = noise(4000, 12) + 0.8
    t = values.mean(axis=1) / (values.std(axis=1, ddof=1) / math.sqrt(12))
    found = np.mean(np.abs(t) > 2.200985)
    assert found == pytest.approx(power(1.0, 0.8, 12), abs=4 * math.sqrt(0.25 / 4000))


def test_the_upper_bound_holds_the_truth_nineteen_times_in_twenty() -> None:
    found = noise(2000, 6).std(axis=1, ddof=1)
    assert np.mean([sd_upper(float(sd), 6) >= 1 for sd in found]) == pytest.approx(0.95, abs=4 * math.sqrt(0.05 * 0.95 / 2000))


@given(st.floats(0.01, 100), st.floats(0.05, 10))
def test_the_number_is_enough_and_one_less_is_not(sd: float, wish: float) -> None:
    pairs = pairs_for_power(sd, wish)
    if pairs < MOST:
        assert power(sd, wish, int(pairs)) >= 0.8
        assert pairs == 2 or power(sd, wish, int(pairs) - 1) < 0.8


def test_wishes_without_end_and_without_spread() -> None:
    assert pairs_for_width(1.0, 1e-9) == math.inf
    assert pairs_for_power(1.0, 1e-9) == math.inf
    assert pairs_for_width(0.0, 0.1) == pairs_for_power(0.0, 0.1) == 2
    assert math.isnan(pairs_for_width(math.nan, 0.1))


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: pairs_for_width(1.0, 0.0), "half width: found 0; allowed: a number above 0"),
        (lambda: pairs_for_power(1.0, 0.0), "difference: found 0"),
        (lambda: pairs_for_power(1.0, math.nan), "difference: found nan"),
        (lambda: pairs_for_power(1.0, 1.0, 1.0), "a power is a share above 0.05"),
    ],
)
def test_wishes_that_are_none(ask, words: str) -> None:
    with pytest.raises(ModelError, match=words):
        ask()


@pytest.fixture
def pilot() -> pd.DataFrame:
    """Two points that share most of their noise: differences with sd 0.5, unrelated runs with sd 3."""
    common, own = 3 * noise(1, 10), noise(1, 10, "own")
    return table_of({"fine": [0, 10]}, {"turnout": np.vstack([common, common + 1 + own / 2]), "share": noise(2, 10, "share")})


def test_a_plan_is_made_of_the_pilots_differences(pilot: pd.DataFrame) -> None:
    (told,) = plan_pairs(pilot, 0, half_widths={"turnout": 0.2}, differences={"turnout": 0.3}).to_dict("records")
    wide = pilot.pivot_table(index="seed", columns="point", values="turnout")
    sd = (wide[1] - wide[0]).std()
    assert (told["point"], told["outcome"], told["pilot_pairs"]) == (1, "turnout", 10)
    assert told["sd"] == pytest.approx(sd)
    assert told["pairs_for_width"] == pairs_for_width(sd, 0.2)
    assert told["pairs_for_width_high"] == pairs_for_width(sd_upper(sd, 10), 0.2) > told["pairs_for_width"]
    assert told["pairs_for_power"] == pairs_for_power(sd, 0.3)
    apart = math.sqrt(wide.var().sum())
    assert told["unpaired_for_width"] == pairs_for_width(apart, 0.2, groups=2) > 10 * told["pairs_for_width"]
    assert told["unpaired_for_power"] == pairs_for_power(apart, 0.3, groups=2)


def test_what_is_not_wished_is_not_told(pilot: pd.DataFrame) -> None:
    found = plan_pairs(pilot, 0, half_widths={"turnout": 0.2}, differences={"share": 0.3}).set_index("outcome")
    assert found.loc["turnout", ["pairs_for_power", "difference"]].isna().all()
    assert found.loc["share", ["pairs_for_width", "half_width"]].isna().all()


def test_a_pilot_of_one_pair_plans_nothing(pilot: pd.DataFrame) -> None:
    (told,) = plan_pairs(pilot[pilot["seed"] == 1], 0, half_widths={"turnout": 0.2}).to_dict("records")
    assert math.isnan(told["pairs_for_width"])


def test_plans_that_are_none(pilot: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="half_widths: found no wish"):
        plan_pairs(pilot, 0)
    with pytest.raises(InputError, match="did you mean 'turnout'"):
        plan_pairs(pilot, 0, half_widths={"turnot": 1})
    with pytest.raises(InputError, match="baseline: found point 5"):
        plan_pairs(pilot, 5, half_widths={"turnout": 1})
    with pytest.raises(ModelError, match="turnout: found -1; allowed: a number above 0"):
        plan_pairs(pilot, 0, half_widths={"turnout": -1})
    with pytest.raises(InputError, match="differences: found none"):
        too_few(pilot, 0, {})


def test_a_sweep_says_what_it_has_too_few_pairs_for(pilot: pd.DataFrame) -> None:
    warnings = too_few(pilot, 0, {"turnout": 2.0, "share": 0.1})
    assert len(warnings) == 1
    assert warnings[0].startswith("share: intervals are wider than the difference asked (+- 0.1) at 1 of 1 points")
    row = contrasts(pilot, 0, ["share"]).iloc[0]
    differences = pilot.pivot_table(index="seed", columns="point", values="share").diff(axis=1)[1]
    needed = pairs_for_width(float(differences.std()), 0.1)
    assert f"is +- {(row['high'] - row['low']) / 2:.3g} with 10 pairs and needs about {needed:,.0f} pairs" in warnings[0]


def test_an_interval_may_be_as_wide_as_the_difference_and_no_wider(pilot: pd.DataFrame) -> None:
    row = contrasts(pilot, 0, ["share"]).iloc[0]
    half = (row["high"] - row["low"]) / 2
    assert too_few(pilot, 0, {"share": half * 1.001}) == ()
    assert too_few(pilot, 0, {"share": -half * 1.001}) == ()
    assert len(too_few(pilot, 0, {"share": half * 0.999})) == 1


def test_points_without_an_interval_are_told(pilot: pd.DataFrame) -> None:
    pilot.loc[(pilot["point"] == 1) & (pilot["seed"] > 1), "share"] = math.nan
    assert too_few(pilot, 0, {"share": 0.1}) == ("share: 1 of 1 points have fewer than two pairs with a value, and no interval.",)


def test_power_rises_with_every_pair_and_is_always_a_share() -> None:
    """Also far out, where scipy's noncentral t distribution has no value for the wrong side."""
    for effect in (0.01, 0.3, 1.0, 3.0, 8.0, 50.0):
        found = np.array([power(1.0, effect, pairs) for pairs in range(2, 60)])
        assert (np.diff(found) >= -1e-12).all()
        assert ((found >= 0.05 - 1e-9) & (found <= 1)).all()
