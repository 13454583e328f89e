"""The figure of the checks: every pattern under the posterior against its band, calibrated on and held out apart."""

from __future__ import annotations

import math
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from sim.experiment.calibration import Calibration, Goal
from sim.experiment.calibration.checking import FAIL, NO_VALUE, PASS, UNCLEAR
from sim.interface.calibration.figures import Kept
from sim.interface.style import GREY, B, enlarged, page

__all__ = ["checks", "place_in_band"]

_REACH: Final = 1.0
"""How far a scale goes beyond either end of the band, as a share of the band's width."""

_BAND: Final = "#D9D9D9"
_ROW: Final = 0.19
"""Height of a row, inches."""

_MARKS: Final = {PASS: ("o", True), UNCLEAR: ("D", False), FAIL: ("X", True)}
"""Marker of each verdict, and whether it is filled: they differ without colour."""


def place_in_band(value: float, goal: Goal) -> float:
    """Where a value stands on its pattern's scale: 0 and 1 are the ends of the band."""
    if goal.log:
        return math.log(value / goal.low) / math.log(goal.high / goal.low) if value > 0 else -math.inf
    return (value - goal.low) / (goal.high - goal.low)


def checks(done: Calibration | Kept, place: str = "") -> Figure:
    """Every pattern that has a value under the posterior: median and 90 % of draws, its band, and the shipped values' mean.

    The verdict is told by the marker: a filled circle passes, a filled cross fails, a hollow diamond is unclear.

    Args:
        done: the calibration. place: the only one that is shown; all if none is named.
    """
    goals = {goal.name: goal for goal in done.plan.goals}
    table = done.tables["checks"]
    table = table[(table["verdict"] != NO_VALUE) & ((table["place"] == place) | (not place))]
    blocks = [
        (f"{name}, {use}", rows)
        for name in dict.fromkeys(table["place"])
        for use in ("calibrated on", "held out")
        if len(rows := table[(table["place"] == name) & (table["use"] == use)])
    ]
    lines = sum(len(rows) + 1.4 for _, rows in blocks)
    figure = page(0.9 + _ROW * max(lines, 3))
    axes = figure.subplots()
    at, ticks = 0.0, []
    for title, rows in blocks:
        at -= 1.4
        axes.text(-_REACH, at, title, weight="bold", fontsize=enlarged(8), va="center")
        for row in rows.to_dict("records"):
            at -= 1.0
            goal = goals[f"{row['place']} {row['pattern']}"]
            ticks.append((at, f"{row['statistic']}  {row['pattern']} ({row['grade']})"))
            _row(axes, goal, row, at)
    axes.set(xlim=(-_REACH, 1 + _REACH), ylim=(at - 0.8, 0.0))
    axes.set_yticks([place for place, _ in ticks], [name for _, name in ticks], fontsize=enlarged(7))
    axes.set_xticks([0.0, 1.0], ["lower end of the band", "upper end"], fontsize=enlarged(7.5))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    _legend(figure)
    return figure


def _row(axes: Axes, goal: Goal, row: dict[Any, Any], at: float) -> None:
    axes.add_patch(Rectangle((0.0, at - 0.36), 1.0, 0.72, color=_BAND, linewidth=0, zorder=1))
    low, value, high = (_clipped(row[name], goal) for name in ("low", "value", "high"))
    axes.plot([low, high], [at, at], color="black", linewidth=enlarged(1.3), zorder=2, solid_capstyle="butt")
    if not math.isnan(row["shipped"]):
        small: dict[str, Any] = {"color": B.colour, "markeredgewidth": enlarged(0.4), "markersize": enlarged(3.4)}
        axes.plot(_clipped(row["shipped"], goal), at, B.marker, markeredgecolor="black", clip_on=False, **small)
    marker, filled = _MARKS[row["verdict"]]
    look: dict[str, Any] = {
        "color": "black" if filled else "white",
        "markersize": enlarged(4.8),
        "markeredgewidth": enlarged(0.9),
    }
    axes.plot(value, at, marker, markeredgecolor="black", zorder=4, clip_on=False, gid=goal.name, **look)


def _clipped(value: float, goal: Goal) -> float:
    """What lies off the scale stands at its end."""
    return min(max(place_in_band(value, goal), -_REACH), 1.0 + _REACH)


def _legend(figure: Figure) -> None:
    edge: dict[str, Any] = {"color": "black", "markeredgecolor": "black", "linestyle": "", "markersize": enlarged(5)}
    handles = [
        Patch(color=_BAND, label="band"),
        Line2D([], [], marker="o", label="90 % of draws within", **edge),
        Line2D([], [], marker="D", label="across an end", markerfacecolor="white", **edge),
        Line2D([], [], marker="X", label="outside", **edge),
        Line2D([], [], **(edge | {"marker": B.marker, "color": B.colour, "markersize": enlarged(4)}), label="shipped values"),
    ]
    figure.legend(
        handles=handles, loc="outside upper left", ncols=5, fontsize=enlarged(7.5), handletextpad=0.3, columnspacing=1.1
    )
    told = (
        "Each pattern on its own scale, which its band spans; what lies beyond stands at the end. (A) to (C): grade of the band"
    )
    figure.supxlabel(told, fontsize=enlarged(7), color=GREY, x=0.01, ha="left")
