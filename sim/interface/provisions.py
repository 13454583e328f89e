"""What two laws hold differently, as people are told it: what moves protests first, tables of money last and in one row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sim.law import Regime
from sim.law.diff import Difference, diff

__all__ = ["provisions", "several"]

_FIRST: Final = ("threshold", "procedures", "limits", "places", "sanctions")
"""Parts of a law that are told first. What is owed comes right after the threshold, since it may follow from it."""

_MONEY: Final = "money"
_FEW: Final = 3
"""Rows of the tables of money that are told one by one."""

_MOST_TOLD: Final = 3
_LONGEST: Final = 330


def provisions(a: Regime, b: Regime) -> list[Difference]:
    """The differences of :func:`sim.law.diff.diff`, the weightiest first; if many concern money, one row stands for those."""
    found = sorted(diff(a, b), key=_rank)
    money = [one for one in found if _part(one) == _MONEY]
    if len(money) <= _FEW:
        return found
    return [*(one for one in found if _part(one) != _MONEY), _folded(a, b, len(money))]


def _part(one: Difference) -> str:
    """The part of a law that a difference is in; what gatherings owe is told by the gatherings, not by a key."""
    part = one.key.partition(".")[0]
    return part if part in Regime.model_fields else "procedures"


def _rank(one: Difference) -> int:
    part = _part(one)
    return _FIRST.index(part) if part in _FIRST else len(_FIRST) + (part == _MONEY)


def _folded(a: Regime, b: Regime, rows: int) -> Difference:
    before, after = _money_of(a), _money_of(b)
    if before == after:
        after += f", with {rows} of them other"
    return Difference(_MONEY, "Currency, unit of account and its values, and average wages, by year.", before, after)


def _money_of(law: Regime) -> str:
    """The tables of money in a phrase: ``MCI in KZT, values of 13 years, wages of 13 years``."""
    money = law.money
    tables = {"values": money.values, "wages": money.wages}
    years = {name: len({row.since.year for row in rows}) for name, rows in tables.items() if rows}
    spans = [f"{name} of {count} year{'s' if count != 1 else ''}" for name, count in years.items()]
    return ", ".join([f"{money.unit} in {money.currency}" if money.unit else money.currency, *spans])


def several(items: Iterable[object], most: int = _MOST_TOLD) -> str:
    """The first of some differences in words, and how many more there are."""
    every: Sequence[str] = [str(item) for item in items]
    told: list[str] = []
    for item in every[:most]:
        if told and len("; ".join([*told, item])) > _LONGEST:
            break
        told.append(item)
    more = len(every) - len(told)
    return "; ".join(told) + (f"; and {more} more" if more else "")
