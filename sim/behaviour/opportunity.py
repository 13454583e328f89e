"""When organisers have a reason to act."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.kernels import jit
from sim.streams import Int, uniform

__all__ = ["arising"]


@jit
def arising(key: Int, day: int, rates: Any, factor: Any, issue: Any) -> Any:
    """The organisers whose opportunity arises today.

    Args:
        key: key of the stream "opportunity". day: the day. rates: opportunities a day by organiser (M).
        factor: how much more often an opportunity arises about an issue today (K, 1 on an ordinary day). issue: of each
            organiser (M).

    Returns:
        Organiser numbers, rising. The coin of an organiser on a day is the same under every law.
    """
    found = np.empty(rates.size, np.int32)
    n = 0
    for organiser in range(rates.size):
        chance = 1.0 - np.exp(-rates[organiser] * factor[issue[organiser]])
        if uniform(key, organiser, day, 0) < chance:
            found[n] = organiser
            n += 1
    return found[:n].copy()
