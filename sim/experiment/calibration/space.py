"""Points of the unit cube where something holds, however little room it takes; and points by how well they do.

Rejection alone fails where one point in a million is left over after some waves. So levels are let down one after another, as in
subset simulation (Au and Beck 2001, Probabilistic Engineering Mechanics 16(4)), by which uniform designs for further waves are
made as well (Williamson and Vernon 2013, arXiv:1309.3520): those below a level are resampled and moved by Metropolis steps that
stay below it. From there, weights are brought in by degrees, with further steps (sequential Monte Carlo: Del Moral, Doucet and
Jasra 2006, Journal of the Royal Statistical Society B 68(3)).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.experiment.calibration.chance import Chance
from sim.experiment.sensitivity.table import Floats

__all__ = ["Found", "effective", "region", "spread_out", "weighted"]

type Judged = Callable[[Floats], Floats]
"""Points (one a row) to a number each."""

_SHARE: Final = 0.2
"""Share of points that a level keeps, if the wished one keeps fewer."""

_LEVELS: Final = 60
"""Levels after which what was wished is given up."""

_STALLED: Final = 4
"""Levels in a row that are hardly lower than the one before, after which it is given up too."""

_HARDLY: Final = 0.005
_STEPS: Final = 12
"""Metropolis steps of each point at each level."""

_LAST: Final = 24
"""Steps at the last level, so that copies of one point part."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Points where something holds.

    Attributes:
        points: one a row, next to uniform where it holds. level: the greatest number found there.
        share: of the cube's volume that holds it, as estimated.
        reached: whether it is as low as was wished.
    """

    points: Floats
    level: float
    share: float
    reached: bool


def region(judged: Judged, parameters: int, number: int, level: float, chance: Chance) -> Found:
    """Points of the unit cube that are judged to be at a level or below.

    Args:
        judged: the judge. parameters: how many. number: of points. level: the wished one. chance: of the sampler.
    """
    points = chance.uniform(number, parameters)
    values = judged(points)
    share, stalled, before = 1.0, 0, np.inf
    for _ in range(_LEVELS):
        below = float((values <= level).mean())
        here = level if below >= _SHARE else max(level, float(np.quantile(values, _SHARE)))
        inside = values <= here
        share *= float(inside.mean())
        if here == level and below == 1.0:
            return Found(points, float(values.max()), share, reached=True)
        origin = np.flatnonzero(inside)[chance.among(np.ones(int(inside.sum())), number)]
        steps = _LAST if here == level else _STEPS
        points, values = _moved(judged, points[origin], values[origin], here, steps, chance)
        if here == level:
            return Found(points, float(values.max()), share, reached=True)
        stalled = stalled + 1 if before - here < _HARDLY * max(abs(before), 1.0) else 0
        before = here
        if stalled == _STALLED:
            break
    return Found(points, float(values.min()), share, reached=False)


def _moved(judged: Judged, points: Floats, values: Floats, level: float, steps: int, chance: Chance) -> tuple[Floats, Floats]:
    """Metropolis steps that stay at a level or below; from the uniform distribution there they lead to it."""
    size = 2.38 / np.sqrt(points.shape[1])  # Gelman, Roberts and Gilks 1996
    shape = _shape(points)
    for _ in range(steps):
        tried = _around(points + size * chance.normal(*points.shape) @ shape)
        found = judged(tried)
        taken = found <= level
        points, values = np.where(taken[:, None], tried, points), np.where(taken, found, values)
        size *= np.exp(float(taken.mean()) - 0.25)
    return points, values


def weighted(
    points: Floats, log_weight: Judged, inside: Judged, level: float, chance: Chance, *, least: float = 0.5
) -> tuple[Floats, Floats]:
    """Points with weights, from points that are uniform where something holds.

    The weights' exponent is raised from 0 to 1, each time as far as leaves at least half of the effective number of points;
    points are then resampled, and moved by Metropolis steps.

    Args:
        points: one a row. log_weight: logarithm of the wished density. inside: must be at ``level`` or below for a point to
            count. chance: of the sampler.
        least: share of the effective number of points at which an exponent is raised no further.

    Returns:
        points and their weights, which sum to 1.
    """
    wished, done = log_weight(points), 0.0
    while True:
        step = _step(wished, 1.0 - done, least)
        weights = np.exp(step * (wished - wished.max()))
        weights /= weights.sum()
        done += step
        if done >= 1.0:
            return points, weights
        origin = chance.among(weights, len(points))
        points, wished = _walked(points[origin], wished[origin], done, log_weight, inside, level, chance)


def _walked(
    points: Floats, wished: Floats, power: float, log_weight: Judged, inside: Judged, level: float, chance: Chance
) -> tuple[Floats, Floats]:
    size, shape = 2.38 / np.sqrt(points.shape[1]), _shape(points)
    for _ in range(_STEPS):
        tried = _around(points + size * chance.normal(*points.shape) @ shape)
        found = log_weight(tried)
        better = np.exp(np.minimum(power * (found - wished), 0.0))
        taken = (chance.uniform(len(points)) < better) & (inside(tried) <= level)
        points, wished = np.where(taken[:, None], tried, points), np.where(taken, found, wished)
        size *= np.exp(float(taken.mean()) - 0.25)
    return points, wished


def _step(wished: Floats, left: float, least: float) -> float:
    """How far an exponent may be raised."""
    if effective(np.exp(left * (wished - wished.max()))) >= least * len(wished):
        return left
    low, high = 0.0, left
    for _ in range(60):
        middle = (low + high) / 2
        enough = effective(np.exp(middle * (wished - wished.max()))) >= least * len(wished)
        low, high = (middle, high) if enough else (low, middle)
    return max(low, 1e-6)


def effective(weights: Floats) -> float:
    """How many points of equal weight say as much: ``(sum w)^2 / sum w^2`` (Kish 1965)."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def spread_out(points: Floats, number: int, chance: Chance) -> Floats:
    """Some of the points, far from each other: each next one is that which lies farthest from those taken (Gonzalez 1985).

    They are taken from four times as many that are drawn first, so that the rim is not all that is seen.
    """
    some = points[np.argsort(chance.uniform(len(points)), kind="stable")[: 4 * number]]
    taken = [0]
    apart = ((some - some[0]) ** 2).sum(axis=1)
    while len(taken) < min(number, len(some)):
        taken.append(int(apart.argmax()))
        apart = np.minimum(apart, ((some - some[taken[-1]]) ** 2).sum(axis=1))
    return some[taken]


def _shape(points: Floats) -> Floats:
    """By what to multiply normal numbers so that steps have the shape of the points' cloud."""
    covariance = np.atleast_2d(np.cov(points.T)) + 1e-10 * np.eye(points.shape[1])
    return np.asarray(np.linalg.cholesky(covariance).T, np.float64)


def _around(points: Floats) -> Floats:
    """Steps beyond a face of the cube come in at the opposite one: the way there is as likely as the way back.

    Coming back from the face that was hit is not, if steps along two parameters go together.
    """
    return np.mod(points, 1.0)
