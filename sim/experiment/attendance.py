"""Who came: under one law and not under another, and how many more under a benchmark, by income."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.experiment.effects import mean_interval
from sim.population import Town
from sim.record import Held, Record

__all__ = ["OUTCOMES", "QUINTILES", "attendances", "crossings", "crossings_averaged", "participants", "quintiles"]

QUINTILES: Final = ("1", "2", "3", "4", "5")
"""Fifths of the adults by income, the poorest first."""

OUTCOMES: Final = ("only_a", "only_b", "both", "net")
"""``only_a``, ``only_b``, ``both``: adults who came to any assembly under A only, under B only, under both; ``net``: how many more
adults came under B than under A."""

type Ints = npt.NDArray[np.int64]


def quintiles(town: Town) -> Ints:
    """The income quintile of every adult, 0 (poorest) to 4."""
    income = town.people.income
    return np.searchsorted(np.quantile(income, [0.2, 0.4, 0.6, 0.8]), income).astype(np.int64)


def participants(record: Record) -> Ints:
    """The adults who came to any assembly at all: rising citizen numbers, each once."""
    goers = [np.asarray(held.goers, np.int64) for held in record.of(Held)]
    return np.unique(np.concatenate(goers)) if goers else np.empty(0, np.int64)


def attendances(record: Record, quintile: Ints) -> Ints:
    """How often adults of each income quintile came to an assembly (5)."""
    goers = [np.asarray(held.goers, np.int64) for held in record.of(Held)]
    came = np.concatenate(goers) if goers else np.empty(0, np.int64)
    return np.bincount(quintile[came], minlength=len(QUINTILES))


def crossings(a: Ints, b: Ints, quintile: Ints) -> Ints:
    """Of one pair: who came under A only, under B only, under both, by income quintile.

    Args:
        a: participants under A.
        b: participants under B.
        quintile: of every adult of the town, which A and B share.

    Returns:
        persons (5, 3), the columns in the order of :data:`OUTCOMES`.
    """
    parts = (np.setdiff1d(a, b, True), np.setdiff1d(b, a, True), np.intersect1d(a, b, True))
    return np.stack([np.bincount(quintile[part], minlength=len(QUINTILES)) for part in parts], axis=1)


def crossings_averaged(pairs: Sequence[Ints]) -> pd.DataFrame:
    """The mean of :func:`crossings` over pairs, with 95 % intervals.

    Returns:
        one row a quintile (``all`` last) and outcome: ``quintile``, ``outcome``, ``mean`` (persons), ``low``, ``high``, ``pairs``;
        no row if there is no pair, as where A and B are not the same people.
    """
    rows = []
    for place, name in enumerate((*QUINTILES, "all") if pairs else ()):
        counts = np.array([pair[place] if place < len(QUINTILES) else pair.sum(axis=0) for pair in pairs], np.float64)
        columns = (*counts.T, counts[:, 1] - counts[:, 0])
        for outcome, values in zip(OUTCOMES, columns, strict=True):
            mean, low, high = mean_interval(values)
            rows.append({"quintile": name, "outcome": outcome, "mean": mean, "low": low, "high": high, "pairs": len(pairs)})
    return pd.DataFrame(rows, columns=["quintile", "outcome", "mean", "low", "high", "pairs"])
