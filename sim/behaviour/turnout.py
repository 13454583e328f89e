"""Who turns out: the least fixed point of a monotone map (design, 4.2).

Citizen i, once reached by assembly e, goes when ::

    concern_ik(t) + anger_i(t) + asked_i + sigma * g_i / (g_i + kappa) + eps_ie
        > theta_i + travel_ie + workday + deference_i * [e is unlawful] + risk_aversion_i * p_e * sanction_i + fear_i(t)

where g_i counts the ties who go and told i, and p_e = belief * (1 - exp(-risk * officers / crowd)) falls as the crowd grows.

More people going means more ties going and less risk each, so with ``sigma >= 0`` the set of goers that is reached from nobody,
in whatever order people are visited, is the smallest that is consistent (Tarski 1955), and by Topkis (1998) it shrinks with fine,
arrest, officers and distance and grows with concern, ties and following, for every seed (officers and the number announced held).
With ``sigma < 0`` (substitutes) there is no such theorem; then the waves below *are* the definition: people decide when they
hear, all at once, and do not turn back.

Only people who are reached are visited: the cost is that of the protest, not of the city.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.behaviour.arrays import BATCH, LONG_AGO
from sim.behaviour.decay import left
from sim.kernels import jit
from sim.streams import Int, unit, words

__all__ = ["assemble", "clear", "gather", "perceived_risk"]


@jit
def perceived_risk(belief: float, risk: float, officers: float, crowd: float) -> float:
    """p_e = belief * (1 - exp(-risk * officers / crowd)): the chance of sanction that one sees, safer in larger crowds."""
    if officers <= 0.0:
        return 0.0
    return belief * (1.0 - math.exp(-risk * officers / max(crowd, 1.0)))


@jit
def _left_of(mood: float, days: int, half_life: float) -> float:
    """What is left of a mood after some days. Most people feel nothing, of which nothing needs to be computed."""
    return 0.0 if mood == 0.0 else mood * left(days, half_life)


@jit
def _hear(i: Int, asked: Any, reached: int, columns: Any, moods: Any, call: Any, rates: Any, keys: Any, room: Any) -> int:
    """Citizen i hears of it. Returns the new number of people reached; i's place among them is ``room.slot[i]`` (from 1)."""
    s = room.slot[i]
    seat = room.seats[s or reached + 1]
    if s:
        if asked and not seat.asked:
            seat.asked = True
            seat.margin += rates.asked
        return reached
    s = reached + 1
    room.slot[i], seat.citizen, seat.told = s, i, 0
    seat.asked, seat.going, seat.queued = asked, False, False
    a, b, c, _ = words(keys.noise, i, call.event, 0)
    u = unit(a)
    foreign = 1 if columns.foreigner[i] else 0
    repeat = 1 if moods.punished[i] + LONG_AGO >= call.repeat_since else 0
    status = 2 * foreign + repeat
    since = call.day - moods.stamp[i]
    margin = np.float64(columns.concern[call.issue, i]) + call.pull + call.news * columns.media[i]
    margin += _left_of(moods.anger[i], since, rates.anger_half_life) - _left_of(moods.fear[i], since, rates.fear_half_life)
    margin += rates.noise * math.log(u / (1.0 - u)) - columns.theta[i] - call.travel[columns.district[i]]
    margin -= columns.deference[i] * call.deference_weight * call.unlawful[foreign]
    if asked:
        margin += rates.asked
    owed = _left_of(moods.debt[i], call.day - moods.owing[i], rates.debt_half_life) if call.fine[status] > 0.0 else 0.0
    sanction = (call.fine[status] + owed) / columns.income[i] + call.jail[status] + call.stigma[status]
    seat.margin = margin if moods.away_until[i] <= call.day else -np.inf
    seat.weight = columns.risk_aversion[i] * sanction
    brings = call.brings
    if call.minors_barred:
        brings *= max(0.0, 1.0 - unit(c) - columns.deference[i])
    seat.child = unit(b) < brings
    return s


