"""Who turns out: the least fixed point of a monotone map (design, 4.2).

Citizen i, once reached by assembly e, goes when ::

    concern_ik(t) + anger_i(t) + asked_i + sigma * g_i / (g_i + kappa) + eps_ie
        > theta_i + travel_ie + workday + deference_i * [e is unlawful] + risk_aversion_i * p_e * sanction_i + fear_i(t)

where g_i counts the ties who go and told i, and p_e = belief * (1 - exp(-risk * officers / crowd)) falls as the crowd grows.

More people going means more ties going and less risk each, so with ``sigma >= 0`` the set of goers that is reached from nobody, in
whatever order people are visited, is the smallest that is consistent (Tarski 1955), and by Topkis (1998) it shrinks with fine, arrest, officers and
distance and grows with concern, ties and following, for every seed. With ``sigma < 0`` (substitutes) there is no such theorem; then the waves below *are* the
definition: people decide when they hear, all at once, and do not turn back.

Only people who are reached are visited: the cost is that of the protest, not of the city.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.behaviour.decay import left
from sim.streams import jit, unit, words

__all__ = ["Call", "Columns", "Crowd", "Moods", "Workspace", "follow", "gather", "perceived_risk"]

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


class Columns(NamedTuple):
    """The town's people and ties, one entry a citizen (N), as :mod:`sim.population` builds them; never changed."""

    indptr: npt.NDArray[np.int64]
    neighbours: Ints
    concern: Singles
    theta: Singles
    risk_aversion: Singles
    deference: Singles
    media: Singles
    income: Singles
    district: npt.NDArray[np.uint8]
    foreigner: npt.NDArray[np.bool_]


class Moods(NamedTuple):
    """What happens to people, one entry a citizen (N). Fear and anger are as they stood on day ``stamp``, debt on day ``punished``."""

    fear: Singles
    anger: Singles
    stamp: Ints
    debt: Singles
    punished: Ints
    away_until: Ints


class Call(NamedTuple):
    """One assembly, as those who hear of it see it.

    Attributes:
        event: its code (:func:`sim.streams.event_code`). day, issue: when and about what.
        reach: share of the followers who are told. audience: people reached by a public call.
        pull: concern that everyone adds (shock, appeal of the occasion, minus the workday cost), utility.
        news: concern and anger minus fear that a full-time reader of the news adds, utility.
        travel: cost of the way by district, utility (D).
        deference_weight: legitimacy of the law, which scales deference.
        unlawful: for citizens and for foreigners, 1 if coming is unlawful (2).
        fine, jail, stigma: sanction by status (4): citizen, citizen who repeats, foreigner, foreigner who repeats; money, months' wages, months' wages.
        officers: police expected. announced: persons expected. belief: share of unlawful assemblies believed to be punished.
        repeat_since: a sanction on this day or later makes a repeat.
        brings: chance that an adult brings a child. minors_barred: whether the law bars children (then the law-deferring leave them at home).
        leader: the citizen who leads it and comes if free, or -1.
    """

    event: int
    day: int
    issue: int
    reach: float
    audience: int
    pull: float
    news: float
    travel: Floats
    deference_weight: float
    unlawful: Floats
    fine: Floats
    jail: Floats
    stigma: Floats
    officers: float
    announced: float
    belief: float
    repeat_since: int
    brings: float
    minors_barred: bool
    leader: int


class Rates(NamedTuple):
    """The parameters of behaviour that the kernel needs (:class:`sim.behaviour.Behaviour`)."""

    sigma: float
    kappa: float
    noise: float
    asked: float
    hears: float
    risk: float
    fear_half_life: float
    anger_half_life: float
    debt_half_life: float


class Keys(NamedTuple):
    """Keys of the streams that turnout draws from."""

    noise: int
    told: int
    call: int
    audience: int


