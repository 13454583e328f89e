"""Cells of a CSV file as values. Nothing is guessed: what is not of the column's kind is told."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from sim.errors import Problem, did_you_mean
from sim.experiment.exporting.columns import JOINED, About, Column, Kind

__all__ = ["LARGEST", "Cells"]

LARGEST: Final = 2**53
"""The largest size of a whole number that every format keeps exactly, since Stata and Excel have none but doubles for it."""

_WHOLE: Final = re.compile(r"-?[0-9]{1,19}")
_NUMBER: Final = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?|-?inf|nan")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TRUTHS: Final = {"False": False, "True": True}

_DTYPES: Final[dict[Kind, str]] = {
    Kind.whole: "int64",
    Kind.large: "int64",
    Kind.number: "float64",
    Kind.truth: "bool",
    Kind.date: "datetime64[D]",
    Kind.category: "int64",
    Kind.text: "object",
}
_ALLOWED: Final[dict[Kind, str]] = {
    Kind.whole: "a whole number from -(2**31 - 1) to 2**31 - 1, or nothing",
    Kind.large: "a whole number from -(2**53) to 2**53, or nothing",
    Kind.number: "a number with a point for decimals, inf, -inf, or nothing",
    Kind.truth: "True, False, or nothing",
    Kind.date: "a date as 2019-06-30, or nothing",
}


class Cells:
    """The cells of one column, row after row.

    Args:
        about: what the codebook says of the column.
    """

    def __init__(self, about: About) -> None:
        self._about = about
        self._places = {word: place for place, word in enumerate(about.levels)}
        self._read = self._reader()
        self._parts: list[np.ndarray[Any, Any]] = []
        self._missing: list[np.ndarray[Any, Any]] = []
        self._wrong: list[tuple[int, str]] = []

    def add(self, cells: Sequence[str], lines: Sequence[int]) -> None:
        """Take some more cells, which stand in these lines of the file."""
        kind, read = self._about.kind, self._read
        dtype = _DTYPES[kind]
        empty: Any = "" if kind is Kind.text else "1970-01-01" if kind is Kind.date else 0
        values = [empty] * len(cells)
        missing = np.zeros(len(cells), bool)
        for place, cell in enumerate(cells):
            if not cell or (kind is Kind.number and cell == "nan"):
                missing[place] = True
                continue
            try:
                values[place] = read(cell)
            except (KeyError, ValueError):
                self._wrong.append((lines[place], cell))
        self._parts.append(np.array(values, dtype=dtype))
        self._missing.append(missing)

    def column(self) -> Column:
        """The column."""
        if not self._parts:
            return Column(self._about, np.empty(0, _DTYPES[self._about.kind]), np.empty(0, bool))
        return Column(self._about, np.concatenate(self._parts), np.concatenate(self._missing))

    def problems(self, file: str) -> list[Problem]:
        """What is wrong with the cells: one problem for the column, with the first cell and the number of others."""
        if not self._wrong:
            return []
        line, cell = self._wrong[0]
        others = f" (and {len(self._wrong) - 1:,} more)" if len(self._wrong) > 1 else ""
        shown = repr(cell if len(cell) <= 60 else f"{cell[:57]}...")
        levels = self._about.levels
        if "\0" in cell:
            allowed, hint = "text without a zero byte, which no format can keep", None
        elif levels and self._about.kind in {Kind.category, Kind.text}:
            allowed, hint = f"{', '.join(levels)}, or nothing (codebook.csv)", did_you_mean(cell, levels)
        else:
            allowed, hint = _ALLOWED[self._about.kind], None
        return [Problem(f"{file}, {self._about.name}, line {line}", f"{shown}{others}", allowed, hint)]

    def _reader(self) -> Callable[[str], Any]:
        match self._about.kind:
            case Kind.whole:
                return lambda cell: _whole(cell, 2**31 - 1)
            case Kind.large:
                return lambda cell: _whole(cell, LARGEST)
            case Kind.number:
                return _number
            case Kind.truth:
                return _TRUTHS.__getitem__
            case Kind.date:
                return _date
            case Kind.category:
                return self._places.__getitem__
            case _:
                return self._words

    def _words(self, cell: str) -> str:
        if "\0" in cell:
            raise ValueError(cell)
        if self._places and not all(word in self._places for word in cell.split(JOINED)):
            raise KeyError(cell)
        return cell


def _whole(cell: str, largest: int) -> int:
    if not _WHOLE.fullmatch(cell) or abs(int(cell)) > largest:
        raise ValueError(cell)
    return int(cell)


def _number(cell: str) -> float:
    """A number, to the last bit; one too large to be finite is none."""
    if not _NUMBER.fullmatch(cell):
        raise ValueError(cell)
    value = float(cell)
    if value in {np.inf, -np.inf} and "inf" not in cell:
        raise ValueError(cell)
    return value


def _date(cell: str) -> str:
    if not _DAY.fullmatch(cell):
        raise ValueError(cell)
    return datetime.date.fromisoformat(cell).isoformat()
