"""The calendar: days of a run, weekends, public holidays, and the arithmetic of legal terms.

Days of a run are whole numbers from 0 (the first day). Public holidays come from the ``holidays`` library. How a term is counted:

* working days: the day a term runs from is not counted; a term that ends on a day off ends on the working day before.
  ``back(d, 5 working days)`` is the last day after which five working days remain, up to and including day ``d``.
* days: calendar days. Clear days leave out both ends. Hours are rounded up to days, since a step of the model is a day.
"""

from __future__ import annotations

import datetime
import functools
import math
from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["Calendar", "calendar_of"]

_KNOWN_BEFORE, _KNOWN_AFTER = 400, 800
"""Days before and after a run whose working days are listed; the others are worked out when asked for."""

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
        self._first, end = -_KNOWN_BEFORE, days + _KNOWN_AFTER
        busy = self.working_days(self._first, end)
        self._works: list[bool] = busy.tolist()
        self._worked: list[int] = (np.flatnonzero(busy) + self._first).tolist()
        self._last: list[int] = (np.cumsum(busy) - 1).tolist()

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
        place = day - self._first
        return self._works[place] if 0 <= place < len(self._works) else bool(self.working_days(day, day + 1)[0])

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

    def _shift(self, day: int, working_days: int) -> int:
        """So many working days on from the last one that is not after a day."""
        place = day - self._first
        if 0 <= place < len(self._last) and 0 <= (found := self._last[place] + working_days) < len(self._worked):
            return self._worked[found]
        moved = np.busday_offset(self._zero + np.timedelta64(day, "D"), working_days, roll="backward", busdaycal=self._busy)
        return int((moved - self._zero).astype(int))


def _calendar_days(amount: int, unit: str) -> int:
    if unit == "hours":
        return math.ceil(amount / 24)
    if unit == "clear days":
        return amount + 1
    if unit == "days":
        return amount
    raise ValueError(f"no unit of time is called {unit!r}")


@functools.lru_cache(maxsize=32)
def calendar_of(start: datetime.date, days: int, country: str | None = None, subdivision: str | None = None) -> Calendar:
    """A :class:`Calendar`, which never changes once it is made, shared by all who ask for the same one."""
    return Calendar(start, days, country, subdivision)
