"""The kinds of levers: how each is read from a scenario, where it may be put, and by what settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sim.law.amounts import Money
from sim.scenario import Scenario
from sim.texts import names

__all__ = ["KINDS", "Kind", "Value"]

type Value = int | float | str
"""Where a lever stands: a number, a word, or in words what no level of it says."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of lever.

    Attributes:
        label: what it is called. slides: whether it is put to amounts, in order. keys: the settings it stands for.
        read: where it stands in a scenario; ``None`` if the scenario has no such thing.
        values: where it may be put. settings: what puts it there. words: where it stands.
    """

    label: str
    slides: bool
    keys: tuple[str, ...]
    read: Callable[[Scenario], Value | None]
    values: Callable[[Scenario], tuple[Value, ...]]
    settings: Callable[[Scenario, Value], Mapping[str, Any]]
    words: Callable[[Scenario, Value], str]


# -- threshold, and who passes it -------------------------------------------------------------------------------------------


def _threshold(scenario: Scenario) -> Value | None:
    law = scenario.law
    named = any("threshold" in (row.size.least, row.size.below) for row in law.procedures)
    if not named:
        return None
    return "none" if law.threshold_value is None else law.threshold_value


def _overrun(scenario: Scenario) -> Value | None:
    limit = scenario.law.limits.threshold
    return limit.consequence if limit is not None and _threshold(scenario) is not None else None


# -- notice ----------------------------------------------------------------------------------------------------------------


def _notice(scenario: Scenario) -> Value | None:
    """Working days, if one number says it all; else what the law says."""
    terms = list(dict.fromkeys(row.notice for row in scenario.law.procedures if row.notice is not None))
    if len(terms) == 1 and terms[0].unit == "working days":
        return terms[0].amount
    return " or ".join(map(str, terms)) or None


def _days(value: Value) -> str:
    return value if isinstance(value, str) else f"{value} working day{'' if value == 1 else 's'}"


# -- fine ------------------------------------------------------------------------------------------------------------------

_FINE: Final = "law.sanctions.participant"


def _unit(scenario: Scenario) -> str:
    """The unit in which the lever counts: the law's own, or average wages where the law counts in money."""
    sanction = scenario.law.sanctions.participant
    counted = sanction is not None and sanction.fine.unit == scenario.law.money.unit
    return scenario.law.money.unit or "wages" if counted else "wages"


def _fine(scenario: Scenario) -> Value | None:
    """The highest fine, if one number says it all; else what the law says."""
    sanction = scenario.law.sanctions.participant
    if sanction is None:
        return None
    repeat = sanction.fine_repeat if sanction.fine_repeat is not None else sanction.fine
    if (repeat, sanction.fine_least.amount) == (sanction.fine, 0.0) and sanction.fine.unit == _unit(scenario):
        return sanction.fine.amount
    least = f", at least {sanction.fine_least}" if sanction.fine_least.amount else ""
    return f"{sanction.fine}{least}" + (f"; a repeat {repeat}" if repeat != sanction.fine else "")


def _fines(scenario: Scenario) -> tuple[Value, ...]:
    return (0.0, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0) if _unit(scenario) == "wages" else (0.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0)


def _fined(scenario: Scenario, value: Value) -> Mapping[str, Any]:
    unit = _unit(scenario)
    most = f"{value:g} {unit}"
    return {f"{_FINE}.fine_least": f"0 {unit}", f"{_FINE}.fine": most, f"{_FINE}.fine_repeat": most}


# -- the levers ------------------------------------------------------------------------------------------------------------


def _one_key(key: str) -> Callable[[Scenario, Value], Mapping[str, Any]]:
    return lambda _, value: {key: value}


_NOTICE: Final = "law.procedures.notification|permit.notice"
_PLACES: Final = {"anywhere": "anywhere not prohibited", "designated": "designated places only"}
_OVERRUN: Final = {"tolerated": "tolerated", "fined": "fined", "terminated": "assembly ended"}

KINDS: Final = (
    Kind(
        "Threshold for a permit",
        True,
        ("law.threshold",),
        _threshold,
        lambda _: (10, 20, 50, 100, 150, 200, 250, 300, 500, 1000, 2000, "none"),
        _one_key("law.threshold"),
        lambda _, value: "none" if value == "none" else f"{value:,} persons",
    ),
    Kind(
        "If more come than the threshold",
        False,
        ("law.limits.threshold.consequence",),
        _overrun,
        lambda _: tuple(_OVERRUN),
        _one_key("law.limits.threshold.consequence"),
        lambda _, value: _OVERRUN[str(value)],
    ),
    Kind(
        "Notice",
        True,
        (_NOTICE,),
        _notice,
        lambda _: (1, 2, 3, 5, 7, 10, 15, 20, 30),
        lambda _, value: {_NOTICE: _days(value)},
        lambda _, value: _days(value),
    ),
    Kind(
        "Highest fine for taking part",
        True,
        (f"{_FINE}.fine_least", f"{_FINE}.fine", f"{_FINE}.fine_repeat"),
        _fine,
        _fines,
        _fined,
        lambda scenario, value: value if isinstance(value, str) else str(Money(float(value), _unit(scenario))),
    ),
    Kind(
        "Where",
        False,
        ("law.places.rule",),
        lambda scenario: scenario.law.places.rule if scenario.law.places else None,
        lambda _: tuple(_PLACES),
        _one_key("law.places.rule"),
        lambda _, value: _PLACES[str(value)],
    ),
    Kind(
        "How officials behave",
        False,
        ("practice",),
        lambda scenario: scenario.practice or "the scenario's own",
        lambda _: tuple(names("practice")),
        _one_key("practice"),
        lambda _, value: str(value),
    ),
)
"""The levers there are, in order."""
