"""News: what happened becomes known, as far as it is covered, and people feel and believe otherwise (the day, part 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.record import Covered, PressClosed
from sim.reference.formulas import left, moved_towards

if TYPE_CHECKING:
    from sim.reference.model import ReferenceModel
    from sim.reference.street import Gathering

__all__ = ["Fading", "News", "news_day"]


class Fading:
    """A number that halves in a time: as it stood when something was last added to it, and the day of that."""

    def __init__(self, half_life: float) -> None:
        self.half_life, self.amount, self.since = half_life, 0.0, 0

    def on(self, day: int) -> float:
        """What is left of it on a day."""
        return self.amount * left(day - self.since, self.half_life)

    def add(self, day: int, amount: float) -> None:
        """Add to it on a day."""
        self.amount, self.since = self.on(day) + amount, day


class News:
    """What the town knows.

    Attributes:
        belief: share of unlawful assemblies believed to be punished. standing: of the law, above or below the ordinary.
        fear, anger, concern: what full-time readers feel, the last two by issue.
        heard: assemblies of late that organisers heard of, by issue.
        leave: answers known among organisers, ``(allowed, answered)`` by (stance, procedure).
        organisers_punished: of unlawful assemblies that were covered, ``(organiser punished, all)``, by share of media.
    """

    def __init__(self, model: ReferenceModel) -> None:
        behaviour, issues = model.conduct.behaviour, range(len(model.conduct.issues))
        self.belief = model.conduct.police.believed
        self.fear = Fading(behaviour.news_half_life)
        self.anger = [Fading(behaviour.news_half_life) for _ in issues]
        self.concern = [Fading(behaviour.news_half_life) for _ in issues]
        self.heard = [Fading(model.conduct.choices.echo_half_life) for _ in issues]
        self.standing = Fading(behaviour.legitimacy_half_life)
        self.leave: dict[tuple[str, str], tuple[float, float]] = {}
        self.organisers_punished = (0.0, 0.0)

    def mood(self, issue: int, day: int) -> float:
        """What the news of late adds to a full-time reader's utility of going out on an issue."""
        return self.concern[issue].on(day) + self.anger[issue].on(day) - self.fear.on(day)

    def legitimacy(self, day: int) -> float:
        """How far people defer to the law for its own sake: 1 on an ordinary day, never below 0."""
        return max(0.0, 1.0 + self.standing.on(day))


def news_day(model: ReferenceModel) -> None:
    """What was held today becomes known, and its organiser learns who came."""
    for gathering in model.held_today:
        coverage = _cover(model, gathering)
        _tell_organisers(model, gathering, coverage)
        _react(model, gathering, coverage)
        if not gathering.assembly.plan.alone:
            lawful = not gathering.breaches
            gathering.assembly.organiser.learns_turnout(gathering.assembly, gathering.turnout, lawful=lawful)


def _cover(model: ReferenceModel, gathering: Gathering) -> float:
    """Who covers it. Returns the share of the town's media that do."""
    covering, number = [medium for medium in model.press if medium.covers(gathering)], gathering.assembly.number
    if not covering:
        return 0.0
    reported = covering[0].reported_size(gathering)
    model.record.add(Covered(model.today, number, tuple(medium.number for medium in covering), reported))
    for medium in covering:
        if gathering.offences and medium.is_closed_for(gathering.assembly):
            medium.open = False
            model.record.add(PressClosed(model.today, medium.number, number))
    return len(covering) / len(model.press)


def _tell_organisers(model: ReferenceModel, gathering: Gathering, coverage: float) -> None:
    """Some of those who act on its issue hear of it from each other, of the rest the share of the media that report it."""
    talk = model.conduct.choices.word_of_mouth
    heard = talk + (1.0 - talk) * coverage
    model.news.heard[gathering.assembly.organiser.issue].add(model.today, heard)


def _react(model: ReferenceModel, gathering: Gathering, coverage: float) -> None:
    """What those who read of it feel and believe."""
    if coverage == 0.0:
        return
    news, behaviour, today = model.news, model.conduct.behaviour, model.today
    organiser = gathering.assembly.organiser
    news.concern[organiser.issue].add(today, behaviour.news_concern * coverage)
    if gathering.detained:
        news.fear.add(today, behaviour.news_fear * coverage)
    if gathering.forced:
        news.anger[organiser.issue].add(today, behaviour.news_anger * coverage)
    if gathering.offences:
        punished = bool(gathering.detained) or gathering.organiser_punished
        news.belief = moved_towards(news.belief, float(punished), behaviour.learning * coverage)
        yes, seen = news.organisers_punished
        news.organisers_punished = (yes + coverage * gathering.organiser_punished, seen + coverage)
    if gathering.ended and not gathering.breaches:  # what began lawfully was ended
        news.standing.add(today, -behaviour.legitimacy_step * coverage)
    elif organiser.stance == "opposition" and gathering.assembly.allowed is not None:  # the opposition had leave
        news.standing.add(today, behaviour.legitimacy_step * coverage)
