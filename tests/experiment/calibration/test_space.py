"""Points where something holds, however little room it takes, and points by weight."""

import numpy as np
import pytest

from sim.experiment.calibration.chance import Chance
from sim.experiment.calibration.space import effective, region, spread_out, weighted
from sim.experiment.sensitivity.table import Floats


def slab(x: Floats) -> Floats:
    """At 1 or below in 4 % of the cube."""
    return np.asarray(np.abs(x[:, 0] - 0.7) / 0.02, np.float64)


def slanted(x: Floats) -> Floats:
    """At 1 or below along a diagonal: what a walk that comes back from faces would get wrong."""
    return np.asarray(np.abs(x[:, 0] - x[:, 1]) / 0.1, np.float64)


def test_the_share_of_the_cube_is_found() -> None:
    found = [region(slab, 4, 800, 1.0, Chance(sample, "test")) for sample in range(5)]
    assert all(one.reached and one.level <= 1.0 for one in found)
    assert np.mean([one.share for one in found]) == pytest.approx(0.04, rel=0.1)


def test_a_corner_of_a_millionth_is_found() -> None:
    found = region(lambda x: np.asarray(x.max(axis=1), np.float64), 6, 500, 0.1, Chance(1, "test"))
    assert found.reached
    assert found.share == pytest.approx(1e-6, rel=0.7)
    assert found.points.max() <= 0.1


@pytest.mark.parametrize("judged", [slab, slanted])
def test_points_are_uniform_where_it_holds(judged: object) -> None:
    found = np.concatenate([region(judged, 2, 800, 1.0, Chance(sample, "test")).points for sample in range(6)])  # type: ignore[arg-type]
    exact = Chance(99, "exact").uniform(200_000, 2)
    exact = exact[judged(exact) <= 1.0]  # type: ignore[operator]
    assert found.mean(axis=0) == pytest.approx(exact.mean(axis=0), abs=0.02)
    assert found.std(axis=0) == pytest.approx(exact.std(axis=0), rel=0.04)


def test_what_cannot_be_is_given_up() -> None:
    found = region(lambda x: np.asarray(1 + x[:, 0], np.float64), 3, 300, 0.9, Chance(1, "test"))
    assert not found.reached
    assert found.level == pytest.approx(1.0, abs=0.02)


def test_weights_give_a_density_that_is_known() -> None:
    """A normal density far narrower than the cube comes out, though hardly a point hits it at first."""

    def log_weight(x: Floats) -> Floats:
        return np.asarray(-0.5 * (((x - 0.3) / 0.02) ** 2).sum(axis=1), np.float64)

    start = Chance(1, "start").uniform(1500, 3)
    points, weights = weighted(start, log_weight, lambda x: np.zeros(len(x)), 1.0, Chance(2, "test"))
    mean = weights @ points
    assert weights.sum() == pytest.approx(1.0)
    assert mean == pytest.approx(np.full(3, 0.3), abs=0.003)
    assert np.sqrt(weights @ (points - mean) ** 2) == pytest.approx(np.full(3, 0.02), rel=0.1)
    assert effective(weights) >= 700


def test_points_taken_lie_far_apart() -> None:
    points = Chance(1, "cloud").uniform(400, 2)
    taken = spread_out(points, 20, Chance(2, "test"))
    assert len(np.unique(taken, axis=0)) == 20

    def nearest(some: Floats) -> float:
        apart = ((some[:, None] - some[None]) ** 2).sum(axis=2) + 9 * np.eye(len(some))
        return float(np.sqrt(apart.min()))

    assert nearest(taken) > 2 * nearest(points[:20])


def test_chance_is_the_same_for_the_same_name() -> None:
    one, other = Chance(1, "a"), Chance(1, "a")
    assert (one.uniform(3, 2) == other.uniform(3, 2)).all()
    assert not (one.uniform(3, 2) == Chance(1, "b").uniform(3, 2)).any()
    assert not (one.normal(4) == other.uniform(4)).any()


def test_systematic_resampling_takes_each_as_often_as_its_weight() -> None:
    counts = np.bincount(Chance(1, "a").among(np.array([0.5, 0.25, 0.0, 0.25]), 100), minlength=4)
    assert np.abs(counts - [50, 25, 0, 25]).max() <= 1
