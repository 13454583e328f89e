"""Where two records part: the first happening that is not the same in both."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from sim.record.happenings import Happening
from sim.record.log import Record

__all__ = ["Difference", "first_difference"]


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place at which two records differ.

    Attributes:
        index: how many happenings both have in common before it; so also its place in both logs, counted from 0.
        day: the day of it (from 0); where the two happenings are of two days, the earlier.
        one, other: what stands there in each, or ``None`` where that log has ended.
    """

    index: int
    day: int
    one: Happening | None
    other: Happening | None


def first_difference(one: Record, other: Record) -> Difference | None:
    """Where two records part, or ``None`` if they are the same to the last byte.

    They are compared as they are stored (:meth:`Record.lines`): 1 and 1.0 are one number, but not the same bytes.

    >>> first_difference(Record(), Record()) is None
    True
    """
    happenings = zip_longest(one, other)
    lines = zip_longest(one.lines(), other.lines())
    for index, ((a, b), (said, said_other)) in enumerate(zip(happenings, lines, strict=True)):
        if said != said_other:
            day = min(happening.day for happening in (a, b) if happening is not None)
            return Difference(index, day, a, b)
    return None
