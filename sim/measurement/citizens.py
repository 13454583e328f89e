"""The table of citizens: what became of the poor and the rich, of each district, of citizens and foreigners."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from itertools import chain
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.measurement.frames import ByKind
from sim.measurement.rows import Table
from sim.population import Town
from sim.record import Arrested, Held, Sanctioned

__all__ = ["QUINTILES", "citizens", "income_quintile", "income_quintiles"]

QUINTILES: Final = 5

type Ints = npt.NDArray[np.int64]
type Amounts = npt.NDArray[np.float64]
type Parts = npt.NDArray[np.uint8]


class _Group(NamedTuple):
    """A way of dividing the adults: its name, its parts, the part of every citizen, and how many are in each."""

    name: str
    levels: list[str]
    part: Parts
    people: list[int]


_GROUPS: Final[dict[int, list[_Group]]] = {}
"""The groups of the towns in use, by the identity of their citizens' rows; they go when these do, and hold no view of them."""


def income_quintile(income: npt.NDArray[Any]) -> Parts:
    """Quintile of every adult among all adults of the town, 0 for the poorest to 4. Equal incomes share the lower quintile."""
    n = income.size
    ranks = [max(0, n * q // QUINTILES - 1) for q in range(1, QUINTILES)]
    bounds = np.partition(income, ranks)[ranks] if n else income
    quintile = np.zeros(n, np.uint8)
    for bound in bounds:
        quintile += income > bound
    return quintile


def income_quintiles(town: Town) -> Parts:
    """The :func:`income_quintile` of every adult of a town, found once for all runs that share the town; read, never write."""
    return next(group.part for group in _groups(town) if group.name == "income_quintile")


def citizens(found: ByKind, town: Town) -> Table:
    """Outcomes of all adults, by income quintile, by home district, and by status. Organisers' sanctions are not among them."""
    came = _numbers(gathering.goers for gathering in found.of(Held))
    punished = [sanction for sanction in found.of(Sanctioned) if sanction.role in {"participant", "foreigner"}]
    who = np.array([sanction.who for sanction in punished], np.int64)
    concerned = {
        "participants": _once(came, town.n),
        "attendances": came,
        "arrests": _numbers(arrest.citizens for arrest in found.of(Arrested)),
        "punished": who,
        "expelled": _once(who[np.array([sanction.expelled for sanction in punished], bool)], town.n),
    }
    # Where those concerned belong is looked up now, so that a table still to be made does not keep the town.
    groups = [
        (group.name, group.levels, group.people, {name: group.part[whom] for name, whom in concerned.items()})
        for group in _groups(town)
    ]

    def values(column: str) -> list[Any]:
        amounts: Amounts | None = None
        if column in _AMOUNTS:
            amounts = np.array([getattr(sanction, _AMOUNTS[column]) for sanction in punished], np.float64)
        told: list[Any] = []
        for name, levels, people, parts in groups:
            match column:
                case "group":
                    told += [name] * len(levels)
                case "level":
                    told += levels
                case "people":
                    told += people
                case _:
                    whom = parts["punished" if column == "sanctions" or column in _AMOUNTS else column]
                    told += np.bincount(whom, amounts, len(levels)).tolist()
        return told

    return Table("citizens", sum(len(levels) for _, levels, _, _ in groups), values)


_AMOUNTS: Final = {"fines": "fine", "fines_wages": "wages", "jail_days": "jail"}
"""Columns that add up what sanctions say."""


def _groups(town: Town) -> list[_Group]:
    """The ways of dividing the adults of a town: everyone first."""
    people = town.people
    key = id(people.rows)
    if key not in _GROUPS:
        ways: tuple[tuple[str, list[str], Parts], ...] = (
            ("everyone", ["all"], np.zeros(town.n, np.uint8)),
            ("income_quintile", [str(q + 1) for q in range(QUINTILES)], income_quintile(people.income)),
            ("district", [district.name for district in town.spec.districts], people.district.copy()),
            ("status", ["citizen", "foreigner"], people.foreigner.astype(np.uint8)),
        )
        _GROUPS[key] = [
            _Group(name, levels, part, np.bincount(part, minlength=len(levels)).tolist()) for name, levels, part in ways
        ]
        weakref.finalize(people.rows, _GROUPS.pop, key).atexit = False
    return _GROUPS[key]


def _once(citizens: Ints, n: int) -> Ints:
    """The citizens named, each once, of n."""
    named = np.zeros(n, bool)
    named[citizens] = True
    return np.flatnonzero(named)


def _numbers(lists: Iterator[tuple[int, ...]]) -> Ints:
    return np.fromiter(chain.from_iterable(lists), np.int64)
