"""What a pattern is: one number that can be told of a city's assemblies, and what must be known of them to tell it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.measurement.patterns.events import Events

__all__ = ["Pattern", "Register", "column", "median", "share"]

type Floats = npt.NDArray[np.float64]
type Estimate = Callable[[Events], float]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One number that can be told of a city's assemblies.

    Attributes:
        name: as in the targets, as ``P1a``. needs: columns of the events that must be known. method: how it is estimated.
        compute: its function; NaN where too little is known.
    """

    name: str
    needs: tuple[str, ...]
    method: str
    compute: Estimate

    def __call__(self, events: Events) -> float:
        """Its value; NaN where too little is known."""
        return float(self.compute(events))


class Register(dict[str, Pattern]):
    """Patterns by name; a decorator adds a function, whose docstring is its method."""

    def add(self, name: str, *needs: str) -> Callable[[Estimate], Estimate]:
        """Enter a function of the events.

        Args:
            name: of the pattern. needs: columns of the events that must be known; ``held`` always must.
        """

        def enter(function: Estimate) -> Estimate:
            self[name] = Pattern(name, ("held", *needs), inspect.getdoc(function) or "", function)
            return function

        return enter


def column(rows: pd.DataFrame, name: str) -> Floats:
    """The known values of a column."""
    values = rows[name].to_numpy(np.float64)
    return values[~np.isnan(values)]


def share(rows: pd.DataFrame, name: str) -> float:
    """The mean of a column's known values; NaN if there are none."""
    values = column(rows, name)
    return float(values.mean()) if values.size else float("nan")


def median(values: Floats) -> float:
    """The median; NaN of nothing."""
    return float(np.median(values)) if values.size else float("nan")
