"""What indicators are computed from: the tables of a run, as columns that are made when they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sim.measurement.rows import Rows

__all__ = ["Facts"]


@dataclass(frozen=True, eq=False)
class Facts:
    """The tables of a run that indicators are about, and the rows of them that many ask for.

    Attributes:
        assemblies, days, filings, citizens, observed: as in :class:`~sim.measurement.tables.Tables`.
    """

    assemblies: Rows
    days: Rows
    filings: Rows
    citizens: Rows
    observed: Rows

    @cached_property
    def meant(self) -> Rows:
        """The assemblies that were meant to take place: all planned ones but phantoms, filed to hold a slot."""
        return self.assemblies.where(self.assemblies["strategy"] != "phantom")

    @cached_property
    def held(self) -> Rows:
        """The assemblies that were held."""
        return self.assemblies.where(self.assemblies["fate"] == "held")

    @cached_property
    def answers(self) -> Rows:
        """The answers: filings answered, or passed over in silence."""
        return self.filings.where(self.filings["step"] == "answered")

    @cached_property
    def everyone(self) -> Rows:
        """The row of the table of citizens that is about all adults."""
        return self.citizens.where(self.citizens["group"] == "everyone")
