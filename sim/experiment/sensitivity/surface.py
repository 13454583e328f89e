"""A response surface: what an outcome would be at points that were not run, and how far to trust that.

The choice is a Gaussian process (Rasmussen and Williams 2006, Gaussian Processes for Machine Learning; scikit-learn), not
splines: it takes scattered points in any number of factors, knows the noise of each mean, and tells its own doubt. Its covariance
is a constant (the unknown level), a Matern 5/2 with a length for each factor (smooth, but not more than twice differentiable),
and a nugget for what no smooth surface can follow, as a jump; to which the known variance of each point's mean over seeds is
added.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.special import ndtri

from sim.errors import Problem
from sim.experiment.effects import CONFIDENCE
from sim.experiment.sensitivity.libraries import library
from sim.experiment.sensitivity.table import Floats, complete_seeds, is_number, numbers_of, read_runs, refuse_runs
from sim.streams import Streams

__all__ = ["LEAST_POINTS", "Surface", "response_surface", "trust"]

LEAST_POINTS: Final = 5
"""Points for each factor below which no surface is laid; ten are usual (Loeppky, Sacks and Welch 2009, Technometrics 51)."""

_STARTS: Final = 3
"""Further starts of the search for the lengths, so that it does not stop in the first valley."""

_MANY: Final = 150
"""Points beyond which there is one start only: each takes as long as the points to the third power."""

_SPREAD: Final = 10.0
"""Prior variance of the level, in variances of the outcome: next to unknown."""


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """A response surface of one outcome.

    Attributes:
        outcome, factors: what of.
        settings: the points it rests on, one column a factor.
        observed: the means over seeds there.
        predicted: what the surface says at each point from the others alone (leave one point out; lengths as found with all).
        rmse: root mean square of ``observed - predicted``, in the outcome's unit.
        q2: ``1 - sum (observed - predicted)^2 / sum (observed - mean of the others)^2``: 1 is perfect; at 0 the mean does as
            well.
        words: what that means (:func:`trust`), and what else the search for lengths said.
        seeds: seeds with a value at every point; ``left_out``: the others.
        lengths: over which share of a factor's range the outcome changes; long is hardly at all.
    """

    outcome: str
    factors: tuple[str, ...]
    settings: pd.DataFrame
    observed: Floats
    predicted: Floats
    rmse: float
    q2: float
    words: str
    seeds: int
    left_out: int
    lengths: Mapping[str, float]
    _process: Any
    _scale: tuple[Floats, Floats, float, float]
    _level: float

    def predict(self, settings: pd.DataFrame) -> pd.DataFrame:
        """The outcome at any settings.

        Args:
            settings: one row a point, with a column for each factor, in numbers.

        Returns:
            the settings with ``mean``, its 95 % band ``low`` to ``high`` (where the mean of infinitely many seeds would lie), and
            ``outside``: whether the point lies outside the range of the points run, where a surface knows next to nothing.

        Raises:
            InputError: if a factor is missing or no number.
        """
        missing = [name for name in self.factors if name not in settings.columns]
        if missing:
            raise refuse_runs(*(Problem("factors", f"settings without {name}", ", ".join(self.factors)) for name in missing))
        x = numbers_of(settings, self.factors, "a response surface")
        least, width, mean, sd = self._scale
        unit = (x - least) / width
        found, doubt = self._process.predict(unit, return_std=True)
        centre, half = mean + sd * found, float(ndtri(0.5 + CONFIDENCE / 2)) * np.sqrt((sd * doubt) ** 2 + self._level)
        told = settings[list(self.factors)].reset_index(drop=True)
        outside = ((unit < 0) | (unit > 1)).any(axis=1)
        return told.assign(mean=centre, low=centre - half, high=centre + half, outside=outside)

    def grid(self, steps: int = 25, at: Mapping[str, float] | None = None) -> pd.DataFrame:
        """The outcome over one or two factors.

        Args:
            steps: points along each.
            at: where the other factors are held; all but one or two must be.

        Raises:
            InputError: if none, or more than two factors are left to vary, or one is unknown or held at no number.
        """
        held = dict(at or {})
        problems = [
            Problem(f"at.{name}", repr(value), f"a number for one of {', '.join(self.factors)}")
            for name, value in held.items()
            if name not in self.factors or not is_number(value)
        ]
        free = [name for name in self.factors if name not in held]
        if not 1 <= len(free) <= 2:
            problems.append(Problem("at", f"{len(free)} factors left to vary", "one or two; hold the others"))
        if steps < 2:
            problems.append(Problem("steps", str(steps), "at least 2"))
        if problems:
            raise refuse_runs(*problems)
        axes = [np.linspace(self.settings[name].min(), self.settings[name].max(), steps) for name in free]
        crossed = [part.ravel() for part in np.meshgrid(*axes, indexing="ij")]
        frame = pd.DataFrame(dict(zip(free, crossed, strict=True)))
        return self.predict(frame.assign(**held)[list(self.factors)])


def trust(q2: float) -> str:
    """What a Q2 means, in words."""
    share = f"Q2 = {q2:.2f}"
    if not q2 >= 0.5:
        return f"poor ({share}): left-out points are hardly foretold; do not read this surface, run more points or seeds"
    if q2 < 0.8:
        return f"rough ({share}): read its direction, not its numbers"
    return f"good ({share}): left-out points are foretold well"


def response_surface(runs: pd.DataFrame, factors: Sequence[str], outcome: str) -> Surface:
    """The response surface of an outcome over factors that are numbers.

    It rests on the seeds that have a value at every point; what a seed does to all points alike shifts the surface as a whole,
    and is added to the band but not to the noise of single points. That noise is pooled over points, as few seeds tell little
    about each.

    Raises:
        InputError: if the table cannot be read, a level is no number, there are too few points, or fewer than two seeds have a
            value at every point.
        ModelError: if scikit-learn is not installed.
    """
    sweep = read_runs(runs, [outcome], factors)
    if not factors:
        raise refuse_runs(Problem("factors", "none", "at least one factor"))
    x = numbers_of(sweep.settings, factors, "a response surface")
    complete = complete_seeds(sweep.values[outcome])
    values = sweep.values[outcome][:, complete]
    points, seeds = values.shape
    flat = [name for name, column in zip(factors, x.T, strict=True) if np.ptp(column) == 0]
    problems = [Problem(f"factors.{name}", "one level", "at least two levels") for name in flat]
    if points < LEAST_POINTS * len(factors):
        allowed = f"at least {LEAST_POINTS * len(factors)} for {len(factors)} factors"
        problems.append(Problem("points", f"{points} points", allowed))
    if seeds < 2:
        told = f"{seeds} of {len(sweep.seeds)} seeds with a value at every point"
        problems.append(Problem(f"outcomes.{outcome}", told, "at least two such seeds"))
    if problems:
        raise refuse_runs(*problems)
    observed = values.mean(axis=1)
    shift = values.mean(axis=0)
    noise = float(((values - observed[:, None] - shift + shift.mean()) ** 2).sum()) / ((points - 1) * (seeds - 1)) / seeds
    level = float(shift.var(ddof=1)) / seeds
    least, width = x.min(axis=0), np.ptp(x, axis=0)
    mean, sd = float(observed.mean()), float(observed.std(ddof=1)) or 1.0
    process, said = _fitted((x - least) / width, (observed - mean) / sd, noise / sd**2)
    predicted = mean + sd * _left_out(process, (observed - mean) / sd)
    others = (observed.sum() - observed) / (points - 1)
    missed, spread = float(((observed - predicted) ** 2).sum()), float(((observed - others) ** 2).sum())
    q2 = 1 - missed / spread if spread else np.nan
    words = [trust(q2) if spread else "flat: all points have the same mean", *said]
    lengths = dict(zip(factors, np.atleast_1d(process.kernel_.k1.k2.k2.length_scale).tolist(), strict=True))
    return Surface(
        outcome,
        tuple(factors),
        sweep.settings.reset_index(drop=True),
        observed,
        predicted,
        (missed / points) ** 0.5,
        q2,
        "; ".join(words),
        seeds,
        len(sweep.seeds) - seeds,
        lengths,
        process,
        (least, width, mean, sd),
        level,
    )


def _fitted(x: Floats, y: Floats, noise: float) -> tuple[Any, list[str]]:
    """The process that makes the points most likely, and what the search for it said."""
    processes = library("sklearn.gaussian_process", "a response surface")
    kernels = library("sklearn.gaussian_process.kernels", "a response surface")
    unsure = library("sklearn.exceptions", "a response surface").ConvergenceWarning
    wave = kernels.ConstantKernel(1.0, (1e-3, 1e3)) * kernels.Matern(np.ones(x.shape[1]), (0.05, 20.0), nu=2.5)
    kernel = kernels.ConstantKernel(_SPREAD, "fixed") + wave + kernels.WhiteKernel(1e-3, (1e-8, 2.0))
    start = int(Streams(0).key("response surface")) % 2**32  # scikit-learn draws its further starts by itself; so always the same
    starts = _STARTS if len(x) <= _MANY else 0
    process = processes.GaussianProcessRegressor(kernel, alpha=max(noise, 1e-10), n_restarts_optimizer=starts, random_state=start)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", unsure)
        process.fit(x, y)
    stopped = any(
        "bound" not in str(one.message) for one in caught
    )  # a length at its bound only says that a factor hardly matters
    return process, ["the search for its lengths did not come to an end"] if stopped else []


def _left_out(process: Any, y: Floats) -> Floats:
    """What each point is foretold to be from the others (Dubrule 1983, Mathematical Geology 15): ``y - K^-1 y / diag K^-1``."""
    inverse = np.linalg.inv(process.L_ @ process.L_.T)
    return np.asarray(y - inverse @ y / np.diag(inverse), np.float64)
