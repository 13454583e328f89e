"""Dissent under a fine: what is desired and what is done; and what the bunching estimator finds of it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.interface.style import GREY, A, B, enlarged, page

__all__ = ["draw"]


def draw(tables: Mapping[str, pd.DataFrame]) -> Figure:
    """Draw ``acts``, and ``intervals`` and ``placebo`` if the estimator could be asked."""
    estimated = "intervals" in tables
    figure = page(5.0 if estimated else 2.6)
    grid = figure.add_gridspec(2 if estimated else 1, 2)
    law = tables["law"].iloc[0]
    _acts(figure.add_subplot(grid[0, :]), tables["acts"], law)
    if estimated:
        intervals, placebo = tables["intervals"], tables["placebo"]
        below = figure.add_subplot(grid[1, 0])
        _intervals(below, intervals)
        below.set_title(f"b  Intervals: {100 * intervals['holds'].mean():.3g} % hold the excess")
        beside = figure.add_subplot(grid[1, 1])
        middle = placebo[placebo["threshold"] == intervals["threshold"].iloc[0]]
        _intervals(beside, middle)
        beside.set_title(f"c  No fine: {100 * (~middle['holds']).mean():.3g} % leave out 0")
    return figure


def _acts(axes: Axes, acts: pd.DataFrame, law: pd.Series) -> None:
    """Desires as an outline, acts as bars; the tolerance is an edge of both."""
    width = law["tolerance"] / np.ceil(law["tolerance"] / 0.02)
    bins = np.arange(0.0, 1.0 + 2.0 * width, width)
    at = bins[:-1] + width
    desire, act = (np.histogram(np.round(acts[name], 9), bins)[0] / len(acts) for name in ("desire", "act"))
    # what is exactly tolerated counts below the tolerance, where the law has it
    last = round(law["tolerance"] / width)
    exact = float((np.round(acts["act"], 9) == round(law["tolerance"], 9)).mean())
    act[last] -= exact
    act[last - 1] += exact
    axes.bar(at - width / 2.0, act, width, color=B.colour, edgecolor="black", linewidth=enlarged(0.4), label="what is done")
    axes.stairs(desire, bins, color=A.colour, linewidth=enlarged(1.6), label="what is desired")
    axes.axvline(law["tolerance"], color="black", linestyle=":", linewidth=enlarged(1.0))
    axes.annotate(
        f"tolerated: {law['tolerance']:g}",
        (law["tolerance"], 1.0),
        xycoords=("data", "axes fraction"),
        xytext=(enlarged(4), enlarged(-10)),
        textcoords="offset points",
        fontsize=enlarged(8.5),
    )
    if law["tolerance"] < law["bound"] < 1.0:
        words = "defied from" if law["fine"] == "uniform" else "the most that is done:"
        axes.axvline(law["bound"], color=GREY, linestyle="--", linewidth=enlarged(1.0))
        axes.annotate(
            f"{words} {law['bound']:.3g}",
            (law["bound"], 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(enlarged(4), enlarged(-24)),
            textcoords="offset points",
            fontsize=enlarged(8.5),
        )
    axes.set(title=f"a  A {law['fine']} fine", xlabel="Dissent", ylabel="Share of people", xlim=(0, 1))
    axes.legend(loc="upper right")


def _intervals(axes: Axes, found: pd.DataFrame) -> None:
    """One line a sample, in the order of the estimates; those that miss are thick and dark."""
    ranked = found.sort_values("mass").reset_index(drop=True)
    for holds, colour, thick in ((True, A.colour, 0.6), (False, "black", 1.6)):
        rows = ranked[ranked["holds"] == holds]
        axes.vlines(rows.index, rows["low"], rows["high"], color=colour, linewidth=enlarged(thick), alpha=0.8 if holds else 1.0)
    truth = float(ranked["truth"].iloc[0])
    axes.axhline(truth, color="black", linewidth=enlarged(2.4))
    axes.axhline(truth, color="white", linewidth=enlarged(1.2), linestyle=B.line)
    axes.plot([], [], color="black", linewidth=enlarged(2.4), label="what is there")
    axes.legend(loc="lower right")
    axes.set(xlabel="Sample, by estimate", ylabel="Excess, share of all", xlim=(-2, len(ranked) + 1))
