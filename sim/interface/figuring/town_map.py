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
from sim.interface.figuring import district_names, map_marks
from sim.interface.figuring.setting import Setting
from sim.interface.style import GREY, WIDTH, enlarged, page
from sim.interface.sweeping.drawings.labels import Box, Label, label_box, place_labels

__all__ = ["Ground", "town_map"]

_LARGEST: Final = 0.1
_PROHIBITED: Final = 0.028
"""Radius of the largest bubble, and of the hatching round a prohibited place, as parts of the map's width."""

_KEY: Final = 1.75
_LINE: Final = 0.14
_LETTERS: Final = 27
"""Width of the list of names, height of its lines (inches), and letters in one."""

_MARK: Final = 5.0
"""Half the width of a place's marker, points on paper."""

_FURTHER: Final = 1.3
"""How many times as far from its place a number stands as a label from a point."""

_TALLEST: Final = 4.5
_AROUND: Final = 1.3
"""Height of a panel at most, and of what stands above and below the panels, inches on paper."""

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

    @property
    def frame(self) -> Box:
        scale = 72 * self.inches / self.wide
        return Box(0, 0, self.wide * scale, (self.up[1] - self.up[0]) * scale)

    def points(self, at: tuple[float, float]) -> tuple[float, float]:
        """Where a spot is (km) in the frame, points on paper."""
        scale = 72 * self.inches / self.wide
        return (at[0] - self.across[0]) * scale, (at[1] - self.up[0]) * scale


def town_map(grounds: Sequence[Ground]) -> Figure:
    """The town, a panel a law: places by kind (marker) and capacity (size), and how many came there (bubble).

    What is ringed is designated, what is hatched prohibited, by the law of the first day. A bubble's area is the mean number of
    those who came there, over runs.

    Args:
        grounds: one, or those of A and B.
    """
    came = [_came(ground) for ground in grounds]
    inches = (WIDTH - _KEY - 0.5) / len(grounds) - 0.15
    across, up = _limits(grounds, 72 * inches)
    high_as_wide = (up[1] - up[0]) / (across[1] - across[0])
    names = _names(grounds[0].setting)
    high = max(min(inches * high_as_wide, _TALLEST), _LINE * len(names))
    figure = page(_AROUND + high, least=min(_AROUND + high, max(3.3, 1.1 + _LINE * len(names))))
    tall = min(inches * high_as_wide, _TALLEST, figure.get_figheight() / enlarged(1.0) - _AROUND)
    sheet = _Sheet(across, up, tall / high_as_wide, max((value for one in came for value in one.values()), default=0.0))
    *panels, key = figure.subplots(1, len(grounds) + 1, width_ratios=[*[inches + 0.15] * len(grounds), _KEY])
    key.axis("off")
    key.text(0, 1, "\n".join(names), transform=key.transAxes, va="top", fontsize=enlarged(7.5))
    for axes, ground, own in zip(panels, grounds, came, strict=True):
        axes.set(xlim=across, ylim=up, aspect="equal", anchor="NW", xlabel="km east of the centre")
        _panel(axes, ground, own, sheet)
        letter = f"{ground.letter}: " if ground.letter else ""
        axes.set_title("\n".join(wrap(f"{letter}{ground.title}", int(inches / 0.085))[:_TITLE]))
    panels[0].set_ylabel("km north")
    map_marks.legend(figure, {site.kind for ground in grounds for site in ground.setting.town.sites})
    for axes in panels[1:]:
        axes.tick_params(labelleft=False)
    figure.supxlabel(_told(grounds, sheet.most), fontsize=enlarged(8), color=GREY, x=0.01, ha="left")
    return figure


def _limits(grounds: Sequence[Ground], points: float) -> tuple[Span, Span]:
    """West to east and south to north of all places and districts, with room for their names; a panel is so many points wide."""
    towns = [ground.setting.town for ground in grounds]
    spots = np.array([at for town in towns for at in (*(one.at for one in town.sites), *(one.at for one in town.districts))])
    (west, south), (east, north) = spots.min(axis=0).tolist(), spots.max(axis=0).tolist()
    room = 0.12 * max(east - west, north - south, 1.0)
    names = [district_names.in_lines(part.name) for town in towns for part in town.districts]
    name = district_names.half_width(names) / points  # as a part of the width, which the room itself makes larger
    beside = max(room, name * (east - west) / (1 - 2 * name))
    return (west - beside, east + beside), (south - room, north + room)


