"""The few statistics that are needed, each with what it assumes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

__all__ = ["Interval", "median", "ratio_of_pairs", "slope"]


class Interval(NamedTuple):
    """A value with a 95 % interval; the ends are NaN if one pair does not tell."""

    value: float
    low: float
    high: float


def ratio_of_pairs(below: Sequence[float], above: Sequence[float]) -> Interval:
    """The ratio ``above / below`` of pairs measured side by side.

    The geometric mean of the pairs' ratios, with a t interval on their logs: it assumes that these scatter alike and apart from
    each other, which is why pairs are interleaved.
    """
    if len(below) != len(above) or not below:
        raise ValueError(f"pairs are wanted; found {len(below)} and {len(above)} values")
    if min(*below, *above) <= 0.0:
        raise ValueError("a ratio needs values above 0")
    logs = [math.log(b / a) for a, b in zip(below, above, strict=True)]
    n = len(logs)
    mean = sum(logs) / n
    if n == 1:
        return Interval(math.exp(mean), math.nan, math.nan)
    from scipy.stats import t

    error = math.sqrt(sum((x - mean) ** 2 for x in logs) / (n - 1) / n) * float(t.ppf(0.975, n - 1))
    return Interval(math.exp(mean), math.exp(mean - error), math.exp(mean + error))


def slope(points: Sequence[tuple[float, float]]) -> float:
    """The exponent b of y = a * x**b, by least squares on logs: 1 where cost grows as x does, 0 where it does not grow."""
    if len({x for x, _ in points}) < 2:
        raise ValueError("a slope needs two different x")
    logs = [(math.log(x), math.log(y)) for x, y in points]
    mx, my = (sum(column) / len(logs) for column in zip(*logs, strict=True))
    return sum((x - mx) * (y - my) for x, y in logs) / sum((x - mx) ** 2 for x, _ in logs)
