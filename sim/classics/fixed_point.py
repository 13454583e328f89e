"""Where a crowd ends that starts from nobody: the least fixed point of a rising map of shares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import optimize

__all__ = ["least_fixed_point"]

Floats = npt.NDArray[np.float64]

_GRID: Final = np.concatenate([[0.0], np.geomspace(1e-6, 2e-3, 100), np.linspace(2e-3, 1.0, 600)[1:]])
"""Where the map is looked at first: finer near 0, where few instigators end."""

_EXACT: Final = 1e-13
"""How exactly a fixed point is found, as a share."""


def least_fixed_point(rising: Callable[[Floats], Floats]) -> float:
    """The smallest r in 0..1 with r = F(r), for a rising F from shares to shares.

    F lies above the diagonal from 0 to there. The grid shows where it first does not; where it comes near between two points of
    the grid without being seen to touch, the place of least distance is looked for, since the crowd stops even at a touch.

    Args:
        rising: F, for many shares at once.
    """
    gap = rising(_GRID) - _GRID
    (below,) = np.nonzero(gap <= 0.0)
    last = int(below[0]) if below.size else _GRID.size - 1
    if last == 0:
        return 0.0

    def at(share: float) -> float:
        return float(rising(np.array([share]))[0]) - share

    for k in range(1, last):
        if gap[k] <= gap[k - 1] and gap[k] <= gap[k + 1] and gap[k] < 1e-3:
            ends = (float(_GRID[k - 1]), float(_GRID[k + 1]))
            nearest = optimize.minimize_scalar(at, bounds=ends, method="bounded", options={"xatol": 1e-10})
            if nearest.fun <= 0.0:
                return _root(at, ends[0], float(nearest.x))
    return _root(at, float(_GRID[last - 1]), float(_GRID[last]))


def _root(at: Callable[[float], float], above: float, below: float) -> float:
    """Where the gap closes between a share at which it is open and one at which it is not."""
    if at(above) <= 0.0:
        return above
    if at(below) >= 0.0:
        return below
    return float(optimize.brentq(at, above, below, xtol=_EXACT, rtol=8.9e-16))
