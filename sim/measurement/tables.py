"""The tables of a run: pure functions of its record, its scenario and its town."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property

import pandas as pd

from sim.measurement.assemblies import assemblies
from sim.measurement.citizens import citizens
from sim.measurement.days import days as days_table
from sim.measurement.filings import filings
from sim.measurement.observed import observed
from sim.population import Town
from sim.record import Record
from sim.scenario import Scenario

__all__ = ["Tables", "tables"]


@dataclass(frozen=True, eq=False)
class Tables:
    """The tables of a run. Their columns are explained in :func:`sim.measurement.codebook`.

    Attributes:
        assemblies: one row for each planned assembly. days: one for each day. filings: one for each step of a filing.
        citizens: one for each part of the town's adults. observed: one for each event the press reported.
    """

    assemblies: pd.DataFrame
    days: pd.DataFrame
    filings: pd.DataFrame
    citizens: pd.DataFrame
    observed: pd.DataFrame

    def by_name(self) -> dict[str, pd.DataFrame]:
        """The tables by name, in order."""
        return {field.name: getattr(self, field.name) for field in fields(Tables)}

    @cached_property
    def meant(self) -> pd.DataFrame:
        """The assemblies that were meant to take place: all planned ones but phantoms, filed to hold a slot."""
        return self.assemblies[self.assemblies["strategy"] != "phantom"]

    @cached_property
    def held(self) -> pd.DataFrame:
        """The assemblies that were held."""
        return self.assemblies[self.assemblies["fate"] == "held"]

    @cached_property
    def answers(self) -> pd.DataFrame:
        """The answers: filings answered, or passed over in silence."""
        return self.filings[self.filings["step"] == "answered"]

    @cached_property
    def everyone(self) -> pd.Series:
        """The row of the table of citizens that is about all adults."""
        return self.citizens[self.citizens["group"] == "everyone"].iloc[0]


def tables(record: Record, scenario: Scenario, town: Town, days: int | None = None) -> Tables:
    """All tables of a run.

    Args:
        record: what happened. scenario: of that run. town: its town.
        days: length of the run, if it was stopped before the scenario's end.

    Raises:
        ModelError: if the record contradicts itself, as when an assembly has two fates.
    """
    gatherings = assemblies(record, scenario, town, days)
    return Tables(
        assemblies=gatherings,
        days=days_table(record, scenario, town, days),
        filings=filings(record, scenario, town),
        citizens=citizens(record, scenario, town),
        observed=observed(gatherings, town),
    )
