"""Whether the bunching estimator finds an excess that is known, and none where there is none."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.measurement import bunching

__all__ = ["PERSONS", "persons", "recovered", "threshold_of"]

PERSONS: Final = 1000
"""The size of the assembly in which a desire of 1 is expressed: so that acts can be read as sizes."""

_EXACT: Final = 9
"""Decimals that an act is good to: .28 times 1,000 is not 280 in a computer."""

type Floats = npt.NDArray[np.float64]


def persons(acts: Floats) -> Floats:
    """Acts as sizes of assemblies."""
    sizes: Floats = np.ceil(np.round(acts * PERSONS, _EXACT))
    return sizes


def threshold_of(tolerance: float) -> int:
    """The first size at which more is owed than at the tolerance."""
    return math.ceil(round(tolerance * PERSONS, _EXACT)) + 1


def recovered(samples: int, acts_of: Callable[[int], Floats], thresholds: tuple[int, ...], truth: float) -> pd.DataFrame:
    """The estimate and its 95 % interval for each sample and threshold, and whether the interval holds the truth.

    Args:
        samples: how many. acts_of: the acts of a sample, by its number. thresholds: sizes. truth: the excess, share of all.
    """

    def rows() -> Iterator[tuple[int, int, float, float, float]]:
        for sample in range(samples):
            sizes = persons(acts_of(sample))
            for threshold in thresholds:
                found = bunching(sizes, threshold)
                yield sample, threshold, found.mass, found.low, found.high

    table = pd.DataFrame(rows(), columns=["sample", "threshold", "mass", "low", "high"])
    return table.assign(truth=truth, holds=(table["low"] <= truth) & (truth <= table["high"]))
