"""How sure a value is that rests on several runs, or on a record that can be cut into blocks of time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from scipy.special import stdtrit

from sim.experiment.effects import CONFIDENCE, Interval
from sim.measurement.patterns import Events
from sim.measurement.patterns.events import WEEK

__all__ = ["BLOCKS", "jackknife", "without_each"]

BLOCKS: Final = 10
"""Blocks of time that a record without runs is cut into."""

_SHORTEST: Final = 2 * WEEK
"""Days of the shortest block."""


def jackknife(value: float, without: Sequence[float]) -> Interval:
    """A value with its 95 % interval by the grouped jackknife.

    With ``v_g`` the value when group g is left out, and G groups, ::

        error^2 = (G - 1) / G * sum_g (v_g - mean v)^2,    value +- t(G - 1) * error

    Leaving out many observations at once keeps it right for medians, for which leaving out one is wrong (Shao and Wu 1989,
    Annals of Statistics 17).

    Args:
        value: of everything. without: of everything but each group.

    Returns:
        the interval; its ends are NaN if there are fewer than two groups, or if a value is missing.
    """
    number = len(without)
    if number < 2 or math.isnan(value) or any(math.isnan(one) for one in without):
        return Interval(value, math.nan, math.nan)
    values = np.asarray(without, np.float64)
    error = math.sqrt((number - 1) / number * float(((values - values.mean()) ** 2).sum()))
    half = float(stdtrit(number - 1, 0.5 + CONFIDENCE / 2.0)) * error
    return Interval(value, value - half, value + half)


def without_each(events: Events) -> list[Events]:
    """The events without each stretch; if there is one stretch only, without each of ten blocks of whole weeks.

    Blocks are no shorter than two weeks. Of what cannot be cut into two, there is nothing.
    """
    stretches = len(events.stretches)
    if stretches > 1:
        return [events.taking([other for other in range(stretches) if other != number]) for number in range(stretches)]
    days = events.stretches[0].days
    blocks = min(BLOCKS, days // _SHORTEST)
    if blocks < 2:
        return []
    edges = [round(days / WEEK * number / blocks) * WEEK for number in range(blocks)] + [days]
    return [events.without(first, last) for first, last in pairwise(edges)]
