"""How a difference responds at each point: the mean of its pairs of runs, and how far these lie apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import rankdata

from sim.experiment.resting.curves import counts_of, summed
from sim.experiment.sensitivity.table import Floats

__all__ = ["Resampled", "Responses", "in_ranks", "resampled_of", "responses_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """The response of some points, each with a pair of runs at least.

    Attributes:
        points: their numbers.
        mean: of each, over its pairs.
        within: of each, the sum of squares of its pairs about that mean.
        pairs: of each, how many there are.
    """

    points: npt.NDArray[np.int64]
    mean: Floats
    within: Floats
    pairs: Floats

    @property
    def noise(self) -> float:
        """The variance between seeds at one point; NaN if no point has two pairs."""
        freedom = float((self.pairs - 1).sum())
        return float(self.within.sum()) / freedom if freedom else np.nan

    @property
    def expected(self) -> float:
        """The variance between points of what infinitely many seeds would give; below 0 if noise makes more of a difference."""
        return float(self.mean.var(ddof=1)) - self.noise * float((1 / self.pairs).mean())


def responses_of(differences: pd.DataFrame) -> Responses:
    """The response of each point.

    Args:
        differences: one row a pair of runs: ``draw`` (the number of its point), ``seed``, ``difference``; those without a value
            are left out.
    """
    grouped: Any = differences.dropna(subset=["difference"]).groupby("draw", sort=True)["difference"]
    mean, count = grouped.mean(), grouped.count()
    within = grouped.agg(lambda own: float(((own - own.mean()) ** 2).sum()))
    numbers = mean.index.to_numpy(np.int64)
    return Responses(numbers, mean.to_numpy(np.float64), within.to_numpy(np.float64), count.to_numpy(np.float64))


def in_ranks(differences: pd.DataFrame) -> pd.DataFrame:
    """The same pairs, each difference being its rank among all (equal ones the mean of theirs); NaN where there is none."""
    return differences.assign(difference=rankdata(differences["difference"], nan_policy="omit"))


@dataclass(frozen=True, slots=True, eq=False)
class Resampled:
    """Responses in each bootstrap sample of the points.

    Attributes:
        mean: over points. variance: between points. expected: the same without noise; NaN where there is none.
    """

    mean: Floats
    variance: Floats
    expected: Floats


def resampled_of(responses: Responses) -> Resampled:
    """Mean and variances of responses in each bootstrap sample."""
    cases = len(responses.mean)
    columns = [responses.mean, responses.mean**2, responses.within, responses.pairs - 1, 1 / responses.pairs]
    total, squares, within, freedom, parts = summed(counts_of(cases), np.column_stack(columns)).T
    variance = (squares - total**2 / cases) / (cases - 1)
    expected = variance - within / np.where(freedom > 0, freedom, np.nan) * parts / cases
    return Resampled(total / cases, variance, np.where(expected > 0, expected, np.nan))
