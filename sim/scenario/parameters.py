"""Every number a scenario rests on, with meaning, unit, value, source and range."""

from __future__ import annotations

from typing import Final

from sim.population import parameters as of_town
from sim.scenario.scenario import Scenario
from sim.texts import Parameter, rows

__all__ = ["parameters"]

_TABLES: Final = ("behaviour", "choices", "organisers", "authority", "court", "police", "press")


def parameters(scenario: Scenario) -> list[Parameter]:
    """The parameters of a scenario: the town and its people, how people and organisers decide, and practice.

    The law's numbers are not among them: they stand, each with its source, in the law's own text.
    """
    found = of_town(scenario.town, scenario.traits)
    for table in _TABLES:
        found += rows(table, getattr(scenario, table))
    return found
