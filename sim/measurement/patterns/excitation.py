"""How far events set off further events: a Hawkes process in discrete time, fitted to daily counts.

On day t the number of events is Poisson, given the past, with mean ::

    mu_t + n * S_t,    S_t = sum over k >= 1 of (1 - b) b^(k - 1) N_(t - k)

where ``n`` is the branching ratio (events that one event sets off directly, on later days), ``b`` says how slowly that fades, and
the baseline ``mu_t`` is the exponential of weekday and season. The geometric kernel is the exponential one of Hawkes (1971,
Biometrika 58) on whole days; the likelihood is that of Browning and others (2021, PLoS ONE 16, e0250015).

What excites cannot be told from what strikes many at once: a shock that lasts for weeks reads as excitation too, unless it
follows the season. It is so for real cities and for simulated ones.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.measurement.patterns.events import Stretch

__all__ = ["Excitation", "baseline_of", "excitation"]

type Floats = npt.NDArray[np.float64]
type Ints = npt.NDArray[np.int64]

_YEAR: Final = 365.25
_HARMONICS: Final = 2
"""Sines and cosines of the season: of a year, and of half a year."""

_FEWEST: Final = 30
"""Fewest events from which excitation is estimated."""

_MOST_BRANCHING: Final = 0.99
_SLOWEST: Final = 0.9
"""Bounds: the process must not explode; and excitation with a mean delay of more than ten days is hardly told from a level."""

_LARGEST: Final = 20.0
"""Bound of the coefficients of the log baseline, either way."""

_STEPS: Final = 200
_HALVINGS: Final = 30
_ENOUGH: Final = 1e-11
_RIDGE: Final = 1e-9
"""Of the search: steps, halvings of a step, gain that is none, and what keeps the information from being singular."""

_STARTS: Final = ((0.3, 0.4), (0.3, 0.85))
"""Branching ratio and slowness from which the search starts."""


@dataclass(frozen=True, slots=True)
class Excitation:
    """A fitted process.

    Attributes:
        branching: the branching ratio n. slowness: b; the mean delay is 1 / (1 - b) days.
        baseline: coefficients of the log baseline. gain: log likelihood above that of the baseline alone.
    """

    branching: float
    slowness: float
    baseline: Floats
    gain: float


def baseline_of(stretch: Stretch) -> Floats:
    """The regressors of the log baseline on the counted days: seven weekdays and the season."""
    number = stretch.start.toordinal() + stretch.settled + np.arange(stretch.counted)
    weekday = (number - 1) % 7  # day 1, in the year 1, was a Monday
    angle = 2.0 * math.pi * (number % _YEAR) / _YEAR
    season = [wave(order * angle) for order in range(1, _HARMONICS + 1) for wave in (np.sin, np.cos)]
    return np.column_stack([*(weekday == day for day in range(7)), *season]).astype(np.float64)


def excitation(counts: Sequence[Ints], baseline: Sequence[Floats]) -> Excitation | None:
    """Fit the process to some stretches of days, which share its parameters but not their past.

    Before the first day of a stretch, events are taken to have come at its mean rate.

    Args:
        counts: events a day, of each stretch. baseline: regressors of the log baseline, of each stretch.

    Returns:
        the fit by maximum likelihood; ``None`` of fewer than 30 events.
    """
    if sum(int(some.sum()) for some in counts) < _FEWEST:
        return None
    design = _with_years(baseline)
    seen = design.any(axis=0)
    likelihood = _Likelihood([some.astype(np.float64) for some in counts], design[:, seen])
    width = likelihood.design.shape[1]
    ends = np.full(width, _LARGEST)
    alone, without = _least(likelihood.of_baseline, likelihood.start(), -ends, ends)
    low, high = np.append(-ends, [0.0, 0.0]), np.append(ends, [_MOST_BRANCHING, _SLOWEST])
    levels = np.arange(width) < likelihood.levels
    found = []
    for branching, slowness in _STARTS:
        beta = alone + np.where(levels, math.log(1.0 - branching), 0.0)
        found.append(_least(likelihood, np.append(beta, [branching, slowness]), low, high))
    best, value = min(found, key=lambda one: one[1])
    coefficients = np.zeros(design.shape[1])
    coefficients[seen] = best[:-2]
    return Excitation(float(best[-2]), float(best[-1]), coefficients, without - value)


def _least(
    function: Callable[[Floats], tuple[float, Floats, Floats]], start: Floats, low: Floats, high: Floats
) -> tuple[Floats, float]:
    """Where a function is least between bounds, and its value there, by Fisher scoring.

    Steps are those of Newton's method with the expected information, halved until the function falls; what is at a bound and
    would go beyond it stays there.

    Args:
        function: gives the value, its gradient and the information. start: where to begin. low, high: the bounds.
    """
    here = np.clip(start, low, high)
    value, gradient, information = function(here)
    for _ in range(_STEPS):
        free = ~(((here <= low) & (gradient > 0)) | ((here >= high) & (gradient < 0)))
        ridge = _RIDGE * (information.diagonal().max() + 1.0) * np.eye(here.size)
        step = np.zeros(here.size)
        step[free] = -np.linalg.solve((information + ridge)[np.ix_(free, free)], gradient[free])
        for halving in range(_HALVINGS):
            there = np.clip(here + step / 2.0**halving, low, high)
            found = function(there)
            if found[0] < value:
                break
        else:
            return here, value
        gained = value - found[0]
        here, (value, gradient, information) = there, found
        if gained < _ENOUGH * (1.0 + abs(value)):
            break
    return here, value


def _with_years(baseline: Sequence[Floats]) -> Floats:
    """The regressors of all stretches, with a level for each year after the first of a long stretch."""
    rows = np.concatenate(list(baseline))
    longest = max(len(some) for some in baseline)
    years = round(longest / _YEAR)
    if years < 2:
        return rows
    since = np.concatenate([np.minimum(np.arange(len(some)) // _YEAR, years - 1) for some in baseline])
    return np.column_stack([rows, *(since == year for year in range(1, years))]).astype(np.float64)


class _Likelihood:
    """Minus the log likelihood, but for what does not depend on the parameters."""

    def __init__(self, counts: Sequence[Floats], design: Floats) -> None:
        self.counts, self.design = np.concatenate(list(counts)), design
        self.levels = int(((design == 0) | (design == 1)).all(axis=0)[:7].sum())
        self._stretches = [some for some in counts if some.size]

    def start(self) -> Floats:
        """Coefficients of a baseline that is the same every day."""
        beta = np.zeros(self.design.shape[1])
        beta[: self.levels] = math.log(self.counts.mean())
        return beta

    def of_baseline(self, beta: Floats) -> tuple[float, Floats, Floats]:
        """Of the baseline alone: the value, its gradient, and the information."""
        mean = np.exp(np.clip(self.design @ beta, -30.0, 30.0))
        return self._told(mean, self.design * mean[:, None])

    def __call__(self, theta: Floats) -> tuple[float, Floats, Floats]:
        """Of baseline, branching ratio and slowness: the value, its gradient, and the information."""
        beta, branching, slowness = theta[:-2], theta[-2], theta[-1]
        past, change = self._past(slowness)
        alone = np.exp(np.clip(self.design @ beta, -30.0, 30.0))
        return self._told(alone + branching * past, np.column_stack([self.design * alone[:, None], past, branching * change]))

    def _told(self, mean: Floats, slopes: Floats) -> tuple[float, Floats, Floats]:
        """The same from the mean of each day and its slopes by the parameters."""
        value = float((mean - self.counts * np.log(mean)).sum())
        return value, slopes.T @ (1.0 - self.counts / mean), (slopes / mean[:, None]).T @ slopes

    def _past(self, slowness: float) -> tuple[Floats, Floats]:
        """What is left of the past on each day, S_t, and its derivative by the slowness."""
        from scipy.signal import lfilter

        pasts, changes = [], []
        for counts in self._stretches:
            usual = counts.mean()
            before = np.append(usual, counts[:-1])
            past, _ = lfilter([1.0 - slowness], [1.0, -slowness], before, zi=[slowness * usual])
            earlier = np.append(usual, past[:-1])
            pasts.append(past)
            changes.append(lfilter([1.0], [1.0, -slowness], earlier - before))
        return np.concatenate(pasts), np.concatenate(changes)
