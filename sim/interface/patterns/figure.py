"""The figure of the battery: all patterns on one page, each on its own scale, which its band spans."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from textwrap import wrap
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from sim.experiment.battery import Battery
from sim.experiment.battery.battery import FAIL, NO_BAND, NO_VALUE, PASS, UNCLEAR
from sim.interface.patterns.answer import GROUP_TITLES
from sim.interface.patterns.telling import Row, band, interval, number, rows_of, targets_of, whose
from sim.interface.style import GREY, A, B, Look, enlarged, page
from sim.measurement.patterns import Target

__all__ = ["battery_figure", "place"]

_PAGE: Final = 7.2
"""Width, inches: a page has no room for a margin beside a table."""

_ROW: Final = (0.2, 0.238)
"""Height of a row with one city and with two, inches."""

_HEAD: Final = 1.3
"""Height of what stands above and below the rows, inches."""

_REACH: Final = 0.9
"""How far a scale goes beyond either end of the band, as a share of the band's width."""

_BAND: Final = "#D9D9D9"
_SMALL: Final = 6.8
_LETTERS: Final = 128

_MARKS: Final = {PASS: ("o", True), UNCLEAR: ("D", False), FAIL: ("X", True)}
"""Marker of each verdict, and whether it is filled: they differ without colour."""

_NAMES: Final = 0.012
_SCALE: Final = (0.292, 0.512)
_COLUMNS: Final = {"value": (0.592, "right"), "[95 %]": (0.602, "left"), "band": (0.735, "left"), "grade": (0.873, "right")}
_USE: Final = 0.892
"""Where names, scale and columns stand, in widths of the page."""

_BOTTOM: Final = 0.68
"""Height of what stands below the rows, inches."""


def place(value: float, target: Target) -> float:
    """Where a value stands on its pattern's scale: 0 and 1 are the ends of the band; by the log of it if the target says so."""
    if target.band is None:
        return math.nan
    low, high = target.band
    if target.log and low > 0:
        return (math.log(value) - math.log(low)) / (math.log(high) - math.log(low)) if value > 0 else -math.inf
    return (value - low) / (high - low)


def battery_figure(batteries: Sequence[Battery], groups: Collection[str] = (), told: Sequence[str] = ()) -> Figure:
    """All patterns that concern one city, or two: value, interval, band, grade, and what it was used for.

    Each pattern has its own scale, on which its band reaches from 0 to 1: logarithmic for counts and ratios. The verdict is told
    by the marker: a filled circle passes, a filled cross fails, a hollow diamond is unclear. What lies off the scale stands at
    its end, with an arrow.

    Args:
        batteries: one or two.
        groups: the groups of patterns that are shown; all if none is named.
        told: what is told of each city, instead of what the battery knows of it.
    """
    targets = [target for target in targets_of(batteries) if not groups or target.group in groups]
    groups = list(dict.fromkeys(target.group for target in targets))
    row = _ROW[len(batteries) > 1]
    height = _HEAD + row * len(targets) + 0.22 * len(groups)
    figure = page(height, _PAGE, None)
    axes = figure.add_axes((_SCALE[0], _BOTTOM / height, _SCALE[1] - _SCALE[0], 1.0 - _HEAD / height))
    found = [rows_of(done) for done in batteries]
    step, at, group = 0.22 / row, 0.0, ""
    ticks: list[tuple[float, str]] = []
    for target in targets:
        if target.group != group:
            group = target.group
            at -= step
            _text(axes, _NAMES, at, GROUP_TITLES[group], weight="bold")
        at -= 1.0
        ticks.append((at, f"{target.id}  {target.short}"))
        _row(axes, target, at, [rows.get(target.id) for rows in found])
    _frame(axes, at, ticks)
    _legend(figure, batteries, height, told or [whose(done) for done in batteries])
    return figure


def _frame(axes: Axes, lowest: float, ticks: Sequence[tuple[float, str]]) -> None:
    """The axes, the names of the patterns, and the heads of the columns."""
    axes.set(xlim=(-_REACH, 1.0 + _REACH), ylim=(lowest - 0.7, 0.0))
    axes.set_yticks([])
    for at, name in ticks:
        _text(axes, _NAMES, at, name)
    axes.set_xticks([0.0, 1.0], ["lower end", "upper end"], fontsize=enlarged(_SMALL))
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="x", length=enlarged(2))
    for name, (where, side) in {**_COLUMNS, "use": (_USE, "left")}.items():
        _text(axes, where, 0.0, name, weight="bold", side=side)


