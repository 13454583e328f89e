"""The table of days: one row for each day of the run, quiet days too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.measurement.frames import ByKind, Dates, calendar_of, days_of_run
from sim.measurement.rows import Table
from sim.record import (
    Answered,
    Appealed,
    Arrested,
    Booked,
    CalledOff,
    Covered,
    Dispersed,
    Filed,
    Happening,
    Held,
    LawChanged,
    Planned,
    PressClosed,
    Prevented,
    Sanctioned,
    Shocked,
    Terminated,
    Waited,
)
from sim.scenario import Scenario

__all__ = ["days"]

_PARTICIPANTS: Final = frozenset({"participant", "foreigner"})

type Numbers = npt.NDArray[Any]


def days(found: ByKind, scenario: Scenario, days: int | None = None) -> Table:
    """One row for each day. Sanctions stand on the day they were imposed: that of the assembly, but for ``announcing``.

    Args:
        found: what happened. scenario: of that run.
        days: length of the run, if it was stopped before the scenario's end.
    """
    length = days_of_run(found, scenario, days)
    run = range(length)

    def count(kind: type[Happening]) -> Numbers:
        return np.bincount(found.days(kind), minlength=length)

    def total(kind: type[Happening], values: Numbers) -> Numbers:
        return np.bincount(found.days(kind), values, length)

    def told[H: Happening](kind: type[H], value: Callable[[H], Any], dtype: type) -> Numbers:
        return total(kind, np.array([value(happening) for happening in found.of(kind)], dtype))

    def punished(*, participants: bool, amount: str = "") -> Numbers:
        whose = np.array([(one.role in _PARTICIPANTS) == participants for one in found.of(Sanctioned)], bool)
        return total(Sanctioned, found.values(Sanctioned, amount) * whose if amount else whose)

    def law() -> Numbers:
        laws = np.zeros(length, np.int64)
        for change in found.of(LawChanged):
            laws[change.day :] = change.number + 1
        return laws

    make: dict[str, Callable[[], Any]] = {
        "day": lambda: list(run),
        "weekday": lambda: [calendar_of(scenario).weekday(day) + 1 for day in run],
        "working": lambda: [calendar_of(scenario).working(day) for day in run],
        "law": law,
        "law_changed": lambda: count(LawChanged) > 0,
        "emergency": lambda: _emergencies(scenario, length),
        "shocks": lambda: count(Shocked),
        "shock_size": lambda: total(Shocked, found.values(Shocked, "size")),
        "opportunities": lambda: count(Waited) + told(Planned, lambda plan: plan.part == 0, bool),
        "waited": lambda: count(Waited),
        "planned": lambda: count(Planned),
        "filings": lambda: count(Filed),
        "answers": lambda: count(Answered),
        "refusals": lambda: told(Answered, lambda answer: answer.answer == "refused", bool),
        "appeals": lambda: count(Appealed),
        "phantom_bookings": lambda: count(Booked),
        "called_off": lambda: count(CalledOff),
        "prevented": lambda: count(Prevented),
        "held": lambda: count(Held),
        "attendance": lambda: told(Held, lambda gathering: gathering.turnout, np.int64),
        "officers": lambda: total(Held, found.values(Held, "officers")),
        "terminated": lambda: count(Terminated),
        "dispersed": lambda: count(Dispersed),
        "arrests": lambda: told(Arrested, lambda arrest: len(arrest.citizens), np.int64),
        "punished": lambda: punished(participants=True),
        "fines": lambda: punished(participants=True, amount="fine"),
        "jail_days": lambda: punished(participants=True, amount="jail"),
        "organiser_fines": lambda: punished(participants=False, amount="fine"),
        "organiser_jail_days": lambda: punished(participants=False, amount="jail"),
        "covered": lambda: count(Covered),
        "media_closed": lambda: count(PressClosed),
    }
    return Table("days", length, lambda column: make[column](), Dates.of(scenario))


def _emergencies(scenario: Scenario, length: int) -> npt.NDArray[np.bool_]:
    """On which days an emergency is in force: from the scenario, since one may have begun before the run."""
    start, found = scenario.scenario.start, np.zeros(length, bool)
    for emergency in scenario.emergencies:
        since, until = (emergency.since - start).days, (emergency.until - start).days
        found[max(0, since) : max(0, until + 1)] = True
    return found
