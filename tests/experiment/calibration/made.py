"""Models made by formula, whose posterior is known."""

import numpy as np

from sim.experiment.calibration.chance import Chance
from sim.experiment.calibration.goals import Goal
from sim.experiment.calibration.matching import Simulate, Values
from sim.experiment.sensitivity.table import Floats

SLOPES = np.array([[1.0, 0.5, 0.0], [0.0, 1.0, -0.5]])
NOISE = 0.05


def goal(name: str, low: float, high: float, **more: object) -> Goal:
    """A goal with a band."""
    return Goal("town", name, name, "", low, high, **{"log": False, "fitted": True, **more})  # type: ignore[arg-type]


LINEAR = (goal("a", 0.8, 1.0), goal("b", 0.1, 0.3))
"""Bands of the two outputs of :func:`linear`."""


def linear(seeds: int = 2) -> Simulate:
    """Two outputs that are linear in three parameters, with noise between seeds."""

    def simulate(x: Floats, wave: int) -> Values:
        exact = x @ SLOPES.T
        noise = NOISE * Chance(wave, "noise").normal(len(x), 2, seeds)
        return {one.name: exact[:, place, None] + noise[:, place] for place, one in enumerate(LINEAR)}

    return simulate


def exactly(number: int = 200_000, seeds: int = 2) -> tuple[Floats, Floats, float]:
    """Mean and standard deviation of each parameter of that model under the posterior, and the share of the cube that is left.

    By rejection and weights from the outputs themselves, without an emulator.
    """
    x = Chance(7, "exact").uniform(number, 3)
    variance = np.array([one.sd**2 + NOISE**2 / seeds for one in LINEAR])
    apart = np.abs(x @ SLOPES.T - np.array([one.middle for one in LINEAR])) / np.sqrt(variance)
    inside = (apart <= 3).all(axis=1)
    weights = np.exp(-0.5 * (apart**2).sum(axis=1)) * inside
    weights /= weights.sum()
    mean = weights @ x
    return mean, np.sqrt(weights @ (x - mean) ** 2), float(inside.mean())
