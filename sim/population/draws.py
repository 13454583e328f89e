"""Columns drawn from named streams: citizen i's number depends on (seed, stream, i) alone, never on how many citizens there are.

Numbers are computed in double precision and kept in single: the last bit of a machine's own ``exp`` or ``log`` is rounded away.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kernels import jit
from sim.streams import normal, uniform

__all__ = ["Floats", "bells", "shares"]

Floats = NDArray[np.float32]


@jit
def shares(key: Any, what: int, low: float, high: float, first: int, out: Floats) -> None:
    """Fill ``out``, citizen ``first`` and following, with draws even between ``low`` and ``high``, cut to 0..1.

    What is cut off gathers at 0 and at 1.
    """
    for i in range(out.size):
        out[i] = min(max(low + (high - low) * uniform(key, first + i, what), 0.0), 1.0)


@jit
def bells(key: Any, mean: float, sd: float, exponential: bool, limit: float, first: int, out: Floats) -> float:
    """Fill ``out``, citizen ``first`` and following, with normal draws or e to their power, cut at ``limit``; return their mean.

    The mean is summed in the order of the citizens, so that it has the same bits on every machine.
    """
    total = 0.0
    for i in range(out.size):
        x = mean + sd * normal(key, first + i, 0)
        out[i] = min(math.exp(x) if exponential else x, limit)
        total += float(out[i])
    return total / out.size
