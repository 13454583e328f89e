"""Pictures of a run at the end of a day: the map, every assembly so far, and what adds up."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from textwrap import wrap
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from sim.institutions.places import Places
from sim.interface.figuring import map_marks
from sim.interface.figuring.dates import date_axis, on_axis
from sim.interface.figuring.statuses import STATUSES, statuses
from sim.interface.figuring.timeline import OneRun, timeline
from sim.interface.style import GREY, Style, enlarged, page, rendered, styled
from sim.interface.sweeping.drawings.labels import Box, place_labels
from sim.interface.watching.seen import Seen

__all__ = ["assemblies_so_far", "drawn", "map_of_day", "sums"]

SCREEN: Final = Style("screen", 6.3, None, 9.0, 1.4, 144)
"""Pictures beside each other in a browser, which makes them as wide as there is room."""

_WIDE: Final = 6.3
_NARROW: Final = 4.4
"""Width of pictures, inches on paper."""

_ROOM: Final = 3.5
_TALL: Final = 3.3
_KEY: Final = 2.1
_LETTERS: Final = 31
"""Width and height of the map itself, width of the list of places beside it (inches on paper), and letters in a line of that."""

_LARGEST: Final = 0.07
_PROHIBITED: Final = 0.024
_APART: Final = 0.035
"""Radius of the largest bubble and of the hatching round a prohibited place, and how far assemblies at one place stand from
it, as parts of the map's width."""

_LEAST_MOST: Final = 100.0
"""The largest bubble is that of the largest assembly so far, persons, or of this many if there was none so large."""

_TOLD: Final = "Marks of the day: status as below.\nBubbles: area by those who came."
"""What stands beside the map."""

_drawing = threading.Lock()
"""Matplotlib's settings belong to the process: pictures of several visitors are drawn one after the other."""


def drawn(make: Callable[[], Figure], title: str) -> str:
    """A picture as SVG.

    Args:
        make: draws it. title: what it shows.
    """
    with _drawing, styled(SCREEN):
        return rendered(make(), "picture", title, "protestlaw app --watch", formats=("svg",))["picture.svg"].decode()


def assemblies_so_far(seen: Seen) -> Figure:
    """The timeline of the run until now."""
    return timeline([OneRun("Turnout of each assembly so far", "", seen.seed, seen.setting, seen.assemblies)])


# -- the map ---------------------------------------------------------------------------------------------------------------


def map_of_day(seen: Seen) -> Figure:
    """Districts, places with their numbers, what the law in force says of them, and the assemblies of the day.

    A bubble's area is turnout; the mark in it is the legal status; a bar is what was planned and not held.
    """
    town = seen.setting.town
    across, up = _limits(seen)
    wide = across[1] - across[0]
    high = _TALL + 0.95
    figure = page(high, _WIDE, layout=None)
    axes = figure.add_axes((0.62 / _WIDE, 0.42 / high, _ROOM / _WIDE, _TALL / high))
    axes.set(xlim=across, ylim=up, aspect="equal", xlabel="km east of the centre", ylabel="km north")
    for grid in (axes.xaxis, axes.yaxis):
        grid.set_major_locator(MaxNLocator(6))
    figure.text(1 - _KEY / _WIDE, (0.42 + _TALL) / high, "\n".join(_names(seen)), va="top", fontsize=enlarged(8))
    figure.text(1 - _KEY / _WIDE, 0.03, _TOLD, va="bottom", fontsize=enlarged(8), color=GREY)
    places, largest = Places(town, seen.law), max(site.capacity for site in town.sites)
    for district in town.districts:
        name = axes.text(*district.at, district.name, ha="center", va="center", zorder=1, clip_on=True)
        name.set(fontsize=enlarged(8), color="#777777", style="italic")
    for number, site in enumerate(town.sites):
        if number in places.prohibited:
            map_marks.prohibited(axes, site, _PROHIBITED * wide)
        map_marks.place(axes, site, largest)
        if number in places.designated:
            map_marks.ring(axes, site, largest)
    _numbers(axes, seen, wide)
    _assemblies(axes, seen, wide)
    map_marks.legend(figure, {site.kind for site in town.sites})
    return figure


def _limits(seen: Seen) -> tuple[tuple[float, float], tuple[float, float]]:
    """West to east and south to north: all places, with room for bubbles, in the proportions of the picture."""
    spots = np.array([site.at for site in seen.setting.town.sites])
    (west, south), (east, north) = spots.min(axis=0).tolist(), spots.max(axis=0).tolist()
    span = 1.26 * max(east - west, (north - south) * _ROOM / _TALL, 1.0)
    middle = (west + east) / 2, (south + north) / 2
    tall = span * _TALL / _ROOM
    return (middle[0] - span / 2, middle[0] + span / 2), (middle[1] - tall / 2, middle[1] + tall / 2)


def _names(seen: Seen) -> list[str]:
    """The names of the places with their numbers, in lines."""
    named = enumerate(seen.setting.town.sites, 1)
    return [line for number, site in named for line in wrap(f"{number}  {site.name}", _LETTERS, subsequent_indent="    ")]