@jit
def _look_up(n: int, columns: Any, moods: Any, room: Any) -> None:
    """Read something of each of the first ``n`` of the batch: that their rows arrive together spares waiting for one by one.

    Nothing rests on the sum, which is put where nobody's margin is.
    """
    read = 0.0
    for k in range(n):
        i = room.batch[k]
        read += columns.concern[0, i] + columns.foreigner[i] + moods.fear[i] + room.slot[i]
    room.seats[0].margin = read


@jit
def _hear_all(n: int, asked: Any, reached: int, columns: Any, moods: Any, call: Any, rates: Any, keys: Any, room: Any) -> int:
    """The first ``n`` of the batch hear of it, in turn. Returns the new number of people reached."""
    _look_up(n, columns, moods, room)
    for k in range(n):
        reached = _hear(np.int64(room.batch[k]), asked, reached, columns, moods, call, rates, keys, room)
    return reached


@jit
def _reach_out(followers: Any, columns: Any, moods: Any, call: Any, rates: Any, keys: Any, room: Any) -> Any:
    """The organiser tells its followers and makes a public call. Returns how many people are reached.

    Coins move the end of the batch instead of branching: they cannot be foreseen.
    """
    reached: Any = np.int64(0)  # typed, here and below, or each function would be compiled for a constant too
    if call.leader >= 0:
        reached = _hear(np.int64(call.leader), np.bool_(True), reached, columns, moods, call, rates, keys, room)
        if room.seats[reached].margin > -np.inf:
            room.seats[reached].margin = np.inf
    for first in range(0, followers.size, BATCH):
        n: Any = np.int64(0)
        for i in followers[first : first + BATCH]:
            a, _, _, _ = words(keys.call, i, call.event, 0)
            room.batch[n] = i
            n += unit(a) < call.reach
        reached = _hear_all(n, np.bool_(True), reached, columns, moods, call, rates, keys, room)
    citizens = columns.theta.size
    for first in range(0, call.audience, BATCH):
        drawn = min(BATCH, call.audience - first)
        for k in range(drawn):
            a, b, _, _ = words(keys.audience, first + k, call.event, 0)
            room.batch[k], room.coin[k] = np.int64(unit(a) * citizens), unit(b)
        n = np.int64(0)
        for k in range(drawn):
            i = room.batch[k]
            room.batch[n] = i  # n <= k: never overwrites what is still to be read
            n += room.coin[k] < columns.media[i]
        reached = _hear_all(n, np.bool_(False), reached, columns, moods, call, rates, keys, room)
    return reached


@jit
def _decide(n: int, p: float, rates: Any, room: Any) -> int:
    """The first ``n`` of the wave decide at a perceived risk; those who join are moved to its front, and counted."""
    joined = 0
    for w in range(n):
        s = room.wave[w]
        seat = room.seats[s]
        seat.queued = False
        g = np.float64(seat.told)
        if not seat.going and seat.margin + rates.sigma * g / (g + rates.kappa) > seat.weight * p:
            room.wave[joined] = s  # joined <= w: never overwrites what is still to be read
            joined += 1
    return joined


@jit
def _bring_news(
    told: int, n: int, reached: int, columns: Any, moods: Any, call: Any, rates: Any, keys: Any, room: Any
) -> tuple[int, int]:
    """The first ``told`` of the batch are told by a tie who goes; those who stayed away so far join the ``n`` in the queue."""
    _look_up(told, columns, moods, room)
    for k in range(told):
        j = np.int64(room.batch[k])
        reached = _hear(j, np.bool_(True), reached, columns, moods, call, rates, keys, room)
        t = room.slot[j]
        seat = room.seats[t]
        seat.told += 1
        if not seat.going and not seat.queued:
            seat.queued = True
            room.queue[n] = t
            n += 1
    return n, reached


