"""When organisers have a reason to act."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from sim.kernels import jit
from sim.streams import Int, uniform

__all__ = ["arising", "set_off", "times_of"]


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
    return heard * (float(2.0 ** (1.0 / half_life)) - 1.0)


def times_of(rate: float, last: float, coin: Callable[[int], float]) -> Iterator[tuple[int, float]]:
    """The events of a Poisson process from time 0 on: each with its number and its time.

    Args:
        rate: events in a unit of time. last: the time before which they are wanted; more are a longer row of the same.
        coin: of an event, by its number from 0: a number from 0 to 1. Gaps are ``-log(1 - coin) / rate``.
    """
    time = 0.0
    for number in itertools.count() if rate else ():
        time += -math.log1p(-coin(number)) / rate
        if time >= last:
            return
        yield number, time
