"""The table of days: one row for each day of the run, quiet days too."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.measurement.frames import ByKind, Dates, calendar_of, days_of_run, frame
from sim.population import Town
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
    Record,
    Sanctioned,
    Shocked,
    Terminated,
    Waited,
)
from sim.scenario import Scenario

__all__ = ["days"]

type Numbers = npt.NDArray[Any]


def days(record: Record, scenario: Scenario, town: Town, days: int | None = None) -> pd.DataFrame:  # noqa: ARG001  tables take the same three
    """One row for each day. Sanctions stand on the day they were imposed: that of the assembly, but for ``announcing``.

    Args:
        record: what happened. scenario: of that run. town: its town.
        days: length of the run, if it was stopped before the scenario's end.
    """
    length = days_of_run(record, scenario, days)
    found, calendar, run = ByKind(record), calendar_of(scenario), range(length)

    def count(kind: type[Happening]) -> Numbers:
        return np.bincount(found.days(kind), minlength=length)

    def total(kind: type[Happening], values: Numbers) -> Numbers:
        return np.bincount(found.days(kind), values, length)

    held, sanctions = found.of(Held), found.of(Sanctioned)
    of_participants = np.array([sanction.role in {"participant", "foreigner"} for sanction in sanctions], bool)
    fines, jail = found.values(Sanctioned, "fine"), found.values(Sanctioned, "jail")
    laws = np.zeros(length, np.int64)
    for change in found.of(LawChanged):
        laws[change.day :] = change.number + 1
    first_parts = np.array([plan.part == 0 for plan in found.of(Planned)], bool)
    waited = count(Waited)
    return frame(
        "days",
        {
            "day": list(run),
            "weekday": [calendar.weekday(day) + 1 for day in run],
            "working": [calendar.working(day) for day in run],
            "law": laws,
            "law_changed": count(LawChanged) > 0,
            "emergency": _emergencies(scenario, length),
            "shocks": count(Shocked),
            "shock_size": total(Shocked, found.values(Shocked, "size")),
            "opportunities": waited + total(Planned, first_parts),
            "waited": waited,
            "planned": count(Planned),
            "filings": count(Filed),
            "answers": count(Answered),
            "refusals": total(Answered, np.array([answer.answer == "refused" for answer in found.of(Answered)], bool)),
            "appeals": count(Appealed),
            "phantom_bookings": count(Booked),
            "called_off": count(CalledOff),
            "prevented": count(Prevented),
            "held": count(Held),
            "attendance": total(Held, np.array([gathering.turnout for gathering in held], np.int64)),
            "officers": total(Held, found.values(Held, "officers")),
            "terminated": count(Terminated),
            "dispersed": count(Dispersed),
            "arrests": total(Arrested, np.array([len(arrest.citizens) for arrest in found.of(Arrested)], np.int64)),
            "punished": total(Sanctioned, of_participants),
            "fines": total(Sanctioned, fines * of_participants),
            "jail_days": total(Sanctioned, jail * of_participants),
            "organiser_fines": total(Sanctioned, fines * ~of_participants),
            "organiser_jail_days": total(Sanctioned, jail * ~of_participants),
            "covered": count(Covered),
            "media_closed": count(PressClosed),
        },
        Dates.of(scenario),
    )


def _emergencies(scenario: Scenario, length: int) -> npt.NDArray[np.bool_]:
    """On which days an emergency is in force: from the scenario, since one may have begun before the run."""
    start, found = scenario.scenario.start, np.zeros(length, bool)
    for emergency in scenario.emergencies:
        since, until = (emergency.since - start).days, (emergency.until - start).days
        found[max(0, since) : max(0, until + 1)] = True
    return found
