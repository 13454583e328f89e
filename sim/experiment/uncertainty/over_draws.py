"""Means and effects over draws from a posterior, with intervals that hold noise between seeds and not knowing the parameters.

Seeds of one draw share its parameters, so draws are what an interval rests on: each counts as the mean of its seeds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.errors import InputError
from sim.experiment.effects import effects, mean_interval
from sim.experiment.uncertainty.split import split_uncertainty

__all__ = ["SPLIT", "averaged", "effects_over_draws", "summary_over_draws"]

SPLIT: Final = (
    "draws",
    "noise",
    "parameters",
    "parameter_share",
    "share_low",
    "share_high",
    "effect_low",
    "effect_high",
)
"""Columns that a table of effects has besides, where parameters are drawn (:class:`~sim.experiment.uncertainty.split.Split`)."""


def effects_over_draws(a: pd.DataFrame, b: pd.DataFrame, draws: Sequence[int]) -> pd.DataFrame:
    """The effect on every indicator, as :func:`~sim.experiment.effects.effects` has it, over draws.

    Args:
        a: indicators under A, one row a pair. b: the same pairs under B. draws: the number of each pair's draw.

    Returns:
        its columns, the intervals and the variance ratio over means of draws, then those of :data:`SPLIT`; NaN where the two
        kinds of uncertainty cannot be told apart, since no draw has two pairs with a value.
    """
    both = a.notna() & b.notna()
    one, other = a.where(both), b.where(both)
    table = effects(_of_draws(one, draws), _of_draws(other, draws))
    table["pairs"] = [int(both[name].sum()) for name in table["indicator"]]
    return _with_split(table, other - one, draws)


def summary_over_draws(indicators: pd.DataFrame, draws: Sequence[int]) -> pd.DataFrame:
    """The mean of every indicator over draws.

    Args:
        indicators: one row a run. draws: the number of each run's draw.

    Returns:
        ``indicator``, ``mean`` with ``low`` and ``high`` (95 %, over means of draws), ``sd`` between runs, ``runs`` with a value,
        and the columns of :data:`SPLIT`.
    """
    means = _of_draws(indicators, draws)
    rows = []
    for name in indicators.columns:
        mean, low, high = mean_interval(means[name].dropna().to_numpy(np.float64))
        values = indicators[name].dropna()
        sd = float(values.std(ddof=1)) if len(values) > 1 else math.nan
        rows.append({"indicator": name, "mean": mean, "low": low, "high": high, "sd": sd, "runs": len(values)})
    return _with_split(pd.DataFrame(rows), indicators, draws)


def averaged(values: Sequence[npt.NDArray[Any]], draws: Sequence[int]) -> list[npt.NDArray[Any]]:
    """The mean of the values of each draw, in the order of the draws."""
    return [
        np.mean([value for value, number in zip(values, draws, strict=True) if number == draw], axis=0)
        for draw in sorted(set(draws))
    ]


def _of_draws(table: pd.DataFrame, draws: Sequence[int]) -> pd.DataFrame:
    """The mean of each draw over those of its runs that have a value; NaN if none has."""
    return table.groupby(np.asarray(draws), sort=True).mean()


def _with_split(table: pd.DataFrame, values: pd.DataFrame, draws: Sequence[int]) -> pd.DataFrame:
    rows = [_split(values[name], draws) for name in table["indicator"]]
    return pd.concat([table, pd.DataFrame(rows, columns=list(SPLIT))], axis=1)


def _split(values: pd.Series, draws: Sequence[int]) -> dict[str, float]:
    number = int(pd.Series(draws)[values.notna().to_numpy()].nunique())
    try:
        found = split_uncertainty(pd.DataFrame({"draw": list(draws), "seed": range(len(values)), "difference": values}))
    except InputError:  # one seed a draw, or one draw: the interval is told, what it is made of is not
        return {"draws": number}
    return {name: getattr(found, name) for name in SPLIT}
