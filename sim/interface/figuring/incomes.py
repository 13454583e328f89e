"""Participation by income: who came under A and under B, or how many of each fifth came at all."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from sim.experiment.effects import mean_interval
from sim.interface.style import GREY, A, B, enlarged, hatched, page

__all__ = ["came_by_income", "crossed_by_income"]

_FIFTHS: Final = ("1", "2", "3", "4", "5")
_NAMES: Final = ("poorest\nfifth", "2", "3", "4", "richest\nfifth")
_BAR: Final = 0.36
"""Width of a bar, in fifths."""


def came_by_income(citizens: pd.DataFrame, title: str) -> Figure:
    """Of a thousand adults in each fifth of incomes: how many came to any assembly, and how many were punished.

    Args:
        citizens: the table of citizens of all runs of one scenario. title: what that is called.
    """
    rows = citizens[citizens["group"] == "income_quintile"]
    figure = page(2.7)
    left, right = figure.subplots(1, 2)
    for axes, column, head, what in (
        (left, "participants", "a  Came to any assembly", "Adults per 1,000"),
        (right, "sanctions", "b  Punished", "Punishments per 1,000 adults"),
    ):
        rate = 1000.0 * rows[column] / rows["people"]
        found = np.array([mean_interval(rate[rows["level"] == level].to_numpy(np.float64)) for level in _FIFTHS])
        axes.bar(range(5), found[:, 0], 0.6, color=A.colour, edgecolor="black", linewidth=enlarged(0.5), gid=column)
        axes.vlines(range(5), found[:, 1], found[:, 2], color="black", linewidth=enlarged(1.3))
        _fifths(axes)
        top = float(np.nanmax(found, initial=0.0))
        axes.set(title=head, ylabel=what, ylim=(0, 1.12 * top or 1.0))
    figure.suptitle(title, x=0.01, ha="left", fontsize=enlarged(9))
    _tell(figure, f"over {rows['seed'].nunique()} runs")
    return figure


def crossed_by_income(participants: pd.DataFrame, titles: tuple[str, str]) -> Figure:
    """How many of each fifth of incomes came under A and under B; and who came under one of them only.

    Args:
        participants: who came under A only, under B only and under both, by fifth
            (:func:`sim.experiment.attendance.crossings_averaged`).
        titles: what A and B are called.
    """
    table = participants[participants["quintile"].astype("str").isin(_FIFTHS)]
    mean, low, high = (
        {str(name): own.set_index(own["quintile"].astype("str"))[column].reindex(_FIFTHS).to_numpy(np.float64)
         for name, own in table.groupby("outcome")}
        for column in ("mean", "low", "high")
    )  # fmt: skip
    figure = page(3.1)
    left, right = figure.subplots(1, 2)
    at = np.arange(5.0)
    for look, outcome, shift, hatch in ((A, "only_a", -_BAR / 2, ""), (B, "only_b", _BAR / 2, hatched("/", 3))):
        came = mean["both"] + mean[outcome]
        left.bar(
            at + shift,
            came,
            _BAR,
            color=look.colour,
            edgecolor="black",
            linewidth=enlarged(0.5),
            hatch=hatch,
            label=f"{look.letter}: {titles['AB'.index(look.letter)]}",
            gid=f"came-{look.letter}",
        )
    left.set(title="a  Came to any assembly", ylabel="Adults")
    right.bar(at, -mean["only_a"], 0.6, color=A.colour, edgecolor="black", linewidth=enlarged(0.5), gid="only-A")
    right.bar(
        at, mean["only_b"], 0.6, color=B.colour, edgecolor="black", linewidth=enlarged(0.5), hatch=hatched("/", 3), gid="only-B"
    )
    right.axhline(0, color="black", linewidth=enlarged(0.8))
    right.vlines(at, low["net"], high["net"], color="black", linewidth=enlarged(1.6))
    clear = (low["net"] > 0) | (high["net"] < 0)
    for fifth, (value, sure) in enumerate(zip(mean["net"], clear, strict=True)):
        right.plot(
            fifth, value, "D", color="black" if sure else "white", markeredgecolor="black", markersize=enlarged(4.6), gid="net"
        )
    right.set(title="b  Came under one law only", ylabel="Only under A          Only under B")
    right.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):,.10g}"))
    for axes in (left, right):
        _fifths(axes)
        axes.margins(y=0.08)
    handles, names = left.get_legend_handles_labels()
    figure.legend(handles, names, loc="outside upper left", ncols=1 if sum(map(len, names)) > 78 else 2)
    _tell(
        figure,
        f"over {int(table['pairs'].max()) if len(table) else 0} pairs of runs",
        "Diamond: net change; hollow: its interval covers 0",
    )
    return figure


def _fifths(axes: Axes) -> None:
    axes.set_xticks(range(5), _NAMES)
    axes.tick_params(axis="x", length=0)
    axes.grid(axis="y")


def _tell(figure: Figure, over: str, more: str = "") -> None:
    told = [f"Bars: means. Intervals: 95 %, simulation uncertainty {over}, not the real world", *filter(None, [more])]
    figure.supxlabel("\n".join(told), fontsize=enlarged(8), color=GREY, x=0.01, ha="left")