class Workspace(NamedTuple):
    """Room for one gathering at a time. ``slot`` (N) is 0 for everyone between gatherings; the others are by order of being reached."""

    slot: Ints
    ids: Ints
    margin: Floats
    weight: Floats
    told: Ints
    asked: npt.NDArray[np.bool_]
    going: npt.NDArray[np.bool_]
    child: npt.NDArray[np.bool_]
    wave: Ints
    queue: Ints
    queued: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, citizens: int) -> Workspace:
        """Room for a town of so many citizens. The system hands out the pages only as they are used."""
        n = citizens + 1
        return cls(
            slot=np.zeros(citizens, np.int32),
            ids=np.zeros(n, np.int32),
            margin=np.zeros(n, np.float64),
            weight=np.zeros(n, np.float64),
            told=np.zeros(n, np.int32),
            asked=np.zeros(n, np.bool_),
            going=np.zeros(n, np.bool_),
            child=np.zeros(n, np.bool_),
            wave=np.zeros(n, np.int32),
            queue=np.zeros(n, np.int32),
            queued=np.zeros(n, np.bool_),
        )


class Crowd(NamedTuple):
    """Who came: adults (rising citizen numbers), how many children came with them, and how many adults had heard of it."""

    goers: Ints
    minors: int
    reached: int


@jit
def perceived_risk(belief: float, risk: float, officers: float, crowd: float) -> float:
    """p_e = belief * (1 - exp(-risk * officers / crowd)): the chance of sanction that one sees, safer in larger crowds."""
    if officers <= 0.0:
        return 0.0
    return belief * (1.0 - math.exp(-risk * officers / max(crowd, 1.0)))


@jit
def _hear(i: int, asked: bool, reached: int, columns: Any, moods: Any, call: Any, rates: Any, keys: Any, room: Any) -> int:
    """Citizen i hears of it. Returns the new number of people reached; i's place among them is ``room.slot[i]`` (from 1)."""
    s = room.slot[i]
    if s:
        if asked and not room.asked[s]:
            room.asked[s] = True
            room.margin[s] += rates.asked
        return reached
    s = reached + 1
    room.slot[i], room.ids[s], room.told[s] = s, i, 0
    room.asked[s], room.going[s], room.queued[s] = asked, False, False
    a, b, c, _ = words(keys.noise, i, call.event, 0)
    u = unit(a)
    foreign = 1 if columns.foreigner[i] else 0
    repeat = 1 if moods.punished[i] >= call.repeat_since else 0
    status = 2 * foreign + repeat
    since = call.day - moods.stamp[i]
    margin = np.float64(columns.concern[call.issue, i]) + call.pull + call.news * columns.media[i]
    margin += moods.anger[i] * left(since, rates.anger_half_life) - moods.fear[i] * left(since, rates.fear_half_life)
    margin += rates.noise * math.log(u / (1.0 - u)) - columns.theta[i] - call.travel[columns.district[i]]
    margin -= columns.deference[i] * call.deference_weight * call.unlawful[foreign]
    if asked:
        margin += rates.asked
    owed = moods.debt[i] * left(call.day - moods.punished[i], rates.debt_half_life) if call.fine[status] > 0.0 else 0.0
    sanction = (call.fine[status] + owed) / columns.income[i] + call.jail[status] + call.stigma[status]
    room.margin[s] = margin if moods.away_until[i] <= call.day else -np.inf
    room.weight[s] = columns.risk_aversion[i] * sanction
    brings = call.brings
    if call.minors_barred:
        brings *= max(0.0, 1.0 - unit(c) - columns.deference[i])
    room.child[s] = unit(b) < brings
    return s


@jit
def _reach_out(followers: Any, columns: Any, moods: Any, call: Any, rates: Any, keys: Any, room: Any) -> int:
    """The organiser tells its followers and makes a public call. Returns how many people are reached."""
    reached = 0
    if call.leader >= 0:
        reached = _hear(call.leader, True, reached, columns, moods, call, rates, keys, room)
        if room.margin[reached] > -np.inf:
            room.margin[reached] = np.inf
    for i in followers:
        a, _, _, _ = words(keys.call, i, call.event, 0)
        if unit(a) < call.reach:
            reached = _hear(i, True, reached, columns, moods, call, rates, keys, room)
    citizens = columns.theta.size
    for j in range(call.audience):
        a, b, _, _ = words(keys.audience, j, call.event, 0)
        i = np.int64(unit(a) * citizens)
        if unit(b) < columns.media[i]:
            reached = _hear(i, False, reached, columns, moods, call, rates, keys, room)
    return reached


