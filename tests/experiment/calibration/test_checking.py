"""Checks of a posterior: what draws from it give, against the bands."""

import numpy as np
import pytest

from sim.experiment.calibration.checking import checked, drawn_for_check, emulators_of
from sim.experiment.calibration.matching import Rules, match
from sim.experiment.calibration.posterior import Posterior, posterior_of
from sim.experiment.calibration.seeds import mean_over_seeds, seed_variance
from tests.experiment.calibration.made import LINEAR, NOISE, goal, linear

NAN = float("nan")


def test_every_goal_is_checked_and_those_held_out_as_well() -> None:
    rules = Rules(waves=1, points=40, particles=600)
    matched = match(LINEAR, 3, linear(), rules)
    x = drawn_for_check(posterior_of(matched.last, rules), 60, 1)
    values = matched.waves[0].values["town a"].mean(axis=1)
    held_out = goal("c", 2.0, 3.0, fitted=False)
    empty = goal("d", 2.0, 3.0, fitted=False)
    drawn = dict(linear()(x, 9)) | {"town c": 1 + x[:, :1], "town d": np.full((60, 1), NAN)}
    shipped = {one: values[:1] for one, values in drawn.items()}
    found = checked([*LINEAR, held_out, empty], shipped, drawn, matched, x).set_index("pattern")
    assert found["use"].tolist() == ["calibrated on", "calibrated on", "held out", "held out"]
    assert found.loc[["a", "b"], "centre_verdict"].tolist() == ["pass", "pass"]
    assert found.loc["a", "emulated"] == pytest.approx(found.loc["a", "value"], abs=0.05)
    assert (found.loc[["a", "b"], "emulator_error"] < 1.5).all()
    assert found.loc["a", "seed_sd"] == pytest.approx(NOISE, rel=0.3)
    assert (found.loc["c", "verdict"], found.loc["c", "in_band"]) == ("fail", 0.0)
    assert found.loc["a", "reached"] == pytest.approx(((values >= 0.8) & (values <= 1.0)).mean())
    assert found.loc["a", "nearest"] == pytest.approx(values[np.abs(values - 0.9).argmin()])
    assert (found.loc["d", "verdict"], found.loc["d", "draws"]) == ("no value", 0)
    table = emulators_of(matched)
    assert table["status"].tolist() == ["emulated", "emulated"]
    assert (table["q2"] > 0.9).all()


def test_draws_are_taken_by_weight() -> None:
    posterior = Posterior(np.array([[0.1], [0.2], [0.3]]), np.array([0.0, 0.75, 0.25]))
    assert sorted(drawn_for_check(posterior, 4, 1)[:, 0].tolist()) == [0.2, 0.2, 0.2, 0.3]
    assert posterior.effective == pytest.approx(1 / (0.75**2 + 0.25**2))


def test_means_and_noise_over_seeds_leave_out_what_has_no_value() -> None:
    values = np.array([[1.0, 3.0], [5.0, NAN], [NAN, NAN]])
    assert mean_over_seeds(values)[:2].tolist() == [2.0, 5.0]
    assert np.isnan(mean_over_seeds(values)[2])
    assert seed_variance(values) == 2.0
    assert seed_variance(values, np.array([[0.0, 0.0, 6.0]])) == pytest.approx((2.0 + 24.0) / 3)
    assert np.isnan(seed_variance(values[1:]))
