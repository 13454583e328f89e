"""Data frames with the columns, the order and the types that :mod:`sim.measurement.columns` says, whatever they hold."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.calendar import Calendar
from sim.errors import ModelError
from sim.measurement.columns import COLUMNS
from sim.record import Happening, Record
from sim.scenario import Scenario

__all__ = ["ByKind", "Dates", "calendar_of", "days_of_run", "frame"]

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
    for name in (column.name for column in columns) if dates else ():
        stem, is_date = name.removesuffix("date"), name == "date" or name.endswith("_date")
        if dates and is_date and name not in data and f"{stem}day" in data:
            data[name] = dates(data[f"{stem}day"])
    if wrong := {column.name for column in columns} ^ data.keys():
        raise ModelError(f"the table {table} lacks columns, or has too many: {', '.join(sorted(wrong))}")
    return pd.DataFrame({column.name: _series(data[column.name], column.type) for column in columns})


def _series(values: Any, dtype: str) -> pd.Series[Any]:
    if dtype in {"str", "Int32"}:
        return pd.Series(values, dtype=dtype)
    return pd.Series(np.asarray(values, dtype=dtype))


def days_of_run(record: Record, scenario: Scenario, days: int | None) -> int:
    """How many days a run had: those of its scenario, unless it is said to have been stopped earlier.

    Raises:
        ModelError: if the record goes on for longer.
    """
    length = scenario.scenario.days if days is None else days
    last = next((happening.day for happening in deque(record, maxlen=1)), -1)  # days never run backwards
    if last >= length:
        raise ModelError(f"the record reaches day {last}, but a run of {length} days ends on day {length - 1}")
    return length


def calendar_of(scenario: Scenario) -> Calendar:
    """The calendar of a scenario's town."""
    about, town = scenario.scenario, scenario.town.town
    return Calendar(about.start, about.days, town.country, town.subdivision)


class ByKind:
    """The happenings of a record, by kind; within a kind in their order."""

    def __init__(self, record: Record) -> None:
        self._found: dict[type[Happening], list[Any]] = defaultdict(list)
        for happening in record:
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
