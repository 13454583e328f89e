"""Epstein's civil violence: actives over time under three sets of rules, and outbursts by seed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.classics.epstein import BURST
from sim.interface.style import GREY, A, B, enlarged, page

__all__ = ["draw"]

_TITLES: Final = {"printed": "as printed: C / A", "netlogo": "NetLogo: C / A rounded down", "mesa": "Mesa: C / A to the nearest"}
_NUMBERS: Final = {"mean": "mean actives", "bursts": "outbursts", "wait": "steps between them"}


def draw(tables: Mapping[str, pd.DataFrame]) -> Figure:
    """Draw ``series`` and ``seeds``."""
    curves, seeds = tables["series"], tables["seeds"]
    figure = page(5.4)
    grid = figure.add_gridspec(4, 3, height_ratios=(1, 1, 1, 1.1))
    top = 1.15 * max(float(curves["active"].max()), 2.0 * BURST)
    first: Axes | None = None
    for row, (variant, title) in enumerate(_TITLES.items()):
        axes = figure.add_subplot(grid[row, :], sharex=first)
        first = first or axes
        _series(axes, curves[curves["variant"] == variant], top)
        axes.set_title(f"{'abc'[row]}  {title}")
        axes.tick_params(labelbottom=row == 2)
    axes.set_xlabel("Step")
    for column, (name, words) in enumerate(_NUMBERS.items()):
        _dots(figure.add_subplot(grid[3, column]), seeds[name].to_numpy(), words)
    figure.axes[3].set_title(f"d  {len(seeds)} seeds, rules: {seeds['variant'].iloc[0]}")
    return figure


def _series(axes: Axes, found: pd.DataFrame, top: float) -> None:
    """Actives, with a mark at the beginning of every outburst."""
    steps, actives = found["step"].to_numpy(), found["active"].to_numpy()
    axes.plot(steps, actives, color=A.colour, linewidth=enlarged(0.8))
    axes.axhline(BURST, color=GREY, linestyle=":", linewidth=enlarged(0.8))
    begun = np.flatnonzero((actives > BURST) & (np.concatenate([[0], actives[:-1]]) <= BURST))
    axes.plot(steps[begun], np.full(begun.size, 0.97 * top), linestyle="", marker="|", markersize=enlarged(5), color="black")
    axes.annotate(
        f"{begun.size} outburst{'' if begun.size == 1 else 's'}",
        (1.0, 1.02),
        xycoords="axes fraction",
        ha="right",
        va="bottom",
        fontsize=enlarged(8.5),
    )
    axes.set(ylim=(0, top), xlim=(0, steps[-1]), ylabel="Actives")


def _dots(axes: Axes, values: np.ndarray, words: str) -> None:
    """One dot a seed, and their mean as a line."""
    shown = values[np.isfinite(values)]
    axes.plot(
        shown,
        np.linspace(0.2, 0.8, shown.size),
        linestyle="",
        marker=B.marker,
        color=B.colour,
        markeredgecolor="black",
        markeredgewidth=enlarged(0.4),
    )
    if shown.size:
        axes.axvline(float(shown.mean()), color="black", linewidth=enlarged(1.0))
        axes.annotate(
            f"{shown.mean():.1f}",
            (float(shown.mean()), 1.0),
            xytext=(enlarged(3), enlarged(-9)),
            textcoords="offset points",
            fontsize=enlarged(8.5),
            xycoords=("data", "axes fraction"),
        )
        low, high = float(shown.min()), float(shown.max())
        spare = 0.15 * (high - low) or 1.0
        axes.set_xlim(low - spare, high + 2.0 * spare)
    axes.set(yticks=[], ylim=(0, 1), xlabel=words[0].upper() + words[1:])
    axes.spines["left"].set_visible(False)
