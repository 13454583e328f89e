"""Calendar: reforms and emergencies that enter into force, and shocks (the day, part 1)."""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.behaviour.decay import shock_left
from sim.model.transition import come_under
from sim.record import EmergencyBegan, EmergencyEnded, LawChanged, Shocked

if TYPE_CHECKING:
    from sim.model.model import ProtestModel

__all__ = ["Almanac"]


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
        self._shocks = [(model.calendar.day(one.date), names.index(one.issue), one.size) for one in scenario.shocks]
        self._strikes = [sorted(day for day, about, _ in self._shocks if about == issue) for issue in range(len(names))]
        for number, reform in enumerate(scenario.reforms):
            self._at(reform.date, self._reform, number)
        for number, emergency in enumerate(scenario.emergencies):
            if emergency.until >= scenario.scenario.start:  # else it was over before the run
                self._at(max(emergency.since, scenario.scenario.start), self._begin_emergency, number)
                self._at(emergency.until + datetime.timedelta(1), self._end_emergency, number)
        for number, shock in enumerate(scenario.shocks):
            self._at(shock.date, self._shock, number)

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
        behaviour = self._model.conduct.behaviour
        fast, slow, share = behaviour.shock_fast, behaviour.shock_slow, behaviour.shock_slow_share
        known = ((day - struck, size) for struck, about, size in self._shocks if about == issue and struck <= today)
        return sum(size * shock_left(since, fast, slow, share) for since, size in known)

    def _at(self, date: datetime.date, act: Callable[[int], None], number: int) -> None:
        day = self._model.calendar.day(date)
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
