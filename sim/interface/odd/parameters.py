"""The parameters, a table for each part of a scenario; those of single districts and sites stand in the towns' texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Final

from sim.interface import parameter_table
from sim.interface.odd.markdown import table
from sim.scenario import load_scenario

__all__ = ["PARTS", "SCENARIOS", "TABLES"]

SCENARIOS: Final = ("almaty-1995-law", "berlin", "seminar")
"""The scenarios whose values are shown: the two cities to be compared with data, and the town of the seminar."""

PARTS: Final = (
    "people",
    "income",
    "ties",
    "traits",
    "behaviour",
    "choices",
    "organisers",
    "authority",
    "court",
    "police",
    "press",
)
"""The parts of a scenario that have parameters, but for districts and sites."""


@cache
def _rows() -> tuple[parameter_table.Row, ...]:
    return tuple(parameter_table.table([load_scenario(name) for name in SCENARIOS]))


def _part(part: str) -> str:
    return table(
        ("parameter", "meaning", "unit", *SCENARIOS, "range", "evidence"),
        [
            (
                f"`{row.name}`",
                row.meaning,
                row.unit,
                *("" if value is None else f"{value:.10g}" for value in row.values),
                f"{row.low:g} to {row.high:g}",
                row.source,
            )
            for row in _rows()
            if row.name.partition(".")[0] == part
        ],
    )


TABLES: Final[Mapping[str, Callable[[], str]]] = {f"parameters {part}": partial(_part, part) for part in PARTS}
