"""A user's own file of events, read strictly: everything that is wrong with it is told at once."""

from __future__ import annotations

import csv
import datetime
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.errors import InputError, Problem, did_you_mean
from sim.experiment.battery.mapping import DATES, NUMBERS, TRUTHS, Mapped
from sim.measurement.patterns import Events, Shock, Stretch

__all__ = ["read_events"]

_SHOWN: Final = 10
"""Wrong cells of a column that are told one by one."""

_NONE: Final = np.datetime64("NaT", "D")

type Column = npt.NDArray[Any]
type Wrong = tuple[int, str, str, str | None]
"""A wrong cell: its line, what was found, what is allowed, and the likely intention."""


@dataclass
class _Reading:
    """A file while it is read.

    Attributes:
        path: of the file. mapped: what its columns mean. problems: what is wrong with it.
        lines: of the file, for each row. cells: the texts of each mapped column, by what it means.
    """

    path: Path
    mapped: Mapped
    problems: list[Problem] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    cells: dict[str, list[str]] = field(default_factory=dict)

    def told(self, name: str, wrong: list[Wrong]) -> None:
        """Keep what is wrong with single cells."""
        column = getattr(self.mapped.columns, name)
        for line, found, allowed, hint in wrong[:_SHOWN]:
            self.problems.append(Problem(f"line {line}, {column}", found, allowed, hint))
        if len(wrong) > _SHOWN:
            self.problems.append(Problem(column, f"{len(wrong) - _SHOWN:,} more such cells", wrong[0][2]))

    def check(self, name: str, wrong: npt.NDArray[np.bool_], found: Callable[[int], str], allowed: str) -> None:
        """Keep which rows are wrong between columns."""
        self.told(name, [(self.lines[row], found(row), allowed, None) for row in np.flatnonzero(wrong).tolist()])


def read_events(path: Path, mapped: Mapped) -> Events:
    """Read a file of events.

    Args:
        path: a CSV file, one row an assembly. mapped: what its columns mean.

    Raises:
        InputError: with everything that is wrong with it: line, column, what was found, what is allowed.
    """
    reading = _Reading(path, mapped)
    _read_cells(reading)
    columns = {name: _values(reading, name) for name in reading.cells}
    if not reading.problems:
        _check(reading, columns)
    if reading.problems:
        raise InputError(str(path), reading.problems)
    return _events(columns, mapped)


def _read_cells(reading: _Reading) -> None:
    """The texts of all mapped columns.

    Raises:
        InputError: if they are not there, or the file cannot be read at all.
    """
    path, form = reading.path, reading.mapped.file
    if not path.is_file():
        raise InputError(str(path), [Problem("", "no such file", "a CSV file of events")])
    try:
        with path.open(encoding=form.encoding, newline="") as file:
            rows = csv.reader(file, delimiter=form.delimiter, strict=True)
            header = next(rows, [])
            places = _places(reading, [name.strip() for name in header])
            for row in rows:
                if not any(cell.strip() for cell in row):
                    continue
                if len(row) != len(header):
                    found, allowed = f"{len(row)} cells", f"{len(header)} cells, as many as there are columns"
                    reading.problems.append(Problem(f"line {rows.line_num}", found, allowed))
                    continue
                reading.lines.append(rows.line_num)
                for name, place in places.items():
                    reading.cells[name].append(row[place].strip())
    except (csv.Error, UnicodeError) as error:
        raise InputError(str(path), [Problem("", f"what cannot be read ({error})", f"CSV in {form.encoding}")]) from None
    if not reading.lines:
        reading.problems.append(Problem("", "no event", "one row an assembly, below a line with the names of columns"))


def _places(reading: _Reading, header: list[str]) -> dict[str, int]:
    """Where the mapped columns stand.

    Raises:
        InputError: if some are not there.
    """
    wanted = {name: value for name, value in reading.mapped.columns.model_dump().items() if value is not None}
    absent = [
        Problem(
            f"columns.{name}", f"no column {value!r}", ", ".join(header) or "a file with columns", did_you_mean(value, header)
        )
        for name, value in wanted.items()
        if header.count(value) == 0
    ]
    absent += [
        Problem(f"columns.{name}", f"two columns {value!r}", "each name once")
        for name, value in wanted.items()
        if header.count(value) > 1
    ]
    if absent:
        raise InputError(str(reading.path), absent)
    reading.cells.update({name: [] for name in wanted})
    return {name: header.index(value) for name, value in wanted.items()}


def _values(reading: _Reading, name: str) -> Column:
    """The cells of a column as values."""
    form, cells = reading.mapped.file, reading.cells[name]
    missing = {word.lower() for word in form.missing}
    if name == "topic":
        return np.array(cells, object)
    read, allowed, dtype, empty = _reader(reading, name)
    values = np.full(len(cells), empty, dtype)
    wrong: list[Wrong] = []
    for row, cell in enumerate(cells):
        if cell.lower() in missing:
            if name == "date":
                wrong.append((reading.lines[row], repr(cell), allowed, None))
            continue
        try:
            values[row] = read(cell)
        except (KeyError, ValueError):
            words = _words(reading, name)
            hint = did_you_mean(cell.lower(), words) if name in TRUTHS else None
            wrong.append((reading.lines[row], repr(cell), allowed, hint))
    reading.told(name, wrong)
    return values