@jit
def gather(followers: Any, columns: Any, moods: Any, call: Any, rates: Any, keys: Any, room: Any) -> tuple[Any, int, int]:
    """Who goes to an assembly.

    Waves: all who have news since they last decided decide at once; those who join tell their ties. When no one is left with news, the
    whole of those who fear sanction look at the crowd again; it ends when nobody joins.

    Args:
        followers: the organiser's followers (citizen numbers, each once).
        columns: :class:`Columns`. moods: :class:`Moods`. call: :class:`Call`. rates: :class:`Rates`. keys: :class:`Keys`. room: :class:`Workspace`.

    Returns:
        ``(goers, minors, reached)`` as in :class:`Crowd`.
    """
    reached = _reach_out(followers, columns, moods, call, rates, keys, room)
    n = reached
    for s in range(1, n + 1):
        room.wave[s - 1] = s
    adults, minors, looked = 0, 0, 0
    while True:
        crowd = adults + minors
        p = perceived_risk(call.belief, rates.risk, call.officers, max(call.announced, np.float64(crowd)))
        joined = 0
        for w in range(n):
            s = room.wave[w]
            room.queued[s] = False
            g = np.float64(room.told[s])
            if not room.going[s] and room.margin[s] + rates.sigma * g / (g + rates.kappa) > room.weight[s] * p:
                room.wave[joined] = s  # joined <= w: never overwrites what is still to be read
                joined += 1
        n = 0
        for w in range(joined):
            s = room.wave[w]
            room.going[s] = True
            adults += 1
            minors += room.child[s]
            i = room.ids[s]
            for e in range(columns.indptr[i], columns.indptr[i + 1]):
                j = columns.neighbours[e]
                a, _, _, _ = words(keys.told, i, call.event, j)
                if unit(a) < rates.hears:
                    reached = _hear(j, True, reached, columns, moods, call, rates, keys, room)
                    t = room.slot[j]
                    room.told[t] += 1
                    if not room.going[t] and not room.queued[t]:
                        room.queued[t] = True
                        room.queue[n] = t
                        n += 1
        for w in range(n):
            room.wave[w] = room.queue[w]
        if n == 0:
            crowd = adults + minors
            if crowd == looked or crowd <= call.announced or call.officers <= 0.0:
                break
            looked = crowd
            for s in range(1, reached + 1):
                if not room.going[s] and room.weight[s] > 0.0:
                    room.wave[n] = s
                    n += 1
    goers = np.empty(adults, np.int32)
    k = 0
    for s in range(1, reached + 1):
        room.slot[room.ids[s]] = 0
        if room.going[s]:
            goers[k] = room.ids[s]
            k += 1
    goers.sort()
    return goers, minors, reached


@jit
def follow(
    key: int, organiser: int, size: int, met: int, local: float, first: int, last: int, concern: Any
) -> Any:
    """The followers of an organiser: of each ``met`` people it meets, the one most concerned with its issue follows it.

    Args:
        key: key of the stream "follow". organiser: its number. size: followers wanted. met: people met for each.
        local: share of meetings in its own district, which is citizens ``first`` to ``last - 1``. concern: with its issue, by citizen (N).

    Returns:
        Citizen numbers, each once, rising; at most ``size``. A larger ``size`` gives a superset.
    """
    citizens = concern.size
    chosen = np.empty(size, np.int32)
    for f in range(size):
        keenest, most = -1, np.float32(-1.0)
        for m in range(met):
            a, b, _, _ = words(key, organiser, f, m)
            at_home = unit(a) < local and last > first
            i = first + np.int64(unit(b) * (last - first)) if at_home else np.int64(unit(b) * citizens)
            if concern[i] > most:
                keenest, most = i, concern[i]
        chosen[f] = keenest
    return np.unique(chosen)
