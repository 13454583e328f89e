"""What chance could do: how great a share is found among many assumptions where there is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from sim.experiment.resting.curves import Curve, summed
from sim.experiment.sensitivity.table import Floats
from sim.streams import Streams

__all__ = ["CHANCE", "SHUFFLES", "by_chance"]

CHANCE: Final = 0.05
"""How often anything at all may be named where there is nothing."""

SHUFFLES: Final = 999
"""How often responses are shuffled among the points."""

_ROUNDING: Final = 1e-12


def by_chance(curves: Sequence[Curve], readings: Sequence[Floats], shuffles: int) -> Floats:
    """How often the greatest share of all is as great as each one's by chance: ``(1 + as great) / (1 + shuffles)``.

    The greatest is taken over all assumptions (Westfall and Young 1993, Resampling-based multiple testing), so that a ranking of
    pure noise names anything in 5 of 100 cases only, however many assumptions there are. The share is that of whichever reading
    it is greater in: one wild point can hide what holds at all others. That there are two is paid for, since chance takes the
    greater one too.

    Args:
        curves: of the assumptions. readings: the responses in one way or more (as they are, as ranks), all by the same points.
        shuffles: how many.
    """
    streams, cases = Streams(0), len(readings[0])
    orders = [np.argsort(streams.uniforms("shuffled responses", cases, number)) for number in range(shuffles)]
    found = np.full((len(curves), 1 + shuffles), -np.inf)  # the first order is the true one
    for values in readings:
        away = values - values.mean()
        if total := float(away @ away):
            rows = np.array([away, *(away[order] for order in orders)])
            fitted = [curve.adjusted((summed(rows, curve.basis) ** 2).sum(axis=1) / total) for curve in curves]
            found = np.maximum(found, np.array(fitted))
    greatest = found[:, 1:].max(axis=0)
    return np.array([(1 + int((greatest >= own - _ROUNDING).sum())) / (1 + shuffles) for own in found[:, 0]])
