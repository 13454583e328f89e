"""The blocks of a Saltelli design, and what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.errors import Problem
from sim.experiment.sensitivity.table import Floats, refuse_runs

__all__ = ["Blocks", "check_blocks"]


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """An outcome in the blocks of a Saltelli design, blocks by points of a block by seeds; every seed centred.

    Each block holds one row of the matrix A, the same with each column in turn taken from B (``AB``), one row of B with each
    column in turn taken from A (``BA``, only with second order), and the row of B (Saltelli 2002). Subtracting each seed's mean
    removes what a seed does to all points alike; it has nothing to do with factors.
    """

    values: Floats
    factors: int

    @classmethod
    def of(cls, field: Floats, factors: int, step: int) -> Self:
        """The whole blocks of a field of points by seeds. One in which a value is missing is left out."""
        values = field.reshape(-1, step, field.shape[1])
        values = values[~np.isnan(values).any(axis=(1, 2))]
        return cls(values - values.mean(axis=(0, 1)), factors)

    @property
    def a(self) -> Floats:
        """At the rows of A, blocks by seeds."""
        return self.values[:, 0]

    @property
    def b(self) -> Floats:
        """At the rows of B."""
        return self.values[:, -1]

    def ab(self, factor: int) -> Floats:
        """At the rows of A with one column from B."""
        return self.values[:, 1 + factor]

    def ba(self, factor: int) -> Floats:
        """At the rows of B with one column from A."""
        return self.values[:, 1 + self.factors + factor]


def check_blocks(settings: pd.DataFrame, factors: Sequence[str], *, second_order: bool) -> int:
    """How many points a block of the design has; the points are held against it.

    Raises:
        InputError: if the points, in their order, are no Saltelli design of these factors; naming the first that is not.
    """
    number = len(factors)
    step = 2 * number + 2 if second_order else number + 2
    allowed = f"the points of a Saltelli design in its order: blocks of {step} for {number} factors"
    if len(settings) % step or len(settings) < 2 * step:
        raise refuse_runs(Problem("points", f"{len(settings)} points", f"{allowed}, two blocks at least"))
    for place, name in enumerate(factors):
        column = settings[name].to_numpy(object).reshape(-1, step)
        first, last = column[:, :1], column[:, -1:]
        expected = np.repeat(first, step, axis=1)
        expected[:, 1 + place] = last[:, 0]
        if second_order:
            expected[:, 1 + number :] = last
            expected[:, 1 + number + place] = first[:, 0]
        else:
            expected[:, -1] = last[:, 0]
        wrong: npt.NDArray[np.int64] = np.flatnonzero((column != expected).ravel())
        if wrong.size:
            point, at = settings.index[wrong[0]], divmod(int(wrong[0]), step)
            found = f"{name} = {column[at]!r} at point {point}, where the design has {expected[at]!r}"
            raise refuse_runs(Problem("points", found, allowed))
    return step