def _came(ground: Ground) -> dict[str, float]:
    """How many came to each place a run, where anybody did."""
    sums = ground.held.groupby("site")["turnout"].sum()
    return {str(site): float(value) / ground.runs for site, value in sums.items() if value}


def _panel(axes: Axes, ground: Ground, came: dict[str, float], sheet: _Sheet) -> None:
    town = ground.setting.town
    places = Places(town, ground.setting.law)
    largest = max(site.capacity for site in town.sites)
    numbers = _numbers(axes, ground.setting, sheet)
    _districts(axes, ground.setting, sheet, numbers)
    for number, site in enumerate(town.sites):
        if value := came.get(site.name):
            map_marks.bubble(axes, site, _LARGEST * sheet.wide * math.sqrt(value / sheet.most))
        if number in places.prohibited:
            map_marks.prohibited(axes, site, _PROHIBITED * sheet.wide)
        map_marks.place(axes, site, largest)
        if number in places.designated:
            map_marks.ring(axes, site, largest)


def _names(setting: Setting) -> list[str]:
    """The names of the places with their numbers, in lines."""
    named = [
        wrap(f"{number}  {site.name}", _LETTERS, subsequent_indent="    ") for number, site in enumerate(setting.town.sites, 1)
    ]
    return [line for lines in named for line in lines]


def _districts(axes: Axes, setting: Setting, sheet: _Sheet, numbers: Sequence[Box]) -> None:
    """The names of the districts, clear of the places and their numbers."""
    town = setting.town
    names = [district_names.in_lines(part.name) for part in town.districts]
    marks = [_mark(*sheet.points(site.at)) for site in town.sites]
    shifts = district_names.heights([sheet.points(part.at) for part in town.districts], names, [*marks, *numbers])
    for district, name, shift in zip(town.districts, names, shifts, strict=True):
        text = axes.annotate(name, district.at, (0, enlarged(shift)), textcoords="offset points", ha="center", va="center")
        text.set(fontsize=enlarged(7), color="#777777", style="italic", linespacing=1.0, zorder=2.5)


def _mark(x: float, y: float) -> Box:
    return Box(x - _MARK, y - _MARK, x + _MARK, y + _MARK)


def _numbers(axes: Axes, setting: Setting, sheet: _Sheet) -> list[Box]:
    """The numbers of the places, clear of each other and of the places; what they cover, in points."""
    sites = setting.town.sites
    points = [sheet.points(site.at) for site in sites]
    numbers = [str(number) for number in range(1, len(sites) + 1)]
    labels = place_labels(points, numbers, sheet.frame)
    for site, name, one in zip(sites, numbers, labels, strict=True):
        text = axes.annotate(
            name,
            site.at,
            (enlarged(_FURTHER * one.shift[0]), enlarged(_FURTHER * one.shift[1])),
            textcoords="offset points",
            ha=one.side,
            va=one.stand,
            fontsize=enlarged(7.5),
            zorder=5,
        )
        text.set_path_effects([withStroke(linewidth=enlarged(2), foreground="white")])
    further = [Label((_FURTHER * one.shift[0], _FURTHER * one.shift[1]), one.side, one.stand) for one in labels]
    return [label_box(*of) for of in zip(points, numbers, further, strict=True)]


def _told(grounds: Sequence[Ground], most: float) -> str:
    """What stands at the foot."""
    runs = min(ground.runs for ground in grounds)
    over = f"mean of {runs:,} runs" if runs > 1 else "1 run"
    told = f"Markers: larger places hold more. Bubbles: area by those who came, {over}; the largest: {most:,.0f}"
    reformed = any(ground.setting.reforms for ground in grounds)
    return f"{told}\nRings and hatching: by the law of the first day" if reformed else told
