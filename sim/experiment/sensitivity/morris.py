"""Elementary effects: which factors matter at all, from few points (Morris 1991, Technometrics 33)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.errors import Problem
from sim.experiment.effects import mean_interval
from sim.experiment.sensitivity.bootstrap import RESAMPLES, percentile_interval, resampled
from sim.experiment.sensitivity.table import Floats, is_number, read_runs, refuse_runs

__all__ = ["morris_effects"]

_COLUMNS: Final = [
    "outcome",
    "factor",
    "mu",
    "mu_low",
    "mu_high",
    "mu_star",
    "mu_star_low",
    "mu_star_high",
    "sigma",
    "sigma_low",
    "sigma_high",
    "sigma_less_noise",
    "noise",
    "seeds",
    "trajectories",
    "left_out",
]


def morris_effects(
    runs: pd.DataFrame,
    factors: Sequence[str],
    outcomes: Sequence[str],
    *,
    levels: int = 4,
    order: Mapping[str, Sequence[object]] | None = None,
) -> pd.DataFrame:
    """Elementary effects of a Morris design, from the means over seeds.

    A trajectory has k + 1 points; from each to the next one factor moves by ``levels / (2 (levels - 1))`` of its range. The
    elementary effect is the change of the outcome divided by that share, with the sign of the move: the outcome's units for a
    move over the whole range. ``mu`` is the mean over trajectories, ``mu_star`` the mean size (Campolongo et al. 2007,
    Environmental Modelling & Software 22), ``sigma`` the standard deviation, which is 0 for a factor that acts alone and in a
    straight line.

    Noise of replication makes ``mu_star`` and ``sigma`` too large. ``noise`` is the standard error of an elementary effect from
    the paired differences between seeds (root mean square over trajectories), and ``sigma_less_noise`` is
    ``sqrt(max(0, sigma^2 - noise^2))``. A factor without any effect has a ``mu_star`` near 0.8 ``noise``.

    Args:
        runs: the runs table; its points stand in the order of the design.
        factors: the factors.
        outcomes: which columns are outcomes.
        levels: levels of the design.
        order: for factors whose levels are not numbers: the levels from the lower to the upper end of the design.

    Returns:
        one row an outcome and factor: ``mu`` with its t interval, ``mu_star`` and ``sigma`` with bootstrap percentile intervals
        (95 %, over trajectories), ``noise`` (NaN with one seed), ``seeds``, ``trajectories`` analysed, and ``left_out``: those in
        which a run failed or has no value.

    Raises:
        InputError: if the table cannot be read, its points are no such design, or the levels of a factor have no order.
    """
    if levels < 2 or levels % 2:
        raise refuse_runs(Problem("levels", str(levels), "an even number from 2, as the design was made with"))
    sweep = read_runs(runs, outcomes, factors)
    heights = _heights(sweep.settings, factors, order or {})
    moved, signs = _moves(heights, factors, sweep.points)
    share = levels / (2 * (levels - 1))
    rows = []
    for name in outcomes:
        values = sweep.values[name].reshape(len(moved), len(factors) + 1, -1)
        whole = ~np.isnan(values).any(axis=(1, 2))
        steps = np.diff(values, axis=1) * signs[:, :, None] / share
        for place, factor in enumerate(factors):
            own = np.take_along_axis(steps, np.argmax(moved == place, axis=1)[:, None, None], axis=1)[whole, 0]
            told = {"outcome": name, "factor": factor, "seeds": len(sweep.seeds)}
            rows.append({**told, **_told(own), "trajectories": int(whole.sum()), "left_out": int((~whole).sum())})
    return pd.DataFrame(rows, columns=_COLUMNS)


def _told(effects: Floats) -> dict[str, float]:
    """What elementary effects, trajectories by seeds, come to."""
    trajectories, seeds = effects.shape
    if trajectories == 0:
        return {}
    means = effects.mean(axis=1)
    mu = mean_interval(means)
    found: dict[str, float] = {"mu": mu.mean, "mu_low": mu.low, "mu_high": mu.high, "mu_star": float(np.abs(means).mean())}
    found["noise"] = math.sqrt(float(effects.var(axis=1, ddof=1).mean()) / seeds) if seeds > 1 else math.nan
    if trajectories > 1:
        chosen = means[resampled(trajectories, RESAMPLES)]
        found["mu_star_low"], found["mu_star_high"] = map(float, percentile_interval(np.abs(chosen).mean(axis=1)))
        found["sigma_low"], found["sigma_high"] = map(float, percentile_interval(chosen.std(axis=1, ddof=1)))
        found["sigma"] = float(means.std(ddof=1))
        less = found["sigma"] ** 2 - found["noise"] ** 2
        found["sigma_less_noise"] = math.nan if math.isnan(less) else math.sqrt(max(0.0, less))
    return found


def _heights(settings: pd.DataFrame, factors: Sequence[str], order: Mapping[str, Sequence[object]]) -> Floats:
    """How high each point stands on each factor, points by factors: the level, or its place in the order."""
    columns: list[list[float]] = []
    problems: list[Problem] = []
    for name in factors:
        own = settings[name].tolist()
        if name in order:
            places = {repr(level): place for place, level in enumerate(order[name])}
            strange = [level for level in own if repr(level) not in places]
            columns.append([places.get(repr(level), 0) for level in own])
            allowed = ", ".join(map(repr, order[name]))
        else:
            strange = [level for level in own if not is_number(level)]
            columns.append([0 if strange else float(level) for level in own])
            allowed = "numbers, or an order of the levels"
        problems += [Problem(f"factors.{name}", repr(level), allowed) for level in dict.fromkeys(strange)]
    if problems:
        raise refuse_runs(*problems)
    return np.array(columns, np.float64).T


def _moves(heights: Floats, factors: Sequence[str], points: Sequence[int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Which factor moves in each step of each trajectory, and whether up or down.

    A move too small to change a factor that is rounded shows as no move; it belongs to the factor the trajectory has not moved.
    """
    length = len(factors) + 1
    allowed = f"the points of a Morris design in its order: trajectories of {length}, each step moving another factor"
    if not factors or len(heights) % length:
        raise refuse_runs(Problem("points", f"{len(heights)} points", allowed))
    steps = np.diff(heights.reshape(-1, length, len(factors)), axis=1)
    moved = np.argmax(steps != 0, axis=2)
    still = ~(steps != 0).any(axis=2)
    for number, trajectory in _faulty(steps, moved, still):
        raise refuse_runs(Problem("points", f"trajectory {number} (from point {points[number * length]}) {trajectory}", allowed))
    for number in np.flatnonzero(still.any(axis=1)).tolist():
        (place,) = np.flatnonzero(still[number])
        (missing,) = set(range(len(factors))) - set(moved[number][~still[number]].tolist())
        moved[number, place] = missing
    signs = np.sign(np.take_along_axis(steps, moved[:, :, None], axis=2)[:, :, 0])
    return moved, np.where(still, 1, signs).astype(np.int64)


def _faulty(steps: Floats, moved: npt.NDArray[np.int64], still: npt.NDArray[np.bool_]) -> Iterator[tuple[int, str]]:
    for number, step in enumerate(steps):
        own: list[Any] = moved[number][~still[number]].tolist()
        if ((step != 0).sum(axis=1) > 1).any():
            yield number, "moves several factors at once"
        elif len(set(own)) < len(own):
            yield number, "moves a factor twice"
        elif still[number].sum() > 1:
            yield number, f"does not move in {int(still[number].sum())} steps"