def _reader(reading: _Reading, name: str) -> tuple[Callable[[str], Any], str, str, Any]:
    """How a column's cells are read, what is allowed, and the type of the values with what is missing."""
    form = reading.mapped.file
    if name in DATES:
        example = datetime.date(2019, 6, 30).strftime(form.dates)
        asked = f"a date as {example} ({form.dates})"

        def date(cell: str) -> np.datetime64:
            return np.datetime64(datetime.datetime.strptime(cell, form.dates).date(), "D")  # noqa: DTZ007  a date has no zone

        return date, asked if name == "date" else f"{asked}, or {_or_missing(reading)}", "datetime64[D]", _NONE
    if name in NUMBERS:
        return lambda cell: _number(cell, form.thousands), f"a number from 0, or {_or_missing(reading)}", "float64", math.nan
    words = _words(reading, name)
    return lambda cell: words[cell.lower()], f"{', '.join(words)}, or {_or_missing(reading)}", "float64", math.nan


def _words(reading: _Reading, name: str) -> dict[str, float]:
    """What the words of a column for yes and no mean."""
    said = reading.mapped.words.get(name, reading.mapped.file)
    return {**{word.lower(): 1.0 for word in said.yes}, **{word.lower(): 0.0 for word in said.no}}


def _or_missing(reading: _Reading) -> str:
    words = [word for word in reading.mapped.file.missing if word]
    return (
        " or ".join(["nothing", *words]) if "" in reading.mapped.file.missing else " or ".join(words) or "no cell without a value"
    )


def _number(cell: str, thousands: str) -> float:
    value = float(cell.replace(thousands, "") if thousands else cell)
    if not 0 <= value < math.inf:
        raise ValueError(cell)
    return value


def _check(reading: _Reading, columns: dict[str, Column]) -> None:
    """What is wrong between columns: days outside the period, filings after the event, more punished than detained."""
    date, city = columns["date"], reading.mapped.city
    for end, side in ((city.first, -1), (city.last, 1)):
        if end is not None:
            outside = date < np.datetime64(end) if side < 0 else date > np.datetime64(end)
            told = f"a day of the period, {'from' if side < 0 else 'to'} {end} (city.{'first' if side < 0 else 'last'})"
            reading.check("date", outside, lambda row: str(date[row]), told)
    if "filed" in columns:
        filed = columns["filed"]
        reading.check(
            "filed", filed > date, lambda row: f"{filed[row]}, after the event ({date[row]})", "the day of the event or before"
        )
        if "decided" in columns:
            decided = columns["decided"]
            told = "the day of the filing or after"
            reading.check("decided", decided < filed, lambda row: f"{decided[row]}, before the filing ({filed[row]})", told)
    if "punished" in columns:
        punished, arrests = columns["punished"], columns["arrests"]
        told = "no more than were detained"
        reading.check("punished", punished > arrests, lambda row: f"{punished[row]:g} of {arrests[row]:g} detained", told)


def _events(columns: dict[str, Column], mapped: Mapped) -> Events:
    """The events of a file, as estimators take them."""
    date, city = columns["date"], mapped.city
    first = city.first or date.min().item()
    last = city.last or date.max().item()
    day = (date - np.datetime64(first, "D")).astype(np.int64)
    held = columns.get("held", np.ones(date.size))
    table = pd.DataFrame({"stretch": np.zeros(date.size, np.int64), "day": day, "held": held})
    for name, values in _told(columns, held):
        table[name] = values
    shocks = [Shock(shock.date, shock.topic) for shock in mapped.shocks]
    return Events.of(table, [Stretch(first, (last - first).days + 1)], city.inhabitants, shocks)


def _told(columns: dict[str, Column], held: Column) -> Iterator[tuple[str, Column]]:
    """What the mapped columns tell, by the names of :data:`sim.measurement.patterns.COLUMNS`."""
    took_place = held == 1
    for name in ("attended", "arrests", "punished", "officers", "intervention"):
        if name in columns:
            yield name, np.where(took_place, columns[name], np.nan)
    for name in ("declared", "critical", "one_off", "topic"):
        if name in columns:
            yield name, columns[name]
    if "notified" in columns:
        yield "filed", columns["notified"]
        yield "unnotified", np.where(took_place, 1.0 - columns["notified"], np.nan)
    elif "filed" in columns:
        yield "filed", np.where(np.isnat(columns["filed"]), np.nan, 1.0)
    if "filed" in columns:
        yield "notice", _days(columns["date"] - columns["filed"])
    if "decided" in columns:
        yield "decision_lag", _days(columns["decided"] - columns["filed"])
        yield "decision_lead", _days(columns["date"] - columns["decided"])
    if "refused" in columns:
        refused = columns["refused"]
        yield "answers", np.where(np.isnan(refused), np.nan, 1.0)
        yield "refusals", refused
        yield "prohibited", refused
        yield "granted", 1.0 - refused
    if "lawful" in columns:
        yield "unauthorised", np.where(took_place, 1.0 - columns["lawful"], np.nan)


def _days(between: Column) -> Column:
    return np.where(np.isnat(between), np.nan, between.astype(np.float64))
