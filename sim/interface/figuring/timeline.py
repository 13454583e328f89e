"""The timeline: every assembly of a run by day, turnout and legal status, with what happened around it."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import fill, shorten
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from sim.interface.figuring.dates import date_axis, on_axis
from sim.interface.figuring.setting import Setting
from sim.interface.figuring.statuses import STATUSES, statuses
from sim.interface.style import GREY, WIDTH, enlarged, page

__all__ = ["OneRun", "timeline"]

_NOT_HELD: Final = 0.62
"""Where assemblies stand that were planned and not held, persons: below any turnout."""

_CLOSE: Final = 0.025
"""Events nearer than so much of the axis have their numbers on either side."""

_FOOT: Final = 105
_MOST_LINES: Final = 5
"""Letters in a line at the foot, and lines."""


@dataclass(frozen=True, slots=True, eq=False)
class OneRun:
    """A run in a figure.

    Attributes:
        title: what it is called. letter: A or B, or nothing. seed: of the run.
        setting: for shocks, reforms, emergencies and thresholds.
        assemblies: its rows of the table of assemblies.
    """

    title: str
    letter: str
    seed: int
    setting: Setting
    assemblies: pd.DataFrame


def timeline(runs: Sequence[OneRun]) -> Figure:
    """Assemblies by day and turnout (log), marker and colour by legal status; one panel a run.

    Dashed: the threshold of the law in force. Vertical lines: shocks (dotted) and reforms (solid); grey: states of
    emergency. Bars at the foot are assemblies that were planned and not held.

    Args:
        runs: one, or those of A and B with the same seed.
    """
    figure = page(1.3 + 2.0 * len(runs), least=1.2 + 1.2 * len(runs))
    panels = figure.subplots(len(runs), 1, sharex=True, sharey=True, squeeze=False)[:, 0]
    top = max([300, *(int(run.assemblies["turnout"].max()) for run in runs if len(run.assemblies))])
    for axes, run in zip(panels, runs, strict=True):
        _panel(axes, run, top, _numbered(runs))
    date_axis(panels[-1])
    _legend(figure)
    told = [f"One run{' of each law' if len(runs) > 1 else ''}, seed {runs[0].seed}: an example, not an average"]
    told += fill("; ".join(f"{number}: {title}" for (_, title), number in _numbered(runs).items()), _FOOT).splitlines()
    figure.supxlabel("\n".join(told[:_MOST_LINES]), fontsize=enlarged(8), color=GREY, x=0.01, ha="left")
    return figure


def _numbered(runs: Sequence[OneRun]) -> dict[tuple[datetime.date, str], int]:
    """The shocks and reforms of all runs, by date, each with its number."""
    events = {event for run in runs for event, _ in _events(run.setting)}
    return {event: number for number, event in enumerate(sorted(events), 1)}


def _events(setting: Setting) -> list[tuple[tuple[datetime.date, str], str]]:
    """The shocks and reforms of a run, each with its date, its title and its line."""
    found = [((shock.date, shock.title), ":") for shock in setting.shocks]
    found += [((reform.date, reform.title), "-") for reform in setting.reforms]
    return [(event, line) for event, line in found if event[0] >= setting.about.start]


def _panel(axes: Axes, run: OneRun, top: float, numbers: Mapping[tuple[datetime.date, str], int]) -> None:
    first = run.setting.about.start
    ends = [first - datetime.timedelta(4), first + datetime.timedelta(run.setting.about.days + 3)]
    axes.set(yscale="log", ylim=(0.45, 5.0 * top), xlim=(on_axis(ends[0]), on_axis(ends[1])), ylabel="Turnout")
    axes.yaxis.set_major_locator(LogLocator(10, numticks=8))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    _around(axes, run.setting, numbers)
    for term in run.setting.terms():
        threshold = term.law.threshold_value
        if not threshold:
            continue
        begin, end = (on_axis(run.setting.date(day)) for day in (term.first, term.end))
        axes.hlines(
            threshold, begin, end, color="black", linestyle=(0, (4, 2)), linewidth=enlarged(0.9), gid=f"threshold-{threshold}"
        )
        axes.annotate(
            f"threshold {threshold:,}",
            (end, threshold),
            (enlarged(-2), enlarged(2)),
            textcoords="offset points",
            ha="right",
            fontsize=enlarged(8),
        )
    held = run.assemblies[run.assemblies["fate"] == "held"]
    which = statuses(held)
    for place, status in enumerate(STATUSES):
        own = held[which == place]
        if len(own):
            axes.plot(_days(own), own["turnout"], gid=status.name, zorder=3 + 0.1 * place, **status.mark())
    missed = run.assemblies[(run.assemblies["fate"] != "held") & (run.assemblies["strategy"] != "phantom")]
    if len(missed):
        axes.plot(
            _days(missed),
            np.full(len(missed), _NOT_HELD),
            linestyle="none",
            marker="|",
            color=GREY,
            markersize=enlarged(6),
            markeredgewidth=enlarged(0.8),
            gid="not held",
        )
    counted = f"{len(held):,} held, {len(missed):,} planned and not held"
    letter = f"{run.letter}: " if run.letter else ""
    room = int(WIDTH / 0.086) - len(counted)
    axes.set_title(f"{letter}{shorten(run.title, room, placeholder=' ...')}")
    axes.set_title(counted, loc="right", fontsize=enlarged(8), fontweight="normal")


def _days(rows: pd.DataFrame) -> list[float]:
    return [on_axis(date) for date in rows["date"]]


def _around(axes: Axes, setting: Setting, numbers: Mapping[tuple[datetime.date, str], int]) -> None:
    """Shocks and reforms with their numbers, which the foot explains, and states of emergency."""
    first, last = axes.get_xlim()
    events = sorted(_events(setting))
    places = [on_axis(event[0]) for event, _ in events] + [math.inf]
    for (event, line), at, following in zip(events, places, places[1:], strict=False):
        leftwards = 0 < following - at < _CLOSE * (last - first)
        axes.axvline(at, color=GREY, linestyle=line, linewidth=enlarged(0.9), zorder=1, gid=f"event {event[1]}")
        axes.annotate(
            str(numbers[event]),
            (at, 1.0),
            (enlarged(-2 if leftwards else 2), enlarged(-1)),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="right" if leftwards else "left",
            va="top",
            fontsize=enlarged(8),
        )
    for state in setting.emergencies:
        end = state.until + datetime.timedelta(1)
        axes.axvspan(on_axis(state.since), on_axis(end), color="#DDDDDD", linewidth=0, zorder=0, gid="emergency")


def _legend(figure: Figure) -> None:
    handles = [Line2D([], [], label=status.name, **status.mark()) for status in STATUSES]
    bar: dict[str, Any] = {
        "marker": "|",
        "color": GREY,
        "linestyle": "none",
        "markersize": enlarged(6),
        "markeredgewidth": enlarged(0.8),
    }
    handles.append(Line2D([], [], label="planned, not held", **bar))
    figure.legend(
        handles=handles,
        loc="outside upper left",
        ncols=3,
        fontsize=enlarged(8),
        handletextpad=0.2,
        columnspacing=1.2,
        borderpad=0.1,
    )
