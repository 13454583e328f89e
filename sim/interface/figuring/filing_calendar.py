"""The calendar of a filing: a line for each thing that was due or happened, along the days."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill, shorten
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.interface.figuring.dates import date_axis, on_axis
from sim.interface.figuring.docket import Entry, calendar_in
from sim.interface.figuring.setting import Setting
from sim.interface.style import GREY, WIDTH, A, enlarged, page

__all__ = ["filing_calendar"]

_LETTER: Final = 0.063
"""Mean width of a letter of 8 points, inches."""

_LONGEST: Final = 62
_FOOT: Final = 105
"""Letters of what happened, and in a line at the foot."""

_MOST_DAYS: Final = 130
"""Longest stretch of days in which days off are shaded: in a longer one they are too thin to be seen."""


def filing_calendar(entries: Sequence[Entry], setting: Setting, title: str, told: str) -> Figure:
    """One line a step: hollow where it was due, filled where it happened, the term between as a bar; shaded: days off.

    Args:
        entries: the docket of an assembly (:func:`sim.interface.figuring.docket.docket`).
        setting: its town and laws. title: which assembly it is. told: what stands at the foot.
    """
    figure = page(1.2 + 0.27 * len(entries))
    axes = figure.subplots()
    days = [day for entry in entries for day in (entry.due, entry.since, entry.done) if day is not None]
    first, last = min(days) - 2, max(days) + 2
    axes.set(xlim=(_at(setting, first), _at(setting, last + 1)), ylim=(-0.7, len(entries) - 0.3))
    if last - first <= _MOST_DAYS:
        _days_off(axes, setting, first, last)
    for place, entry in zip(range(len(entries) - 1, -1, -1), entries, strict=True):
        _line(axes, setting, entry, place, (first, last))
    axes.set_yticks(range(len(entries) - 1, -1, -1), [entry.what for entry in entries])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    date_axis(axes, 9)
    axes.set_title(title)
    _legend(figure, shaded=last - first <= _MOST_DAYS)
    figure.supxlabel(fill(told, _FOOT), fontsize=enlarged(8), color=GREY, x=0.01, ha="left")
    return figure


def _at(setting: Setting, day: int) -> float:
    return on_axis(setting.date(day))


def _days_off(axes: Axes, setting: Setting, first: int, last: int) -> None:
    calendar = calendar_in(setting)
    for day in range(first, last + 1):
        if not calendar.working(day):
            axes.axvspan(_at(setting, day), _at(setting, day + 1), color="#EEEEEE", linewidth=0, zorder=0)


def _due() -> dict[str, Any]:
    edge = {"markeredgecolor": "black", "markeredgewidth": enlarged(1.1)}
    return {"marker": "D", "markerfacecolor": "white", "linestyle": "none", "markersize": enlarged(6), **edge}


def _done() -> dict[str, Any]:
    edge = {"markeredgecolor": "black", "markeredgewidth": enlarged(0.4)}
    return {"marker": "o", "color": A.colour, "linestyle": "none", "markersize": enlarged(6.5), **edge}


def _line(axes: Axes, setting: Setting, entry: Entry, place: int, span: tuple[int, int]) -> None:
    """One entry; its words stand where there is more room."""
    middle = {day: _at(setting, day) + 0.5 for day in (entry.due, entry.since, entry.done) if day is not None}
    if entry.since is not None and entry.due is not None:
        axes.hlines(place, middle[entry.since], middle[entry.due], color="#AAAAAA", linewidth=enlarged(3.0), zorder=1, gid="term")
    if entry.due is not None:
        axes.plot(middle[entry.due], place, zorder=2, gid=f"due {entry.what}", **_due())
    if entry.done is not None:
        axes.plot(middle[entry.done], place, zorder=3, gid=f"done {entry.what}", **_done())
    left, right = min(middle), max(middle)
    before, after = left - span[0], span[1] - right
    rightwards = after >= before
    room = int((WIDTH - 1.1) * max(after, before) / (span[1] - span[0] + 1) / _LETTER)
    beside = len(entry.words) <= room
    from_left = rightwards if beside else True
    axes.annotate(
        shorten(entry.words, _LONGEST, placeholder=" ..."),
        (middle[right if beside and rightwards else left], place),
        (enlarged(7 if from_left else -7), 0 if beside else enlarged(2.5)),
        textcoords="offset points",
        ha="left" if from_left else "right",
        va="center" if beside else "bottom",
        fontsize=enlarged(8),
    )


def _legend(figure: Figure, *, shaded: bool) -> None:
    handles: list[Any] = [
        Line2D([], [], label="due by, or due on", **_due()),
        Line2D([], [], label="happened", **_done()),
        Line2D([], [], color="#AAAAAA", linewidth=enlarged(3.0), label="term"),
    ]
    handles += [Patch(color="#EEEEEE", label="day off")] * shaded
    figure.legend(handles=handles, loc="outside upper left", ncols=4, fontsize=enlarged(8))
