"""The figure of the mean field: the map, what fines do, and towns that come near as they grow."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from sim.interface.style import GREY, A, B, enlarged, page

__all__ = ["draw"]


def draw(tables: Mapping[str, pd.DataFrame]) -> Figure:
    """The map of shares by fine, where the town ends by fine, and the engine's towns by size.

    Args:
        tables: ``map``, ``fines``, ``engine``, ``towns`` and ``jump`` of the finding.
    """
    figure = page(5.0)
    grid = figure.add_gridspec(2, 2)
    _maps(figure.add_subplot(grid[0, 0]), tables["map"])
    _towns(figure.add_subplot(grid[0, 1]), tables["towns"])
    _fines(figure.add_subplot(grid[1, :]), tables["fines"], tables["engine"], float(tables["jump"]["fine"].iloc[0]))
    return figure


def _maps(axes: Axes, maps: pd.DataFrame) -> None:
    most = 100.0 * max(0.2, min(1.0, 2.0 * float(maps.loc[maps["next"] >= maps["share"], "share"].max())))
    axes.plot([0, most], [0, most], color=GREY, linewidth=enlarged(0.8))
    looks = ((A.colour, "-"), (B.colour, (0, (4, 1.5))), ("black", (0, (1, 1))))
    for (colour, line), (fine, rows) in zip(looks, maps.groupby("fine"), strict=False):
        inside = rows[100.0 * rows["share"] <= most]
        axes.plot(100.0 * inside["share"], 100.0 * inside["next"], color=colour, linestyle=line, label=f"{fine:g}")
    axes.set(
        xlim=(0, most),
        ylim=(0, most),
        xlabel="If so many go, %",
        ylabel="so many would go, %",
        title="a  The map r \N{RIGHTWARDS ARROW} F(r)",
    )
    axes.legend(title="fine, months of income", loc="lower right", fontsize=enlarged(8), title_fontsize=enlarged(8))


def _fines(axes: Axes, fines: pd.DataFrame, engine: pd.DataFrame, jump: float) -> None:
    for column, line, called in (
        ("share", "-", "theory"),
        ("without_safety", (0, (4, 1.5)), "theory, if risk did not fall with the crowd"),
    ):
        parts = [fines] if np.isnan(jump) or column != "share" else [fines[fines["fine"] <= jump], fines[fines["fine"] > jump]]
        for place, part in enumerate(parts):
            colour = "black" if column == "share" else B.colour
            axes.plot(part["fine"], 100.0 * part[column], color=colour, linestyle=line, label=None if place else called)
    axes.plot(
        engine["fine"],
        100.0 * engine["share"],
        A.marker,
        color=A.colour,
        markeredgecolor="black",
        markeredgewidth=enlarged(0.4),
        label="engine",
    )
    if not np.isnan(jump):
        axes.axvline(jump, color=GREY, linestyle=":", linewidth=enlarged(1.0))
        axes.annotate(
            f"collapse at {jump:.2f}",
            (jump, 0.2),
            xycoords=("data", "axes fraction"),
            xytext=(enlarged(5), 0),
            textcoords="offset points",
            fontsize=enlarged(8),
        )
    top = 100.0 * max(fines["share"].max(), fines["without_safety"].max(), engine["share"].max())
    axes.set(xlabel="Fine, months of income", ylabel="Who go, %", ylim=(-0.03 * top, 1.15 * top), title="c  What a fine does")
    axes.legend(loc="center right", fontsize=enlarged(8))


def _towns(axes: Axes, towns: pd.DataFrame) -> None:
    """The mean of the towns of each size with its standard error, about the solution."""
    people = towns["people"].to_numpy(np.float64)
    solution = 100.0 * float(towns["theory"].iloc[0])
    error = 100.0 * (towns["error"] / np.sqrt(towns["towns"])).to_numpy()
    axes.fill_between(
        people, solution - 2.0 * error, solution + 2.0 * error, color="#DDDDDD", linewidth=0, label="2 standard errors"
    )
    axes.axhline(solution, color="black", label="theory")
    axes.plot(
        people,
        100.0 * towns["share"],
        A.marker,
        color=A.colour,
        markeredgecolor="black",
        markeredgewidth=enlarged(0.4),
        label="engine",
    )
    axes.set(xscale="log", xlabel="People in a town", ylabel="Who go, mean of towns, %", title="b  Ever larger towns")
    axes.xaxis.set_major_locator(FixedLocator(people.tolist()))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.legend(loc="upper right", fontsize=enlarged(8))
