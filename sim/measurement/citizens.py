"""The table of citizens: what became of the poor and the rich, of each district, of citizens and foreigners."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.measurement.columns import COLUMNS
from sim.measurement.frames import ByKind, frame
from sim.population import Town
from sim.record import Arrested, Held, Record, Sanctioned
from sim.scenario import Scenario

__all__ = ["QUINTILES", "citizens", "income_quintile"]

QUINTILES: Final = 5

type Ints = npt.NDArray[np.int64]
type Amounts = npt.NDArray[np.float64]
type Parts = npt.NDArray[np.uint8]


def income_quintile(income: npt.NDArray[Any]) -> Parts:
    """Quintile of every adult among all adults of the town, 0 for the poorest to 4. Equal incomes share the lower quintile."""
    n = income.size
    ranks = [max(0, n * q // QUINTILES - 1) for q in range(1, QUINTILES)]
    bounds = np.partition(income, ranks)[ranks] if n else income
    quintile = np.zeros(n, np.uint8)
    for bound in bounds:
        quintile += income > bound
    return quintile


def citizens(record: Record, scenario: Scenario, town: Town) -> pd.DataFrame:  # noqa: ARG001  tables take the same three
    """Outcomes of all adults, by income quintile, by home district, and by status. Organisers' sanctions are not among them."""
    found = ByKind(record)
    came = _numbers(gathering.goers for gathering in found.of(Held))
    punished = [sanction for sanction in found.of(Sanctioned) if sanction.role in {"participant", "foreigner"}]
    who = np.array([sanction.who for sanction in punished], np.int64)
    outcomes: dict[str, tuple[Ints, Amounts | None]] = {
        "participants": (_once(came, town.n), None),
        "attendances": (came, None),
        "arrests": (_numbers(arrest.citizens for arrest in found.of(Arrested)), None),
        "sanctions": (who, None),
        "fines": (who, np.array([sanction.fine for sanction in punished], np.float64)),
        "fines_wages": (who, np.array([sanction.wages for sanction in punished], np.float64)),
        "jail_days": (who, np.array([sanction.jail for sanction in punished], np.float64)),
        "expelled": (_once(who[np.array([sanction.expelled for sanction in punished], bool)], town.n), None),
    }
    data: dict[str, list[Any]] = {column.name: [] for column in COLUMNS["citizens"]}
    for group, levels, part in _groups(town):
        data["group"] += [group] * len(levels)
        data["level"] += levels
        data["people"] += np.bincount(part, minlength=len(levels)).tolist()
        for name, (whom, amounts) in outcomes.items():
            data[name] += np.bincount(part[whom], amounts, len(levels)).tolist()
    return frame("citizens", data)


def _groups(town: Town) -> Iterator[tuple[str, list[str], Parts]]:
    """Each way of dividing the adults: its name, its parts, and the part of every citizen."""
    people = town.people
    yield "everyone", ["all"], np.zeros(town.n, np.uint8)
    yield "income_quintile", [str(q + 1) for q in range(QUINTILES)], income_quintile(people.income)
    yield "district", [district.name for district in town.spec.districts], people.district
    yield "status", ["citizen", "foreigner"], people.foreigner.view(np.uint8)


def _once(citizens: Ints, n: int) -> Ints:
    """The citizens named, each once, of n."""
    named = np.zeros(n, bool)
    named[citizens] = True
    return np.flatnonzero(named)


def _numbers(lists: Iterator[tuple[int, ...]]) -> Ints:
    return np.fromiter(chain.from_iterable(lists), np.int64)
