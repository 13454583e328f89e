"""Dates along an axis."""

from __future__ import annotations

import datetime
from typing import Any

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num

__all__ = ["date_axis", "on_axis"]


def on_axis(date: datetime.date | str) -> float:
    """Where a date stands; a date of a table is text."""
    day = datetime.date.fromisoformat(date) if isinstance(date, str) else date
    return float(date2num(day))  # type: ignore[no-untyped-call]


def date_axis(axes: Axes, most: int = 13) -> None:
    """Make the axis across one of dates, with at most so many ticks."""
    locator: Any = AutoDateLocator(minticks=4, maxticks=most)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
