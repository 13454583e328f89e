"""Elementary effects: of a straight line they are known; SALib agrees where it speaks; noise is told."""

import math

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from SALib.analyze import morris as analysis
from SALib.sample import morris as sampling

from sim.errors import InputError
from sim.experiment.sensitivity import morris_effects
from tests.experiment.sensitivity.made import noise, table_of

NAMES = ["fine", "notice", "anger"]
PROBLEM = {"num_vars": 3, "names": NAMES, "bounds": [[0.0, 200.0], [0.0, 20.0], [0.0, 1.0]]}


def design(trajectories: int = 20) -> npt.NDArray[np.float64]:
    return np.asarray(sampling.sample(PROBLEM, trajectories, num_levels=4, seed=1))


def runs_of(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> pd.DataFrame:
    return table_of({name: x[:, place].tolist() for place, name in enumerate(NAMES)}, {"y": y})


def test_a_straight_line_has_its_slope_times_the_range() -> None:
    x = design()
    y = np.repeat((5 + 0.1 * x[:, 0] - 2 * x[:, 1])[:, None], 2, axis=1)
    found = morris_effects(runs_of(x, y), NAMES, ["y"]).set_index("factor")
    assert found["mu"].tolist() == pytest.approx([20, -40, 0], abs=1e-9)
    assert found["mu_star"].tolist() == pytest.approx([20, 40, 0], abs=1e-9)
    for column in ("sigma", "noise", "sigma_less_noise"):
        assert found[column].tolist() == pytest.approx([0, 0, 0], abs=1e-6)
    assert set(found["trajectories"]) == {20}


def test_salib_says_the_same_of_a_crooked_function() -> None:
    x = design()
    y = np.exp(x[:, 0] / 100) * (1 + x[:, 1]) + x[:, 2] ** 2
    known = analysis.analyze(PROBLEM, x, y, num_levels=4, seed=1)
    found = morris_effects(runs_of(x, y[:, None]), NAMES, ["y"])
    for column in ("mu", "mu_star", "sigma"):
        np.testing.assert_allclose(found[column], np.asarray(known[column], float))
    assert found["noise"].isna().all()
    assert ((found["mu_star_low"] <= found["mu_star"]) & (found["mu_star"] <= found["mu_star_high"])).all()


def test_noise_makes_effects_of_nothing_and_is_told() -> None:
    """Single runs have sd 1, effects are differences of two means of 4 seeds over 2/3: noise sqrt(2 / 4) * 3/2 = 1.061."""
    x = design(200)
    y = 10 * x[:, 2:3] + noise(len(x), 4) + 5 * noise(1, 4, "seeds")
    found = morris_effects(runs_of(x, y), NAMES, ["y"]).set_index("factor")
    assert found["noise"].tolist() == pytest.approx([1.061] * 3, rel=0.06)
    assert found["mu_star"].tolist() == pytest.approx([0.85, 0.85, 10], abs=0.2)
    assert found["sigma"].tolist() == pytest.approx([1.061] * 3, rel=0.12)
    assert (found["sigma_less_noise"] < 0.5).all()
    assert ((found["mu_low"] <= [0, 0, 10]) & (found["mu_high"] >= [0, 0, 10])).all()


def test_words_need_an_order() -> None:
    words = ["own", "benign", "hostile", "lawless"]
    x = design()
    places = np.rint(x[:, 2] * 3).astype(int)
    y = np.repeat((3.0 * places)[:, None], 2, axis=1)
    runs = runs_of(x, y).assign(anger=[words[place] for place in places for _ in range(2)])
    with pytest.raises(InputError, match=r"factors.anger: found 'hostile'; allowed: numbers, or an order of the levels"):
        morris_effects(runs, NAMES, ["y"])
    found = morris_effects(runs, NAMES, ["y"], order={"anger": words}).set_index("factor")
    assert found["mu"].tolist() == pytest.approx([0, 0, 9], abs=1e-9)
    with pytest.raises(InputError, match=r"factors.anger: found 'lawless'; allowed: 'own', 'benign', 'hostile'"):
        morris_effects(runs, NAMES, ["y"], order={"anger": words[:3]})


def test_a_move_that_rounding_hides_belongs_to_the_factor_that_has_not_moved() -> None:
    x = design()
    x[:, 2] = 1.0
    y = np.repeat((0.1 * x[:, 0] - 2 * x[:, 1])[:, None], 2, axis=1)
    found = morris_effects(runs_of(x, y), NAMES, ["y"]).set_index("factor")
    assert found["mu"].tolist() == pytest.approx([20, -40, 0], abs=1e-9)


def test_a_trajectory_with_a_failed_run_is_left_out() -> None:
    x = design()
    runs = runs_of(x, noise(len(x), 2))
    runs.loc[(runs["point"] == 5) & (runs["seed"] == 2), "y"] = math.nan
    found = morris_effects(runs, NAMES, ["y"])
    assert set(zip(found["trajectories"], found["left_out"], strict=True)) == {(19, 1)}


def test_nothing_left_is_no_number() -> None:
    x = design(2)
    runs = runs_of(x, np.vstack([np.full((1, 1), math.nan), noise(6, 1), np.full((1, 1), math.nan)]))
    assert (
        morris_effects(runs.assign(z=1.0), NAMES, ["y", "z"]).set_index("outcome").loc["y", ["mu", "sigma"]].isna().all(axis=None)
    )


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ([1, 0, 2, 3], r"trajectory 0 \(from point 0\) moves (several factors at once|a factor twice)"),
        ([0, 1, 2], "3 points; allowed: the points of a Morris design in its order: trajectories of 4"),
        ([0, 0, 1, 3], r"trajectory 0 \(from point 0\) moves several factors at once"),
        ([0, 1, 0, 1], r"trajectory 0 \(from point 0\) moves a factor twice"),
        ([0, 0, 0, 1], r"trajectory 0 \(from point 0\) does not move in 2 steps"),
    ],
)
def test_rows_that_are_mislabelled_are_found(points: list[int], words: str) -> None:
    x = design(1)[points]
    with pytest.raises(InputError, match=words):
        morris_effects(runs_of(x, noise(len(x), 2)), NAMES, ["y"])


def test_levels_as_no_design_has_them() -> None:
    x = design(2)
    with pytest.raises(InputError, match="levels: found 3; allowed: an even number from 2"):
        morris_effects(runs_of(x, noise(len(x), 2)), NAMES, ["y"], levels=3)
