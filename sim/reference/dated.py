"""Calendar: reforms and emergencies that enter into force, and shocks (the day, part 1)."""

from __future__ import annotations

import datetime
import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sim.record import EmergencyBegan, EmergencyEnded, LawChanged, Shocked
from sim.reference.answers import record_change
from sim.reference.formulas import left
from sim.reference.law import what_is_owed
from sim.reference.planning import file_for

if TYPE_CHECKING:
    from sim.reference.docket import Assembly
    from sim.reference.model import ReferenceModel

__all__ = ["all_shocks", "calendar_day", "shock_left"]

_BEFORE: Final = 90
"""Days before the first one from which incidents are drawn. Assumption."""


def calendar_day(model: ReferenceModel) -> None:
    """What the scenario dates today."""
    conduct, today = model.conduct, model.calendar.date(model.today)
    for number, reform in enumerate(conduct.reforms):
        if reform.date == today:
            model.regime = model.places.regime = reform.law
            model.record.add(LawChanged(model.today, number))
            for assembly in model.assemblies:
                if assembly.fate is None:
                    _come_under(model, assembly)
    for emergency in conduct.emergencies:
        if emergency.until >= conduct.scenario.start:
            if max(emergency.since, conduct.scenario.start) == today:
                model.record.add(EmergencyBegan(model.today))
            if emergency.until + datetime.timedelta(1) == today:
                model.record.add(EmergencyEnded(model.today))
    for day, issue, size in model.shocks:
        if day == model.today:
            model.record.add(Shocked(model.today, issue, size))


def all_shocks(model: ReferenceModel) -> list[tuple[int, int, float]]:
    """Day, issue and size of the shocks that the scenario names, and of the incidents that are drawn, issue by issue.

    Incidents come at random, so many in a year, from three months before the first day on.
    """
    conduct, names = model.conduct, [issue.name for issue in model.conduct.issues]
    found = [(model.calendar.day(shock.date), names.index(shock.issue), shock.size) for shock in conduct.shocks]
    a_day = conduct.organisers.incidents / 365.0
    for issue in range(len(names)):
        time, number = 0.0, 0
        while a_day > 0.0:
            time += -math.log1p(-model.streams.uniform("incident/gap", issue, number)) / a_day
            if time >= _BEFORE + conduct.scenario.days:
                break
            size = conduct.organisers.incident_size * model.streams.uniform("incident/size", issue, number)
            found.append((math.floor(time) - _BEFORE, issue, size))
            number += 1
    return found


def _come_under(model: ReferenceModel, assembly: Assembly) -> None:
    """What was planned under one law owes what the law in force on its day asks, so far as that can still be done.

    Leave that was given stays; what is no longer owed falls away; what is newly owed is filed today, in time or not, but by
    those only who did not choose to go without filing.
    """
    old = assembly.plan
    if old.exempt_kind is not None:
        return
    plan = replace(old, row=what_is_owed(model, old.form, assembly.organiser.legal_form, old.site, old.declared))
    assembly.plan = plan
    if plan.procedure != old.procedure:
        record_change(model, assembly, "new_law")
    unwilling = old.strategy in {"unannounced", "spontaneous"}
    if plan.owes_filing and not old.owes_filing and assembly.allowed is None and not unwilling:
        assembly.plan = replace(plan, files=True)
        file_for(model, assembly, attempt=assembly.filing.attempt + 1 if assembly.filing else 1)


def shock_left(days: int, fast: float, slow: float, slow_share: float) -> float:
    """The share of a shock's response left after some days: a fast and a slow exponential (design, 4.2)."""
    if days < 0:
        return 0.0
    return (1.0 - slow_share) * left(days, fast) + slow_share * left(days, slow)
