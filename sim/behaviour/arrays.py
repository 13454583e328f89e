"""What the turnout kernel reads and writes: the town's columns, people's moods, one assembly's call, and room to work in."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.rows import columns_of, row_of, untouched, zero_rows
from sim.streams import Int

__all__ = ["BATCH", "Call", "Columns", "Keys", "Moods", "Rates", "Workspace"]

BATCH: Final = 64
"""People looked at together: enough that the waits for memory overlap, few enough that all of them stay at hand."""

LONG_AGO: Final = -1_000_000
"""A day before all days: of what never happened."""

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


class Columns(NamedTuple):
    """The town's people and ties, one entry a citizen (N), as :mod:`sim.population` builds them; never changed.

    The traits are views of rows (:mod:`sim.rows`), so that one citizen's stand together.
    """

    indptr: npt.NDArray[np.int64]
    neighbours: Ints
    concern: Singles
    theta: Singles
    risk_aversion: Singles
    deference: Singles
    media: Singles
    income: Singles
    district: npt.NDArray[np.uint8]
    foreigner: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, people: Any, ties: Any) -> Columns:
        """Of a town's people and ties, whose columns have these names."""
        return cls(ties.indptr, ties.neighbours, *(getattr(people, name) for name in cls._fields[2:]))


class Moods(NamedTuple):
    """What happens to people, one entry a citizen (N); all zeros at first. Views of rows, as the traits are.

    Fear and anger are as they stood on day ``stamp``, debt as on day ``owing``. ``punished`` is the day of the last sanction
    counted from :data:`LONG_AGO`, so that 0 says never; ``away_until`` the first day on which one is free.
    """

    fear: Singles
    anger: Singles
    stamp: Ints
    debt: Singles
    owing: Ints
    punished: Ints
    away_until: Ints

    @classmethod
    def of(cls, citizens: int) -> Moods:
        """Of so many citizens to whom nothing has happened yet."""
        kind = row_of([(name, _MOODS.get(name, np.int32)) for name in cls._fields])
        return cls(**columns_of(untouched(citizens, kind)))


_MOODS: Final = {"fear": np.float32, "anger": np.float32, "debt": np.float32}


class Call(NamedTuple):
    """One assembly, as those who hear of it see it.

    Attributes:
        event: its code (:func:`sim.streams.event_code`). day, issue: when and about what.
        reach: share of the followers who are told. audience: people reached by a public call.
        pull: concern that everyone adds (shock, appeal of the occasion, minus the workday cost), utility.
        news: concern and anger minus fear that a full-time reader of the news adds, utility.
        travel: cost of the way by district, utility (D).
        deference_weight: legitimacy of the law, which scales deference.
        unlawful: for citizens and for foreigners, 1 if coming is unlawful (2).
        fine, jail, stigma: sanction by status (4): citizen, citizen who repeats, foreigner, foreigner who repeats; money,
            months' wages, months' wages.
        officers: police expected. announced: persons expected. belief: share of unlawful assemblies believed to be punished.
        repeat_since: a sanction on this day or later makes a repeat.
        brings: chance that an adult brings a child. minors_barred: whether the law bars children (then the law-deferring
            leave them at home).
        leader: the citizen who leads it and comes if free, or -1.
    """

    event: Int
    day: int
    issue: int
    reach: float
    audience: int
    pull: float
    news: float
    travel: Floats
    deference_weight: float
    unlawful: Floats
    fine: Floats
    jail: Floats
    stigma: Floats
    officers: float
    announced: float
    belief: float
    repeat_since: int
    brings: float
    minors_barred: bool
    leader: int


class Rates(NamedTuple):
    """The parameters of behaviour that the kernel needs (:class:`sim.behaviour.Behaviour`)."""

    sigma: float
    kappa: float
    noise: float
    asked: float
    hears: float
    risk: float
    fear_half_life: float
    anger_half_life: float
    debt_half_life: float


class Keys(NamedTuple):
    """Keys of the streams that turnout draws from."""

    noise: Int
    told: Int
    call: Int
    audience: Int


SEAT: Final = row_of(
    [("margin", np.float64), ("weight", np.float64), ("citizen", np.int32), ("told", np.int32)]
    + [(name, np.bool_) for name in ("asked", "going", "child", "queued")]
)
"""Someone who was reached: utility of going before ties and sanction; weight of the sanction; which citizen; how many ties who go
have told it; whether it was asked, goes, brings a child, and is in the queue."""


class Workspace(NamedTuple):
    """Room for one gathering at a time.

    Attributes:
        slot: by citizen (N): the number of its seat, 0 for everyone between gatherings. seats: who is reached, in that order
            (:data:`SEAT`), from 1.
        wave, queue: seats of those who decide now, and of those who have news to decide on.
        batch, coin: the few people looked at together.
    """

    slot: Ints
    seats: Any
    wave: Ints
    queue: Ints
    batch: Ints
    coin: Floats

    @classmethod
    def of(cls, citizens: int) -> Workspace:
        """Room for a town of so many citizens. The system hands out the pages only as they are used."""
        return cls(
            slot=np.zeros(citizens, np.int32),
            seats=zero_rows(citizens + 1, SEAT),
            wave=np.zeros(citizens + 1, np.int32),
            queue=np.zeros(citizens + 1, np.int32),
            batch=np.zeros(BATCH, np.int32),
            coin=np.zeros(BATCH, np.float64),
        )
