"""Which kind of text a file holds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.errors import InputError, Problem

__all__ = ["kind_of"]


def kind_of(path: Path, tables: Mapping[str, Any]) -> str:
    """Which kind of text it is: told by the table that names it, or else by its folder.

    Raises:
        InputError: if it is none.
    """
    if isinstance(tables.get("town"), str) or isinstance(tables.get("law"), str) or "like" in tables or "scenario" in tables:
        return "scenario"
    for kind in ("experiment", "calibration", "explorer"):
        if isinstance(tables.get(kind), Mapping):
            return kind
    for kind, table in {"law": "regime", "practice": "practice", "reform": "reform", "town": "town"}.items():
        if isinstance(tables.get(table), Mapping):
            return kind
    for folder in path.absolute().parent.parts[::-1]:
        if folder in {"laws", "practices", "reforms", "towns", "scenarios"}:
            return folder[:-1]
    known = ("law ([regime])", "practice ([practice])", "reform ([reform])", "town ([town])", "scenario ([scenario])")
    more = "an experiment ([experiment]), a calibration ([calibration]) or a page ([explorer])"
    allowed = f"{', '.join(f'a {one}' for one in known)}, {more}"
    raise InputError(str(path), [Problem("", "a text of no known kind", allowed)])
