"""Until when two scenarios agree: the first day on which the same seed can lead to another record.

What a scenario holds is in force on every day, so a difference there tells from the first day on; only what is dated tells
from its date. A run never looks ahead to what is dated: its organisers know of shocks that have struck and of laws in force.

========================================  ====================================================================================
what differs                              tells from
========================================  ====================================================================================
name, title, description, notes, sources  never: a run does not read them, nor the benchmark, nor whether it is counterfactual
``practice``                              never: a name, whose tables tell for themselves
``scenario.days``                         the day after the end of the shorter run
``law``                                   day 0, unless both say the same
``reforms``                               the date of the first that only one of them has
``emergencies``                           the first dawn on which one begins or ends in only one of them
``shocks``                                the date of the first that only one of them has; day 0 if it struck before the run
all else, also ``scenario.start``         day 0
========================================  ====================================================================================
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from sim.law.diff import diff
from sim.scenario.scenario import Scenario
from sim.texts import flattened

__all__ = ["agree_until", "differences"]

type Dated = tuple[int, object]
"""Something that happens at the dawn of a day: the day, and what."""

_DATED: Final = frozenset({"name", "scenario", "law", "practice", "reforms", "emergencies", "shocks"})
_WORDS: Final = frozenset({"notes", "source", "sources"})


def agree_until(a: Scenario, b: Scenario) -> int | None:
    """The first day on which two scenarios can differ: 0 if from the start, ``None`` if never.

    Until then a run of one is a run of the other, to the last byte.
    """
    return min(differences(a, b).values(), default=None)


def differences(a: Scenario, b: Scenario) -> dict[str, int]:
    """The keys that two scenarios hold differently, each with the first day on which that can tell."""
    one, other = a.scenario, b.scenario
    found = dict.fromkeys(_undated(a, b), 0)
    if one.start != other.start:
        return {"scenario.start": 0, **found}
    for key, events in (("reforms", _reforms), ("emergencies", _emergencies), ("shocks", _shocks)):
        day = _first_difference(events(a), events(b))
        if day is not None and day < min(one.days, other.days):
            found[key] = day
    if one.days != other.days:
        found["scenario.days"] = min(one.days, other.days)
    return found


def _undated(a: Scenario, b: Scenario) -> Iterator[str]:
    """The keys of what is in force on every day."""
    if a.law.fingerprint != b.law.fingerprint:
        yield from [f"law.{one.key}" for one in diff(a.law, b.law)] or ["law"]
    plain = [dict(flattened(scenario.model_dump(mode="json", exclude=set(_DATED)), _WORDS)) for scenario in (a, b)]
    yield from (key for key in dict.fromkeys([*plain[0], *plain[1]]) if plain[0].get(key) != plain[1].get(key))


# -- what is dated, in the order in which a model puts it on its clock -------------------------------------------------------


def _reforms(scenario: Scenario) -> list[Dated]:
    return [(_day(scenario, reform.date), reform.law.fingerprint) for reform in scenario.reforms]


def _emergencies(scenario: Scenario) -> list[Dated]:
    """What was over before the run never was; what had begun before it begins with it."""
    found: list[Dated] = []
    for one in scenario.emergencies:
        if (end := _day(scenario, one.until)) >= 0:
            found += [(max(0, _day(scenario, one.since)), "begins"), (end + 1, "ends")]
    return sorted(found, key=lambda event: event[0])  # those of one dawn in the order of the text


def _shocks(scenario: Scenario) -> list[Dated]:
    """In the order of the text, in which they are summed up."""
    return [(_day(scenario, shock.date), (_day(scenario, shock.date), shock.issue, shock.size)) for shock in scenario.shocks]


def _day(scenario: Scenario, date: datetime.date) -> int:
    return (date - scenario.scenario.start).days


def _first_difference(a: list[Dated], b: list[Dated]) -> int | None:
    """The first day by which what has happened is not the same in both, in order."""
    for day in sorted({day for day, _ in (*a, *b)}):
        if [one for one in a if one[0] <= day] != [one for one in b if one[0] <= day]:
            return max(0, day)
    return None
