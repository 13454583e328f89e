"""The tables of a run: pure functions of its record, its scenario and its town."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

import pandas as pd

from sim.measurement.assemblies import assemblies
from sim.measurement.citizens import citizens
from sim.measurement.days import days as days_table
from sim.measurement.facts import Facts
from sim.measurement.filings import filings
from sim.measurement.frames import ByKind
from sim.measurement.observed import observed
from sim.measurement.rows import Table
from sim.population import Town
from sim.record import Record
from sim.scenario import Scenario

__all__ = ["Tables", "tables"]

TABLES: Final = ("assemblies", "days", "filings", "citizens", "observed")


class Tables:
    """The tables of a run. Their columns are explained in :func:`sim.measurement.codebook`.

    A table is made when it is first asked for; until then it keeps what happened, but not the town.

    Attributes:
        to_be_made: the tables by name, in order, made or still to be made.
    """

    def __init__(
        self,
        assemblies: pd.DataFrame | Table,
        days: pd.DataFrame | Table,
        filings: pd.DataFrame | Table,
        citizens: pd.DataFrame | Table,
        observed: pd.DataFrame | Table,
    ) -> None:
        given = dict(zip(TABLES, (assemblies, days, filings, citizens, observed), strict=True))
        self.to_be_made = {name: one if isinstance(one, Table) else Table.of(name, one) for name, one in given.items()}

    def __reduce__(self) -> tuple[Any, ...]:
        return Tables, tuple(self.by_name().values())  # another process gets the tables, made

    def by_name(self) -> dict[str, pd.DataFrame]:
        """The tables by name, in order."""
        return {name: table.frame for name, table in self.to_be_made.items()}

    @property
    def assemblies(self) -> pd.DataFrame:
        """One row for each planned assembly."""
        return self.to_be_made["assemblies"].frame

    @property
    def days(self) -> pd.DataFrame:
        """One row for each day."""
        return self.to_be_made["days"].frame

    @property
    def filings(self) -> pd.DataFrame:
        """One row for each step of a filing."""
        return self.to_be_made["filings"].frame

    @property
    def citizens(self) -> pd.DataFrame:
        """One row for each part of the town's adults."""
        return self.to_be_made["citizens"].frame

    @property
    def observed(self) -> pd.DataFrame:
        """One row for each event the press reported."""
        return self.to_be_made["observed"].frame

    @cached_property
    def facts(self) -> Facts:
        """The same for indicators, which make no data frame of it."""
        return Facts(**self.to_be_made)

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
    found = ByKind(record)
    gatherings = assemblies(found, scenario, town, days)
    return Tables(
        assemblies=gatherings,
        days=days_table(found, scenario, days),
        filings=filings(found, scenario, town),
        citizens=citizens(found, town),
        observed=observed(gatherings, town),
    )
