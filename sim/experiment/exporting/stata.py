"""Tables as Stata has them: value labels for words and truth values, Stata's dates and missing values, labels and notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.errors import Problem
from sim.experiment.exporting.columns import About, Column, Kind, Table, shortened
from sim.experiment.exporting.dta import FIXED_LONGEST, MISSING, MOST_VARIABLES, Storage, Variable, dta

__all__ = ["as_dta", "problems_for_stata", "with_stata_names"]

_LABEL: Final = 80
"""Characters of a label."""

_EPOCH: Final = np.datetime64("1960-01-01", "D")
"""Day 0 of Stata's dates."""

_BYTE, _INT = 100, 32_740
"""Largest values of a byte and an int."""

_LARGEST: Final = float.fromhex("0x1.fffffffffffffp+1022")
"""Largest double that is a number for Stata; beyond it lie the missing values."""


def _missing_double(letter: str) -> float:
    """``.`` (no letter), or ``.a`` to ``.z``, as a double: 2**1023 with the letter's number in the eleventh bit and on."""
    number = ord(letter) - ord("a") + 1 if letter else 0
    return float(np.array((0x7FE0_0000_0000_0000) + (number << 40), np.uint64).view(np.float64))


_NONE: Final = _missing_double("")
_PLUS, _MINUS = _missing_double("p"), _missing_double("m")
"""Stata has no infinite numbers: ``.p`` for plus, ``.m`` for minus infinity."""

type Values = npt.NDArray[Any]


def as_dta(table: Table, names: Mapping[str, str], label: str, notes: Sequence[str]) -> bytes:
    """A table as a Stata 118 file.

    Args:
        table: the table.
        names: of its columns in Stata.
        label: of the data set; what is longer than 80 characters is cut at a word.
        notes: on the data set.
    """
    variables = [_variable(column, names[column.about.name]) for column in table.columns]
    return dta(variables, table.rows, shortened(label, _LABEL), notes)


def problems_for_stata(table: Table) -> list[Problem]:
    """What of a table Stata cannot hold."""
    found = []
    if len(table.columns) > MOST_VARIABLES:
        found.append(Problem(table.source, f"{len(table.columns):,} columns", f"{MOST_VARIABLES:,} at most in Stata"))
    for column in table.columns:
        if column.about.kind is Kind.number:
            held = column.values[~column.missing]
            if (np.isfinite(held) & (np.abs(held) > _LARGEST)).any():
                where = f"{table.source}, {column.about.name}"
                found.append(Problem(where, "a number beyond 8.98e307", "what Stata holds; take csv or parquet"))
    return found


def with_stata_names(codebook: Table, names: Mapping[str, str]) -> Table:
    """The codebook with one more column: what each column is called in Stata."""
    (given,) = (column for column in codebook.columns if column.about.name == "name")
    values = np.array([names.get(name, name) for name in given.values.tolist()], object)
    about = About("stata_name", "name in Stata", "", "Its name in the Stata files", Kind.text)
    return replace(codebook, columns=(*codebook.columns, Column(about, values, given.missing)))


def _variable(column: Column, name: str) -> Variable:
    about = column.about
    label = f"{about.label} ({about.unit})" if about.unit else about.label
    notes = [about.meaning] if about.meaning else []
    if name != about.name:
        notes.append(f"Its name in protestlaw: {about.name}")
    storage, form, values, levels = _stored(column)
    if about.kind is Kind.number and np.isinf(column.values[~column.missing]).any():
        notes.append(".p stands for infinity and .m for minus infinity, which Stata does not have.")
    return Variable(name, shortened(label, _LABEL), form, storage, values, levels, tuple(notes))


def _stored(column: Column) -> tuple[int, str, Values, dict[int, str]]:
    """How the values of a column are stored and displayed, the values, and their labels."""
    values, levels = column.values, column.about.levels
    match column.about.kind:
        case Kind.whole if not (values[~column.missing] >= MISSING[Storage.long]).any():
            return Storage.long, "%12.0g", _whole(column, values, Storage.long), {}
        case Kind.whole | Kind.large:
            return Storage.double, "%16.0f", np.where(column.missing, _NONE, values.astype(np.float64)), {}
        case Kind.number:
            held = np.select([column.missing, np.isposinf(values), np.isneginf(values)], [_NONE, _PLUS, _MINUS], values)
            return Storage.double, "%10.0g", held, {}
        case Kind.truth:
            return Storage.byte, "%8.0g", _whole(column, values, Storage.byte), {0: "no", 1: "yes"}
        case Kind.date:
            return Storage.long, "%td", _whole(column, (values - _EPOCH).astype(np.int64), Storage.long), {}
        case Kind.category:
            storage = Storage.byte if len(levels) <= _BYTE else Storage.int if len(levels) <= _INT else Storage.long
            wide = max(8, *(len(word) for word in levels))
            return storage, f"%{wide}.0g", _whole(column, values + 1, storage), dict(enumerate(levels, 1))
        case _:
            return _text(values)


def _whole(column: Column, values: Values, storage: Storage) -> Values:
    return np.where(column.missing, MISSING[storage], values.astype(np.int64))


def _text(values: Values) -> tuple[int, str, Values, dict[int, str]]:
    """Text in the row itself, as wide as the longest, or apart from it if that is too wide."""
    encoded = [value.encode() for value in values.tolist()]
    longest = max(map(len, encoded), default=0)
    if longest > FIXED_LONGEST:
        held = np.empty(len(encoded), object)
        held[:] = encoded
        return Storage.strl, "%-80s", held, {}
    wide = max(1, longest)
    return wide, f"%-{min(max(wide, 9), 80)}s", np.array(encoded, dtype=f"S{wide}"), {}
