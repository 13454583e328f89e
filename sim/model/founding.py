"""The first day: the town, its organisers, its officials and its media come to be, from the seed.

What organisers are endowed with is the same under every law, so it is found once for all models that share a town.
"""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING, Final, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from sim.behaviour.following import follow
from sim.institutions.organiser import Organiser
from sim.institutions.press import Press
from sim.words import LEGAL_FORMS, STANCES

if TYPE_CHECKING:
    from sim.model.model import ProtestModel
    from sim.population import Town

__all__ = ["found_organisers", "found_press"]

_KEPT: Final = 8
"""Kinds of organisers that are kept with a town, at most: those of Berlin take five megabytes."""


class _Endowment(NamedTuple):
    """What an organiser is given; see :class:`~sim.institutions.Organiser`. Followers are shared, and cannot be written."""

    leader: int
    stance: str
    legal_form: str
    issue: int
    followers: npt.NDArray[np.int32]
    rate: float
    legality: float
    means: float


type _Kind = tuple[object, ...]
"""What endowments depend on besides the town and its seed; no law is among it."""

_ENDOWMENTS: Final[WeakKeyDictionary[Town, deque[tuple[_Kind, tuple[_Endowment, ...]]]]] = WeakKeyDictionary()
"""The endowments of the organisers of each town in use."""


def found_press(model: ProtestModel) -> tuple[Press, ...]:
    """The town's media."""
    return tuple(Press(model, number) for number in range(model.conduct.press.outlets))


def found_organisers(model: ProtestModel) -> tuple[Organiser, ...]:
    """The town's organisers. Organiser 17 is the same under every law, and in a town with more organisers."""
    return tuple(Organiser(model, number, **given._asdict()) for number, given in enumerate(_endowments(model)))


def _endowments(model: ProtestModel) -> tuple[_Endowment, ...]:
    conduct = model.conduct
    behaviour = conduct.behaviour
    kind = (conduct.organisers, conduct.issues, conduct.choices.legality, behaviour.followers_met, behaviour.followers_local)
    kept = _ENDOWMENTS.setdefault(model.town, deque(maxlen=_KEPT))
    for known, found in tuple(kept):
        if known == kind:
            return found
    number = round(conduct.organisers.per_100k * model.town.n / 1e5)
    made = tuple(_endowment(model, n) for n in range(number))
    kept.append((kind, made))
    return made


def _endowment(model: ProtestModel, number: int) -> _Endowment:
    people, choices, draw = model.conduct.organisers, model.conduct.choices, model.streams.uniform
    stance = _one_of(STANCES, [people.stance[word] for word in STANCES], draw("organiser/stance", number))
    legal_form = _one_of(
        LEGAL_FORMS, [getattr(people.legal_form, word) for word in LEGAL_FORMS], draw("organiser/legal form", number)
    )
    issues = model.conduct.issues
    weights = [getattr(issue, stance) for issue in issues]
    issue = _one_of(tuple(range(len(issues))), [weight / sum(weights) for weight in weights], draw("organiser/issue", number))
    leader = int(draw("organiser/leader", number) * model.town.n)
    spread = people.activity_log_sd
    activity = math.exp(spread * model.streams.normal("organiser/activity", number) - spread**2 / 2)
    means = people.means * math.exp(people.means_log_sd * model.streams.normal("organiser/means", number))
    return _Endowment(
        leader=leader,
        stance=stance,
        legal_form=legal_form,
        issue=issue,
        followers=_followers(model, number, leader, issue),
        rate=people.opportunities * activity / 365.0,
        legality=2.0 * choices.legality * draw("organiser/legality", number),
        means=means,
    )


def _followers(model: ProtestModel, number: int, leader: int, issue: int) -> npt.NDArray[np.int32]:
    """A following of Pareto size, of people concerned with the issue, half of them from the leader's district."""
    people, behaviour, town = model.conduct.organisers, model.conduct.behaviour, model.town
    wanted = people.following_least * model.streams.uniform("organiser/following", number) ** (-1.0 / people.following_exponent)
    size = max(1, round(min(wanted, people.following_most * town.n)))
    home = town.district_slices[town.people.district[leader]]
    key = model.streams.key("organiser/follow")
    followers: npt.NDArray[np.int32] = follow(
        key,
        number,
        size,
        int(behaviour.followers_met),
        behaviour.followers_local,
        home.start,
        home.stop,
        town.people.concern[issue],
    )
    followers.flags.writeable = False
    return followers


def _one_of[T](words: tuple[T, ...], shares: list[float], coin: float) -> T:
    """The word in whose share of the line from 0 to 1 the coin falls."""
    end = 0.0
    for word, share in zip(words, shares, strict=True):
        end += share
        if coin < end:
            return word
    return words[-1]