def _numbers(axes: Axes, seen: Seen, wide: float) -> None:
    """The numbers of the places, clear of each other."""
    sites = seen.setting.town.sites
    scale = 72 * _ROOM / wide
    points = [(site.at[0] * scale, site.at[1] * scale) for site in sites]
    numbers = [str(number) for number in range(1, len(sites) + 1)]
    far = 1000 * scale
    for site, number, one in zip(sites, numbers, place_labels(points, numbers, Box(-far, -far, far, far)), strict=True):
        shift = (enlarged(1.4 * one.shift[0]), enlarged(1.4 * one.shift[1]))
        text = axes.annotate(
            number, site.at, shift, textcoords="offset points", ha=one.side, va=one.stand, fontsize=enlarged(9), zorder=7
        )
        text.set_path_effects([withStroke(linewidth=enlarged(2.5), foreground="white")])


def _assemblies(axes: Axes, seen: Seen, wide: float) -> None:
    """The assemblies of the day: at its place if it is alone there, else around it."""
    today, at = seen.today, {site.name: site for site in seen.setting.town.sites}
    most = max(_LEAST_MOST, float(seen.assemblies["turnout"].max()) if len(seen.assemblies) else 0.0)
    for name, rows in today.groupby("site", sort=False):
        site = at[str(name)]
        told = zip(rows["assembly"], rows["fate"], rows["turnout"], statuses(rows), strict=True)
        for place, (number, fate, turnout, status) in enumerate(told):
            angle = math.pi / 2 + 2 * math.pi * place / len(rows)
            apart = _APART * wide if len(rows) > 1 else 0.0
            spot = (site.at[0] + apart * math.cos(angle), site.at[1] + apart * math.sin(angle))
            if fate == "held":
                radius = _LARGEST * wide * math.sqrt(float(turnout) / most)
                map_marks.bubble(axes, site.model_copy(update={"at": spot}), radius)
                axes.plot(*spot, zorder=6, gid=f"assembly {number}", **STATUSES[status].mark())
            else:
                axes.plot(*spot, zorder=6, gid=f"assembly {number}", **_missed())


def _missed() -> dict[str, Any]:
    return {"marker": "|", "color": GREY, "linestyle": "none", "markersize": enlarged(8), "markeredgewidth": enlarged(1.2)}


# -- what adds up ----------------------------------------------------------------------------------------------------------


def sums(seen: Seen) -> Figure:
    """Filings, refusals and assemblies so far; and the mood of the town day by day."""
    figure = page(4.2, _NARROW, layout=None)
    above, below = figure.subplots(
        2, 1, sharex=True, gridspec_kw={"left": 0.13, "right": 0.95, "bottom": 0.08, "top": 0.9, "hspace": 0.38}
    )
    dates = [on_axis(date) for date in seen.counts["date"]]
    _counts(above, dates, seen.counts)
    _moods(below, dates, seen.moods)
    start = seen.setting.about.start
    below.set_xlim(on_axis(start) - 1, on_axis(seen.setting.date(seen.setting.about.days)))
    date_axis(below, most=7)
    return figure


_COUNTS: Final[tuple[tuple[str, str, Any, str], ...]] = (
    ("filings", "filed", "-", "black"),
    ("refusals", "refused", ":", "#555555"),
    ("held", "held", "--", "#009E73"),
)
_MOODS: Final[tuple[tuple[str, Any, str], ...]] = (
    ("concern", "-", "#0072B2"),
    ("anger", "--", "#B0578D"),
    ("fear", ":", "black"),
)


def _counts(axes: Axes, dates: list[float], counts: pd.DataFrame) -> None:
    handles = []
    for column, label, line, colour in _COUNTS:
        total = counts[column].cumsum().to_numpy()
        axes.step(dates, total, where="post", color=colour, linestyle=line, gid=column)
        now = int(total[-1]) if len(total) else 0
        handles.append(Line2D([], [], color=colour, linestyle=line, label=f"{label}: {now:,}"))
    axes.set(ylabel="Number")
    axes.set_ylim(0, 1.08 * max([5.0, *counts[[name for name, *_ in _COUNTS]].sum()]))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    _headed(axes, "Filings and assemblies so far", handles)


def _moods(axes: Axes, dates: list[float], moods: dict[str, tuple[float, ...]]) -> None:
    handles = []
    for mood, line, colour in _MOODS:
        axes.plot(dates, moods[mood], color=colour, linestyle=line, gid=mood)
        now = moods[mood][-1] if moods[mood] else 0.0
        handles.append(Line2D([], [], color=colour, linestyle=line, label=f"{mood}: {now:.3f}"))
    most = max(0.05, *(max(values, default=0.0) for values in moods.values()))
    least = min(0.0, *(min(values, default=0.0) for values in moods.values()))
    axes.set(ylabel="Utility", ylim=(1.08 * least - 0.02 * most, 1.08 * most))
    _headed(axes, "Mood of the town (means)", handles)


def _headed(axes: Axes, title: str, handles: list[Line2D]) -> None:
    """A title, and what the lines are beneath it, clear of them."""
    axes.set_title(title, pad=enlarged(19))
    axes.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(-0.01, 0.98),
        ncols=3,
        fontsize=enlarged(8.5),
        columnspacing=1.2,
        borderpad=0.1,
    )
