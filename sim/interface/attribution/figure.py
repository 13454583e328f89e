"""The figure of an attribution: what each provision contributes, the total set apart below."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final, Self

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.experiment.attributing import Attribution, Step
from sim.interface.attribution.telling import Row, letters, rows_in
from sim.interface.style import GREY, B, enlarged, page
from sim.measurement import INDICATORS

__all__ = ["Parts", "figure_of_parts", "parts_of_change"]

_ACROSS: Final = 3
"""Panels that fit beside each other."""

_GAP: Final = 0.6
"""How far the total stands from the provisions, rows."""

_BELOW: Final = 0.27
"""How far what it does last and first stand below the Shapley value, rows."""

_NAME: Final = 26
_PANEL: Final = 24
_LINE: Final = 95
"""Letters in a line: of a provision's name, of what is written at a panel of several, and above and below all of them."""

_LARGE: Final = 5.5
_SMALL: Final = 4.0
"""Sizes of marks, points."""


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What a figure of an attribution shows.

    Attributes:
        table: of the attribution. step: the name of the step in it. outcomes: which outcomes.
        laws: of each law a letter, its title, and the name it was asked for with.
        orders: how many orders of adoption were sampled; 0 if all were looked at.
    """

    table: pd.DataFrame
    step: str
    outcomes: Sequence[str]
    laws: Sequence[tuple[str, str, str]]
    orders: int

    @classmethod
    def of(cls, done: Attribution, step: Step) -> Self:
        """A step of an attribution."""
        by = letters(done.plan)
        both = ((step.a, step.between.a), (step.b, step.between.b))
        laws = [(by[name], law.regime.title, name) for name, law in both]
        return cls(done.table, step.name, done.plan.outcomes, laws, len(step.orders or ()))


def parts_of_change(done: Attribution, step: Step) -> Figure:
    """The figure of a step of an attribution (:func:`figure_of_parts`)."""
    return figure_of_parts(Parts.of(done, step))


def figure_of_parts(shown: Parts) -> Figure:
    """What each provision of a step contributes to each outcome: Shapley values with 95 % intervals, the total below.

    The provisions stand in the order of what they contribute to the first outcome. A mark whose interval covers 0 is hollow. The
    small triangles are what a provision does as the first to be adopted and as the last; where they part, it acts with others.

    Args:
        shown: what is shown.
    """
    outcomes = shown.outcomes
    order = [str(row["provision"]) for row in rows_in(shown.table, shown.step, outcomes[0])[0]]
    across = 2 if len(outcomes) == 4 else min(len(outcomes), _ACROSS)
    down = math.ceil(len(outcomes) / across)
    lines = sum(max(1, len(wrap(name, _NAME))) for name in order)
    rows = max(len(order) + 1.0 + _GAP, 0.62 * lines)
    figure = page(1.35 + down * (0.75 + 0.3 * rows), least=1.35 + down * (0.75 + 0.2 * rows))
    panels = figure.subplots(down, across, sharey=True, squeeze=False)
    for place, outcome in enumerate(outcomes):
        letter = f"{chr(ord('a') + place)}  " if len(outcomes) > 1 else ""
        _panel(panels[place // across][place % across], shown, outcome, order, letter)
        panels[place // across][place % across].xaxis.set_major_locator(MaxNLocator(9 - 2 * across, steps=(1, 2, 2.5, 5, 10)))
    for place in range(len(outcomes), down * across):
        panels[place // across][place % across].set_visible(False)
    _legend(figure, shown)
    return figure


def _panel(axes: Axes, shown: Parts, outcome: str, order: Sequence[str], letter: str) -> None:
    parts, total = rows_in(shown.table, shown.step, outcome)
    factor = 100.0 if INDICATORS[outcome].unit.startswith("share") else 1.0
    by_name = {row["provision"]: row for row in parts}
    rows = [by_name[name] for name in order]
    places = np.arange(len(rows))[::-1] + 1.0 + _GAP
    for place, row in zip(places, rows, strict=True):
        _simple(axes, row, place - _BELOW, factor)
        _mark(axes, row, place, factor, B.marker, B.colour)
    _mark(axes, total, 0.0, factor, "D", "black")
    axes.axvline(0, color="black", linewidth=enlarged(0.8), zorder=1)
    axes.axhline(0.5 + _GAP / 2, color=GREY, linewidth=enlarged(0.6))
    axes.set_yticks([*places, 0.0], [*("\n".join(wrap(name, _NAME)) for name in order), "total"])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(-0.6, places[0] + 0.6)
    label = f"{letter}{INDICATORS[outcome].label}"
    unit = "points" if factor > 1 else INDICATORS[outcome].unit
    narrow = len(shown.outcomes) > 1
    axes.set_title("\n".join(wrap(label, _PANEL if narrow else _LINE)))
    axes.set_xlabel("\n".join(wrap(f"Change, {unit}", _PANEL if narrow else _LINE)))
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: f"{value:+,.10g}".replace("-", "\N{MINUS SIGN}") if value else "0")
    )
    axes.margins(x=0.08)
    axes.grid(axis="x")


def _mark(axes: Axes, row: Row, place: float, factor: float, marker: str, colour: str) -> None:
    """A Shapley value: its interval over seeds, thin beyond that the error from sampled orders."""
    value, ends = factor * row["shapley"], [factor * row[name] for name in ("low", "high", "whole_low", "whole_high")]
    if math.isnan(value):
        return
    if not math.isnan(ends[0]):
        axes.hlines(place, ends[2], ends[3], color="black", linewidth=enlarged(0.7), zorder=2)
        axes.hlines(place, ends[0], ends[1], color="black", linewidth=enlarged(1.6), zorder=2)
    face = colour if row["clear"] else "white"
    axes.plot(
        value,
        place,
        marker,
        color=face,
        markeredgecolor="black",
        markeredgewidth=enlarged(0.8),
        markersize=enlarged(_LARGE),
        gid=row["provision"],
    )


def _simple(axes: Axes, row: Row, place: float, factor: float) -> None:
    """What a provision does as the first to be adopted, and as the last."""
    for column, marker in (("add", ">"), ("revert", "<")):
        value = factor * row[column]
        if not math.isnan(value):
            axes.plot(
                value,
                place,
                marker,
                color=GREY,
                markersize=enlarged(_SMALL),
                markeredgewidth=0,
                zorder=1.5,
                gid=f"{column} {row['provision']}",
            )


def _legend(figure: Figure, shown: Parts) -> None:
    """From which law to which, what the marks are, and what the intervals are of."""
    edge: dict[str, Any] = {"markeredgecolor": "black", "markeredgewidth": enlarged(0.8), "linestyle": ""}
    small: dict[str, Any] = {"color": GREY, "markersize": enlarged(_SMALL), "markeredgewidth": 0, "linestyle": ""}
    handles = [
        Line2D(
            [],
            [],
            marker=B.marker,
            color=B.colour,
            markersize=enlarged(_LARGE),
            label="mean over orders of adoption (Shapley)",
            **edge,
        ),
        Line2D([], [], marker=">", label="adopted first", **small),
        Line2D([], [], marker="<", label="adopted last", **small),
    ]
    figure.legend(
        handles=handles,
        loc="outside upper left",
        ncols=3,
        fontsize=enlarged(8),
        handletextpad=0.2,
        columnspacing=1.2,
        title="\n".join(_laws(shown)),
        title_fontsize=enlarged(9),
        alignment="left",
        borderpad=0.0,
    )
    seeds = int(shown.table.loc[shown.table["step"] == shown.step, "seeds"].min())
    figure.supxlabel("\n".join(_foot(seeds, shown.orders)), fontsize=enlarged(8), color=GREY, x=0.01, ha="left")


def _laws(shown: Parts) -> list[str]:
    """What the laws are called, in lines: their titles, or the names they were asked for with if these tell them apart better."""
    apart = len({title for _, title, _ in shown.laws}) == len(shown.laws)
    return [line for letter, title, name in shown.laws for line in wrap(f"{letter}: {title if apart else name}", _LINE)]


def _foot(seeds: int, orders: int) -> list[str]:
    if seeds < 2:
        return ["One seed tells nothing of chance"] if seeds else ["No seed has a value under every mixture"]
    sampled = f"; thin ends: with the error from {orders} sampled orders" if orders else ""
    told = f"95 % intervals: simulation uncertainty over {seeds} seeds, not the real world{sampled}. Hollow: they cover 0"
    return wrap(told, _LINE + 10)
