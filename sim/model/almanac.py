"""Calendar: reforms and emergencies that enter into force, and shocks (the day, part 1)."""

from __future__ import annotations

import bisect
import datetime
import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from sim.behaviour.decay import shock_left
from sim.behaviour.opportunity import times_of
from sim.model.transition import come_under
from sim.record import EmergencyBegan, EmergencyEnded, LawChanged, Shocked

if TYPE_CHECKING:
    from sim.model.model import ProtestModel

__all__ = ["Almanac"]

_LONG_BEFORE: Final = 366
"""Days before the first one from which named shocks are known: the year that a scenario may look back."""

_AHEAD: Final = 400
"""Days beyond the last one that plans may look at, for which what is left of shocks is laid out beforehand."""

_BEFORE: Final = 90
"""Days before the first one from which incidents are drawn, so that the first days are like later ones. Assumption."""


class Almanac:
    """The dated events of a scenario, put on the model's clock for the dawn of their day.

    Attributes:
        emergencies: states of emergency in force; they may overlap.
    """

    def __init__(self, model: ProtestModel, dawn: float) -> None:
        self._model, self._dawn, self.emergencies = model, dawn, 0
        self._answers: dict[tuple[int, int, int], float] = {}
        scenario = model.conduct
        names = [issue.name for issue in scenario.issues]
        named = [(model.calendar.day(one.date), names.index(one.issue), one.size) for one in scenario.shocks]
        self._shocks = [*named, *_incidents(model)]
        self._by_issue = [[(day, size) for day, about, size in self._shocks if about == issue] for issue in range(len(names))]
        self._strikes = [sorted(day for day, _ in about) for about in self._by_issue]
        behaviour, longest = scenario.behaviour, _LONG_BEFORE + scenario.scenario.days + _AHEAD
        self._fading = (behaviour.shock_fast, behaviour.shock_slow, behaviour.shock_slow_share)
        self._lefts = [shock_left(day, *self._fading) for day in range(longest)]  # asked for again and again
        for number, reform in enumerate(scenario.reforms):
            self._at(reform.date, self._reform, number)
        for number, emergency in enumerate(scenario.emergencies):
            if emergency.until >= scenario.scenario.start:  # else it was over before the run
                self._at(max(emergency.since, scenario.scenario.start), self._begin_emergency, number)
                self._at(emergency.until + datetime.timedelta(1), self._end_emergency, number)
        for number, (day, _, _) in enumerate(self._shocks):
            self._on(day, self._shock, number)

    def concern(self, issue: int, day: int) -> float:
        """Concern with an issue on a day beyond the ordinary, from shocks that have struck by today (utility)."""
        if not self._strikes[issue] or not (struck := self.struck(issue)):
            return 0.0
        found = self._answers.get((issue, day, struck))
        if found is None:
            found = self._answers[issue, day, struck] = self._left(issue, day, self._model.today)
        return found

    def struck(self, issue: int) -> int:
        """How many shocks to an issue have struck by today."""
        return bisect.bisect_right(self._strikes[issue], self._model.today)

    def _left(self, issue: int, day: int, today: int) -> float:
        known = [(day - struck, size) for struck, size in self._by_issue[issue] if struck <= min(today, day)]
        if day + _LONG_BEFORE < len(self._lefts):
            return sum(size * self._lefts[since] for since, size in known)
        return sum(size * shock_left(since, *self._fading) for since, size in known)

    def _at(self, date: datetime.date, act: Callable[[int], None], number: int) -> None:
        self._on(self._model.calendar.day(date), act, number)

    def _on(self, day: int, act: Callable[[int], None], number: int) -> None:
        if 0 <= day < self._model.conduct.scenario.days:
            self._model.clock.at(day + self._dawn, act, number)

    def _reform(self, number: int) -> None:
        model = self._model
        model.regime = model.conduct.reforms[number].law
        model.places.enact(model.regime)
        model.record.add(LawChanged(model.today, number))
        come_under(model)

    def _begin_emergency(self, _: int) -> None:
        self.emergencies += 1
        self._model.record.add(EmergencyBegan(self._model.today))

    def _end_emergency(self, _: int) -> None:
        self.emergencies -= 1
        self._model.record.add(EmergencyEnded(self._model.today))

    def _shock(self, number: int) -> None:
        _, issue, size = self._shocks[number]
        self._model.record.add(Shocked(self._model.today, issue, size))


def _incidents(model: ProtestModel) -> Iterator[tuple[int, int, float]]:
    """Small events that raise concern with an issue: day, issue and size; the same under every law."""
    organisers, draw = model.conduct.organisers, model.streams.uniform
    for issue in range(len(model.conduct.issues)):

        def coin(number: int, issue: int = issue) -> float:
            return draw("incident/gap", issue, number)

        for number, time in times_of(organisers.incidents / 365.0, _BEFORE + model.conduct.scenario.days, coin):
            yield math.floor(time) - _BEFORE, issue, organisers.incident_size * draw("incident/size", issue, number)
