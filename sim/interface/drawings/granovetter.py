"""The figure of Granovetter's model: the crowd jumps with the spread of thresholds, and chance blurs the jump."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.interface.style import GREY, A, B, enlarged, page

__all__ = ["draw"]


def draw(tables: Mapping[str, pd.DataFrame]) -> Figure:
    """Rioters against the spread of thresholds, and how often most riot in crowds that are drawn.

    Args:
        tables: ``curve``, ``engine`` and ``sampled`` of the finding.
    """
    figure = page(2.9)
    left, right = figure.subplots(1, 2)
    _crowds(left, tables["curve"], tables["engine"])
    _chances(right, tables["sampled"])
    handles, labels = _both(left, right)
    figure.legend(handles, labels, loc="outside lower center", ncols=4, columnspacing=1.2, handlelength=2.2, fontsize=enlarged(8))
    return figure


def _both(left: Axes, right: Axes) -> tuple[list[Artist], list[str]]:
    (handles, labels), (more_handles, more_labels) = left.get_legend_handles_labels(), right.get_legend_handles_labels()
    return [*handles, *more_handles], [*labels, *more_labels]


def _crowds(axes: Axes, curve: pd.DataFrame, engine: pd.DataFrame) -> None:
    spread, rioters = curve["spread"].to_numpy(), curve["rioters"].to_numpy()
    place = int(np.argmax(np.diff(rioters)))
    for part in (slice(0, place + 1), slice(place + 1, None)):
        axes.plot(spread[part], rioters[part], color="black", label="r = N F(r)" if part.start == 0 else None)
    axes.vlines(spread[place], rioters[place], rioters[place + 1], color=GREY, linestyle=":", linewidth=enlarged(1.0))
    axes.annotate(
        f"jump at {spread[place + 1]:.1f},\nfrom {rioters[place]:.0f} to {rioters[place + 1]:.0f}",
        (spread[place], 45.0),
        xytext=(enlarged(6), 0),
        textcoords="offset points",
        va="center",
        fontsize=enlarged(8),
    )
    axes.plot(
        engine["spread"],
        engine["rioters"],
        A.marker,
        color=A.colour,
        markeredgecolor="black",
        markeredgewidth=enlarged(0.4),
        label="engine",
    )
    axes.set(xlim=(0, 62), ylim=(-3, 105), xlabel="Spread of thresholds, per 100", ylabel="Rioters in the end, per 100")
    axes.set_title("a  Very many people")


def _chances(axes: Axes, sampled: pd.DataFrame) -> None:
    for look, (people, rows) in zip((A, B), sampled.groupby("people"), strict=True):
        axes.plot(
            rows["spread"],
            100.0 * rows["large"],
            color=look.colour,
            marker=look.marker,
            linestyle=look.line,
            markeredgecolor="black",
            markeredgewidth=enlarged(0.4),
            label=f"{people:,} drawn",
        )
    axes.set(ylim=(-3, 105), xlabel="Spread of thresholds, per 100", ylabel="Crowds in which most riot, %")
    axes.set_title("b  Thresholds drawn by chance")
