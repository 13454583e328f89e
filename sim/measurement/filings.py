"""The table of filings: one row for each step of each filing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from sim.errors import ModelError
from sim.measurement.frames import ByKind, Dates
from sim.measurement.rows import Table
from sim.population import Town
from sim.record import Answered, AppealDecided, Appealed, Filed, Happening, Planned
from sim.scenario import Scenario

__all__ = ["filings"]


class _Row(NamedTuple):
    """A step of a filing, by its place among the steps, and the plan it was made for as that was at first."""

    filed: Filed
    plan: Planned
    place: int
    step: Happening


_COMMON: Final[dict[str, Callable[[_Row], Any]]] = {
    "filing": lambda row: row.filed.filing,
    "assembly": lambda row: row.filed.assembly,
    "step_number": lambda row: row.place,
    "step": lambda row: row.step.kind,
    "day": lambda row: row.step.day,
    "attempt": lambda row: row.filed.attempt,
    "stance": lambda row: row.plan.stance,
    "phantom": lambda row: row.plan.strategy == "phantom",
    "procedure": lambda row: row.filed.procedure,
    "declared": lambda row: row.filed.declared,
    "for_day": lambda row: row.filed.date,
    "notice": lambda row: row.filed.notice,
    "in_time": lambda row: row.filed.in_time,
    "complete": lambda row: row.filed.complete,
    "due_day": lambda row: row.filed.due,
}
"""What every row tells: which step it is, and what was filed."""

_FACTS: Final[dict[str, tuple[type[Happening], Any, Callable[[Any], Any]]]] = {
    "answer": (Answered, "", lambda step: step.answer),
    "ground": (Answered, "", lambda step: (step.ground or "none") if step.answer == "refused" else ""),
    "pretext": (Answered, False, lambda step: step.pretext),
    "allowed": (Answered, None, lambda step: step.allowed),
    "offered_day": (Answered, None, lambda step: step.offered_date),
    "appeal_to": (Appealed, "", lambda step: step.to),
    "appeal_due_day": (Appealed, None, lambda step: step.due),
    "reversed": (AppealDecided, False, lambda step: step.reversed),
    "decided_in_time": (AppealDecided, False, lambda step: step.in_time),
}
"""What only steps of one kind tell: that kind, what stands on rows of other steps, and the fact."""


def filings(found: ByKind, scenario: Scenario, town: Town) -> Table:
    """One row for each step of a filing: filed, answered, appealed, appeal_decided. Steps of one filing stand together.

    Every row repeats what was filed; the facts of a step stand on its own row only.

    Raises:
        ModelError: if a step belongs to no filing, or a filing to no assembly.
    """
    rows, sites = _rows(found), town.spec.sites  # and not the town, which is large

    def values(column: str) -> list[Any]:
        if column in _COMMON:
            return list(map(_COMMON[column], rows))
        if column in _FACTS:
            kind, blank, fact = _FACTS[column]
            return [fact(row.step) if row.step.__class__ is kind else blank for row in rows]
        if column == "site":
            return [sites[row.filed.site].name for row in rows]
        offers = [row.step.offered_site if isinstance(row.step, Answered) else None for row in rows]
        return ["" if offer is None else sites[offer].name for offer in offers]

    return Table("filings", len(rows), values, Dates.of(scenario))


def _rows(found: ByKind) -> list[_Row]:
    plans = {plan.assembly: plan for plan in found.of(Planned)}
    filed = {filing.filing: filing for filing in found.of(Filed)}
    steps: dict[int, list[Any]] = {number: [filing] for number, filing in filed.items()}
    for step in found.log:
        if isinstance(step, Answered | Appealed | AppealDecided):
            if step.filing not in steps:
                raise ModelError(f"on day {step.day} filing {step.filing} was {step.kind}, but never filed")
            steps[step.filing].append(step)
    for number, filing in filed.items():
        if filing.assembly not in plans:
            raise ModelError(f"filing {number} was made for assembly {filing.assembly}, which was never planned")
    return [
        _Row(filing, plans[filing.assembly], place, step)
        for number, filing in filed.items()
        for place, step in enumerate(steps[number], 1)
    ]
