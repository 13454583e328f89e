"""Paired effects: what B does to each indicator, seed by seed, and how sure that is.

Runs with one seed share town, shocks, opportunities and every coin toss, so the difference of a pair holds the law's effect and
little else (common random numbers: Law 2015, Simulation Modeling and Analysis, 11.2). The interval speaks of simulation
uncertainty: it shrinks with the number of pairs and says nothing about how true the model is.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import stdtrit

__all__ = ["CONFIDENCE", "Interval", "effects", "mean_interval", "paired", "unpaired", "variance_ratio"]

CONFIDENCE: Final = 0.95
"""How often such an interval holds the mean of infinitely many pairs."""

type Floats = npt.NDArray[np.float64]


class Interval(NamedTuple):
    """A mean with its interval; the ends are NaN if fewer than two values speak."""

    mean: float
    low: float
    high: float


def mean_interval(values: Floats) -> Interval:
    """The mean of some values and its 95 % t interval (Student 1908)."""
    n = values.size
    if n == 0:
        return Interval(math.nan, math.nan, math.nan)
    mean = float(values.mean())
    if n == 1:
        return Interval(mean, math.nan, math.nan)
    half = _t(n - 1) * float(values.std(ddof=1)) / math.sqrt(n)
    return Interval(mean, mean - half, mean + half)


def paired(a: Floats, b: Floats) -> Interval:
    """The mean of ``b - a`` over pairs, and its 95 % t interval."""
    return mean_interval(b - a)


def unpaired(a: Floats, b: Floats) -> Interval:
    """The difference of the means, and its 95 % interval as if the runs were no pairs (Welch 1947)."""
    difference = float(b.mean() - a.mean()) if a.size and b.size else math.nan
    if min(a.size, b.size) < 2:
        return Interval(difference, math.nan, math.nan)
    parts = [float(values.var(ddof=1)) / values.size for values in (a, b)]
    if not sum(parts):
        return Interval(difference, difference, difference)
    freedom = sum(parts) ** 2 / sum(part**2 / (values.size - 1) for part, values in zip(parts, (a, b), strict=True))
    half = _t(freedom) * math.sqrt(sum(parts))
    return Interval(difference, difference - half, difference + half)


def variance_ratio(a: Floats, b: Floats) -> float:
    """What pairing gained: the variance of a difference of unrelated runs over that of a pair, ``(var a + var b) / var(b - a)``.

    So many times more unrelated runs would be needed for the same interval. It is infinite where pairs do not differ in their
    difference, and NaN where nothing varies at all.
    """
    if a.size < 2:
        return math.nan
    apart, together = float(a.var(ddof=1) + b.var(ddof=1)), float((b - a).var(ddof=1))
    if together:
        return apart / together
    return math.inf if apart else math.nan


def effects(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """The effect on every indicator.

    Args:
        a: indicators under A, one row a seed, one column an indicator; NaN where an indicator has no denominator.
        b: the same seeds under B.

    Returns:
        one row an indicator, in the order of the columns: ``mean_a``, ``mean_b``, ``difference`` (B - A) with ``low`` and
        ``high`` (95 %, paired), ``unpaired_low`` and ``unpaired_high`` (95 %, Welch), ``variance_ratio`` and ``pairs``. A pair
        in which either value is NaN is left out of its indicator, and an indicator without a single pair out of the table.
    """
    rows = []
    for name in a.columns:
        one, other = (table[name].to_numpy(np.float64) for table in (a, b))
        both = ~(np.isnan(one) | np.isnan(other))
        if not both.any():
            continue
        one, other = one[both], other[both]
        pair, apart = paired(one, other), unpaired(one, other)
        rows.append(
            {
                "indicator": name,
                "mean_a": float(one.mean()),
                "mean_b": float(other.mean()),
                "difference": pair.mean,
                "low": pair.low,
                "high": pair.high,
                "unpaired_low": apart.low,
                "unpaired_high": apart.high,
                "variance_ratio": variance_ratio(one, other),
                "pairs": int(both.sum()),
            }
        )
    return pd.DataFrame(rows, columns=list(_COLUMNS))


_COLUMNS: Final = (
    "indicator",
    "mean_a",
    "mean_b",
    "difference",
    "low",
    "high",
    "unpaired_low",
    "unpaired_high",
    "variance_ratio",
    "pairs",
)


def _t(freedom: float) -> float:
    return float(stdtrit(freedom, 0.5 + CONFIDENCE / 2.0))
