"""History matching and the posterior, on models whose answer is known."""

import re
from dataclasses import replace

import numpy as np
import pytest

from sim.errors import ModelError
from sim.experiment.calibration.emulator import fit
from sim.experiment.calibration.implausibility import Judge
from sim.experiment.calibration.matching import Matched, Rules, Values, match
from sim.experiment.calibration.posterior import draws_of, posterior_of, quantile, summary_of
from sim.experiment.calibration.priors import Prior
from sim.experiment.sensitivity.table import Floats
from tests.experiment.calibration.made import LINEAR, NOISE, exactly, goal, linear

RULES = Rules(waves=2, points=30, particles=1200)


@pytest.fixture(scope="module")
def matched() -> Matched:
    return match(LINEAR, 3, linear(), RULES)


def test_the_posterior_is_the_one_that_is_known(matched: Matched) -> None:
    mean, sd, share = exactly()
    posterior = posterior_of(matched.last, RULES)
    found = posterior.weights @ posterior.x
    spread = np.sqrt(posterior.weights @ (posterior.x - found) ** 2)
    assert found == pytest.approx(mean, abs=0.03)
    assert spread == pytest.approx(sd, rel=0.12)
    assert matched.last.left.share == pytest.approx(share, rel=0.3)


def test_what_is_left_shrinks_and_its_points_are_not_ruled_out(matched: Matched) -> None:
    first, last = matched.waves
    assert last.left.share <= 1.15 * first.left.share < 0.3
    assert (first.judge.worst(last.x) <= RULES.cutoff).all()
    assert (last.judge.worst(last.left.points) <= RULES.cutoff).all()


def test_the_noise_between_seeds_is_known(matched: Matched) -> None:
    for variance in matched.seed_variance.values():
        assert variance == pytest.approx(NOISE**2, rel=0.35)
    pilot = {one.name: np.array([[1.0, 3.0]]) for one in LINEAR}
    alone = match(LINEAR, 3, linear(seeds=1), replace(RULES, waves=1), pilot)
    assert all(variance == pytest.approx(2.0) for variance in alone.seed_variance.values())


def test_it_is_the_same_each_time(matched: Matched) -> None:
    again = match(LINEAR, 3, linear(), replace(RULES, waves=1))
    first, other = matched.waves[0], again.last
    assert (other.left.points == first.left.points).all()
    assert (posterior_of(other, RULES).weights == posterior_of(first, RULES).weights).all()
    changed = match(LINEAR, 3, linear(), replace(RULES, sample=2, waves=1))
    assert not (changed.last.x == first.x).any()


def test_implausibility_is_the_formula() -> None:
    x = np.linspace(0, 1, 20)[:, None]
    one = goal("a", 0.0, 1.0)
    emulator = fit(x, x[:, 0], 0.04)
    assert emulator is not None
    asked = np.array([[0.2], [0.9]])
    mean, variance = emulator.predict(asked)
    assert variance == pytest.approx(0.04, rel=0.01)
    judge = Judge(((one, emulator),))
    total = 0.04 + one.sd**2
    assert judge.each(asked)[:, 0] == pytest.approx(np.abs([0.2 - 0.5, 0.9 - 0.5]) / np.sqrt(total), rel=0.01)
    expected = -0.5 * (mean - 0.5) ** 2 / total - 0.5 * np.log(total)
    assert judge.log_kernel(asked) == pytest.approx(expected, rel=0.01)


def test_a_goal_that_no_point_meets_is_told_with_how_far_it_is() -> None:
    """The second output is at most 1, and its band is from 3 to 4."""
    goals = (LINEAR[0], goal("b", 3.0, 4.0))
    found = match(goals, 3, linear(), replace(RULES, waves=1))
    (miss,) = found.last.misses
    assert miss.goal == "town b"
    assert miss.nearest == pytest.approx(1.0, abs=0.1)
    assert miss.simulated < 1.2
    assert miss.apart == pytest.approx((3.5 - miss.nearest) / 0.5)
    assert miss.implausibility > RULES.cutoff
    assert found.last.judge.forgiven == 0
    granted = found.last.judge.widened["town b"]
    assert granted == pytest.approx(3.5 - miss.nearest)
    posterior = posterior_of(found.last, RULES)
    reached = posterior.x[:, 0] + 0.5 * posterior.x[:, 1]
    assert float(posterior.weights @ reached) == pytest.approx(0.9, abs=0.05)  # the other goal is met all the same


def test_goals_that_cannot_be_met_together_are_told_as_such() -> None:
    """Each of two bands of one output can be met, but not both."""

    def twice(x: Floats, _wave: int) -> Values:
        return {"town a": x[:, :1], "town b": x[:, :1], "town c": x[:, 1:2]}

    goals = (goal("a", 0.0, 0.1), goal("b", 0.9, 1.0), goal("c", 0.4, 0.6))
    found = match(goals, 2, twice, replace(RULES, waves=1))
    assert found.last.misses == ()
    assert found.last.judge.forgiven == 1
    ranked = np.sort(found.last.judge.each(found.last.left.points), axis=1)
    assert (ranked[:, -1] > RULES.cutoff).all()
    assert (ranked[:, -2] <= RULES.cutoff).all()


def test_a_goal_without_values_is_left_out_and_told() -> None:
    def seldom(x: Floats, wave: int) -> Values:
        values = dict(linear()(x, wave))
        values["town b"] = np.where(np.arange(len(x))[:, None] < 3, values["town b"], np.nan)
        return values

    told: list[str] = []
    found = match(LINEAR, 3, seldom, replace(RULES, waves=1), tell=told.append)
    assert found.last.silent == ("town b",)
    assert [one.name for one, _ in found.last.judge.goals] == ["town a"]
    assert re.fullmatch(r"Wave 1: \d[\d.]* % of the prior is left; without enough values: town b\.", told[0])
    with pytest.raises(ModelError, match="no pattern has a value at enough points to learn from; 30 points"):
        match(LINEAR, 3, lambda x, _: {one.name: np.full((len(x), 1), np.nan) for one in LINEAR}, RULES)


def test_the_summary_says_how_much_was_learned(matched: Matched) -> None:
    priors = [
        Prior("a", "behaviour.a", "", "", "", 0.0, 10.0, shipped=(("town", 7.0),)),
        Prior("b", "behaviour.b", "", "", "", 0.01, 1.0, "log", shipped=(("town", 0.01),)),
        Prior("c", "police.c", "town", "", "", 0.0, 1.0, shipped=(("town", 2.0),)),
    ]
    posterior = posterior_of(matched.last, RULES)
    table = summary_of(posterior, priors).set_index("parameter")
    mean, sd, _ = exactly()
    assert table.loc["a", "mean"] == pytest.approx(10 * mean[0], abs=0.3)
    assert table.loc["a", "shrinkage"] == pytest.approx(1 - sd[0] * np.sqrt(12), abs=0.06)
    assert table.loc["c", "shrinkage"] < 0.15
    assert table["low"].lt(table["centre"]).all()
    assert table["centre"].lt(table["high"]).all()
    assert table["shipped_part"].tolist() == [pytest.approx(0.6, abs=0.15), 0.0, pytest.approx(1.0)]
    draws = draws_of(posterior, priors)
    assert draws["weight"].sum() == pytest.approx(1.0)
    assert draws["b"].between(0.01, 1.0).all()


def test_a_weighted_quantile() -> None:
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([0.2, 0.5, 0.3])
    assert [quantile(values, weights, part) for part in (0.0, 0.4, 0.6, 0.9, 1.0)] == [1.0, 1.0, 2.0, 3.0, 3.0]
