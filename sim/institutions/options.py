"""What an organiser can do, as plans: every way of going about an occasion that law, town and calendar leave open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.institutions.world import World
    from sim.law import ProcedureRow, Regime

__all__ = ["Occasion", "accepts_late", "earliest_date"]


@dataclass(frozen=True, slots=True)
class Occasion:
    """A reason to act.

    Attributes:
        day: when it arose. date: the day on which it would matter most. form: what the organiser would hold by itself.
        site: the ordinary place it has in mind. appeal: how much it appeals to everyone, utility.
        foreseen: what the organiser knows of that, utility. error: error of its forecasts, standard normal.
        luck: share of those it could reach whom the call does reach.
        reactive: whether it answers something that has just happened.
    """

    day: int
    date: int
    form: str
    site: int
    appeal: float
    foreseen: float
    error: float
    luck: float
    reactive: bool


def earliest_date(world: World, row: ProcedureRow | None, filed: int) -> int:
    """The first day for which something filed on a day is still in time."""
    if row is None or row.notice is None:
        return filed
    notice, calendar = row.notice, world.calendar
    announcing = int(row.notice_from == "announcement")  # notice counts back from the day before, when it is announced
    date = calendar.forward(filed, notice.amount, notice.unit) + announcing  # never too late
    while calendar.back(date - announcing, notice.amount, notice.unit) < filed:
        date += 1
    return date


def accepts_late(regime: Regime) -> bool:
    """Whether the law accepts late notice when earlier notice was not possible."""
    return regime.spontaneous is not None and regime.spontaneous.short_notice
