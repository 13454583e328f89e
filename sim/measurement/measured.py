"""A run, measured: its tables and its indicators."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sim.measurement.indicators import indicators
from sim.measurement.tables import Tables, tables
from sim.population import Town
from sim.record import Record
from sim.scenario import Scenario

__all__ = ["Measured", "measure"]


@dataclass(frozen=True, eq=False)
class Measured(Tables):
    """The tables of a run, and its indicators.

    Attributes:
        indicators: values by name; NaN where a denominator is missing.
    """

    indicators: pd.Series[float]


def measure(record: Record, scenario: Scenario, town: Town, days: int | None = None) -> Measured:
    """Measure a run.

    Args:
        record: what happened. scenario: of that run. town: its town.
        days: length of the run, if it was stopped before the scenario's end.

    Raises:
        ModelError: if the record contradicts itself, as when an assembly has two fates.
    """
    found = tables(record, scenario, town, days)
    return Measured(**found.by_name(), indicators=indicators(found))
