"""Dumbbells: where A and B stand, indicator by indicator, and beside that the paired difference with its interval."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.interface.numbers import Scale
from sim.interface.sentences import rows_by
from sim.interface.style import GREY, A, B, enlarged, page
from sim.measurement import INDICATORS

__all__ = ["COUNTS", "SHARES", "levels"]

COUNTS: Final = (
    "events_held",
    "attendance",
    "unique_participants",
    "mean_turnout",
    "arrests_per_1000",
    "fines_wages",
    "jail_days",
)
"""Indicators that are drawn relative to A."""

SHARES: Final = ("lawful_share_start", "lawful_share_attendance", "compliance", "refusal_rate", "not_held_rate", "overrun_rate")
"""Indicators that are drawn in per cent."""

_ROW: Final = 0.25
_WIDEST: Final = 46
"""Height of a row, inches, and letters of a scenario's title."""

type Row = Mapping[str, Any]


def levels(effects: pd.DataFrame, titles: tuple[str, str]) -> Figure:
    """Above, counts with A as 100; below, shares in per cent. At the left both means, at the right B - A in pairs of equal seeds.

    A difference whose interval covers 0 is hollow. Beside each row stand the means as numbers.

    Args:
        effects: the table of effects (:func:`sim.experiment.effects`).
        titles: what A and B are called.
    """
    told = rows_by(effects, "indicator")
    there = {name for name, row in told.items() if math.isfinite(row["difference"])}
    counts = [told[name] for name in COUNTS if name in there and told[name]["mean_a"] > 0]
    shares = [told[name] for name in SHARES if name in there]
    blocks = [(rows, relative) for rows, relative in ((counts, True), (shares, False)) if rows] or [([], True)]
    rows_in_all = sum(len(rows) for rows, _ in blocks)
    figure = page(1.15 + 0.72 * len(blocks) + _ROW * rows_in_all, least=1.0 + 0.6 * len(blocks) + 0.19 * rows_in_all)
    heights = [max(len(rows), 2) for rows, _ in blocks]
    panels = figure.subplots(len(blocks), 2, squeeze=False, sharey="row", width_ratios=(3, 2), height_ratios=heights)
    for (left, right), (rows, relative) in zip(panels, blocks, strict=True):
        _levels(left, rows, relative=relative)
        _differences(right, rows, relative=relative)
    panels[0][0].set_title("a  Means; in brackets A and B")
    panels[0][1].set_title("b  B \N{MINUS SIGN} A, paired")
    handles, _ = panels[0][0].get_legend_handles_labels()
    names = [shorten(f"{look.letter}: {title}", _WIDEST, placeholder=" ...") for look, title in zip((A, B), titles, strict=True)]
    figure.legend(handles, names, loc="outside upper left", ncols=2, columnspacing=1.2)
    pairs = min((int(row["pairs"]) for rows, _ in blocks for row in rows), default=0)
    foot = (
        f"Intervals: 95 %, simulation uncertainty over {pairs} pairs of runs, not the real world. Hollow: the interval covers 0"
    )
    figure.supxlabel(foot, fontsize=enlarged(8), color=GREY, x=0.01, ha="left")
    return figure


def _levels(axes: Axes, rows: Sequence[Row], *, relative: bool) -> None:
    places = np.arange(len(rows))[::-1]
    factors = [100.0 / row["mean_a"] if relative else 100.0 for row in rows]
    both = np.array([[row["mean_a"] * factor, row["mean_b"] * factor] for row, factor in zip(rows, factors, strict=True)])
    both = both.reshape(len(rows), 2)
    axes.hlines(places, both[:, 0], both[:, 1], color=GREY, linewidth=enlarged(1.0), zorder=1)
    for column, look in enumerate((A, B)):
        axes.plot(
            both[:, column],
            places,
            look.marker,
            color=look.colour,
            markersize=enlarged(6 - column),
            markeredgecolor="black",
            markeredgewidth=enlarged(0.4),
            gid=f"level-{look.letter}",
            label=look.letter,
            zorder=2 + column,
        )
    most = 1.08 * max(120.0 if relative else 100.0, float(both.max(initial=0.0)))
    axes.set(xlim=(-0.04 * most, most if relative else 103), ylim=(-0.6, max(len(rows), 1) - 0.4))
    axes.set(xlabel="Relative to A, which is 100" if relative else "Share, %")
    axes.set_yticks(places, [_name(row) for row in rows])
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(MaxNLocator(5, steps=(1, 2, 5, 10)))
    axes.grid(axis="x")


def _name(row: Row) -> str:
    """What a row is called, with both means as numbers."""
    indicator = INDICATORS[row["indicator"]]
    scale = Scale.of(indicator.unit, row["mean_a"], row["mean_b"])
    numbers = f"{scale.value(row['mean_a'])}, {scale.value(row['mean_b'])}".replace(" %,", ",")
    return f"{indicator.label} ({numbers})"


def _differences(axes: Axes, rows: Sequence[Row], *, relative: bool) -> None:
    axes.axvline(0, color="black", linewidth=enlarged(0.8))
    reach = [1.0]
    for place, row in zip(range(len(rows) - 1, -1, -1), rows, strict=True):
        factor = 100.0 / row["mean_a"] if relative else 100.0
        middle, low, high = (factor * row[name] for name in ("difference", "low", "high"))
        clear = low > 0 or high < 0
        if not math.isnan(low):
            axes.hlines(place, low, high, color="black", linewidth=enlarged(1.3))
        face = "black" if clear else "white"
        axes.plot(middle, place, "D", color=face, markeredgecolor="black", markersize=enlarged(4.6), gid=row["indicator"])
        reach += [abs(value) for value in (middle, low, high) if not math.isnan(value)]
    axes.set(xlim=(-1.12 * max(reach), 1.12 * max(reach)), xlabel="% of A's mean" if relative else "Points")
    axes.xaxis.set_major_locator(MaxNLocator(5, symmetric=True))
    axes.xaxis.set_major_formatter(FuncFormatter(_signed))
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")


def _signed(value: float, _place: object = None) -> str:
    return f"{value:+,.10g}".replace("-", "\N{MINUS SIGN}") if value else "0"
