"""How unequal sizes are: tails, spread, and who holds most of the attendance."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.measurement.patterns.events import Events
from sim.measurement.patterns.registry import Register, column

__all__ = ["FEWEST", "SIZES", "Tail", "gini", "hill", "log_spread", "slope", "tail_of", "top_share"]

type Floats = npt.NDArray[np.float64]

FEWEST: Final = 10
"""Fewest values from which an exponent, a slope or a spread is estimated."""

SIZES: Final = Register()


@dataclass(frozen=True, slots=True)
class Tail:
    """Where a power-law tail begins, how steep it is, and how far the values lie from it.

    Attributes:
        exponent: of the density, x**-exponent. least: the size at which the tail begins. number: values in it.
        distance: the greatest difference of the distribution functions (Kolmogorov and Smirnov).
    """

    exponent: float
    least: float
    number: int
    distance: float


def hill(values: Floats, least: float) -> float:
    """The exponent of a density that falls as ``x**-exponent`` from ``least`` on (Hill 1975, Annals of Statistics 3).

    ``1 + n / sum log(x / least)`` over the n values from ``least`` on: the maximum likelihood for sizes that may be any number.

    Args:
        values: sizes. least: where the tail is taken to begin.

    Returns:
        the exponent; NaN of fewer than ten values, or if none lies above ``least``.
    """
    tail = values[values >= least]
    logs = float(np.log(tail / least).sum()) if tail.size >= FEWEST else 0.0
    return 1.0 + tail.size / logs if logs > 0 else math.nan


def tail_of(values: Floats, *, whole: bool = False) -> Tail | None:
    """The tail that is nearest to a power law (Clauset, Shalizi and Newman 2009, SIAM Review 51, section 3.3).

    Each value is tried as the beginning; the exponent there is that of :func:`hill`; the beginning is chosen whose tail has the
    smallest Kolmogorov-Smirnov distance to its power law. The method says where a tail would begin, not that there is one.

    Args:
        values: sizes; what is not above 0 is left out.
        whole: whether they are whole numbers: then half a unit is taken off the beginning (their equation 3.7), good from 6 on.

    Returns:
        the tail; ``None`` if fewer than ten values, or two different ones, are there.
    """
    ranked = np.sort(values[values > 0])
    half = 0.5 if whole else 0.0
    different, first = np.unique(ranked, return_index=True)
    tails = different.size if whole else different.size - 1
    logs = np.log(ranked)
    above = np.append(np.cumsum(logs[::-1])[::-1], 0.0)
    last = np.append(first[1:], ranked.size)
    found: Tail | None = None
    for place in range(tails):
        number = ranked.size - first[place]
        if number < FEWEST:
            break
        begin = different[place] - half
        spread = above[first[place]] - number * math.log(begin)
        if spread <= 0:
            break
        exponent = 1.0 + number / spread
        model = 1.0 - ((different[place:] + half) / begin) ** (1.0 - exponent)
        up_to, before = ((end[place:] - first[place]) / number for end in (last, first))
        # Of whole numbers the model is that of all up to and with x; else the step at x has two sides.
        apart = np.abs(up_to - model) if whole else np.maximum(np.abs(up_to - model), np.abs(before - model))
        if found is None or apart.max() < found.distance:
            found = Tail(float(exponent), float(different[place]), int(number), float(apart.max()))
    return found


def log_spread(values: Floats) -> float:
    """The standard deviation of the logs of what is above 0; NaN of fewer than ten."""
    logs = np.log(values[values > 0])
    return float(logs.std(ddof=1)) if logs.size >= FEWEST else math.nan


def gini(values: Floats) -> float:
    """Gini's coefficient: 0 if all are alike, near 1 if one holds all.

    ``sum_i (2 i - n - 1) x_i / (n sum x)`` over the values in rising order; NaN if they sum to nothing.
    """
    ranked = np.sort(values)
    number, total = ranked.size, float(ranked.sum())
    if not total:
        return math.nan
    return float(((2.0 * np.arange(1, number + 1) - number - 1.0) * ranked).sum() / (number * total))


def top_share(values: Floats, share: float) -> float:
    """What the largest values hold of the sum: that share of them, rounded, and one at least; NaN if they sum to nothing."""
    total = float(values.sum())
    most = max(1, round(share * values.size))
    return float(np.sort(values)[-most:].sum()) / total if total else math.nan


def slope(x: Floats, y: Floats) -> float:
    """The slope of the least-squares line of y on x; NaN of fewer than ten points, or if x does not vary."""
    if x.size < FEWEST or not x.std():
        return math.nan
    apart = x - x.mean()
    return float((apart * (y - y.mean())).sum() / (apart * apart).sum())


def _attended(events: Events) -> Floats:
    values = column(events.held, "attended")
    return values[values > 0]


@SIZES.add("P1a", "attended")
def hill_from_100(events: Events) -> float:
    """Hill's exponent of the density of attendance from 100 persons on."""
    return hill(_attended(events), 100.0)


@SIZES.add("P1b", "attended")
def spread_of_log_size(events: Events) -> float:
    """Standard deviation of ln(attendance), attendance above 0."""
    return log_spread(_attended(events))


@SIZES.add("P1c", "attended")
def exponent_of_chosen_tail(events: Events) -> float:
    """The exponent of the tail that is nearest to a power law (Clauset, Shalizi and Newman 2009), for whole numbers."""
    found = tail_of(_attended(events), whole=True)
    return found.exponent if found else math.nan


@SIZES.add("P1d", "attended")
def beginning_of_chosen_tail(events: Events) -> float:
    """The attendance at which that tail begins."""
    found = tail_of(_attended(events), whole=True)
    return found.least if found else math.nan


@SIZES.add("P2a", "attended")
def inequality_of_attendance(events: Events) -> float:
    """Gini's coefficient of attendance over the events held."""
    return gini(_attended(events))


@SIZES.add("P2b", "attended")
def share_of_the_largest(events: Events) -> float:
    """Attendance at the largest 1 % of the events held (one at least) / attendance at all."""
    values = _attended(events)
    return top_share(values, 0.01) if values.size else math.nan
