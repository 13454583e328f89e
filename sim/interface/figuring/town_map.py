"""The map: districts, places where people assemble, what the law says of them, and how many came there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from sim.institutions.places import Places
from sim.interface.figuring import map_marks
from sim.interface.figuring.setting import Setting
from sim.interface.style import GREY, WIDTH, enlarged, page
from sim.interface.sweeping.drawings.labels import Box, place_labels

__all__ = ["Ground", "town_map"]

_LARGEST: Final = 0.1
_PROHIBITED: Final = 0.028
"""Radius of the largest bubble, and of the hatching round a prohibited place, as parts of the map's width."""

_KEY: Final = 1.75
_LINE: Final = 0.14
_LETTERS: Final = 27
"""Width of the list of names, height of its lines (inches), and letters in one."""

_TITLE: Final = 2
"""Lines of a panel's title."""

type Span = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A town under a law, and what was held in it.

    Attributes:
        title: of the scenario. letter: A or B, or nothing. setting: its town and laws.
        held: assemblies that were held, of all runs (table of assemblies). runs: how many.
    """

    title: str
    letter: str
    setting: Setting
    held: pd.DataFrame
    runs: int


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the panels share: from where to where they go, km; how wide they are, inches; and the most that came to a place."""

    across: Span
    up: Span
    inches: float
    most: float

    @property
    def wide(self) -> float:
        return self.across[1] - self.across[0]


def town_map(grounds: Sequence[Ground]) -> Figure:
    """The town, a panel a law: places by kind (marker) and capacity (size), and how many came there (bubble).

    What is ringed is designated, what is hatched prohibited, by the law of the first day. A bubble's area is the mean number of
    those who came there, over runs.

    Args:
        grounds: one, or those of A and B.
    """
    came = [_came(ground) for ground in grounds]
    across, up = _limits(grounds)
    inches = (WIDTH - _KEY - 0.5) / len(grounds) - 0.15
    sheet = _Sheet(across, up, inches, max((value for one in came for value in one.values()), default=0.0))
    tall = min(inches * (up[1] - up[0]) / sheet.wide, 4.5)
    names = _names(grounds[0].setting)
    high = max(tall, _LINE * len(names))
    figure = page(1.3 + high, least=min(1.3 + high, max(3.3, 1.1 + _LINE * len(names))))
    *panels, key = figure.subplots(1, len(grounds) + 1, width_ratios=[*[inches + 0.15] * len(grounds), _KEY])
    key.axis("off")
    key.text(0, 1, "\n".join(names), transform=key.transAxes, va="top", fontsize=enlarged(7.5))
    for axes, ground, own in zip(panels, grounds, came, strict=True):
        axes.update_datalim([(across[0], up[0]), (across[1], up[1])])
        axes.set(aspect="equal", adjustable="datalim", xmargin=0, ymargin=0, xlabel="km east of the centre")
        _panel(axes, ground, own, sheet)
        letter = f"{ground.letter}: " if ground.letter else ""
        axes.set_title("\n".join(wrap(f"{letter}{ground.title}", int(inches / 0.085))[:_TITLE]))
    panels[0].set_ylabel("km north")
    map_marks.legend(figure, {site.kind for ground in grounds for site in ground.setting.town.sites})
    for axes in panels[1:]:
        axes.tick_params(labelleft=False)
    figure.supxlabel(_told(grounds, sheet.most), fontsize=enlarged(8), color=GREY, x=0.01, ha="left")
    return figure


def _limits(grounds: Sequence[Ground]) -> tuple[Span, Span]:
    """West to east and south to north, with room for names."""
    spots = np.array([site.at for ground in grounds for site in ground.setting.town.sites])
    (west, south), (east, north) = spots.min(axis=0).tolist(), spots.max(axis=0).tolist()
    room = 0.12 * max(east - west, north - south, 1.0)
    return (west - room, east + room), (south - room, north + room)


def _came(ground: Ground) -> dict[str, float]:
    """How many came to each place a run, where anybody did."""
    sums = ground.held.groupby("site")["turnout"].sum()
    return {str(site): float(value) / ground.runs for site, value in sums.items() if value}


def _panel(axes: Axes, ground: Ground, came: dict[str, float], sheet: _Sheet) -> None:
    town = ground.setting.town
    places = Places(town, ground.setting.law)
    largest = max(site.capacity for site in town.sites)
    (west, east), (south, north) = sheet.across, sheet.up
    inside = [part for part in town.districts if west < part.at[0] < east and south < part.at[1] < north]
    for district in inside:
        name = axes.text(*district.at, district.name, ha="center", va="center", zorder=1, clip_on=True)
        name.set(fontsize=enlarged(7), color="#777777", style="italic")
    for number, site in enumerate(town.sites):
        if value := came.get(site.name):
            map_marks.bubble(axes, site, _LARGEST * sheet.wide * math.sqrt(value / sheet.most))
        if number in places.prohibited:
            map_marks.prohibited(axes, site, _PROHIBITED * sheet.wide)
        map_marks.place(axes, site, largest)
        if number in places.designated:
            map_marks.ring(axes, site, largest)
    _numbers(axes, ground.setting, sheet)


def _names(setting: Setting) -> list[str]:
    """The names of the places with their numbers, in lines."""
    named = [
        wrap(f"{number}  {site.name}", _LETTERS, subsequent_indent="    ") for number, site in enumerate(setting.town.sites, 1)
    ]
    return [line for lines in named for line in lines]


def _numbers(axes: Axes, setting: Setting, sheet: _Sheet) -> None:
    """The numbers of the places, clear of each other and of the places."""
    sites = setting.town.sites
    scale = 72 * sheet.inches / sheet.wide
    points = [((site.at[0] - sheet.across[0]) * scale, (site.at[1] - sheet.up[0]) * scale) for site in sites]
    numbers = [str(number) for number in range(1, len(sites) + 1)]
    frame = Box(0, 0, sheet.wide * scale, (sheet.up[1] - sheet.up[0]) * scale)
    for site, name, one in zip(sites, numbers, place_labels(points, numbers, frame), strict=True):
        text = axes.annotate(
            name,
            site.at,
            (enlarged(1.3 * one.shift[0]), enlarged(1.3 * one.shift[1])),
            textcoords="offset points",
            ha=one.side,
            va=one.stand,
            fontsize=enlarged(7.5),
            zorder=5,
        )
        text.set_path_effects([withStroke(linewidth=enlarged(2), foreground="white")])


def _told(grounds: Sequence[Ground], most: float) -> str:
    """What stands at the foot."""
    runs = min(ground.runs for ground in grounds)
    over = f"mean of {runs:,} runs" if runs > 1 else "1 run"
    told = f"Markers: larger places hold more. Bubbles: area by those who came, {over}; the largest: {most:,.0f}"
    reformed = any(ground.setting.reforms for ground in grounds)
    return f"{told}\nRings and hatching: by the law of the first day" if reformed else told
