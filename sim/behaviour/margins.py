"""Why one citizen goes or stays: the terms of the inequality of :mod:`sim.behaviour.turnout`, as the kernel left them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.behaviour.arrays import LONG_AGO
from sim.behaviour.decay import left
from sim.behaviour.turnout import assemble, clear, perceived_risk
from sim.kernels import jit
from sim.streams import unit, words

__all__ = ["Look", "Terms", "look", "terms"]


class Look(NamedTuple):
    """One citizen at the end of a gathering, read from the kernel's own room.

    Attributes:
        reached: whether it heard of it. asked: as a follower, by its organiser. told: by how many ties who go. going: goes.
        margin: utility of going before ties and sanction; minus infinity for who is detained, infinity for who leads it.
        ties: what the ties who go add. weight: risk aversion times the sanction. risk: perceived chance of sanction at the end.
    """

    reached: bool
    asked: bool
    told: int
    going: bool
    margin: float
    ties: float
    weight: float
    risk: float

    @property
    def surplus(self) -> float:
        """By how much going is worth more than staying; whoever goes has more than 0."""
        return self.margin + self.ties - self.weight * self.risk


class Terms(NamedTuple):
    """What a citizen's margin and its weight of sanction are made of; utility, with the sign with which it enters.

    Attributes:
        concern: of its own. occasion: what all feel (shock, appeal, less a working day). news: of late. asked: being asked.
        anger, fear: of its own, fear below 0. luck: the coin of this citizen for this assembly. reluctance: to go out at all.
        travel: the way. deference: to the law, if coming is unlawful.
        aversion: to risk, a factor. fine, debt, jail, stigma: the sanction, months of its income.
    """

    concern: float
    occasion: float
    news: float
    asked: float
    anger: float
    fear: float
    luck: float
    reluctance: float
    travel: float
    deference: float
    aversion: float
    fine: float
    debt: float
    jail: float
    stigma: float

    @property
    def margin(self) -> float:
        """The sum of all that is not the sanction."""
        return sum(self[:10])

    @property
    def weight(self) -> float:
        """Risk aversion times the sanction."""
        return self.aversion * (self.fine + self.debt + self.jail + self.stigma)


@jit
def _looks(wanted: Any, followers: Any, columns: Any, moods: Any, call: Any, rates: Any, keys: Any, room: Any) -> Any:
    adults, minors, reached = assemble(followers, columns, moods, call, rates, keys, room)
    found = np.zeros((wanted.size, 7), np.float64)
    risk = perceived_risk(call.belief, rates.risk, call.officers, max(call.announced, np.float64(adults + minors)))
    for row in range(wanted.size):
        s = room.slot[wanted[row]]
        if s:
            found[row, 0], found[row, 1], found[row, 2] = 1.0, room.seats[s].asked, room.seats[s].told
            found[row, 3], found[row, 4], found[row, 5] = room.seats[s].going, room.seats[s].margin, room.seats[s].weight
        found[row, 6] = risk
    clear(adults, minors, reached, room)
    return found


def look(
    wanted: npt.NDArray[np.int64], followers: Any, columns: Any, moods: Any, call: Any, rates: Any, keys: Any, room: Any
) -> list[Look]:
    """How some citizens stand when a gathering is decided; the gathering is gone through once more, and nothing is changed.

    Args:
        wanted: their numbers. followers, columns, moods, call, rates, keys, room: as :func:`~sim.behaviour.turnout.gather` has.
    """
    found = []
    for reached, asked, told, going, margin, weight, risk in _looks(
        wanted, followers, columns, moods, call, rates, keys, room
    ).tolist():
        ties = rates.sigma * told / (told + rates.kappa) if told else 0.0
        found.append(Look(bool(reached), bool(asked), int(told), bool(going), margin, ties, weight, risk))
    return found


def terms(i: int, asked: bool, columns: Any, moods: Any, call: Any, rates: Any, keys: Any) -> Terms:
    """What the margin of citizen ``i`` is made of. The kernel adds the same up; the tests hold the sum against the kernel's."""
    u = float(unit(words(keys.noise, i, call.event, 0)[0]))
    foreign = int(columns.foreigner[i])
    status = 2 * foreign + int(moods.punished[i] + LONG_AGO >= call.repeat_since)
    since, owing = int(call.day - moods.stamp[i]), int(call.day - moods.owing[i])
    fine, income = float(call.fine[status]), float(columns.income[i])
    owed = float(moods.debt[i]) * left(owing, rates.debt_half_life) if fine > 0.0 else 0.0
    return Terms(
        concern=float(columns.concern[call.issue, i]),
        occasion=float(call.pull),
        news=float(call.news) * float(columns.media[i]),
        asked=float(rates.asked) if asked else 0.0,
        anger=float(moods.anger[i]) * left(since, rates.anger_half_life),
        fear=-float(moods.fear[i]) * left(since, rates.fear_half_life),
        luck=float(rates.noise) * float(np.log(u / (1.0 - u))),
        reluctance=-float(columns.theta[i]),
        travel=-float(call.travel[columns.district[i]]),
        deference=-float(columns.deference[i]) * float(call.deference_weight) * float(call.unlawful[foreign]),
        aversion=float(columns.risk_aversion[i]),
        fine=fine / income,
        debt=owed / income,
        jail=float(call.jail[status]),
        stigma=float(call.stigma[status]),
    )
