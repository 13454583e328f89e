"""The figure of cascades on networks: the jump comes earlier where people see fewer, and one person needs the right density."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.interface.style import GREY, A, B, enlarged, page

__all__ = ["draw"]

_LOOKS: Final = (
    ("#0072B2", "o", "-"),
    ("#E69F00", "s", (0, (4, 1.5))),
    ("#009E73", "^", (0, (1, 1))),
    ("black", "", (0, (6, 1, 1, 1))),
)


def draw(tables: Mapping[str, pd.DataFrame]) -> Figure:
    """Final shares by spread of thresholds, the place of the jump by ties, and Watts's window.

    Args:
        tables: ``curves``, ``engine``, ``jumps``, ``equal_curve``, ``equal`` and ``window`` of the finding.
    """
    figure = page(3.1)
    left, right = figure.subplots(1, 2)
    _spreads(left, tables["curves"], tables["engine"])
    _densities(right, tables["equal_curve"], tables["equal"], tables["window"])
    left.legend(loc="center right", fontsize=enlarged(8))
    right.legend(loc="center left", bbox_to_anchor=(0.16, 0.5), fontsize=enlarged(8))
    figure.supxlabel(
        "Lines: theory for very many people; points: the engine", fontsize=enlarged(8), color=GREY, x=0.01, ha="left"
    )
    return figure


def _spreads(axes: Axes, curves: pd.DataFrame, engine: pd.DataFrame) -> None:
    densest = curves["degree"].max()
    for (colour, marker, line), (degree, rows) in zip(_LOOKS, curves.groupby("degree"), strict=True):
        called = "all see all" if degree == densest else f"{degree} ties"
        dots = engine[engine["degree"] == degree]
        axes.plot(rows["spread"], 100.0 * rows["share"], color=colour, linestyle=line, label=called)
        axes.plot(
            dots["spread"],
            100.0 * dots["share"],
            marker or "none",
            color=colour,
            markeredgecolor="black",
            markeredgewidth=enlarged(0.4),
        )
    axes.set(
        xlim=(6, 22),
        ylim=(-3, 105),
        xlabel="Spread of thresholds, % of ties",
        ylabel="Who go in the end, %",
        title="a  Normal thresholds",
    )


def _densities(axes: Axes, curve: pd.DataFrame, dots: pd.DataFrame, window: pd.DataFrame) -> None:
    low, high = window["low"].iloc[0], window["high"].iloc[0]
    if not np.isnan(low):
        axes.axvspan(low, high, color="#DDDDDD", linewidth=0, zorder=0)
        axes.text((low + high) / 2.0, 6.0, "one person\nis enough", ha="center", va="bottom", fontsize=enlarged(8), color=GREY)
    for look, (start, rows) in zip((A, B), curve.groupby("start"), strict=True):
        axes.plot(rows["degree"], 100.0 * rows["share"], color=look.colour, linestyle=look.line, label=f"{start:g} % start")
        found = dots[dots["start"] == start]
        axes.plot(
            found["degree"],
            100.0 * found["share"],
            look.marker,
            color=look.colour,
            markeredgecolor="black",
            markeredgewidth=enlarged(0.4),
        )
    axes.set(
        xlim=(0, 10),
        ylim=(-3, 105),
        xlabel="Mean number of ties",
        ylabel="Who go in the end, %",
        title="b  One threshold for all",
    )
