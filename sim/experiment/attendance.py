"""Who came under one law and not under another, by income."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.experiment.effects import mean_interval
from sim.measurement.citizens import QUINTILES
from sim.record import Held, Record

__all__ = ["OUTCOMES", "crossings", "crossings_averaged", "participants"]

OUTCOMES: Final = ("only_a", "only_b", "both", "net")
"""Adults who came to any assembly: under A only, under B only, under both; and how many more came under B than under A."""

type Ints = npt.NDArray[np.int64]


def participants(record: Record) -> Ints:
    """The adults who came to any assembly at all: rising citizen numbers, each once."""
    goers = [np.asarray(held.goers, np.int64) for held in record.of(Held)]
    return np.unique(np.concatenate(goers)) if goers else np.empty(0, np.int64)


def crossings(a: Ints, b: Ints, quintile: npt.NDArray[np.integer[Any]]) -> Ints:
    """Of one pair: who came under A only, under B only, under both, by income quintile.

    Args:
        a: participants under A.
        b: participants under B.
        quintile: of every adult of the town that A and B share, 0 (poorest) to 4.

    Returns:
        persons (5, 3), the columns in the order of :data:`OUTCOMES`.
    """
    parts = (np.setdiff1d(a, b, True), np.setdiff1d(b, a, True), np.intersect1d(a, b, True))
    return np.stack([np.bincount(quintile[part], minlength=QUINTILES) for part in parts], axis=1)


def crossings_averaged(pairs: Sequence[Ints]) -> pd.DataFrame:
    """The mean of :func:`crossings` over pairs, with 95 % intervals.

    Returns:
        one row a quintile (``1`` for the poorest to ``5``, then ``all``) and outcome (:data:`OUTCOMES`): ``quintile``,
        ``outcome``, ``mean`` (persons), ``low``, ``high``, ``pairs``. No row if there is no pair, as where A and B are not the
        same people.
    """
    rows = []
    for place in range(QUINTILES + 1 if pairs else 0):
        name = str(place + 1) if place < QUINTILES else "all"
        counts = np.array([pair[place] if place < QUINTILES else pair.sum(axis=0) for pair in pairs], np.float64)
        columns = (*counts.T, counts[:, 1] - counts[:, 0])
        for outcome, values in zip(OUTCOMES, columns, strict=True):
            mean, low, high = mean_interval(values)
            rows.append({"quintile": name, "outcome": outcome, "mean": mean, "low": low, "high": high, "pairs": len(pairs)})
    return pd.DataFrame(rows, columns=["quintile", "outcome", "mean", "low", "high", "pairs"])
