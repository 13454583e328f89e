"""What fades: fear, anger, debt, the response to a shock. Closed forms, so that a quiet day costs nothing."""

from __future__ import annotations

import numpy as np

from sim.kernels import jit

__all__ = ["left", "shock_left"]


@jit
def left(days: float, half_life: float) -> float:
    """The share left after some days, ``2 ** (-days / half_life)``."""
    return float(np.exp2(-days / half_life))


def shock_left(days: float, fast: float, slow: float, slow_share: float) -> float:
    """The share of a shock's response left after some days: a fast and a slow exponential (design, 4.2).

    Args:
        days: days since the shock; before it the response is 0.
        fast: half-life of the fast part, days.
        slow: half-life of the slow part, days.
        slow_share: share of the slow part at the start.
    """
    if days < 0:
        return 0.0
    return (1.0 - slow_share) * float(left(days, fast)) + slow_share * float(left(days, slow))
