"""The figures of results: how large protests are, and how many of them are lawful."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

from sim.interface.style import GREY, A, B, enlarged, page
from sim.measurement import INDICATORS

__all__ = ["LAWFUL", "Shown", "bins_of", "lawful_shares", "size_axis", "turnouts"]

_WIDEST: Final = 90
"""Letters that fit the width of a figure."""

type Ints = npt.NDArray[np.int64]


LAWFUL: Final = ("lawful_share_start", "lawful_share_throughout", "lawful_share_attendance", "compliance")
"""The lawful shares, as indicators."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A scenario in a figure.

    Attributes:
        title: what it is called.
        assemblies: the table of assemblies of all its runs.
        years: length of all its runs together, years.
        threshold: the size at which its law changes the procedure, persons, if it does.
    """

    title: str
    assemblies: pd.DataFrame
    years: float
    threshold: int | None


def turnouts(scenarios: Sequence[Shown]) -> Figure:
    """How many came to assemblies, and how many were declared for them, with each law's threshold.

    Args:
        scenarios: one, or A and B.
    """
    figure = page(2.9)
    left, right = figure.subplots(1, 2)
    held = [one.assemblies.loc[one.assemblies["fate"] == "held", "turnout"] for one in scenarios]
    filed = [one.assemblies.loc[one.assemblies["attempts"] > 0, "declared_first"] for one in scenarios]
    anchor = next((one.threshold for one in scenarios if one.threshold), None)
    _sizes(left, scenarios, bins_of(held, anchor or 10), held)
    _sizes(right, scenarios, bins_of(filed, anchor, per_decade=8, decades=1) if anchor else bins_of(filed, 10), filed)
    left.set(title="a  Turnout", xlabel="Persons who came", ylabel="Assemblies held a year")
    where = "b  Declared size, near the threshold" if anchor else "b  Declared size"
    right.set(title=where, xlabel="Persons declared in the first filing", ylabel="Assemblies filed a year")
    if len(scenarios) > 1:
        _legend(figure, left)
    else:
        figure.suptitle(shorten(scenarios[0].title, _WIDEST, placeholder=" ..."), x=0.01, ha="left", fontsize=enlarged(9))
    return figure


def _legend(figure: Figure, axes: Axes) -> None:
    """Which scenario is A and which is B, above the panels: side by side if there is room."""
    handles, labels = axes.get_legend_handles_labels()
    short = [shorten(label, _WIDEST, placeholder=" ...") for label in labels]
    figure.legend(handles, short, loc="outside upper left", ncols=2 if sum(map(len, short)) < _WIDEST else 1)


def _sizes(axes: Axes, scenarios: Sequence[Shown], bins: Ints, sizes: Sequence[pd.Series[int]]) -> None:
    """How often sizes occur a year, by bins; a point stands in the middle of the whole numbers of its bin."""
    top = 0.0
    for one, values, look in zip(scenarios, sizes, (A, B), strict=False):
        often = np.histogram(values.to_numpy(), bins)[0] / one.years
        axes.plot(
            np.sqrt(bins[:-1] * (bins[1:] - 1)),
            often,
            color=look.colour,
            marker=look.marker,
            linestyle=look.line,
            label=f"{look.letter}: {one.title}",
            markeredgecolor="black",
            markeredgewidth=enlarged(0.4),
        )
        top = max(top, float(often.max(initial=0.0)))
    rows = len({one.threshold for one in scenarios if one.threshold})
    axes.set(ylim=(0, (1.05 + 0.15 * max(rows, 1)) * top or 1))  # above the lines there is room for the names of thresholds
    size_axis(axes, bins)
    _threshold_lines(axes, scenarios)


def size_axis(axes: Axes, bins: Ints) -> None:
    """The axis of sizes, by ratio, and that of how often they occur."""
    axes.set(xscale="log", xlim=(bins[0] * 0.8, bins[-1]))
    axes.xaxis.set_major_locator(LogLocator(10, (1.0, 2.0, 5.0) if bins[-1] / bins[0] < 300 else (1.0,)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=(1, 2, 5, 10)))


def _threshold_lines(axes: Axes, scenarios: Sequence[Shown]) -> None:
    """A line for each threshold, with whose it is, a row each above what is drawn; none for a law that has none."""
    whose: dict[int, list[str]] = {}
    for one, look in zip(scenarios, (A, B), strict=False):
        if one.threshold:
            whose.setdefault(one.threshold, []).append(look.letter)
    cover = {"facecolor": "white", "edgecolor": "none", "pad": enlarged(0.5)} if len(whose) > 1 else None  # another's line
    for row, threshold in enumerate(sorted(whose)):
        of = f" in {' and '.join(whose[threshold])}" if len(scenarios) > 1 else ""
        name = f"threshold{of}: {threshold:,}"
        low, high = axes.get_xlim()
        if low <= threshold <= high:
            axes.axvline(threshold, color="black", linestyle=":", linewidth=enlarged(1.0), gid=f"threshold-{threshold}")
        else:  # it lies beyond the sizes that are shown
            name = f"\N{LEFTWARDS ARROW} {name}" if threshold < low else f"{name} \N{RIGHTWARDS ARROW}"
        leftwards = threshold > math.sqrt(low * high)
        axes.annotate(
            name,
            (min(max(threshold, low), high), 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(enlarged(-3 if leftwards else 3), enlarged(-11 * row)),
            textcoords="offset points",
            ha="right" if leftwards else "left",
            va="top",
            fontsize=enlarged(8),
            bbox=cover,
        )


def bins_of(sizes: Sequence[pd.Series[int]], anchor: int, per_decade: int = 4, decades: float = math.inf) -> Ints:
    """Edges of bins of about equal width on a log scale, in whole persons; none is empty of numbers.

    Args:
        sizes: what is to be sorted into bins.
        anchor: a size at which a bin begins.
        per_decade: bins in each power of ten.
        decades: how far from the anchor they reach; to the least and the greatest size if nothing is said.
    """
    greatest = max((int(values.max()) for values in sizes if len(values)), default=1)
    below = math.ceil(per_decade * min(math.log10(anchor), decades))
    above = math.floor(per_decade * min(math.log10(max(greatest, anchor) / anchor), decades)) + 1
    edges = np.ceil(anchor * 10.0 ** (np.arange(-below, above + 1) / per_decade) - 1e-9)
    return np.unique(np.maximum(edges, 1)).astype(np.int64)


def lawful_shares(effects: pd.DataFrame, titles: tuple[str, str]) -> Figure:
    """How much of protest is lawful under A and under B, and beside it the paired difference with its interval.

    Args:
        effects: the table of effects (:func:`sim.experiment.effects`).
        titles: what A and B are called.
    """
    rows = effects[effects["indicator"].isin(LAWFUL)].set_index("indicator").reindex(LAWFUL).dropna(subset="difference")
    places = np.arange(len(rows))[::-1]
    figure = page(1.5 + 0.36 * max(len(rows), 2))
    left, right = figure.subplots(1, 2, sharey=True, width_ratios=(3, 2))
    left.hlines(places, 100 * rows["mean_a"], 100 * rows["mean_b"], color=GREY, linewidth=enlarged(1.0), zorder=1)
    for look, column, title in ((A, "mean_a", titles[0]), (B, "mean_b", titles[1])):
        left.plot(
            100 * rows[column],
            places,
            look.marker,
            color=look.colour,
            markersize=enlarged(6),
            markeredgecolor="black",
            markeredgewidth=enlarged(0.4),
            label=f"{look.letter}: {title}",
        )
    left.set(xlim=(-3, 103), ylim=(-0.6, len(rows) - 0.4), xlabel="Share, %", title="a  Mean of the runs")
    left.set_yticks(places, [INDICATORS[name].label for name in rows.index])
    left.tick_params(axis="y", length=0)
    left.grid(axis="x")
    _differences(right, rows, places)
    _legend(figure, left)
    figure.supxlabel(
        f"Intervals: {_rest_on(rows)}, not the real world",
        fontsize=enlarged(8),
        color=GREY,
        x=0.01,
        ha="left",
    )
    return figure


def _rest_on(effects: pd.DataFrame) -> str:
    """What intervals hold, and what they rest on."""
    pairs = f"{int(effects['pairs'].min())} pairs of runs" if len(effects) else "0 pairs of runs"
    if "draws" not in effects or not len(effects):
        return f"simulation uncertainty over {pairs}"
    return f"noise between seeds and not knowing the parameters over {int(effects['draws'].min())} draws ({pairs})"


def _differences(axes: Axes, rows: pd.DataFrame, places: npt.NDArray[np.int64]) -> None:
    """The paired differences in points; one whose interval covers 0 is drawn hollow."""
    axes.axvline(0, color="black", linewidth=enlarged(0.8))
    for place, (_, row) in zip(places, rows.iterrows(), strict=True):
        clear = row["low"] > 0 or row["high"] < 0
        if not math.isnan(row["low"]):
            axes.hlines(place, 100 * row["low"], 100 * row["high"], color="black", linewidth=enlarged(1.3))
        axes.plot(
            100 * row["difference"],
            place,
            "D",
            color="black" if clear else "white",
            markeredgecolor="black",
            markersize=enlarged(5),
        )
    widest = 100 * np.nanmax(np.abs(rows[["low", "high", "difference"]].to_numpy()), initial=0.01) * 1.15
    axes.set(xlim=(-widest, widest), xlabel="Points", title="b  B \N{MINUS SIGN} A, paired, 95 %")
    axes.xaxis.set_major_locator(MaxNLocator(5, symmetric=True))
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
