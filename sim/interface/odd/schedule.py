"""The day as the model has it: what stands on the clock, and the parts of the step in their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sim.institutions import Authority, Court
from sim.interface.odd.markdown import first_line, table
from sim.model.model import DAWN, DAY, DESK, ProtestModel
from sim.model.planning import file

__all__ = ["AT_DAWN", "AT_DESK", "TABLES"]

AT_DAWN: Final = (
    ("reform", "another law enters into force; every plan that has met no fate comes under it (7.14)"),
    ("emergency", "a state of emergency begins, or ended the day before"),
    ("shock", "concern with an issue rises (7.3)"),
)
"""What the scenario dates, in the order in which it is done if several fall on a day (``sim/model/almanac.py``)."""

AT_DESK: Final[Mapping[str, Callable[..., object]]] = {
    "file": file,
    "answer": Authority.answer,
    "stay_silent": Authority.stay_silent,
    "hear_of_answer": ProtestModel.hear_of_answer,
    "decide": Court.decide,
}
"""What can be due at the desk, by the name under which a saved model keeps it."""


def _schedule() -> str:
    rows = [("calendar", f"day + {DAWN:g}", "`model/almanac.py`", f"{name}: {what}") for name, what in AT_DAWN]
    rows += [("desk", f"day + {DESK:g}", _place(act), f"{name}: {first_line(act)}") for name, act in AT_DESK.items()]
    rows += [(name, "day + 1", _place(part), first_line(part)) for name, part in DAY]
    return table(("part", "time on the clock", "file", "what"), rows)


def _place(act: Callable[..., object]) -> str:
    return f"`{act.__module__.removeprefix('sim.').replace('.', '/')}.py`"


TABLES: Final[Mapping[str, Callable[[], str]]] = {"schedule": _schedule}
