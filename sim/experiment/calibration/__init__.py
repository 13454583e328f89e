"""Calibration: which values of the assumptions give what real protests look like, and what that leaves unknown.

>>> plan = load_calibration("calibration")  # doctest: +SKIP
>>> done = calibrate(plan, Path("results/calibration"))  # doctest: +SKIP
"""

from sim.experiment.calibration.calibrating import Calibration, calibrate
from sim.experiment.calibration.goals import Goal
from sim.experiment.calibration.matching import Matched, Miss, Rules, match
from sim.experiment.calibration.plan import Place, Plan
from sim.experiment.calibration.posterior import Posterior, posterior_of
from sim.experiment.calibration.priors import Prior
from sim.experiment.calibration.reading import load_calibration
from sim.experiment.uncertainty import (
    Drawn,
    Split,
    drawn_scenario,
    load_posterior,
    posterior_settings,
    split_uncertainty,
)

__all__ = [
    "Calibration",
    "Drawn",
    "Goal",
    "Matched",
    "Miss",
    "Place",
    "Plan",
    "Posterior",
    "Prior",
    "Rules",
    "Split",
    "calibrate",
    "drawn_scenario",
    "load_calibration",
    "load_posterior",
    "match",
    "posterior_of",
    "posterior_settings",
    "split_uncertainty",
]
