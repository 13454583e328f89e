"""The record and the tables made of it: every kind of happening, every column."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Mapping
from typing import Final

from sim import record
from sim.interface.odd.markdown import plain, table
from sim.measurement import COLUMNS
from sim.record import Happening

__all__ = ["KINDS", "TABLES"]

KINDS: Final[tuple[type[Happening], ...]] = tuple(
    sorted(
        (one for name in record.__all__ if isinstance(one := getattr(record, name), type) and issubclass(one, Happening)),
        key=lambda kind: inspect.getsourcelines(kind)[1],
    )
)[1:]
"""Every kind of happening, in the order of the module; the first is what all have in common."""


def _happenings() -> str:
    return table(("kind", "fields after `kind` and `day`, in this order", "what it says"), map(_row, KINDS))


def _row(kind: type[Happening]) -> tuple[str, str, str]:
    own = [field for field in dataclasses.fields(kind) if field.name != "day"]
    said = plain((inspect.getdoc(kind) or "").replace("Attributes:", ""))
    return f"`{kind.kind}`", ", ".join(f"`{field.name}` {field.type}" for field in own), said


def _columns() -> str:
    return table(
        ("table", "column", "type", "unit", "meaning"),
        [
            (name, f"`{column.name}`", column.type, column.unit, column.meaning + _levels(column.levels))
            for name, columns in COLUMNS.items()
            for column in columns
        ],
    )


def _levels(levels: tuple[str, ...]) -> str:
    return f" ({', '.join(level or 'empty' for level in levels)})" if levels else ""


TABLES: Final[Mapping[str, Callable[[], str]]] = {"happenings": _happenings, "columns": _columns}
