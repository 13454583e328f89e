"""Who knows whom: a sparse, symmetric network with neighbourhoods, people of very different sociability, and long ties.

Each citizen has an *activity* a (lognormal with mean 1, cut off). Local ties are a geometric inhomogeneous random graph in one
dimension (Bringmann, Keusch and Lengler 2019, Theoretical Computer Science 760): the citizens of a district stand on a ring,
and i and j are tied with chance ``density`` if their distance is at most ``reach * a_i * a_j``. So degrees are proportional to
activity, the window widens with activity, and whoever shares a neighbourhood shares friends. Long ties are calls to anyone in
town, the shortcuts of Watts and Strogatz 1998 (Nature 393).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kernels import jit
from sim.population.draws import Floats, bells
from sim.population.spec import TieSpec
from sim.streams import Streams, unit, words

__all__ = ["Ties", "build_ties"]

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """Ties as compressed sparse rows: symmetric, nobody tied to oneself, no tie twice, each row ascending. Read-only.

    Attributes:
        indptr: where each citizen's row begins, int64 [N + 1].
        neighbours: the citizens tied to, row after row, int32 [twice the number of ties].
    """

    indptr: Longs
    neighbours: Ints

    @property
    def degrees(self) -> Longs:
        """Number of ties by citizen, [N]."""
        return np.diff(self.indptr)

    def of(self, citizen: int) -> Ints:
        """Whom this citizen is tied to, ascending (a view)."""
        return self.neighbours[self.indptr[citizen] : self.indptr[citizen + 1]]


@jit
def _meet(
    i: int, first: int, size: int, activity: Floats, key: Any, reach: float, density: float, out: Ints, begin: int, chance: Floats
) -> int:
    """Write the local ties that belong to citizen i into ``out`` from ``begin`` on, and return where they end.

    A pair belongs to its more active member (of equals, to the lower number), whose window holds the other for certain: each pair
    is looked at once. The chance falls to nothing over the last step of the window, so that the expected number of ties is exact
    although distances are whole. Both loops keep by moving the end of the list, not by branching: a coin cannot be foreseen.
    """
    a, kept, end = float(activity[i]), 0, begin
    window = min(math.ceil(reach * a * a), (size - 1) // 2)
    for step in range(-window, window + 1):
        j = i + step
        j += size if j < first else (-size if j >= first + size else 0)
        b = float(activity[j])
        room = reach * a * b + 1.0 - abs(step)
        out[begin + kept], chance[kept] = j, density * min(room, 1.0)
        kept += (room > 0.0) & ((b < a) | ((b == a) & (j > i)))
    for four in range(0, kept, 4):
        w0, w1, w2, w3 = words(key, i, four, 0)
        for k in range(four, min(four + 4, kept)):
            out[end] = out[begin + k]
            end += unit(w0) < chance[k]
            w0, w1, w2 = w1, w2, w3
    return end


@jit
def _draw(
    activity: Floats,
    ends: Longs,
    near: Any,
    far: Any,
    reach: float,
    density: float,
    calls: float,
    room: int,
    guess: int,
    degree: Longs,
    last: Longs,
) -> Ints:
    """Draw every tie once and return the citizens tied to, listed under the citizen each tie belongs to.

    Fills ``degree`` (both ends counted) and ``last`` (where the list of each citizen ends). At most ``room`` ties can belong to
    one citizen: when less is left of the list, whose length was a ``guess``, it grows.
    """
    n, first, district, end = activity.size, 0, 0, 0
    chance = np.empty(room, np.float32)
    drawn = np.empty(room + guess, np.int32)
    for i in range(n):
        while i >= ends[district]:
            first = ends[district]
            district += 1
        if end + room > drawn.size:
            longer = np.empty(room + drawn.size + drawn.size // 8, np.int32)
            for k in range(end):  # a slice would cost two seconds to compile
                longer[k] = drawn[k]
            drawn = longer
        begin = end
        end = _meet(i, first, ends[district] - first, activity, near, reach, density, drawn, begin, chance)
        wanted = calls * float(activity[i])
        for call in range(math.ceil(wanted)):
            coin, whom, _, _ = words(far, i, call, 0)
            drawn[end] = int(unit(whom) * n)
            end += (unit(coin) < wanted - call) & (drawn[end] != i)
        degree[i] = end - begin
        last[i] = end
    for k in range(end):  # by itself, for then its scattered reads overlap
        degree[drawn[k]] += 1
    return drawn


@jit
def _spread(drawn: Ints, last: Longs, cursor: Longs, rows: Ints) -> None:
    """Write each tie into the rows of both ends; the cursors move from the beginnings of the rows to their ends."""
    begin = 0
    for i in range(last.size):
        for k in range(begin, last[i]):
            j = drawn[k]
            rows[cursor[i]] = j
            rows[cursor[j]] = i
            cursor[i] += 1
            cursor[j] += 1
        begin = last[i]


@jit
def _tidy(indptr: Longs, rows: Ints) -> None:
    """Sort each row, drop ties met twice, close the gaps, and turn the ends of rows (where writing left them) into beginnings.

    Rows come nearly sorted, for citizens were visited in order: insertion is the fitting sort.
    """
    n, begin, kept = indptr.size - 1, 0, 0
    for i in range(n):
        end = indptr[i]
        indptr[i] = kept
        for place in range(begin, end):
            j, hole = rows[place], place
            while hole > begin and rows[hole - 1] > j:
                rows[hole] = rows[hole - 1]
                hole -= 1
            rows[hole] = j
        for place in range(begin, end):
            if kept == indptr[i] or rows[kept - 1] != rows[place]:
                rows[kept] = rows[place]
                kept += 1
        begin = end
    indptr[n] = kept


def build_ties(streams: Streams, spec: TieSpec, sizes: Sequence[int]) -> Ties:
    """The ties of a town whose districts have these sizes.

    The mean number of ties is that of ``spec``, within 2 % from some thousand citizens on. Where the window of the most active
    people is wider than their district, ties are lost.
    """
    n = sum(sizes)
    activity = np.empty(n, np.float32)
    mean = bells(streams.key("activity"), -(spec.log_sd**2) / 2.0, spec.log_sd, True, spec.cutoff, 0, activity)
    # Expected degrees: 2 * density * reach * a * mean from local ties, calls * (a + mean) from long ones.
    reach = spec.mean * (1.0 - spec.long_share) / (2.0 * spec.density * mean * mean)
    calls = spec.mean * spec.long_share / (2.0 * mean)
    room = 2 * min(math.ceil(reach * spec.cutoff**2), max(sizes)) + math.ceil(calls * spec.cutoff) + 8  # the rest is for rounding
    ends = np.cumsum(np.asarray(sizes, dtype=np.int64))
    near, far = streams.key("local ties"), streams.key("long ties")
    indptr, last = np.zeros(n + 1, np.int64), np.empty(n, np.int64)
    guess = int(0.51 * n * spec.mean)
    drawn = _draw(activity, ends, near, far, reach, spec.density, calls, room, guess, indptr[1:], last)
    np.cumsum(indptr, out=indptr)
    neighbours = np.empty(indptr[-1], np.int32)
    _spread(drawn, last, indptr, neighbours)
    _tidy(indptr, neighbours)
    indptr.flags.writeable = neighbours.flags.writeable = False
    return Ties(indptr, neighbours[: indptr[-1]])
