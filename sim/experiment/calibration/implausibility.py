"""Implausibility: how far what a point would give lies from what was observed, in standard deviations of all that is not known.

``I(x) = |E[f(x)] - z| / sqrt(Var emulator(x) + Var seeds + Var observation and discrepancy)`` (Vernon, Goldstein and Bower 2010,
Bayesian Analysis 5(4); with the noise of a stochastic model, Andrianakis et al. 2015, PLoS Computational Biology 11(1)), where
``z`` is the middle of a pattern's band. Above 3 a point is implausible, whatever the distribution, if it has one peak (Pukelsheim
1994, The American Statistician 48).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from sim.experiment.calibration.emulator import Emulator
from sim.experiment.calibration.goals import Goal
from sim.experiment.sensitivity.table import Floats

__all__ = ["Judge"]


@dataclass(frozen=True, eq=False)
class Judge:
    """What is known of all goals, and what it says of points.

    Attributes:
        goals: those that can be judged, each with its emulator.
        widened: by goal, the standard deviation of the discrepancy that had to be granted, since no point comes nearer.
        forgiven: how many goals a point may miss: 0, unless no point meets all of them together.
    """

    goals: tuple[tuple[Goal, Emulator], ...]
    widened: Mapping[str, float] = field(default_factory=dict)
    forgiven: int = 0

    def each(self, x: Floats) -> Floats:
        """The implausibility of points by each goal: points by goals."""
        columns = [np.abs(mean - goal.middle) / np.sqrt(variance) for goal, mean, variance in self._told(x)]
        return np.stack(columns, axis=1)

    def worst(self, x: Floats) -> Floats:
        """The greatest implausibility of each point, after the goals that may be missed."""
        return np.sort(self.each(x), axis=1)[:, -1 - self.forgiven]

    def log_kernel(self, x: Floats) -> Floats:
        """The log of the kernel of approximate Bayesian computation at each point, up to a constant.

        Of each goal the density of a normal distribution: that the observed middle comes of the point, with the variances of
        implausibility. For a normal kernel the emulator's doubt adds to the kernel's variance, so that it is integrated out;
        read as a model of observation and discrepancy, such a kernel makes the posterior exact (Wilkinson 2013, Statistical
        Applications in Genetics and Molecular Biology 12(2)). Goals are taken as independent at a point.
        """
        total = np.zeros(len(x))
        for goal, mean, variance in self._told(x):
            total -= 0.5 * ((mean - goal.middle) ** 2 / variance + np.log(variance))
        return total

    def _told(self, x: Floats) -> list[tuple[Goal, Floats, Floats]]:
        found = []
        for goal, emulator in self.goals:
            mean, variance = emulator.predict(x)
            found.append((goal, mean, variance + max(goal.sd, self.widened.get(goal.name, 0.0)) ** 2))
        return found
