"""Who turns out: the least fixed point, by definition (design, 4.2)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.streams import unit, words

if TYPE_CHECKING:
    from sim.reference.citizen import Citizen, Mind
    from sim.reference.model import ReferenceModel

__all__ = ["Call", "crowd_of", "perceived_risk", "who_comes"]


@dataclass(slots=True)
class Call:
    """An assembly as those who hear of it see it.

    Attributes:
        event: its name, under which coins are tossed. issue: about what.
        reach: share of the followers who are told. audience: people reached by the public call.
        pull: shock and appeal less the cost of a working day, utility. news: what the news adds for a full-time reader, utility.
        travel: cost of the way by district, utility. legitimacy: of the law.
        unlawful: whether coming is unlawful, for citizens (False) and foreigners (True), as 0 or 1.
        threat: ``(fine, arrest, stigma)`` by (foreigner, repeat); money, then monthly wages.
        officers: police sent. announced: persons expected. belief: share of unlawful assemblies believed to be punished.
        repeat_since: a sanction on this day or later makes the next one a repeat.
        brings: chance that an adult brings a child. minors_barred: whether that is against the law.
        leader: the number of the citizen who leads it, or -1 (further parts of a split have none).
        followers: of its organiser.
    """

    event: int
    issue: int
    reach: float
    audience: int
    pull: float
    news: float
    travel: list[float]
    legitimacy: float
    unlawful: dict[bool, float]
    threat: dict[tuple[bool, bool], tuple[float, float, float]]
    officers: float
    announced: float
    belief: float
    repeat_since: int
    brings: float
    minors_barred: bool
    leader: int
    followers: list[Citizen]


def perceived_risk(model: ReferenceModel, call: Call, going: int) -> float:
    """``p_e = belief * (1 - exp(-risk * officers / crowd))``: the larger the crowd, the safer (design, 4.2).

    The crowd is what was expected, or those who go if they are more.
    """
    crowd = max(call.announced, float(going), 1.0)
    if call.officers <= 0.0:
        return 0.0
    return call.belief * (1.0 - math.exp(-model.conduct.behaviour.risk * call.officers / crowd))


def who_comes(model: ReferenceModel, call: Call) -> list[Mind]:
    """What all who hear of it make of it in the end, in rising numbers; those who go are ``going``."""
    minds = _who_hears_first(model, call)
    if model.conduct.behaviour.sigma >= 0.0:
        _least_fixed_point(model, call, minds)
    else:
        _waves(model, call, minds)
    return [mind for _, mind in sorted(minds.items())]


def _who_hears_first(model: ReferenceModel, call: Call) -> dict[int, Mind]:
    """Followers are asked in person, a public call reaches readers: one who reads more, the more likely."""
    minds: dict[int, Mind] = {}
    if call.leader >= 0:
        _hear(minds, model.citizens[call.leader], call, asked=True)
    for follower in call.followers:
        coin, _, _, _ = words(model.streams.key("turnout/call"), follower.number, call.event, 0)
        if unit(coin) < call.reach:
            _hear(minds, follower, call, asked=True)
    for place in range(call.audience):
        whom, reads, _, _ = words(model.streams.key("turnout/audience"), place, call.event, 0)
        reader = model.citizens[int(unit(whom) * len(model.citizens))]
        if unit(reads) < reader.media:
            _hear(minds, reader, call, asked=False)
    return minds


def _hear(minds: dict[int, Mind], citizen: Citizen, call: Call, *, asked: bool) -> Mind:
    if citizen.number not in minds:
        minds[citizen.number] = citizen.hears_of(call, asked=asked)
    mind = minds[citizen.number]
    mind.asked = mind.asked or asked
    return mind


def _least_fixed_point(model: ReferenceModel, call: Call, minds: dict[int, Mind]) -> None:
    """Start with nobody; ask everyone who has heard of it, in rounds, until nobody more joins.

    For ``sigma >= 0`` more goers mean more ties going and less risk each, so the map from crowds to crowds is monotone, and the
    rounds climb to its least fixed point (Knaster and Tarski 1955). No other order of asking can end elsewhere.
    """
    while joining := _who_joins(model, call, minds, minds.values()):
        _join(call, minds, joining)


def _waves(model: ReferenceModel, call: Call, minds: dict[int, Mind]) -> None:
    """For ``sigma < 0`` (substitutes) there is no such theorem, and these waves are the definition.

    All who have news since they last decided decide at once, and do not turn back. When no one has news, all who stay away for
    fear of sanction look at the crowd again, if it has grown beyond what was expected; it ends when nobody joins.
    """
    wave, looked_at = list(minds.values()), 0
    while True:
        wave = _join(call, minds, _who_joins(model, call, minds, wave))
        if not wave:
            crowd = crowd_of(minds.values())
            if crowd == looked_at or crowd <= call.announced or call.officers <= 0.0:
                return
            looked_at = crowd
            wave = [mind for mind in minds.values() if not mind.going and mind.price > 0.0]


def _who_joins(model: ReferenceModel, call: Call, minds: dict[int, Mind], wave: Iterable[Mind]) -> list[Mind]:
    """Those of a wave who, at the company and the risk there are now, decide to go."""
    risk = perceived_risk(model, call, crowd_of(minds.values()))
    return [mind for mind in wave if not mind.going and mind.citizen.would_go(mind, call, risk)]


def _join(call: Call, minds: dict[int, Mind], joining: list[Mind]) -> list[Mind]:
    """They go, and tell their ties, who hear of it by that if they have not yet. Returns those with news who do not go."""
    for mind in joining:
        mind.going = True
    told: dict[int, Mind] = {}
    for mind in joining:
        for tie in mind.citizen.ties:
            if mind.citizen.tells(tie, call):
                told[tie.number] = _hear(minds, tie, call, asked=True)
                told[tie.number].told += 1
    return [mind for mind in told.values() if not mind.going]


def crowd_of(minds: Iterable[Mind]) -> int:
    """Persons who go, children included."""
    return sum(1 + mind.brings_child for mind in minds if mind.going)
