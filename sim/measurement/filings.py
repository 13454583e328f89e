"""The table of filings: one row for each step of each filing."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from sim.errors import ModelError
from sim.measurement.columns import COLUMNS
from sim.measurement.frames import ByKind, Dates, frame
from sim.population import Town
from sim.record import Answered, AppealDecided, Appealed, Filed, Happening, Planned, Record
from sim.scenario import Scenario

__all__ = ["filings"]

_BLANK: Final[dict[str, Any]] = {
    "answer": "",
    "ground": "",
    "pretext": False,
    "allowed": None,
    "offered_site": "",
    "offered_day": None,
    "appeal_to": "",
    "appeal_due_day": None,
    "reversed": False,
    "decided_in_time": False,
}
"""The facts of steps, where a step has none of them."""


def filings(record: Record, scenario: Scenario, town: Town) -> pd.DataFrame:
    """One row for each step of a filing: filed, answered, appealed, appeal_decided. Steps of one filing stand together.

    Every row repeats what was filed; the facts of a step stand on its own row only.

    Raises:
        ModelError: if a step belongs to no filing, or a filing to no assembly.
    """
    found = ByKind(record)
    plans = {plan.assembly: plan for plan in found.of(Planned)}
    filed = {filing.filing: filing for filing in found.of(Filed)}
    steps: dict[int, list[Any]] = {number: [filing] for number, filing in filed.items()}
    for step in record.of(Answered, Appealed, AppealDecided):
        number = step.filing  # type: ignore[attr-defined]  # these three have one
        if number not in steps:
            raise ModelError(f"on day {step.day} filing {number} was {step.kind}, but never filed")
        steps[number].append(step)
    rows: list[dict[str, Any]] = []
    for number, filing in filed.items():
        if filing.assembly not in plans:
            raise ModelError(f"filing {number} was made for assembly {filing.assembly}, which was never planned")
        common = _BLANK | _what_was_filed(filing, plans[filing.assembly], town)
        rows += [
            common | {"step_number": place, "step": step.kind, "day": step.day} | _facts(step, town)
            for place, step in enumerate(steps[number], 1)
        ]
    names = [column.name for column in COLUMNS["filings"] if not column.name.endswith("date")]
    return frame("filings", {name: [row[name] for row in rows] for name in names}, Dates.of(scenario))


def _what_was_filed(filing: Filed, plan: Planned, town: Town) -> dict[str, Any]:
    return {
        "filing": filing.filing,
        "assembly": filing.assembly,
        "attempt": filing.attempt,
        "stance": plan.stance,
        "phantom": plan.strategy == "phantom",
        "procedure": filing.procedure,
        "declared": filing.declared,
        "site": town.spec.sites[filing.site].name,
        "for_day": filing.date,
        "notice": filing.notice,
        "in_time": filing.in_time,
        "complete": filing.complete,
        "due_day": filing.due,
    }


def _facts(step: Happening, town: Town) -> dict[str, Any]:
    """What a step says beyond what was filed."""
    match step:
        case Answered():
            return {
                "answer": step.answer,
                "ground": (step.ground or "none") if step.answer == "refused" else "",
                "pretext": step.pretext,
                "allowed": step.allowed,
                "offered_site": "" if step.offered_site is None else town.spec.sites[step.offered_site].name,
                "offered_day": step.offered_date,
            }
        case Appealed():
            return {"appeal_to": step.to, "appeal_due_day": step.due}
        case AppealDecided():
            return {"reversed": step.reversed, "decided_in_time": step.in_time}
        case _:
            return {}
