"""The assumptions of a comparison: every number that nobody has measured, how far it is varied, and what is held fixed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from sim.errors import Problem, did_you_mean
from sim.experiment.calibration.plan import CORE, PRACTICE
from sim.experiment.design import Factor
from sim.experiment.uncertainty import Drawn
from sim.scenario import Scenario, parameters
from sim.texts import ASSUMPTION, Parameter

__all__ = ["IN_ORDER", "TABLES", "Assumption", "Held", "assumptions_of", "columns_of", "unknown_keys"]

TABLES: Final = (*CORE, *PRACTICE)
"""The tables of a scenario whose assumptions are varied: how people and organisers decide, and practice."""

IN_ORDER: Final = {"authority.cut_most": "authority.cut_least"}
"""Numbers that may not be less than another."""

_MOST: Final = 4.0
"""How many times its own size a number moves at most with a spread of 1."""

_SUM_TO_ONE: Final = ("organisers.stance.", "organisers.legal_form.")


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number that is varied.

    Attributes:
        name: its key in a scenario. meaning, unit, source: in the scenario's words.
        shipped: its value in both scenarios. least, most: between which values it is drawn.
        drawn: whether evenly between these, or jointly with others from a posterior.
        whole: whether it takes whole numbers only.
    """

    name: str
    meaning: str
    unit: str
    source: str
    shipped: float
    least: float
    most: float
    drawn: Literal["evenly", "posterior"]
    whole: bool

    @property
    def factor(self) -> Factor:
        """The same as a factor of a design."""
        return Factor(
            self.name, (self.name,), self.name, self.unit, self.meaning, range=(self.least, self.most), whole=self.whole
        )


@dataclass(frozen=True, slots=True)
class Held:
    """A number that is left as it is.

    Attributes:
        name: its key. value: in A. why: it is left alone. source: of the value.
    """

    name: str
    value: float
    why: str
    source: str


def assumptions_of(
    a: Scenario, b: Scenario, spread: float, posterior: Drawn | None = None
) -> tuple[list[Assumption], list[Held]]:
    """What is varied in a comparison, and what is not.

    A number whose source begins with "assumption" is varied about its value, as far as ``spread * min(width of its range, 4 times
    its own size)`` and no further than its range: with a spread of a quarter by a quarter of the range, and to twice its value
    at most, for many ranges reach over orders of magnitude. One that a posterior speaks of is varied as that says.

    Args:
        a, b: the scenarios. spread: above 0 and at most 1. posterior: draws of calibrated parameters, if there are.

    Returns:
        what is varied, those of the posterior first, and what is held fixed.
    """
    calibrated = columns_of(posterior, a) if posterior else {}
    others = {one.name: one.value for one in _numbers(b)}
    jointly: list[Assumption] = []
    evenly: list[Assumption] = []
    held: list[Held] = []
    for one in _numbers(a):
        whole = _whole(one)
        if one.value != others[one.name]:
            held.append(_held(one, "A and B differ in it: it is part of what is compared"))
        elif posterior is not None and one.name in calibrated:
            own = posterior.values[posterior.weights > 0, calibrated[one.name]]
            jointly.append(_assumption(one, (float(own.min()), float(own.max())), "posterior", whole=whole))
        elif not one.source.startswith(ASSUMPTION):
            held.append(_held(one, "it is no assumption"))
        elif one.name.startswith(_SUM_TO_ONE):
            held.append(_held(one, "a share of several that sum to 1"))
        elif (ends := _ends(one, spread, whole=whole)) is None:
            held.append(_held(one, "no other value lies so near"))
        else:
            evenly.append(_assumption(one, ends, "evenly", whole=whole))
    return [*jointly, *evenly], held


def columns_of(posterior: Drawn, scenario: Scenario) -> dict[str, int]:
    """The keys that a posterior sets in a scenario's town, each with its column."""
    places = {name: place for place, name in enumerate(posterior.keys)}
    return {posterior.keys[name]: places[name] for name in posterior.of_town(scenario.town.town.name)}


def unknown_keys(posterior: Drawn, scenario: Scenario) -> Iterator[Problem]:
    """The keys of a posterior that are no numbers of a scenario."""
    known = [one.name for one in _numbers(scenario)]
    allowed = f"a number of one of the tables {', '.join(TABLES)}"
    for key in columns_of(posterior, scenario):
        if key not in known:
            yield Problem("posterior", f"the unknown key {key!r}", allowed, did_you_mean(key, known))


def _numbers(scenario: Scenario) -> list[Parameter]:
    return [one for one in parameters(scenario) if one.name.partition(".")[0] in TABLES]


def _whole(one: Parameter) -> bool:
    """Whether a number is one of persons, filings or the like: its range is written in whole numbers, and so is it."""
    return all(isinstance(end, int) for end in one.range) and float(one.value).is_integer()


def _ends(one: Parameter, spread: float, *, whole: bool) -> tuple[float, float] | None:
    """Between which values a number is drawn; none if there is but one."""
    width = one.range[1] - one.range[0]
    reach = spread * (min(width, _MOST * abs(one.value)) if one.value else width)
    low, high = max(one.range[0], one.value - reach), min(one.range[1], one.value + reach)
    if whole:
        low, high = math.ceil(low), math.floor(high)
    return (low, high) if low < high else None


def _assumption(one: Parameter, ends: tuple[float, float], drawn: Literal["evenly", "posterior"], *, whole: bool) -> Assumption:
    return Assumption(one.name, one.meaning, one.unit, one.source, float(one.value), *ends, drawn, whole)


def _held(one: Parameter, why: str) -> Held:
    return Held(one.name, float(one.value), why, one.source)
