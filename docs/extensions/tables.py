"""The pages of tables and indicators, made of the codebooks and of the registers of indicators and patterns."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Final

import sim.interface
from extensions.markdown import code, prose, table
from sim.interface import codebooks
from sim.measurement import COLUMNS, INDICATORS, codebook

__all__ = ["indicators", "measured", "results"]

type Row = tuple[str, str, str]
"""Type, unit and meaning of a column."""

_HEAD: Final = ("column", "type", "unit", "meaning")


def measured() -> str:
    """Every column of the tables of a run."""
    known = codebook().to_dict("records")
    told = [
        (name, [(row["name"], row["type"], row["unit"], row["meaning"], row["levels"]) for row in known if row["table"] == name])
        for name in COLUMNS
    ]
    return "".join(f"### {name}\n{_columns(rows)}" for name, rows in told)


def indicators() -> str:
    """Every indicator with its formula, by what it is about."""
    told = []
    for group, members in groupby(INDICATORS.values(), key=lambda one: one.group):
        told.append(f"## {group.capitalize()}\n")
        for one in members:
            first, _, rest = one.description.partition("\n\n")
            told.append(f"### {one.name}\n\n**{prose(one.label)}**, in {prose(one.unit)}. {prose(first)}\n")
            told += [f"{prose(part)}\n" for part in rest.split("\n\n") if part]
    return "\n".join(told)


def results() -> str:
    """Every column of the tables that commands add to those of a run, by command."""
    return "".join(_of_command(title, tables) for title, tables in _by_command())


def _by_command() -> Iterator[tuple[str, Mapping[str, Mapping[str, Row]]]]:
    """A title and the tables by name, of every codebook there is: each keeps its tables in ``TABLES``."""
    yield "run and compare", codebooks.RESULTS
    (here,) = sim.interface.__path__
    for file in sorted(Path(here).glob("*/codebook.py")):
        package = file.parent.name
        found = importlib.import_module(f"sim.interface.{package}.codebook")
        common = {"columns that several tables have": found.COMMON} if hasattr(found, "COMMON") else {}
        yield _TITLES.get(package, package), {**common, **found.TABLES}


_TITLES: Final = {"attribution": "attribute", "calibration": "calibrate", "resting": "rests", "sweeping": "sweep"}
"""The command that a package of the interface serves, where it is called otherwise."""


def _of_command(title: str, tables: Mapping[str, Mapping[str, Row]]) -> str:
    told = (
        f"### {title}: {name.replace('_', ' ')}\n{_columns((column, *row, '') for column, row in columns.items())}"
        for name, columns in tables.items()
    )
    return f"## {title}\n\n{''.join(told)}"


def _columns(rows: Iterable[tuple[str, str, str, str, str]]) -> str:
    return table(
        _HEAD, [(code(name), kind, prose(unit), _meaning(meaning, levels)) for name, kind, unit, meaning, levels in rows]
    )


def _meaning(meaning: str, levels: str) -> str:
    """What a column means, with the words it may hold if they are a closed list."""
    words = [code(word) if word else "empty" for word in levels.split("|")] if levels else []
    return f"{prose(meaning)}. One of {', '.join(words)}" if words else prose(meaning)
