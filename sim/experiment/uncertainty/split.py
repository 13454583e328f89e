"""How much of an effect's uncertainty is noise between seeds, and how much is not knowing the parameters.

The design is nested: some draws from the posterior, and for each draw pairs of runs with some seeds. The estimator is the
analysis of variance with one random factor (Searle, Casella and McCulloch 1992, Variance Components, chapter 3), for numbers of
seeds that may differ::

    noise = MS within,    parameters = (MS between - MS within) / n0,    n0 = (N - sum n_i^2 / N) / (draws - 1)

The share of the parameters has an interval by the distribution of F (the same, section 3.6; with unequal numbers n0 stands in the
place of n: Thomas and Hultquist 1978, Annals of Statistics 6(3)). With few draws it is wide, and should be read first.

With one seed for each draw both are in the spread and cannot be told apart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from scipy.special import fdtri, stdtrit

from sim.errors import InputError, Problem
from sim.experiment.effects import CONFIDENCE

__all__ = ["Split", "split_uncertainty"]

_COLUMNS: Final = ("draw", "seed", "difference")

_ROUNDING: Final = 1e-12
"""Share by which values, or their mean squares, may differ through rounding alone."""


@dataclass(frozen=True, slots=True)
class Split:
    """A mean effect, and what its uncertainty is made of.

    Attributes:
        mean: over draws, each the mean of its seeds. low, high: its 95 % interval, which holds both kinds of uncertainty.
        noise: variance between seeds at one draw. parameters: variance between draws of what infinitely many seeds would give;
            0 if draws differ no more than seeds make them.
        parameter_share: of the variance of a single pair; NaN if nothing varies. share_low, share_high: its 95 % interval.
        effect_low, effect_high: where the effect lies at 95 of 100 further draws, if infinitely many seeds tell it:
            ``mean -+ t sqrt(parameters + variance of the mean)``. It is never narrower than the interval of the mean.
        draws, pairs: how many.
    """

    mean: float
    low: float
    high: float
    noise: float
    parameters: float
    parameter_share: float
    share_low: float
    share_high: float
    effect_low: float
    effect_high: float
    draws: int
    pairs: int


def split_uncertainty(differences: pd.DataFrame) -> Split:
    """Tell noise between seeds from not knowing the parameters.

    Args:
        differences: one row a pair of runs: ``draw`` (from the posterior), ``seed``, and ``difference``. A pair without a value
            (NaN) is left out.

    Raises:
        InputError: if a column is missing, or there are fewer than two draws, or no draw has two seeds.
    """
    absent = [name for name in _COLUMNS if name not in differences]
    if absent:
        raise InputError("differences", [Problem(name, "no such column", ", ".join(_COLUMNS)) for name in absent])
    known = differences.dropna(subset=["difference"])
    groups = [rows["difference"].to_numpy(np.float64) for _, rows in known.groupby("draw", sort=True)]
    sizes = np.array([len(group) for group in groups], np.float64)
    problems = []
    if len(groups) < 2:
        problems.append(Problem("draw", f"{len(groups)} draws with a value", "two or more"))
    if not (sizes > 1).any():
        problems.append(Problem("seed", "one seed for each draw", "two or more for some draw, or nothing can be told apart"))
    if problems:
        raise InputError("differences", problems)
    number, total = len(groups), float(sizes.sum())
    means = np.array([group.mean() for group in groups])
    everything = np.concatenate(groups)
    rounding = (_ROUNDING * float(np.abs(everything).max())) ** 2
    within = sum(float(((group - group.mean()) ** 2).sum()) for group in groups) / (total - number)
    between = float((sizes * (means - float(everything.mean())) ** 2).sum()) / (number - 1)
    within, between = (square if square > rounding else 0.0 for square in (within, between))
    typical = (total - float((sizes**2).sum()) / total) / (number - 1)
    parameters = (between - within) / typical if between - within > _ROUNDING * between else 0.0
    mean, of_mean = float(means.mean()), float(means.var(ddof=1)) / number
    t = float(stdtrit(number - 1, 0.5 + CONFIDENCE / 2))
    half, reach = t * math.sqrt(of_mean), t * math.sqrt(parameters + of_mean)
    whole = within + parameters
    share = parameters / whole if whole else math.nan
    low, high = _share_interval(between, within, number, int(total), typical)
    ends = mean - half, mean + half
    return Split(mean, *ends, within, parameters, share, low, high, mean - reach, mean + reach, number, int(total))


def _share_interval(between: float, within: float, draws: int, pairs: int, typical: float) -> tuple[float, float]:
    """The 95 % interval of the share that is due to parameters; NaN where seeds make no difference."""
    if not within:
        return math.nan, math.nan
    ends = []
    for part in (0.5 + CONFIDENCE / 2, 0.5 - CONFIDENCE / 2):
        ratio = between / within / float(fdtri(draws - 1, pairs - draws, part)) - 1.0
        ends.append(max(0.0, ratio / (typical + ratio)))
    return ends[0], ends[1]
