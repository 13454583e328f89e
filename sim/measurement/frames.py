"""Data frames with the columns, the order and the types that :mod:`sim.measurement.columns` says, whatever they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.calendar import Calendar
from sim.calendar import calendar_of as calendar_from
from sim.errors import ModelError
from sim.measurement.columns import COLUMNS
from sim.record import Happening, Record
from sim.scenario import Scenario

__all__ = ["ByKind", "Dates", "calendar_of", "dated", "days_of_run", "frame"]

type Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Dates:
    """Days of a run as ISO dates."""

    zero: np.datetime64

    @classmethod
    def of(cls, scenario: Scenario) -> Dates:
        """The dates of a scenario's days."""
        return cls(np.datetime64(scenario.scenario.start, "D"))

    def __call__(self, days: Sequence[int | None]) -> list[str]:
        """The dates of some days; the empty string for a missing one."""
        known = np.array([0 if day is None else day for day in days], "timedelta64[D]")
        written: list[str] = np.datetime_as_string(self.zero + known).tolist()
        return ["" if day is None else date for day, date in zip(days, written, strict=True)]


def frame(table: str, data: Mapping[str, Any], dates: Dates | None = None) -> pd.DataFrame:
    """A table.

    Args:
        table: its name.
        data: values by column: lists or arrays; ``None`` where a whole number is missing.
        dates: if given, a column ``..._date`` that is not in ``data`` is made from the column ``..._day``.

    Raises:
        ModelError: if these are not the columns of that table.
    """
    columns, data = COLUMNS[table], dict(data)
    for name, day in dated(table).items() if dates else ():
        if dates and name not in data and day in data:
            data[name] = dates(data[day])
    if wrong := {column.name for column in columns} ^ data.keys():
        raise ModelError(f"the table {table} lacks columns, or has too many: {', '.join(sorted(wrong))}")
    return pd.DataFrame({column.name: _series(data[column.name], column.type) for column in columns})


@cache
def dated(table: str) -> dict[str, str]:
    """The columns of a table that are the date of a day, each with the column of that day."""
    names = {column.name for column in COLUMNS[table]}
    stems = [name.removesuffix("date") for name in names if name == "date" or name.endswith("_date")]
    return {f"{stem}date": f"{stem}day" for stem in stems if f"{stem}day" in names}


def _series(values: Any, dtype: str) -> pd.Series[Any]:
    if dtype in {"str", "Int32"}:
        return pd.Series(values, dtype=dtype)
    return pd.Series(np.asarray(values, dtype=dtype))


def days_of_run(found: ByKind, scenario: Scenario, days: int | None) -> int:
    """How many days a run had: those of its scenario, unless it is said to have been stopped earlier.

    Raises:
        ModelError: if the record goes on for longer.
    """
    length = scenario.scenario.days if days is None else days
    if found.last_day >= length:
        raise ModelError(f"the record reaches day {found.last_day}, but a run of {length} days ends on day {length - 1}")
    return length


def calendar_of(scenario: Scenario) -> Calendar:
    """The calendar of a scenario's town."""
    about, town = scenario.scenario, scenario.town.town
    return calendar_from(about.start, about.days, town.country, town.subdivision)


class ByKind:
    """The happenings of a record, read once: by kind, within a kind in their order.

    Attributes:
        log: all of them, in order. last_day: the day of the last one; -1 if there is none. Days never run backwards.
    """

    def __init__(self, record: Record) -> None:
        self.log: list[Happening] = list(record)
        self.last_day = self.log[-1].day if self.log else -1
        self._found: dict[type[Happening], list[Any]] = defaultdict(list)
        for happening in self.log:
            self._found[happening.__class__].append(happening)
        self._days: dict[type[Happening], Ints] = {}

    def of[H: Happening](self, kind: type[H]) -> list[H]:
        """Those of one kind."""
        return self._found.get(kind, [])

    def days(self, kind: type[Happening]) -> Ints:
        """The days of those of one kind."""
        if kind not in self._days:
            self._days[kind] = np.array([happening.day for happening in self.of(kind)], np.int64)
        return self._days[kind]

    def values(self, kind: type[Happening], name: str) -> npt.NDArray[np.float64]:
        """A number that all of one kind have."""
        return np.array([getattr(happening, name) for happening in self.of(kind)], np.float64)
