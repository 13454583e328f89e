"""Who follows an organiser."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from sim.kernels import jit
from sim.streams import Int, unit, words

__all__ = ["follow"]

_TOGETHER: Final = 512
"""People looked at together, so that the waits for memory overlap."""


def follow(key: Int, organiser: int, size: int, met: int, local: float, first: int, last: int, concern: Any) -> Any:
    """The followers of an organiser: of each ``met`` people it meets, the one most concerned with its issue follows it.

    Args:
        key: key of the stream "follow". organiser: its number. size: followers wanted. met: people met for each.
        local: share of meetings in its own district, which is citizens ``first`` to ``last - 1``. concern: with its
            issue, by citizen (N).

    Returns:
        Citizen numbers, each once, rising; at most ``size``. A larger ``size`` gives a superset.
    """
    return np.unique(_keenest(key, organiser, size, met, local, first, last, concern))


@jit
def _keenest(key: Int, organiser: int, size: int, met: int, local: float, first: int, last: int, concern: Any) -> Any:
    """The keenest of each ``met`` people met, in the order of meeting; some more than once."""
    citizens, block = concern.size, max(1, _TOGETHER // met)
    who, keen = np.empty(block * met, np.int32), np.empty(block * met, np.float32)
    chosen = np.empty(size, np.int32)
    for begin in range(0, size, block):
        end = min(begin + block, size)
        for f in range(begin, end):
            for m in range(met):
                a, b, _, _ = words(key, organiser, f, m)
                at_home = unit(a) < local and last > first
                i = first + np.int64(unit(b) * (last - first)) if at_home else np.int64(unit(b) * citizens)
                who[(f - begin) * met + m] = i
        for k in range((end - begin) * met):  # by itself, for then its scattered reads overlap
            keen[k] = concern[who[k]]
        for f in range(begin, end):
            keenest = (f - begin) * met
            for k in range(keenest + 1, keenest + met):
                keenest = k if keen[k] > keen[keenest] else keenest
            chosen[f] = who[keenest]
    return chosen
