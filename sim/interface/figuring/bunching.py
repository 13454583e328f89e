"""Bunching: sizes under a threshold, and those of the same seeds run without it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from textwrap import fill, shorten
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.interface.figures import bins_of, size_axis
from sim.interface.style import GREY, A, enlarged, page
from sim.measurement.bunching import Bunching, bunching_against, planned_sizes

__all__ = ["Pairs", "bunching_figure"]

_WIDEST: Final = 84
_FOOT: Final = 105
"""Letters in a line: of the title, and at the foot."""

_DRAWS: Final = 1000
"""Bootstrap samples of the interval."""

_WITHOUT: Final[dict[str, Any]] = {"color": "black", "linestyle": (0, (4, 1.5)), "marker": "D", "markerfacecolor": "white"}

type Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Runs under a law with a threshold, and the same seeds without it.

    Attributes:
        title: of the scenario. threshold: persons. runs: how many pairs.
        years: during which the threshold was in force, in all runs together.
        under, without: assemblies planned while it was in force (table of assemblies), with the threshold and without it.
    """

    title: str
    threshold: int
    runs: int
    years: float
    under: pd.DataFrame
    without: pd.DataFrame


def bunching_figure(pairs: Pairs) -> Figure:
    """Sizes declared near the threshold, and turnout: solid with the threshold, dashed without it.

    The first panel holds the sizes that a threshold can move (:func:`sim.measurement.bunching.planned_sizes`). What is shaded is
    the excess just below, which the foot tells as a number.
    """
    figure = page(3.2)
    left, right = figure.subplots(1, 2)
    declared = [planned_sizes(rows) for rows in (pairs.under, pairs.without)]
    came = [rows.loc[rows["fate"] == "held", "turnout"] for rows in (pairs.under, pairs.without)]
    near = bins_of(declared, pairs.threshold, per_decade=8, decades=1)
    _curves(left, near, declared, pairs)
    _curves(right, bins_of(came, pairs.threshold), came, pairs)
    left.set(
        title="a  Declared size, near the threshold", xlabel="Persons, by the first plan", ylabel="Assemblies planned a year"
    )
    right.set(title="b  Turnout", xlabel="Persons who came", ylabel="Assemblies held a year")
    _shade(left, near, declared, pairs)
    handles, labels = left.get_legend_handles_labels()
    figure.legend(
        handles,
        labels,
        loc="outside upper left",
        ncols=2,
        title=shorten(pairs.title, _WIDEST, placeholder=" ..."),
        alignment="left",
    )
    found = bunching_against(
        declared[0], declared[1], pairs.threshold, draws=_DRAWS if len(declared[0]) and len(declared[1]) else 0
    )
    told = "\n".join(fill(line, _FOOT) for line in (_mass(found), _what_is_drawn(pairs)))
    figure.supxlabel(told, fontsize=enlarged(8), color=GREY, x=0.01, ha="left")
    return figure


def _curves(axes: Axes, bins: Ints, sizes: list[Any], pairs: Pairs) -> None:
    under: dict[str, Any] = {"color": A.colour, "linestyle": A.line, "marker": A.marker}
    looks = ((f"threshold {pairs.threshold:,}", under), ("same seeds, no threshold", _WITHOUT))
    top = 0.0
    for values, (label, look), order in zip(sizes, looks, (3, 2), strict=True):
        often = np.histogram(values.to_numpy(), bins)[0] / pairs.years
        at = np.sqrt(bins[:-1] * (bins[1:] - 1))
        edge: dict[str, Any] = {"markeredgecolor": "black", "markeredgewidth": enlarged(0.5), "markersize": enlarged(4)}
        axes.plot(at, often, label=label, gid=label, zorder=order, **look, **edge)
        top = max(top, float(often.max(initial=0.0)))
    axes.set_ylim(0, 1.15 * top or 1.0)
    size_axis(axes, bins)
    axes.axvline(pairs.threshold, color="black", linestyle=":", linewidth=enlarged(1.0), gid="threshold")


def _shade(axes: Axes, bins: Ints, sizes: list[Any], pairs: Pairs) -> None:
    """The excess in the bins just below the threshold: the last one before it."""
    last = int(np.searchsorted(bins, pairs.threshold)) - 1
    if last < 0:
        return
    inside = [float(((values >= bins[last]) & (values < bins[last + 1])).sum()) / pairs.years for values in sizes]
    axes.fill_between(
        [float(bins[last]), float(bins[last + 1])], inside[1], inside[0], color="#BBBBBB", linewidth=0, zorder=1, gid="excess"
    )


def _mass(found: Bunching) -> str:
    """The excess as a number, or that there is none to be told."""
    if math.isnan(found.mass):
        return "Too few sizes to tell whether they bunch below the threshold"
    low, high = found.window
    share = f"{100 * found.mass:+.1f} points [{100 * found.low:+.1f} to {100 * found.high:+.1f}]"
    told = f"Sizes {low:,.0f} to {high - 1:,.0f}: {share} of all sizes more than without the threshold (95 %)"
    return told.replace("+-", "-").replace("-", "\N{MINUS SIGN}")


def _what_is_drawn(pairs: Pairs) -> str:
    runs = f"the same {pairs.runs:,} seeds" if pairs.runs > 1 else "the same seed"
    return (
        f"No threshold: {runs} run again for this figure; what is owed below the threshold is then owed at any size, all else is "
        "equal. Not the real world"
    )
