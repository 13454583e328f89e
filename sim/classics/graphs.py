"""The networks of the classics: everybody knows everybody, or anybody at random."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.kernels import jit
from sim.population.ties import Ties
from sim.streams import Streams, uniform

__all__ = ["complete_ties", "random_ties"]


def complete_ties(people: int) -> Ties:
    """Everybody is tied to everybody else."""
    others = np.arange(people * (people - 1), dtype=np.int64).reshape(people, people - 1) % (people - 1)
    others += others >= np.arange(people)[:, None]  # leave oneself out
    indptr = np.arange(people + 1, dtype=np.int64) * (people - 1)
    return Ties(indptr, others.ravel().astype(np.int32))


@jit
def _draw(people: int, log_stay: float, key: Any, first: Any, second: Any) -> int:
    """Write the ties of each citizen to those before it, leaping from one to the next (Batagelj and Brandes 2005).

    Returns how many there are; no more are written than there is room for.
    """
    found = 0
    for i in range(1, people):
        j, draw = -1, 0
        while True:
            leap = math.log(uniform(key, i, draw)) / log_stay
            if leap >= i:
                break
            j += 1 + int(leap)
            if j >= i:
                break
            if found < first.size:
                first[found], second[found] = i, j
            found += 1
            draw += 1
    return found


def random_ties(people: int, degree: float, streams: Streams) -> Ties:
    """The random graph of Erdos and Renyi: every pair is tied with the same chance, independently (stream ``random ties``).

    Args:
        people: how many there are.
        degree: the mean number of ties of one.
        streams: chance.
    """
    chance = min(degree / (people - 1), 1.0)
    if chance == 1.0:
        return complete_ties(people)
    key, room = streams.key("random ties"), math.ceil(people * degree / 2.0 + 6.0 * math.sqrt(people * degree)) + 16
    while True:
        first, second = np.empty(room, np.int32), np.empty(room, np.int32)
        found = _draw(people, math.log1p(-chance), key, first, second) if chance > 0.0 else 0
        if found <= room:
            return _rows(people, first[:found], second[:found])
        room = found


def _rows(people: int, first: npt.NDArray[np.int32], second: npt.NDArray[np.int32]) -> Ties:
    """Ties from pairs that each occur once: both directions, row by row, each row ascending."""
    ends = np.concatenate([first, second]).astype(np.int64) * people + np.concatenate([second, first])
    ends.sort()
    indptr = np.searchsorted(ends, np.arange(people + 1, dtype=np.int64) * people)
    return Ties(indptr.astype(np.int64), (ends % people).astype(np.int32))
