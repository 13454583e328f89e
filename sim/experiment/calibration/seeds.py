"""Values of points by seeds: their means, and the noise between seeds."""

from __future__ import annotations

import numpy as np

from sim.experiment.sensitivity.table import Floats

__all__ = ["mean_over_seeds", "seed_variance", "seeds_with_value"]


def seeds_with_value(values: Floats) -> Floats:
    """How many seeds of each point have a value."""
    return np.asarray((~np.isnan(values)).sum(axis=1), np.float64)


def mean_over_seeds(values: Floats) -> Floats:
    """The mean of each point over the seeds that have a value; NaN where none has.

    Args:
        values: points by seeds, NaN where there is no value.
    """
    counted = seeds_with_value(values)
    total = np.nansum(values, axis=1)
    return np.asarray(np.divide(total, counted, out=np.full(len(values), np.nan), where=counted > 0), np.float64)


def seed_variance(*fields: Floats) -> float:
    """The variance of one run's value about the mean of its point, pooled over points that have two values or more.

    Args:
        fields: each points by seeds. Where no point of any has two values it is NaN.
    """
    squares, freedom = 0.0, 0.0
    for values in fields:
        counted = seeds_with_value(values)
        apart = (values - mean_over_seeds(values)[:, None])[counted > 1]
        squares += float(np.nansum(apart**2))
        freedom += float((counted[counted > 1] - 1).sum())
    return squares / freedom if freedom else float("nan")
