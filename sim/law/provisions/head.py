"""Which law it is, and what its money is worth."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from sim.errors import Problem
from sim.law.provisions.base import Provision
from sim.texts import Text, refuse

__all__ = ["DatedValue", "MoneyTable", "RegimeHead"]


class RegimeHead(Text):
    """Which law this is.

    ``status`` tells a bill from an act: ``explain`` says it in its first line, so that nobody mistakes one for the other.
    """

    title: str = Field(min_length=3, description="The law's name as a reader would cite it.")
    jurisdiction: str = Field(min_length=2, description="State (and city) whose law it is.")
    status: Literal["act", "bill", "benchmark", "none"] = Field(
        description="An act in force, a bill that never was, a benchmark of good practice, or no law at all."
    )
    in_force: datetime.date = Field(description="First day in force; of a bill, the day of the text.")
    ended: datetime.date | None = Field(None, description="Last day in force, if it has ended.")
    description: str = Field(min_length=10, description="What the law does, in a sentence or two.")
    notes: tuple[str, ...] = Field((), description="What a reader should know: where sources disagree, what was left out.")
    edits: tuple[str, ...] = Field(
        (), description="What was changed in the text by reforms and on the command line (filled in by both)."
    )

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterator[Problem]:
        """The law ends after it began."""
        began, ended = parts.get("in_force"), parts.get("ended")
        if began and ended and ended < began:
            yield Problem("ended", f"an end ({ended}) before the first day in force", f"a date from {began}")


class DatedValue(Provision):
    """A value from a day on."""

    row_name: ClassVar[str | None] = "since"

    since: datetime.date = Field(description="First day of the value.")
    amount: float = Field(gt=0, description="The value, in the law's currency.")


class MoneyTable(Text):
    """The law's money: its currency, its unit of account (as Kazakhstan's monthly calculation index) and wages, by date.

    Wages turn an amount into a share of a monthly wage, which is what it costs a person, and carry a law to another town.
    """

    currency: str = Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 code.")
    unit: str | None = Field(None, description="Name of the unit of account that fines are stated in, if any (MCI).")
    values: tuple[DatedValue, ...] = Field((), description="The unit of account in the currency, by date.")
    wages: tuple[DatedValue, ...] = Field((), description="Average monthly wage in the currency, by date.")

    @field_validator("values", "wages")
    @classmethod
    def _in_order(cls, rows: tuple[DatedValue, ...]) -> tuple[DatedValue, ...]:
        days = [row.since for row in rows]
        if days != sorted(set(days)):
            raise refuse(f"the dates {', '.join(map(str, days))}", "dates in rising order, each once")
        return rows

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterator[Problem]:
        """A unit of account has values, and a name of its own."""
        if {"unit", "values"} <= parts.keys() and (parts["unit"] is None) != (not parts["values"]):
            found = "values of a unit without a name" if parts["unit"] is None else f"the unit {parts['unit']!r} without values"
            yield Problem("values", found, "a unit of account and its values by date, or neither")
        if parts.get("unit") in {"wages", parts.get("currency", "wages")}:
            yield Problem("unit", repr(parts["unit"]), "a name that is neither the currency nor 'wages'")

    @property
    def units(self) -> tuple[str, ...]:
        """The units amounts of this law may be stated in."""
        return (self.currency, *([self.unit] if self.unit else []), "wages")
