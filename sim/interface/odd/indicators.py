"""The indicators with their formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sim.interface.odd.markdown import plain, table
from sim.measurement import INDICATORS

__all__ = ["TABLES"]


def _indicators() -> str:
    return table(
        ("indicator", "about", "unit", "formula"),
        [(f"`{one.name}`", one.group, one.unit, plain(one.description)) for one in INDICATORS.values()],
    )


TABLES: Final[Mapping[str, Callable[[], str]]] = {"indicators": _indicators}
