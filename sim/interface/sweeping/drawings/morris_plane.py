"""Elementary effects: how large they are on average, against how much they differ from place to place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.experiment.design import Design
from sim.interface.style import GREY, WIDTH, A, enlarged, page
from sim.interface.sweeping.drawings.labels import Box, place_labels
from sim.interface.sweeping.drawings.panels import panel_title, panels
from sim.interface.sweeping.drawings.words import Quantity, foot, number, uncertainty, wrapped

__all__ = ["morris_plane"]

_OF_NOISE: Final = 0.8
"""The mean size of a normal deviate, sqrt(2 / pi): where mu* of a factor without any effect lies, in parts of its noise."""


def morris_plane(design: Design, effects: pd.DataFrame, notes: Sequence[str] = ()) -> Figure:
    """A panel an outcome: mu* across, sigma upwards, both with intervals, and each factor's name beside its point.

    Args:
        design: the experiment.
        effects: the table of elementary effects (:func:`sim.experiment.sensitivity.morris_effects`).
        notes: what else stands at the foot.
    """
    across = 1 if len(design.outcomes) == 1 else 2
    down = -(-len(design.outcomes) // across)
    size = (WIDTH / across - 0.75, 2.2)
    figure = page(down * (size[1] + 0.6) + 0.75)
    made = panels(figure, len(design.outcomes), across)
    names = [factor.name for factor in design.factors]
    labels = [wrapped(factor.label, 26) for factor in design.factors]
    for place, (axes, outcome) in enumerate(zip(made, design.outcomes, strict=True)):
        rows = effects[effects["outcome"] == outcome].set_index("factor").reindex(names)
        quantity = Quantity.of(outcome, rows["mu_star"])
        _panel(axes, rows.drop(columns="outcome"), labels, quantity, size)
        panel_title(axes, place, len(made), quantity.label, size[0])
        axes.set_xlabel(
            wrapped(f"\N{GREEK SMALL LETTER MU}*: mean size of the effect, {quantity.of_difference}", 40 if across > 1 else 90)
        )
        axes.set_ylabel("\N{GREEK SMALL LETTER SIGMA}: its spread")
    seeds, paths = effects["seeds"], effects["trajectories"]
    many = int(paths.max())
    said = f"{many:,} trajector{'y' if many == 1 else 'ies'}"
    key = "Effect: of a move over a factor's whole range. Above the dashed line (\u03c3 = \u03bc*) it interacts or bends."
    if effects["noise"].notna().any():
        key += " Left of the dotted line \u03bc* is no larger than noise would make it."
    foot(figure, uncertainty((int(seeds.min()), int(seeds.max())), said), key, *notes)
    return figure


def _panel(axes: Axes, rows: pd.DataFrame, labels: Sequence[str], quantity: Quantity, size: tuple[float, float]) -> None:
    told = quantity.factor * rows.astype(np.float64)
    known = told["mu_star"].notna().to_numpy()
    if not known.any():
        axes.text(0.5, 0.5, "no trajectory has a value", ha="center", color=GREY, fontsize=enlarged(8), transform=axes.transAxes)
        axes.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[])
        return
    x, y = told["mu_star"].to_numpy(), told["sigma"].fillna(0.0).to_numpy()
    axes.hlines(y, told["mu_star_low"], told["mu_star_high"], color=GREY, linewidth=enlarged(0.9))
    axes.vlines(x, told["sigma_low"], told["sigma_high"], color=GREY, linewidth=enlarged(0.9))
    axes.plot(
        x,
        y,
        A.marker,
        color=A.colour,
        markeredgecolor="black",
        markeredgewidth=enlarged(0.4),
        markersize=enlarged(5.5),
        gid="factors",
        linestyle="none",
    )
    most_x = float(np.nanmax(told[["mu_star", "mu_star_high"]].to_numpy())) or 1.0
    most_y = float(np.nanmax(told[["sigma", "sigma_high", "mu_star"]].fillna(0.0).to_numpy())) or 1.0
    limits = (-0.05 * most_x, 1.15 * most_x), (-0.07 * most_y, 1.12 * most_y)
    axes.set(xlim=limits[0], ylim=limits[1])
    end = min(limits[0][1], limits[1][1])
    axes.plot((0, end), (0, end), color=GREY, linestyle=(0, (4, 2)), linewidth=enlarged(0.8), zorder=0, gid="equal")
    noise = _OF_NOISE * float(told["noise"].max())
    if noise > 0:
        axes.axvline(noise, color="black", linestyle=":", linewidth=enlarged(1.0), zorder=0, gid="noise")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(5, steps=(1, 2, 5, 10)))
        axis.set_major_formatter(FuncFormatter(number))
    _names(axes, told[known], [label for label, there in zip(labels, known, strict=True) if there], size)


def _names(axes: Axes, told: pd.DataFrame, labels: Sequence[str], size: tuple[float, float]) -> None:
    """Each factor's name beside its point, clear of the others and of the intervals."""
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    wide, high = 72 * size[0], 72 * size[1]

    def across(value: float) -> float:
        return (value - left) / (right - left) * wide

    def up(value: float) -> float:
        return (value - bottom) / (top - bottom) * high

    points, lines = [], []
    for row in told.fillna({"sigma": 0.0}).to_dict("records"):
        x, y = across(row["mu_star"]), up(row["sigma"])
        points.append((x, y))
        if not np.isnan([row["mu_star_low"], row["sigma_low"]]).any():
            lines.append(Box(across(row["mu_star_low"]), y - 1.5, across(row["mu_star_high"]), y + 1.5))
            lines.append(Box(x - 1.5, up(row["sigma_low"]), x + 1.5, up(row["sigma_high"])))
    placed = place_labels(points, labels, Box(0, 0, wide, high), lines)
    for label, x, y, one in zip(labels, told["mu_star"], told["sigma"].fillna(0.0), placed, strict=True):
        text = axes.annotate(
            label,
            (x, y),
            (enlarged(one.shift[0]), enlarged(one.shift[1])),
            textcoords="offset points",
            ha=one.side,
            va=one.stand,
            fontsize=enlarged(8),
        )
        text.set_path_effects([withStroke(linewidth=enlarged(2), foreground="white")])
