"""Who follows an organiser."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.kernels import jit
from sim.streams import Int, unit, words

__all__ = ["follow"]


@jit
def follow(key: Int, organiser: int, size: int, met: int, local: float, first: int, last: int, concern: Any) -> Any:
    """The followers of an organiser: of each ``met`` people it meets, the one most concerned with its issue follows it.

    Args:
        key: key of the stream "follow". organiser: its number. size: followers wanted. met: people met for each.
        local: share of meetings in its own district, which is citizens ``first`` to ``last - 1``. concern: with its
            issue, by citizen (N).

    Returns:
        Citizen numbers, each once, rising; at most ``size``. A larger ``size`` gives a superset.
    """
    citizens = concern.size
    chosen = np.empty(size, np.int32)
    for f in range(size):
        keenest, most = np.int64(-1), np.float32(-1.0)
        for m in range(met):
            a, b, _, _ = words(key, organiser, f, m)
            at_home = unit(a) < local and last > first
            i = first + np.int64(unit(b) * (last - first)) if at_home else np.int64(unit(b) * citizens)
            if concern[i] > most:
                keenest, most = i, concern[i]
        chosen[f] = keenest
    return np.unique(chosen)
