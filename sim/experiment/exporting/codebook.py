"""The codebook of a results folder: what each column of its tables is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sim.errors import InputError, Problem, did_you_mean
from sim.experiment.exporting.columns import About, Kind, Table, is_several, kind_of
from sim.experiment.exporting.tables import rows_of, table_of

__all__ = ["CODEBOOK", "Codebook", "read_codebook"]

CODEBOOK: Final = "codebook.csv"

_COLUMNS: Final = {
    "table": "Table the column is in; indicators for the indicators, whichever table they are in",
    "name": "Name of the column",
    "label": "The same for people",
    "type": "Type of its values, as numpy and pandas call it; capitals where they may be missing",
    "unit": "Unit of its values; empty if they have none",
    "meaning": "What it means",
    "levels": "Words it may hold if they are a closed list, joined by |",
}
_TYPES: Final = ("int32", "Int32", "int64", "Int64", "float64", "bool", "str", "date")
_INDICATORS: Final = "indicators"


@dataclass(frozen=True, slots=True)
class Codebook:
    """What the codebook of a folder says.

    Attributes:
        columns: of each table, by the names of both.
    """

    columns: Mapping[str, Mapping[str, About]]

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables it explains, in its order."""
        return tuple(self.columns)

    def find(self, table: str, name: str) -> About | None:
        """What a column is. An indicator is the same in every table, and explained under ``indicators``."""
        return self.columns.get(table, {}).get(name) or self.columns.get(_INDICATORS, {}).get(name)

    def names(self, table: str) -> tuple[str, ...]:
        """The columns a table may have."""
        return tuple(dict.fromkeys([*self.columns.get(table, {}), *self.columns.get(_INDICATORS, {})]))


def read_codebook(path: Path) -> tuple[Codebook, Table, list[Problem]]:
    """Read a codebook.

    Returns:
        what it says, the codebook as a table itself, and what is wrong with single rows of it.

    Raises:
        InputError: if it is no codebook at all.
    """
    problems: list[Problem] = []
    lines = list(rows_of(path, problems))
    header, rows = (lines[0][1], lines[1:]) if lines else ([], [])
    absent = [Problem(f"{CODEBOOK}, {name}", "no such column", ", ".join(_COLUMNS)) for name in _COLUMNS if name not in header]
    if absent or problems:
        raise InputError(str(path.parent), [*problems, *absent])
    columns: dict[str, dict[str, About]] = {}
    places = [header.index(name) for name in _COLUMNS]
    for line, cells in rows:
        table, name, label, type_, unit, meaning, levels = (cells[place] for place in places)
        words = tuple(word for word in levels.split("|") if word)
        kind = kind_of(name, type_, words, several=is_several(meaning))
        if kind is None:
            problems.append(
                Problem(f"{CODEBOOK}, line {line}", f"type {type_!r}", ", ".join(_TYPES), did_you_mean(type_, _TYPES))
            )
        elif name in columns.setdefault(table, {}):
            problems.append(Problem(f"{CODEBOOK}, line {line}", f"{table}.{name} a second time", "each column once"))
        else:
            columns[table][name] = About(name, label or name, unit, meaning, kind, words)
    own = [About(name, name, "", _COLUMNS.get(name, ""), Kind.text) for name in header]
    told, wrong = table_of(path, own, rows)
    return Codebook(columns), told, [*problems, *wrong]
