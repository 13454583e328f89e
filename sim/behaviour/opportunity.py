"""When organisers have a reason to act."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from sim.kernels import jit
from sim.streams import Int, uniform

__all__ = ["arising", "common_date", "set_off"]


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


def set_off(heard: float, half_life: float) -> float:
    """The share that arises today of what was heard of on earlier days, each once, fading from the next day on.

    Args:
        heard: what was heard of, by half less after each half-life (count).
        half_life: days.

    Returns:
        ``heard * (2 ** (1 / half_life) - 1)``: the weights of the days after one that was heard of sum to 1.
    """
    return heard * (2.0 ** (1.0 / half_life) - 1.0)


def common_date(own: int, today: int, a_year: float, coin: Callable[[int], float]) -> int:
    """The date nearest to one's own on which many act on an issue: in each stretch of ``365 / a_year`` days there is one.

    Args:
        own: the day one would act on by oneself. today: the day; dates that are over are nobody's.
        a_year: such dates in a year; with none it is one's own.
        coin: where in a stretch its date lies, from 0 to 1, by the number of the stretch, from 0.

    Returns:
        a day from ``today`` on; the earlier of two that are equally near.
    """
    if not a_year:
        return own
    length = 365.0 / a_year
    stretch = int(own / length)
    dates = [math.floor((n + coin(n)) * length) for n in range(max(0, stretch - 1), stretch + 2)]
    return min((date for date in dates if date >= today), key=lambda date: abs(date - own))
