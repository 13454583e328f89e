"""Panels side by side, their axes, and the looks of lines that can be told apart without colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from sim.interface.style import WIDTH, A, B, enlarged
from sim.interface.sweeping.drawings.words import Quantity, number, wrapped

__all__ = ["LINES", "LineLook", "legend", "of_outcome", "panel_title", "panels"]


@dataclass(frozen=True, slots=True)
class LineLook:
    """How the line of one level looks: in colour, in grey, and to those who do not see some colours."""

    colour: str
    marker: str
    line: Any


LINES: Final = (
    LineLook(A.colour, A.marker, A.line),
    LineLook(B.colour, B.marker, B.line),
    LineLook("black", "D", (0, (1, 1))),
    LineLook("#56B4E9", "^", (0, (6, 1.5, 1, 1.5))),
    LineLook("#009E73", "v", (0, (8, 2))),
    LineLook("#CC79A7", "P", (0, (3, 1, 1, 1, 1, 1))),
)
"""Looks of up to six levels, the first two as those of A and B. Vermilion is not among them: it is kept for what lacks notice."""

type Floats = npt.NDArray[np.float64]

_LETTER_INCHES: Final = 0.072
"""Mean width of a letter of a legend."""

_TITLE_INCHES: Final = 0.086
"""Mean width of a letter of a title."""

_TITLE_FROM: Final = 3
"""Letters that would fit left of where a title begins, beside the labels of the axis."""


def panels(figure: Figure, count: int, columns: int, *, sharex: bool = False, sharey: bool = False) -> list[Axes]:
    """So many panels in rows of so many, from the left; those that are left empty are taken away.

    Args:
        figure: the figure. count: how many. columns: how many in a row.
        sharex, sharey: whether they share an axis.
    """
    rows = -(-count // columns)
    made = figure.subplots(rows, columns, squeeze=False, sharex=sharex, sharey=sharey)
    found = list(made.ravel())
    for place, axes in enumerate(found[:count]):
        beneath = place + columns < count
        axes.tick_params(labelbottom=not (sharex and beneath), labelleft=not (sharey and place % columns))
    for axes in found[count:]:
        axes.remove()
    return found[:count]


def panel_title(axes: Axes, place: int, of: int, text: str, inches: float, beneath: str = "") -> None:
    """Give a panel its title, with a letter if there are several (``a  Attendance``), in the lines it needs; and one beneath."""
    letter = chr(ord("a") + place) if place < 26 else f"{place + 1}"
    before = f"{letter}  " if of > 1 else ""
    letters = int(inches / _TITLE_INCHES) - _TITLE_FROM - len(before)
    axes.set_title(f"{before}{wrapped(text, letters, whole=True)}", pad=enlarged(17 if beneath else 6))
    if beneath:
        axes.annotate(
            beneath, (0, 1), (0, enlarged(4)), xycoords="axes fraction", textcoords="offset points", fontsize=enlarged(8)
        )


def of_outcome(axes: Axes, quantity: Quantity, means: Floats, ends: Floats, *, along: str = "y", ticks: int = 5) -> None:
    """The axis of an outcome: from 0 if that costs little of the room, and without ticks where a share cannot be.

    Args:
        axes: the panel. quantity: how the outcome is drawn.
        means, ends: what is drawn there, scaled; ends are those of intervals.
        along: which axis. ticks: how many, about.
    """
    everything = np.concatenate([means.ravel(), ends.ravel()])
    some = everything[np.isfinite(everything)]
    low, high = (float(some.min()), float(some.max())) if some.size else (0.0, 1.0)
    room = 0.06 * ((high - low) or abs(high) or 1.0)
    bottom, top = low - room, high + room
    if 0 <= low < 0.55 * high or low == high == 0:
        bottom = -0.03 * top
    (axes.set_ylim if along == "y" else axes.set_xlim)(bottom, top)
    axis = axes.yaxis if along == "y" else axes.xaxis
    locator = MaxNLocator(ticks, steps=(1, 2, 2.5, 5, 10))
    axis.set_major_locator(locator)
    axis.set_major_formatter(FuncFormatter(number))
    if quantity.share:
        least = -np.inf if (means < 0).any() else -1e-9
        axis.set_major_locator(FixedLocator([tick for tick in locator.tick_values(bottom, top) if least <= tick <= 100 + 1e-9]))


def legend(figure: Figure, axes: Axes, title: str, names: Sequence[str]) -> None:
    """Which look is which level, above the panels, in as many columns as there is room for."""
    handles, _ = axes.get_legend_handles_labels()
    longest = max(map(len, names))
    columns = max(1, min(len(names), int((WIDTH - 0.1) / (0.6 + _LETTER_INCHES * longest))))
    figure.legend(
        handles, names, loc="outside upper left", ncols=columns, title=title, alignment="left", title_fontsize=enlarged(8.5)
    )
