"""Packing cells: a thousand of them in some hundred kilobytes, for a page that carries its data with it.

Numbers are written in columns, each as the difference to the cell before it, since neighbours on the grid with one seed are much
alike; then compressed (RFC 1951). A page undoes it in the same order:

1. for each outcome and each seed, a value of each cell: steps of the outcome's width, 65,535 where there is no value;
2. for each bar of the distribution: assemblies of each cell; 3. and 4. for each site: assemblies held, and persons who came, in
   steps; 5. for each site: whether it is open; 6. thresholds, 65,535 for none; 7. runs;
8. for each seed whose runs can be looked at, for each cell: how many events there are; then of all these events in turn the days
   (each as the number of days since the one before it, in its run), the sizes, and the statuses.

Numbers of 1 to 7 have two bytes: of a column first all low bytes, then all high ones. What stands in them is the difference to
the number before it, modulo 65,536. The numbers of 8 are of any size: seven bits a byte, the lowest first, the highest bit set
where more follow; all counts of a seed stand before all its days, these before all its sizes.
"""

from __future__ import annotations

import base64
import math
import zlib
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.experiment.exploring.cells import Cell

__all__ = ["NONE", "Packed", "pack", "rounded"]

NONE: Final = 65_535
"""What is written where there is no number."""

_MOST: Final = 65_000
_STEPS: Final = (1, 2, 5)

type Floats = npt.NDArray[np.float64]


class Packed(NamedTuple):
    """Cells, packed.

    Attributes:
        head: what a page must know to undo it: numbers of things, and steps.
        body: the rest, compressed and in letters (base64).
    """

    head: dict[str, Any]
    body: str


def pack(cells: Sequence[Cell], units: Sequence[str]) -> Packed:
    """Pack cells; those that are one object are packed once.

    Args:
        cells: by point. units: of each outcome (:func:`~sim.experiment.exploring.outcomes.unit_of`).
    """
    numbers: dict[int, int] = {}
    for cell in cells:
        numbers.setdefault(id(cell), len(numbers))
    known = {id(cell): cell for cell in cells}
    single = [known[key] for key in numbers]
    values = np.stack([cell.values for cell in single])
    steps = [_step(values[:, row], unit) for row, unit in enumerate(units)]
    came = np.stack([cell.came for cell in single])
    came_step = _step(came.astype(np.float64), "count")
    parts = [_columns(_coded(values[:, row], step)) for row, step in enumerate(steps)]
    tables = (
        _fitting([cell.sizes for cell in single]),
        _fitting([cell.held for cell in single]),
        np.rint(came / came_step),
        np.stack([cell.open for cell in single]),
        np.array([[NONE if cell.threshold is None else cell.threshold] for cell in single]),
        np.array([[cell.runs] for cell in single]),
    )
    parts += [_columns(table.astype(np.int64)) for table in tables]
    parts += [_timelines([cell.events[run] for cell in single]) for run in range(len(single[0].events))]
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    body = squeezed.compress(b"".join(parts)) + squeezed.flush()
    head = {
        "cells": len(single),
        "seeds": values.shape[2],
        "steps": steps,
        "sites": came.shape[1],
        "came": came_step,
        "bars": len(single[0].sizes),
        "timelines": len(single[0].events),
        "points": [numbers[id(cell)] for cell in cells] if len(single) < len(cells) else None,
    }
    return Packed(head, base64.b64encode(body).decode("ascii"))


def rounded(values: Floats, unit: str) -> Floats:
    """Values of an outcome as a page has them, to the width of a step."""
    step = _step(values, unit)
    return np.rint(values / step) * step


def _step(values: Floats, unit: str) -> float:
    """The width of a step: a thousandth of a share, a tenth of a rate or mean, a whole of a count; more if numbers are large."""
    step = {"share": 0.001, "rate": 0.1, "mean": 0.1}.get(unit, 1.0)
    largest = float(np.nanmax(values)) if np.isfinite(values).any() else 0.0
    if largest <= step * _MOST:
        return step
    tens = 10.0 ** math.floor(math.log10(largest / _MOST))
    return next(one * ten for ten in (tens, 10 * tens) for one in _STEPS if largest <= one * ten * _MOST)


def _coded(values: Floats, step: float) -> npt.NDArray[np.int64]:
    """Values in steps; one row a cell."""
    return np.where(np.isnan(values), NONE, np.rint(np.nan_to_num(values) / step)).astype(np.int64)


def _fitting(rows: Iterable[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    """Counts over all runs; what two bytes cannot hold is cut off, which takes thousands of runs."""
    return np.minimum(np.stack(list(rows)), NONE)


def _columns(table: npt.NDArray[np.int64]) -> bytes:
    """A table, column by column, as differences: all low bytes of a column, then all high ones."""
    before = np.vstack([np.zeros((1, table.shape[1]), np.int64), table[:-1]])
    words = ((table - before) % (NONE + 1)).T.astype(np.uint16)
    return b"".join((column & 255).astype(np.uint8).tobytes() + (column >> 8).astype(np.uint8).tobytes() for column in words)


def _timelines(runs: Sequence[npt.NDArray[np.int32]]) -> bytes:
    """The runs of one seed under every cell."""
    days = [np.diff(run[:, 0], prepend=0) for run in runs]
    counts = _any_size(len(run) for run in runs)
    return b"".join(
        [
            counts,
            *(_any_size(one.tolist()) for one in days),
            *(_any_size(run[:, column].tolist()) for column in (1, 2) for run in runs),
        ]
    )


def _any_size(numbers: Iterable[int]) -> bytes:
    """Numbers from 0, seven bits a byte."""
    found = bytearray()
    for number in numbers:
        rest = int(number)
        while rest > 127:
            found.append(rest & 127 | 128)
            rest >>= 7
        found.append(rest)
    return bytes(found)
