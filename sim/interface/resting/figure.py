"""The figure of what a difference rests on: the share of each assumption, and what its variance is made of."""

from __future__ import annotations

import math
from collections.abc import Sequence
from textwrap import wrap
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator, PercentFormatter

from sim.experiment.resting.resting import MAIN, NOISE, REST
from sim.interface.resting.telling import Row, Tables, called, rows_of, scale_of
from sim.interface.style import GREY, A, enlarged, page

__all__ = ["SHOWN", "what_it_rests_on"]

SHOWN: Final = 15
"""Assumptions that are drawn on a page."""

_BAR: Final = 0.62
"""Height of a bar, rows."""

_LINE: Final = 105
"""Letters in a line below."""

_WIDEST: Final = (-0.25, 1.1)
"""Intervals that reach further are cut there, with an arrow: shares beyond 0 and 1 say only that points were few."""

_MINUS: Final = "\N{MINUS SIGN}"

_PARTS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    NOISE: ("noise between seeds", {"color": "#BBBBBB"}),
    MAIN: ("each by itself", {"color": A.colour}),
    REST: ("together or missed", {"color": "white", "hatch": "\\\\\\\\"}),
}
"""How a part of the budget is called and looks."""


def what_it_rests_on(done: Tables, outcome: str, shown: int = SHOWN) -> Figure:
    """The assumptions that the difference of an outcome rests on most, with intervals, and below what its variance is made of.

    Bars of what chance could do are hollow and hatched; diamonds are shares of ranks. Beside each bar stands the difference at
    the low and at the high end of the assumption, and an arrow where its direction is clear.

    Args:
        done: what was found. outcome: one of its outcomes. shown: how many assumptions, at most.
    """
    rows = rows_of(done, "assumptions", outcome)[:shown]
    figure = page(1.9 + 0.245 * max(len(rows), 3))
    bars, budget = figure.subplots(2, 1, height_ratios=[0.245 * max(len(rows), 3) + 0.3, 0.5])
    _ranking(bars, done, outcome, rows)
    _budget(budget, rows_of(done, "budget", outcome))
    figure.legend(
        handles=[
            Patch(facecolor=A.colour, edgecolor="black", label="more than chance could do"),
            Patch(facecolor="white", edgecolor="black", hatch="/////", label="no more than chance could do"),
            Line2D(
                [], [], marker="D", color="white", markeredgecolor="black", markersize=enlarged(4.5), label="the same of ranks"
            ),
        ],
        loc="outside upper left",
        ncols=3,
        fontsize=enlarged(8),
        title=f"{called(outcome)}: what B {_MINUS} A rests on",
        title_fontproperties={"weight": "bold", "size": enlarged(9)},
        alignment="left",
        borderpad=0.0,
    )
    figure.supxlabel("\n".join(_foot(done, outcome, shown)), fontsize=enlarged(8), color=GREY, x=0.01, ha="left")
    return figure


def _ranking(axes: Axes, done: Tables, outcome: str, rows: Sequence[Row]) -> None:
    places = np.arange(len(rows))[::-1].astype(np.float64)
    scale = scale_of(done, outcome)
    for place, row in zip(places, rows, strict=True):
        look: dict[str, Any] = {"color": A.colour} if row["named"] else {"color": "white", "hatch": "/////"}
        share = 0.0 if math.isnan(row["share"]) else row["share"]
        axes.barh(place, share, _BAR, edgecolor="black", linewidth=enlarged(0.6), gid=row["assumption"], **look)
        _interval(axes, place, row)
        if not math.isnan(row["rank_share"]):
            inside = float(np.clip(row["rank_share"], *_WIDEST))
            face = A.colour if row["named"] else "white"
            axes.plot(inside, place, "D", color=face, markeredgecolor="black", markersize=enlarged(4.5))
        ends = f"{scale.difference(row['at_low'])} \N{RIGHTWARDS ARROW} {scale.difference(row['at_high'])}".replace("-", _MINUS)
        _beside(axes, place, _arrow(row), 6)
        _beside(axes, place, ends, 18)
    _beside(axes, len(rows) + 0.1, f"B {_MINUS} A at its\nlow end \N{RIGHTWARDS ARROW} high end", 18, GREY)
    axes.axvline(0, color="black", linewidth=enlarged(0.8))
    axes.set_yticks(places, [row["assumption"] for row in rows])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.set_xlabel("Share of the variance between points, noise taken out", fontsize=enlarged(8.5))
    axes.xaxis.set_major_locator(MaxNLocator(5, steps=(1, 2, 2.5, 5, 10)))
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, 0, " %"))
    axes.grid(axis="x")


def _interval(axes: Axes, place: float, row: Row) -> None:
    """The interval of a share, with an arrow where it is cut."""
    if math.isnan(row["share_low"]):
        return
    low, high = (float(np.clip(row[end], *_WIDEST)) for end in ("share_low", "share_high"))
    axes.hlines(place, low, high, color="black", linewidth=enlarged(1.2))
    for end, at, marker in (("share_low", low, "<"), ("share_high", high, ">")):
        if row[end] != at:
            axes.plot(at, place, marker, color="black", markersize=enlarged(4), clip_on=False)


def _beside(axes: Axes, place: float, text: str, away: float, colour: str = "black") -> None:
    """Words beside a row, so many points away from the panel."""
    axes.annotate(
        text,
        (1.0, place),
        xycoords=axes.get_yaxis_transform(),
        xytext=(enlarged(away), 0),
        textcoords="offset points",
        va="center",
        fontsize=enlarged(8),
        color=colour,
        annotation_clip=False,
    )


def _arrow(row: Row) -> str:
    arrows = {"rises": "\N{NORTH EAST ARROW}", "falls": "\N{SOUTH EAST ARROW}"}
    return arrows.get(str(row["direction"]), "")


def _budget(axes: Axes, rows: Sequence[Row]) -> None:
    """One bar of three parts; what is a little below 0 is none."""
    shares = {row["part"]: max(0.0, row["share"]) for row in rows if not math.isnan(row["share"])}
    whole, left = sum(shares.values()) or 1.0, 0.0
    for part, (label, look) in _PARTS.items():
        share = shares.get(part, 0.0) / whole
        axes.barh(
            0,
            share,
            0.8,
            left=left,
            edgecolor="black",
            linewidth=enlarged(0.6),
            label=f"{label}: {100 * share:.0f} %",
            gid=part,
            **look,
        )
        left += share
    axes.set(xlim=(0, 1), ylim=(-0.5, 0.5), yticks=[0], yticklabels=["variance of one pair"])
    axes.tick_params(axis="y", length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_xticks([])
    axes.legend(
        loc="center left", bbox_to_anchor=(1.0, 0.5), fontsize=enlarged(8), handlelength=1.2, handletextpad=0.5, labelspacing=0.2
    )


def _foot(done: Tables, outcome: str, shown: int) -> list[str]:
    (sign,) = rows_of(done, "signs", outcome)
    scale = scale_of(done, outcome)
    mean = f"{scale.difference(sign['mean'])}{scale.of_difference} {scale.interval(sign['low'], sign['high'])}".replace(
        "-", _MINUS
    )
    varied = len(rows_of(done, "assumptions", outcome))
    told = (
        f"Mean of {sign['points']} points: {mean}. {varied} assumptions varied, the first {min(shown, varied)} shown. "
        "95 % intervals by bootstrap over points: of the simulation, not the real world"
    )
    return wrap(told, _LINE)