def _row(axes: Axes, target: Target, at: float, rows: Sequence[Row | None]) -> None:
    """One pattern: its band, and each city's value."""
    if target.band:
        axes.add_patch(Rectangle((0.0, at - 0.36), 1.0, 0.72, color=_BAND, linewidth=0, zorder=1))
        if target.centre is not None:
            centre = place(target.centre, target)
            axes.plot([centre, centre], [at - 0.36, at + 0.36], color="white", linewidth=enlarged(1.4), zorder=1.5)
        _text(axes, _COLUMNS["band"][0], at, band(target))
        _text(axes, _COLUMNS["grade"][0], at, target.grade, side="right")
    else:
        _text(axes, _COLUMNS["band"][0], at, "told only", colour=GREY)
    several = len(rows) > 1
    both = sum(row is not None for row in rows) > 1
    for row, look, above in zip(rows, (A, B), (0.22, -0.22), strict=False):
        if row is not None:
            _value(axes, target, at + (above if both else 0.0), row, look if several else None)


def _value(axes: Axes, target: Target, at: float, row: Row, look: Look | None) -> None:
    """A city's value with its interval, in the scale and as numbers."""
    colour, letter = (look.colour, f"{look.letter}   ") if look else ("black", "")
    told = {"value": letter + number(row["value"], row["unit"]), "[95 %]": interval(row)}
    for name, words in told.items():
        _text(axes, _COLUMNS[name][0], at, words, side=_COLUMNS[name][1])
    if target.band:
        _text(axes, _USE, at, str(row["use"]))
    if row["verdict"] in {NO_BAND, NO_VALUE}:
        if row["verdict"] == NO_VALUE:
            _inside(axes, at, "no value")
        return
    low, high = -_REACH, 1.0 + _REACH
    centre = place(row["value"], target)
    shown = centre if low <= centre <= high else low + 0.1 if centre < low else high - 0.1
    if not math.isnan(row["low"]):
        ends = [min(max(place(row[end], target), low), high) for end in ("low", "high")]
        axes.plot(ends, [at, at], color=colour, linewidth=enlarged(1.4), zorder=2, solid_capstyle="butt")
    marker, filled = _MARKS[row["verdict"]]
    size = 5.2 if marker == "o" else 6.2 if marker == "X" else 4.4
    face, edge = (colour, "black") if filled else ("white", colour)
    width = 0.5 if filled else 1.0
    axes.plot(
        shown,
        at,
        marker,
        color=face,
        markeredgecolor=edge,
        markersize=enlarged(size),
        markeredgewidth=enlarged(width),
        zorder=3,
        clip_on=False,
    )
    if shown != centre:
        end, arrow = (low, "<") if centre < low else (high, ">")
        axes.plot(end, at, arrow, color=colour, markersize=enlarged(3.5), clip_on=False, zorder=3)


def _inside(axes: Axes, at: float, words: str) -> None:
    axes.text(0.5, at, words, fontsize=enlarged(_SMALL - 0.6), color=GREY, ha="center", va="center", style="italic")


def _text(
    axes: Axes,
    where: float,
    at: float,
    words: str,
    *,
    side: str = "left",
    colour: str = "black",
    weight: str = "normal",
) -> None:
    """Words beside the scale: at a share of the page's width, which they begin or end at, and a height in rows."""
    axes.text(
        (where - _SCALE[0]) / (_SCALE[1] - _SCALE[0]),
        at,
        words,
        transform=axes.get_yaxis_transform(),
        fontsize=enlarged(_SMALL),
        color=colour,
        weight=weight,
        ha=side,
        va="center",
        clip_on=False,
    )


def _legend(figure: Figure, batteries: Sequence[Battery], height: float, cities: Sequence[str]) -> None:
    """Whose values they are, and what the marks mean."""
    several = len(batteries) > 1
    top = 1.0 - 0.06 / height
    lines: list[tuple[str, Look | None]] = []
    for city, look in zip(cities, (A, B), strict=False):
        told = f"{look.letter}: {city}" if several else city
        lines += [(line, look if several else None) for line in wrap(told, _LETTERS)]
    for place_, (line, of) in enumerate(lines):
        where = top - place_ * 0.15 / height
        figure.text(0.026 if of else _NAMES, where, line, fontsize=enlarged(7.4), ha="left", va="top")
        if of:
            swatch = Rectangle(
                (_NAMES, where - 0.1 / height), 0.01, 0.08 / height, facecolor=of.colour, transform=figure.transFigure
            )
            figure.add_artist(swatch)
    handles: list[Any] = [
        Line2D(
            [],
            [],
            marker=marker,
            markerfacecolor="black" if filled else "white",
            color="black",
            linewidth=enlarged(1.3),
            label=verdict,
        )
        for verdict, (marker, filled) in _MARKS.items()
    ]
    handles += [Patch(color=_BAND, label="band; white line: its centre")]
    figure.legend(
        handles=handles, loc="lower left", ncols=4, fontsize=enlarged(_SMALL), bbox_to_anchor=(0.0, 0.22 / height), borderpad=0.2
    )
    over = dict.fromkeys("runs" if len(done.runs) else "blocks of time" for done in batteries)
    foot = f"Intervals: 95 %, grouped jackknife over {' or '.join(over)}. Counts and ratios: log scales. Arrow: beyond the scale."
    figure.text(0.012, 0.08 / height, foot, fontsize=enlarged(_SMALL), color=GREY)
