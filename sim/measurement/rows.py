"""Tables of which nothing is made before it is asked for: one column as an array, or all of them as a data frame.

Data frames are what people want, and dear to make; an indicator needs a few columns of them only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.measurement.columns import COLUMNS
from sim.measurement.frames import Dates, dated, frame

__all__ = ["Column", "Rows", "Table"]

type Column = npt.NDArray[Any]


class Rows:
    """Some rows of a table: its columns by name, each made once, when it is first asked for.

    Numbers and truth values are arrays of the type that :mod:`~sim.measurement.columns` says, but whole numbers that may be
    missing are float64, NaN where they are; words are an array of objects.
    """

    def __init__(self, size: int, make: Callable[[str], Column]) -> None:
        self._size, self._make = size, make
        self._made: dict[str, Column] = {}

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, column: str) -> Column:
        if column not in self._made:
            self._made[column] = self._make(column)
        return self._made[column]

    def where(self, holds: npt.NDArray[np.bool_]) -> Rows:
        """The rows for which something holds."""
        which = np.flatnonzero(holds)
        return Rows(which.size, lambda column: self[column][which])


class Table(Rows):
    """A whole table."""

    def __init__(self, name: str, size: int, values: Callable[[str], Any], dates: Dates | None = None) -> None:
        """A table that is still to be made.

        Args:
            name: its name. size: number of its rows.
            values: gives the values of a column, as :func:`~sim.measurement.frames.frame` wants them.
            dates: if given, dates are made from days, and not asked for.
        """
        super().__init__(size, self._column)
        self.name = name
        self._types = {column.name: column.type for column in COLUMNS[name]}
        self._values, self._dates = values, dates
        self._frame: pd.DataFrame | None = None

    @classmethod
    def of(cls, name: str, made: pd.DataFrame) -> Table:
        """A table that was made."""
        table = cls(name, len(made), made.__getitem__)
        table._frame = made
        return table

    @property
    def frame(self) -> pd.DataFrame:
        """All of it as a data frame, made when it is first asked for."""
        if self._frame is None:
            asked = self._types.keys() - (dated(self.name) if self._dates else ())
            self._frame = frame(self.name, {column: self._values(column) for column in asked}, self._dates)
            self._values, self._dates = self._frame.__getitem__, None  # and let go of what it was made from
        return self._frame

    def _column(self, column: str) -> Column:
        dtype, values = self._types[column], self._values
        if self._dates and column in (days := dated(self.name)):
            return np.array(self._dates(values(days[column])), object)
        found = values(column)
        if dtype == "Int32":
            return np.array([np.nan if value is None or value is pd.NA else value for value in found], np.float64)
        return np.asarray(found, object if dtype == "str" else dtype)