@jit
def _tell(joined: int, reached: int, columns: Any, moods: Any, call: Any, rates: Any, keys: Any, room: Any) -> tuple[int, int]:
    """Those who joined tell their ties. Returns how many have news to decide on (in ``room.queue``) and are reached by now."""
    n: Any = np.int64(0)
    told: Any = np.int64(0)
    for w in range(joined):
        room.seats[room.wave[w]].going = True
    for w in range(joined):
        i = room.seats[room.wave[w]].citizen
        for e in range(columns.indptr[i], columns.indptr[i + 1]):
            j = columns.neighbours[e]
            a, _, _, _ = words(keys.told, i, call.event, j)
            room.batch[told] = j
            told += unit(a) < rates.hears
            if told == BATCH:
                n, reached = _bring_news(told, n, reached, columns, moods, call, rates, keys, room)
                told = np.int64(0)
    return _bring_news(told, n, reached, columns, moods, call, rates, keys, room)


@jit
def _look_again(reached: int, room: Any) -> int:
    """Everyone who stayed away for fear of sanction goes into the wave. Returns how many they are."""
    n = 0
    for s in range(1, reached + 1):
        if not room.seats[s].going and room.seats[s].weight > 0.0:
            room.wave[n] = s
            n += 1
    return n


@jit
def clear(adults: int, minors: int, reached: int, room: Any) -> tuple[Any, Any]:
    """The goers and those of them who bring a child, as they were reached; the room is left as it was found."""
    goers, parents = np.empty(adults, np.int32), np.empty(minors, np.int32)
    k, m = 0, 0
    for s in range(1, reached + 1):
        i = room.seats[s].citizen
        room.slot[i] = 0
        if room.seats[s].going:
            goers[k] = i
            k += 1
            if room.seats[s].child:
                parents[m] = i
                m += 1
    return goers, parents


@jit
def assemble(followers: Any, columns: Any, moods: Any, call: Any, rates: Any, keys: Any, room: Any) -> tuple[int, int, int]:
    """Waves until nobody joins; all of it stays in the room. Returns how many adults and children come, and are reached."""
    reached = _reach_out(followers, columns, moods, call, rates, keys, room)
    n = reached
    for s in range(1, n + 1):
        room.wave[s - 1] = s
    adults: Any = np.int64(0)
    minors: Any = np.int64(0)
    looked: Any = np.int64(0)
    while True:
        p = perceived_risk(call.belief, rates.risk, call.officers, max(call.announced, np.float64(adults + minors)))
        joined = _decide(n, p, rates, room)
        for w in range(joined):
            minors += room.seats[room.wave[w]].child
        adults += joined
        n, reached = _tell(joined, reached, columns, moods, call, rates, keys, room)
        for w in range(n):
            room.wave[w] = room.queue[w]
        if n == 0:
            crowd = adults + minors
            if crowd == looked or crowd <= call.announced or call.officers <= 0.0:
                return adults, minors, reached
            looked = crowd
            n = _look_again(reached, room)


def gather(
    followers: Any, columns: Any, moods: Any, call: Any, rates: Any, keys: Any, room: Any
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], int]:
    """Who goes to an assembly.

    Waves: all who have news since they last decided decide at once; those who join tell their ties. When no one is left with
    news, all who stayed away for fear of sanction look at the crowd again; it ends when nobody joins.

    Args:
        followers: the organiser's followers (citizen numbers, each once).
        columns, moods, call, rates, keys, room: see :mod:`sim.behaviour.arrays`.

    Returns:
        The adults who come and those of them who bring a child (rising citizen numbers), and how many adults had heard of it.
    """
    goers, parents, reached = _gathered(followers, columns, moods, call, rates, keys, room)
    goers.sort()
    parents.sort()
    return goers, parents, reached


@jit
def _gathered(followers: Any, columns: Any, moods: Any, call: Any, rates: Any, keys: Any, room: Any) -> tuple[Any, Any, int]:
    """As :func:`gather`, in the order in which people were reached."""
    adults, minors, reached = assemble(followers, columns, moods, call, rates, keys, room)
    goers, parents = clear(adults, minors, reached, room)
    return goers, parents, reached
