"""A cell in plain words and numbers, as a server hands it to a page: the numbers are those that a packed page has."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from sim.experiment.exploring.cells import Cell
from sim.experiment.exploring.packing import rounded

__all__ = ["plain"]

_DIGITS = 6


def plain(cell: Cell, units: Sequence[str], missing: Collection[int] = ()) -> dict[str, Any]:
    """A cell as JSON can say it.

    Args:
        cell: which. units: of each outcome (:func:`~sim.experiment.exploring.outcomes.unit_of`).
        missing: which of the runs that can be looked at are not there yet: they have no list of assemblies, not an empty one.
    """
    came = rounded(cell.came.astype(np.float64), "count") if cell.came.any() else cell.came
    return {
        "values": [_numbers(row, unit) for row, unit in zip(cell.values, units, strict=True)],
        "sizes": cell.sizes.tolist(),
        "held": cell.held.tolist(),
        "came": [int(one) for one in came],
        "open": cell.open.tolist(),
        "threshold": cell.threshold,
        "runs": cell.runs,
        "events": [None if run in missing else events.tolist() for run, events in enumerate(cell.events)],
    }


def _numbers(row: Any, unit: str) -> list[float | None]:
    """Values to the width of a step; none where there is no value."""
    found = rounded(row, unit).tolist()
    return [None if one != one else round(one, _DIGITS) if one % 1 else int(one) for one in found]  # noqa: PLR0124  NaN
