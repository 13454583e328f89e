"""What a figure of levels shows: the mean of each outcome at each point, with its interval over seeds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from sim.experiment.design import Design, Level
from sim.experiment.effects import Interval, mean_interval

__all__ = ["Means"]

_NOTHING: Final = Interval(math.nan, math.nan, math.nan)

type _Key = tuple[tuple[bool, Level], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Means:
    """The mean of each outcome at each point over the seeds that have a value there, with its 95 % t interval (Student 1908).

    Attributes:
        design: the experiment.
        failed, runs: how many runs failed, and how many there are.
    """

    design: Design
    failed: int
    runs: int
    _found: Mapping[tuple[str, int], Interval] = field(repr=False)
    _counts: Mapping[tuple[str, int], int] = field(repr=False)
    _points: Mapping[_Key, int] = field(repr=False)

    @classmethod
    def of(cls, design: Design, runs: pd.DataFrame) -> Means:
        """The means of a table of runs. A run that failed, or in which an outcome has no value, does not count for it."""
        found, counts = {}, {}
        for point, rows in runs.groupby("point", sort=True):
            for name in design.outcomes:
                values = rows[name].to_numpy(np.float64)
                values = values[~np.isnan(values)]
                found[name, int(str(point))] = mean_interval(values)
                counts[name, int(str(point))] = values.size
        names = [factor.name for factor in design.factors]
        settings = zip(*(design.points[name].tolist() for name in names), strict=True)
        points = {_key(row): number for number, row in reversed(list(enumerate(settings)))}
        return cls(design, int((runs["status"] == "failed").sum()), len(runs), found, counts, points)

    def at_point(self, outcome: str, point: int) -> Interval:
        """An outcome at a point; NaN if no run there has a value."""
        return self._found.get((outcome, point), _NOTHING)

    def at(self, outcome: str, settings: Mapping[str, Level]) -> Interval:
        """An outcome where the factors have these levels; NaN if there is no such point, or no run there has a value."""
        point = self._points.get(_key(tuple(settings[factor.name] for factor in self.design.factors)))
        return _NOTHING if point is None else self.at_point(outcome, point)

    def seeds(self) -> tuple[int, int]:
        """How many seeds the means rest on, least and most, where there is any."""
        some = [count for count in self._counts.values() if count]
        return (min(some), max(some)) if some else (0, 0)

    def baseline(self) -> dict[str, Level]:
        """The level of each factor at the baseline; of a design without one, nothing."""
        if self.design.baseline is None:
            return {}
        row = self.design.points.iloc[self.design.baseline]
        return {factor.name: _plain(row[factor.name]) for factor in self.design.factors}


def _plain(value: object) -> Level:
    """A value of a table as a level."""
    plain = value.item() if isinstance(value, np.generic) else value
    if not isinstance(plain, str | int | float):
        raise TypeError(f"no level: {value!r}")
    return plain


def _key(levels: tuple[Level, ...]) -> _Key:
    """Levels, with 1 and 1.0 the same and 1 and true not."""
    return tuple((isinstance(level, bool), level) for level in levels)
