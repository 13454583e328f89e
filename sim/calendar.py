"""The calendar: days of a run, weekends, public holidays, and the arithmetic of legal terms.

Days of a run are whole numbers from 0 (the first day). Public holidays come from the ``holidays`` library. How a term is counted:

* working days: the day a term runs from is not counted; a term that ends on a day off ends on the working day before.
  ``back(d, 5 working days)`` is the last day after which five working days remain, up to and including day ``d``.
* days: calendar days. Clear days leave out both ends. Hours are rounded up to days, since a step of the model is a day.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["Calendar"]

_MARGIN_YEARS: Final = 1
"""Years of holidays known on either side of a run, for terms that reach over its ends."""


class Calendar:
    """Days of a run as dates, and legal terms counted on them.

    Args:
        start: date of day 0.
        days: length of the run in days.
        country: ISO 3166 code whose public holidays are kept (``KZ``).
        subdivision: state or city with holidays of its own (``BE`` for Berlin).
        extra: further days off.
    """

    def __init__(
        self,
        start: datetime.date,
        days: int,
        country: str | None = None,
        subdivision: str | None = None,
        extra: Iterable[datetime.date] = (),
    ) -> None:
        self.start, self.days = start, days
        years = range(start.year - _MARGIN_YEARS, (start + datetime.timedelta(days)).year + _MARGIN_YEARS + 1)
        off = set(extra)
        if country is not None:
            import holidays

            off |= set(holidays.country_holidays(country, subdiv=subdivision, years=years))
        self.holidays = tuple(sorted(off))
        self._busy = np.busdaycalendar(holidays=np.array(self.holidays, dtype="datetime64[D]"))
        self._zero = np.datetime64(start, "D")
        self._working: dict[int, bool] = {}
        self._shifted: dict[tuple[int, int], int] = {}

    def date(self, day: int) -> datetime.date:
        """The date of a day."""
        return self.start + datetime.timedelta(day)

    def day(self, date: datetime.date) -> int:
        """The day of a date."""
        return (date - self.start).days

    def weekday(self, day: int) -> int:
        """0 for Monday to 6 for Sunday."""
        return (self.start.weekday() + day) % 7

    def working(self, day: int) -> bool:
        """Whether people work on a day: no weekend, no public holiday."""
        if day not in self._working:
            self._working[day] = bool(np.is_busday(self._zero + np.timedelta64(day, "D"), busdaycal=self._busy))
        return self._working[day]

    def working_days(self, first: int, end: int) -> npt.NDArray[np.bool_]:
        """For each day from ``first`` to ``end - 1``, whether people work."""
        days = self._zero + np.arange(first, end).astype("timedelta64[D]")
        return np.asarray(np.is_busday(days, busdaycal=self._busy))

    def forward(self, day: int, amount: int, unit: str) -> int:
        """The last day of a term that runs from ``day``."""
        if unit == "working days":
            return self._shift(day, amount)
        return day + _calendar_days(amount, unit)

    def back(self, day: int, amount: int, unit: str) -> int:
        """The last day on which something due a term before ``day`` is still in time."""
        if unit == "working days":
            return self._shift(day, -amount)
        return day - _calendar_days(amount, unit)

    def at_least(self, amount: int, unit: str) -> int:
        """Calendar days that a term takes at the least: exact unless it is counted in working days."""
        return amount if unit == "working days" else _calendar_days(amount, unit)

    def _shift(self, day: int, working_days: int) -> int:
        if (day, working_days) not in self._shifted:
            moved = np.busday_offset(self._zero + np.timedelta64(day, "D"), working_days, roll="backward", busdaycal=self._busy)
            self._shifted[day, working_days] = int((moved - self._zero).astype(int))
        return self._shifted[day, working_days]


def _calendar_days(amount: int, unit: str) -> int:
    if unit == "hours":
        return math.ceil(amount / 24)
    if unit == "clear days":
        return amount + 1
    if unit == "days":
        return amount
    raise ValueError(f"no unit of time is called {unit!r}")
