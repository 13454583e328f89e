"""Marginal effects and elasticities of a factor that is a number.

Runs with one seed share every coin toss, so a seed is the unit: a slope is found seed by seed, and the interval is that of the
mean slope over seeds (common random numbers: Law 2015, Simulation Modeling and Analysis, 11.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.errors import Problem, did_you_mean
from sim.experiment.effects import mean_interval
from sim.experiment.sensitivity.table import Floats, is_number, read_runs, refuse_runs

__all__ = ["OVERALL", "marginal_effects"]

OVERALL: Final = "overall"
"""The stretch over all levels; the others are from one level to the next."""

_COLUMNS: Final = [
    "outcome",
    "level",
    "stretch",
    "least",
    "most",
    "effect",
    "low",
    "high",
    "elasticity",
    "elasticity_low",
    "elasticity_high",
    "seeds",
    "elasticity_seeds",
    "note",
]


def marginal_effects(
    runs: pd.DataFrame, factor: str, outcomes: Sequence[str], others: Sequence[str] = (), by: str | None = None
) -> pd.DataFrame:
    """What one more unit of a factor does to each outcome, and what one per cent more of it does in per cent.

    The marginal effect with a seed is the slope of the line through its points by least squares,
    ``sum (x - mean x)(y - mean y) / sum (x - mean x)^2``, and the elasticity is ``slope * mean x / mean y``. Between two levels
    these are ``(y2 - y1) / (x2 - x1)`` and the arc elasticity at the mid-point (Allen 1934, Review of Economic Studies 1). Both
    are then averaged over seeds. Other factors are averaged over as they stand in the design.

    Args:
        runs: the runs table.
        factor: the factor. Points at which it is no number (as ``none``) are left out, and the note says so.
        outcomes: which columns are outcomes.
        others: the other factors of the design. They say between which points all else is equal.
        by: one of the others, at each of whose levels the effect is told apart.

    Returns:
        one row an outcome, level of ``by`` (None without one) and ``stretch``: from each level to the next where all else is
        equal at both (as on a grid), and overall. ``least`` and ``most`` are its ends; ``effect`` (of the outcome's unit, for
        each unit of the factor) and ``elasticity``, each with its 95 % t interval over seeds; ``seeds`` and ``elasticity_seeds``
        that speak: a seed needs a value at every point of the stretch, and an elasticity a mean that is not 0.

    Raises:
        InputError: if the table cannot be read, or the factor has fewer than two levels that are numbers.
    """
    sweep = read_runs(runs, outcomes, [factor, *others])
    if by is not None and by not in others:
        raise refuse_runs(
            Problem("by", repr(by), ", ".join(others) or "nothing: no other factor is named", did_you_mean(by, others))
        )
    numeric = sweep.settings[factor].map(is_number).to_numpy(bool)
    words = [str(word) for word in pd.unique(sweep.settings[factor][~numeric])]
    note = f"left out, being no number: {', '.join(words)}" if words else ""
    if sweep.settings[factor][numeric].nunique() < 2:
        found = f"{sweep.settings[factor][numeric].nunique()} level that is a number"
        raise refuse_runs(Problem(f"factors.{factor}", found, "at least two levels that are numbers"))
    stretches = [
        (level, stretch, chosen[where])
        for level, chosen in ((level, np.flatnonzero(own)) for level, own in _parts(sweep.settings, by, numeric))
        for stretch, where in _stretches(sweep.settings.iloc[chosen], factor, others)
    ]
    rows = []
    for name in outcomes:
        for level, stretch, chosen in stretches:
            x = sweep.settings[factor].iloc[chosen].to_numpy(np.float64)
            told = {"outcome": name, "level": level, "stretch": stretch, "note": note}
            rows.append({**told, **_told(x, sweep.values[name][chosen])})
    return pd.DataFrame(rows, columns=_COLUMNS)


def _parts(settings: pd.DataFrame, by: str | None, numeric: npt.NDArray[np.bool_]) -> Iterator[tuple[Any, npt.NDArray[np.bool_]]]:
    """The levels of another factor, each with its points."""
    if by is None:
        yield None, numeric
        return
    for level in pd.unique(settings[by]):
        chosen = numeric & (settings[by] == level).to_numpy(bool)
        if chosen.any():
            yield level, chosen


def _stretches(part: pd.DataFrame, factor: str, others: Sequence[str]) -> Iterator[tuple[str, npt.NDArray[np.bool_]]]:
    """The points of each stretch between neighbouring levels, where all else is equal at both; then all points."""
    x = part[factor].to_numpy(np.float64)
    levels = np.unique(x)
    rest = {level: sorted(map(repr, part[x == level][list(others)].itertuples(index=False, name=None))) for level in levels}
    for one, other in pairwise(levels):
        if rest[one] == rest[other]:
            yield f"{one:g} to {other:g}", (x == one) | (x == other)
    if levels.size > 1:
        yield OVERALL, np.ones(x.size, bool)


def _told(x: Floats, values: Floats) -> dict[str, Any]:
    complete = values[:, ~np.isnan(values).any(axis=0)]
    away = x - x.mean()
    slopes = away @ complete / (away @ away)
    means = complete.mean(axis=0)
    sound = means != 0
    elastic = slopes[sound] * x.mean() / means[sound]
    effect, elasticity = mean_interval(slopes), mean_interval(elastic)
    return {
        "least": x.min(),
        "most": x.max(),
        **dict(zip(("effect", "low", "high"), effect, strict=True)),
        **dict(zip(("elasticity", "elasticity_low", "elasticity_high"), elasticity, strict=True)),
        "seeds": slopes.size,
        "elasticity_seeds": elastic.size,
    }
