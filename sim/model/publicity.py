"""News: press and ties carry what happened; beliefs, fear, anger and legitimacy change (the day, part 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.model.occasions import occasion_of
from sim.model.street import Gathering
from sim.record import Covered, PressClosed

if TYPE_CHECKING:
    from sim.model.model import ProtestModel

__all__ = ["news_day"]


def news_day(model: ProtestModel) -> None:
    """What happened today becomes known, as far as it is covered."""
    for gathering in model.held_today:
        coverage = _cover(model, gathering)
        _reach_organisers(model, gathering, coverage)
        _react(model, gathering, coverage)
        assembly = gathering.assembly
        occasion = occasion_of(model, assembly.organiser, assembly.opportunity)
        if assembly.plan.form != "single_picket":
            assembly.organiser.learn_turnout(occasion, assembly, gathering.turnout, lawful=not gathering.breaches)
    model.held_today = []


def _cover(model: ProtestModel, gathering: Gathering) -> float:
    """Who covers it. Returns the share of the town's media that do."""
    assembly, arrests = gathering.assembly, int(gathering.detained.size)
    unlawful = bool(gathering.offences)
    coins = model.streams.uniforms("press/covers", len(model.press), assembly.code)
    kinds = {one.independent: one for one in model.press}  # all there are: media of one kind have one chance
    news = (assembly, gathering.turnout)
    chances = {kind: one.chance(*news, unlawful=unlawful, arrests=arrests) for kind, one in kinds.items()}
    covering = [one for one, coin in zip(model.press, coins, strict=True) if one.open and coin < chances[one.independent]]
    if not covering:
        return 0.0
    reported = covering[0].reported_size(assembly, gathering.turnout)
    model.record.add(Covered(model.today, assembly.number, tuple(one.number for one in covering), reported))
    for one in covering:
        if unlawful and one.is_closed_for(assembly):
            one.open = False
            model.record.add(PressClosed(model.today, one.number, assembly.number))
    return len(covering) / len(model.press)


def _reach_organisers(model: ProtestModel, gathering: Gathering, coverage: float) -> None:
    """Others who act on its issue hear of it, from the media or from each other."""
    alone = model.conduct.choices.word_of_mouth
    model.news.heard[gathering.assembly.organiser.issue].add(model.today, alone + (1.0 - alone) * coverage)


def _react(model: ProtestModel, gathering: Gathering, coverage: float) -> None:
    """What those who read of it feel and believe."""
    if coverage == 0.0:
        return
    news, behaviour, today = model.news, model.conduct.behaviour, model.today
    organiser = gathering.assembly.organiser
    news.concern[organiser.issue].add(today, behaviour.news_concern * coverage)
    if gathering.detained.size:
        news.fear.add(today, behaviour.news_fear * coverage)
    if gathering.forced:
        news.anger[organiser.issue].add(today, behaviour.news_anger * coverage)
    if gathering.offences:
        news.believe(punished=bool(gathering.detained.size) or gathering.organiser_punished, coverage=coverage)
        news.punished[0] += coverage * gathering.organiser_punished
        news.punished[1] += coverage
    if gathering.ended and not gathering.breaches:
        news.judge(today, fair=False, coverage=coverage)
    elif organiser.stance == "opposition" and gathering.assembly.allowed is not None:
        news.judge(today, fair=True, coverage=coverage)
