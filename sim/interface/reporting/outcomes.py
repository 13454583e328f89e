"""The tables of outcomes: under A, under B and the difference, or the means of one scenario."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from sim.experiment.units import CHILLED
from sim.interface.answer import SHOWN
from sim.interface.numbers import Scale
from sim.interface.reporting.grids import exact
from sim.interface.reporting.parts import Cell, Grid, Line
from sim.interface.sentences import clear, rows_by
from sim.interface.tabling import label_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["READ_BOTH", "of_effects", "of_summary"]

type Row = Mapping[str, Any]

READ_BOTH: Final = (
    "Read what took place and what did not together: a fall in unlawful events may be protest that became lawful, or protest "
    "that did not take place."
)

_ABSENT: Final = (
    "waiting_share",
    "refusal_rate",
    "called_off_after_refusal",
    "not_held_rate",
    "events_prevented",
    *CHILLED[:2],
)
"""What did not take place, which stands beside what did."""


def of_effects(effects: pd.DataFrame, pairs: int) -> list[Grid]:
    """Every indicator under A, under B, and B - A with its interval, each marked clear or not.

    Args:
        effects: of a comparison. pairs: of runs there are.
    """
    heads = ("", "A", "B", "B \N{MINUS SIGN} A", "95 % interval, paired", "")

    def line(row: Row) -> Line:
        label, unit = label_of(str(row["indicator"]))
        scale = Scale.of(unit, row["mean_a"], row["mean_b"])
        fewer = f" ({row['pairs']} pairs)" if row["pairs"] < pairs else ""
        interval = scale.interval(row["low"], row["high"])
        cells = (
            Cell(label),
            Cell(scale.value(row["mean_a"]), exact(row["mean_a"])),
            Cell(scale.value(row["mean_b"]), exact(row["mean_b"])),
            Cell(f"{scale.difference(row['difference'])}{scale.of_difference}", exact(row["difference"])),
            Cell(interval + fewer, exact(row["low"], row["high"]) if interval else ""),
            Cell(_verdict(row)),
        )
        return Line(cells, "clear" if clear(row) else "")

    return _two(effects, heads, frozenset({1, 2, 3, 4}), line, "Means under A and under B, and the paired difference", READ_BOTH)


def _verdict(row: Row) -> str:
    if math.isnan(row["low"]):
        return "one pair"
    if row["low"] == row["high"] == 0:
        return "exactly 0"
    return "clear" if clear(row) else "no clear change"


def of_summary(summary: pd.DataFrame) -> list[Grid]:
    """The mean of every indicator that has a value, with its interval and how much runs differ."""

    def line(row: Row) -> Line:
        label, unit = label_of(str(row["indicator"]))
        scale = Scale.of(unit, row["mean"])
        known = not math.isnan(row["low"])
        cells = (
            Cell(label),
            Cell(scale.value(row["mean"]), exact(row["mean"])),
            Cell(f"[{scale.value(row['low'])} to {scale.value(row['high'])}]", exact(row["low"], row["high"]))
            if known
            else Cell(""),
            Cell(scale.value(row["sd"]), exact(row["sd"]) if known else ""),
        )
        return Line(cells)

    heads = ("", "mean", "95 % interval", "sd of runs")
    return _two(summary[summary["runs"] > 0], heads, frozenset({1, 2, 3}), line, "Means over runs")


def _two(
    found: pd.DataFrame, heads: tuple[str, ...], numbers: frozenset[int], line: Callable[[Row], Line], title: str, note: str = ""
) -> list[Grid]:
    """The indicators that are looked at first, by group; and all others, folded away."""
    rows = rows_by(found, "indicator")
    lines: list[Line] = []
    for group, names in _groups():
        present = [name for name in names if name in rows]
        if present:
            lines.append(Line((Cell(group),), "group"))
        lines += [line(rows.pop(name)) for name in present]
    grids = [Grid(title, heads, tuple(lines), numbers, note)]
    if rows:
        others = tuple(line(row) for row in rows.values())
        grids.append(Grid(f"{len(others)} further indicators", heads, others, numbers, folded=True))
    return grids


def _groups() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The groups that are printed, with a second one for what did not take place."""
    for place, (group, names) in enumerate(SHOWN.items()):
        own = tuple(name for name in names if name not in _ABSENT)
        if place:
            yield group, own
        else:
            yield "What took place", own
            yield "What did not take place", _ABSENT
