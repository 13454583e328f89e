"""What is known of a city's assemblies, in one layout for every estimator, whether they were simulated or really took place."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["COLUMNS", "WEEK", "Events", "Shock", "Stretch"]

WEEK: Final = 7

COLUMNS: Final = {
    "held": "whether it took place (1 or 0)",
    "one_off": "whether it is no part of a series that comes again and again (1 or 0)",
    "attended": "persons who came",
    "declared": "persons declared in the filing",
    "filed": "whether a filing was made for it beforehand (1 or 0)",
    "notice": "calendar days from the first filing to the day filed for",
    "decision_lag": "calendar days from the first filing to the decision on it; silence is no decision",
    "decision_lead": "calendar days from that decision to the day filed for",
    "answers": "filings for it that were answered, or passed over in silence",
    "refusals": "those of them that were refused, in so many words or by a silence that the law reads as refusal",
    "prohibited": "whether the last answer was a refusal in so many words (1 or 0)",
    "granted": "whether it had leave, or was not prohibited, in the end (1 or 0)",
    "unnotified": "whether it was held though nothing was filed that is usually owed (1 or 0)",
    "unauthorised": "whether something the law requires was missing when it began (1 or 0)",
    "arrests": "persons detained at it",
    "punished": "those of them who were punished",
    "intervention": "whether there were arrests or it was dispersed by force (1 or 0)",
    "officers": "police deployed",
    "critical": "whether its organiser opposes the government (1 or 0)",
    "topic": "what it is about",
}
"""What may be known of an assembly. All are numbers, NaN where unknown, but the topic, which is a word."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that were watched without a gap: a run, or what a file covers.

    Attributes:
        start: the first day. days: how many.
        settled: days from the start that say nothing about timing: in a run nothing was planned before its first day.
    """

    start: datetime.date
    days: int
    settled: int = 0

    @property
    def counted(self) -> int:
        """Days that say something about timing."""
        return max(self.days - self.settled, 0)


@dataclass(frozen=True, slots=True)
class Shock:
    """An event that raised concern with a topic."""

    date: datetime.date
    topic: str


@dataclass(frozen=True, eq=False)
class Events:
    """What is known of a city's assemblies.

    Attributes:
        table: one row an assembly: ``stretch`` (which), ``day`` (of the stretch, from 0), and all of :data:`COLUMNS`.
        stretches: the days that were watched.
        known: those of :data:`COLUMNS` that are known at all.
        inhabitants: of the city, of all ages; ``None`` if not known.
        shocks: known events that raised concern.
    """

    table: pd.DataFrame
    stretches: tuple[Stretch, ...]
    known: frozenset[str]
    inhabitants: float | None = None
    shocks: tuple[Shock, ...] = ()

    @classmethod
    def of(
        cls,
        table: pd.DataFrame,
        stretches: Sequence[Stretch],
        inhabitants: float | None = None,
        shocks: Sequence[Shock] = (),
    ) -> Events:
        """Events from a table that has ``stretch``, ``day`` and those of :data:`COLUMNS` that are known."""
        known = frozenset(COLUMNS) & frozenset(table.columns)
        columns = {"stretch": table["stretch"].to_numpy(np.int64), "day": table["day"].to_numpy(np.int64)}
        made = pd.DataFrame(columns, index=range(len(table)))
        for name in COLUMNS:
            if name == "topic":
                made[name] = table[name].to_numpy(object) if name in known else ""
            else:
                made[name] = table[name].to_numpy(np.float64) if name in known else np.nan
        return cls(made, tuple(stretches), known, inhabitants, tuple(shocks))

    @cached_property
    def held(self) -> pd.DataFrame:
        """The assemblies that took place."""
        return self.table[self.table["held"] == 1]

    @cached_property
    def timed(self) -> pd.DataFrame:
        """Those of them that took place when their stretch had settled."""
        settled = np.array([stretch.settled for stretch in self.stretches])[self.held["stretch"]]
        return self.held[self.held["day"].to_numpy() >= settled]

    @cached_property
    def dates(self) -> pd.Series[pd.Timestamp]:
        """The dates of all assemblies."""
        starts = np.array([stretch.start for stretch in self.stretches], "datetime64[D]")[self.table["stretch"]]
        days = starts + self.table["day"].to_numpy().astype("timedelta64[D]")
        return pd.Series(days.astype("datetime64[s]"), index=self.table.index)

    def daily(self, topic: str | None = None) -> list[npt.NDArray[np.int64]]:
        """How many were held on each day, stretch by stretch, from when it had settled; of one topic, if one is named."""
        rows = self.timed if topic is None else self.timed[self.timed["topic"] == topic]
        found = []
        for number, stretch in enumerate(self.stretches):
            days = rows.loc[rows["stretch"] == number, "day"].to_numpy() - stretch.settled
            found.append(np.bincount(days, minlength=stretch.counted).astype(np.int64))
        return found

    @property
    def weekly_rate(self) -> float:
        """Assemblies held a week, when settled; NaN if nothing was watched."""
        counted = sum(stretch.counted for stretch in self.stretches)
        return len(self.timed) * WEEK / counted if counted else float("nan")

    def taking(self, which: Sequence[int]) -> Events:
        """The same with some of the stretches only."""
        place = {number: at for at, number in enumerate(which)}
        rows = self.table[self.table["stretch"].isin(list(place))]
        renumbered = rows.assign(stretch=rows["stretch"].map(place).astype(np.int64)).reset_index(drop=True)
        return replace(self, table=renumbered, stretches=tuple(self.stretches[number] for number in which))

    def without(self, first: int, last: int) -> Events:
        """The same without the days from ``first`` to before ``last`` of the one stretch; what is left makes one or two."""
        (whole,) = self.stretches
        day = self.table["day"].to_numpy()
        parts: list[Stretch] = []
        tables = []
        for begin, end in ((0, first), (last, whole.days)):
            if end > begin:
                start = whole.start + datetime.timedelta(begin)
                inside = self.table[(day >= begin) & (day < end)]
                tables.append(inside.assign(stretch=len(parts), day=inside["day"] - begin))
                parts.append(Stretch(start, end - begin, max(whole.settled - begin, 0)))
        return replace(self, table=pd.concat(tables, ignore_index=True), stretches=tuple(parts))
