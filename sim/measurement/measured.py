"""A run, measured: its tables and its indicators."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.measurement.indicators import indicators
from sim.measurement.rows import Table
from sim.measurement.tables import Tables, tables
from sim.population import Town
from sim.record import Record
from sim.scenario import Scenario

__all__ = ["Measured", "measure"]


class Measured(Tables):
    """The tables of a run, and its indicators.

    Attributes:
        indicators: values by name; NaN where a denominator is missing.
    """

    def __init__(
        self,
        assemblies: pd.DataFrame | Table,
        days: pd.DataFrame | Table,
        filings: pd.DataFrame | Table,
        citizens: pd.DataFrame | Table,
        observed: pd.DataFrame | Table,
        indicators: pd.Series[float],
    ) -> None:
        super().__init__(assemblies, days, filings, citizens, observed)
        self.indicators = indicators

    def __reduce__(self) -> tuple[Any, ...]:
        return Measured, (*self.by_name().values(), self.indicators)


def measure(record: Record, scenario: Scenario, town: Town, days: int | None = None) -> Measured:
    """Measure a run.

    Args:
        record: what happened. scenario: of that run. town: its town.
        days: length of the run, if it was stopped before the scenario's end.

    Raises:
        ModelError: if the record contradicts itself, as when an assembly has two fates.
    """
    found = tables(record, scenario, town, days)
    return Measured(**found.to_be_made, indicators=indicators(found))
