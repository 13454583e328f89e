"""What an indicator is, and how it gets its name."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.measurement.facts import Facts
from sim.measurement.tables import Tables

__all__ = ["Holds", "Indicator", "Register", "matches", "mean", "ratio", "share"]

type Holds = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number that says something about a run. No indicator says by itself whether more of it is good.

    Attributes:
        name: also its column name. label: for figures and tables. unit: of its value. group: what it is about.
        description: what it measures and its formula.
        compute: its function of the columns of the tables of a run.
    """

    name: str
    label: str
    unit: str
    group: str
    description: str
    compute: Callable[[Facts], float]

    def __call__(self, tables: Tables) -> float:
        """Its value; NaN where its denominator is missing."""
        return float(self.compute(tables.facts))


class Register(dict[str, Indicator]):
    """Indicators by name, about one thing; a decorator adds a function, whose docstring is its description."""

    def __init__(self, group: str) -> None:
        super().__init__()
        self.group = group

    def add(self, label: str, unit: str) -> Callable[[Callable[[Facts], float]], Callable[[Facts], float]]:
        """Enter a function of the columns of the tables."""

        def enter(function: Callable[[Facts], float]) -> Callable[[Facts], float]:
            name: str = function.__name__
            self[name] = Indicator(name, label, unit, self.group, inspect.getdoc(function) or "", function)
            return function

        return enter


def ratio(part: Any, whole: Any) -> float:
    """A part over a whole; NaN if the whole is nothing."""
    return float(part) / float(whole) if whole else math.nan


def share(holds: Holds, among: Holds | None = None) -> float:
    """The share for which a condition holds, of all or among those for which another one does; NaN if there are none."""
    return ratio(holds.sum(), len(holds)) if among is None else ratio((holds & among).sum(), among.sum())


def mean(values: npt.NDArray[Any]) -> float:
    """The mean; NaN of nothing."""
    return ratio(values.sum(), len(values))


def matches(words: npt.NDArray[Any], condition: Callable[[str], bool]) -> Holds:
    """For which words a condition holds."""
    return np.fromiter(map(condition, words), bool, len(words))
