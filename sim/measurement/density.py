"""Densities of sizes: bins around a threshold, a smooth fit through those outside a window, and samples with replacement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.errors import ModelError
from sim.kernels import jit
from sim.streams import uniform

__all__ = ["HEAPING", "Bins", "Floats", "counterfactual", "fitted", "resampled"]

_ROUNDS: Final = 50
"""Steps of iteratively reweighted least squares at most; it takes about ten."""

HEAPING: Final = 1.0
"""How strong heaping at round numbers is thought to be before the sizes are seen: standard deviation of its log, normal around
none. It keeps few sizes from being read as heaps."""

_CONVERGED: Final = 1e-9
_LEAST_LOG: Final = -12.0
"""Least log count that is fitted: bins that are empty for good have no finite one."""

type Floats = npt.NDArray[np.float64]
type Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Bins:
    """Bins of one width, with the threshold at an edge.

    Attributes:
        edges: lower edges, and the upper edge of the last, rising. width: of a bin.
        threshold: number of the bin that begins there.
    """

    edges: Floats
    width: float
    threshold: int

    @classmethod
    def around(cls, threshold: float, width: float, span: tuple[float, float], largest: float) -> Self:
        """Bins from ``span[0]`` to ``span[1]`` times the threshold, not beyond the largest size; one on either side at least.

        Raises:
            ModelError: if no size lies below the threshold, or a bin is wider than it.
        """
        if threshold <= 1 or not 0 < width <= threshold:
            raise ModelError(f"no bins of width {width:g} lie below a threshold of {threshold:g} persons")
        down = max(1, int((threshold - max(span[0] * threshold, 1e-9)) / width + 1e-9))
        up = max(1, int((min(span[1] * threshold, largest + 1e-9) - threshold) / width + 1e-9))
        return cls(np.asarray(threshold + width * np.arange(-down, up + 1), np.float64), width, down)

    def place(self, sizes: Floats) -> Ints:
        """The bin of each size: from 1; 0 is below all of them, and one more than there are is above."""
        return np.searchsorted(self.edges, sizes, side="right").astype(np.int64)

    def counts(self, place: Ints) -> Floats:
        """Sizes by bin, those outside all bins left out."""
        return np.bincount(place, minlength=self.edges.size + 1)[1:-1].astype(np.float64)

    def regressors(self, degree: int, rounds: Sequence[int]) -> Floats:
        """A polynomial in the log of the middle of a bin, and heaps.

        For each sort of round number that some bins hold and others do not, a dummy, alone and times the log.
        """
        low, high = self.edges[:-1], self.edges[1:]
        log = np.log((low + high) / 2)
        middle, half = (log[-1] + log[0]) / 2, max((log[-1] - log[0]) / 2, 1e-9)
        where = (log - middle) / half
        holds = [(np.ceil(low / number) * number < high).astype(np.float64) for number in rounds]
        dummies = [column for column in holds if 2 <= column.sum() < column.size]
        return np.column_stack(
            [np.polynomial.legendre.legvander(where, degree), *dummies, *(column * where for column in dummies)]
        )

    def frame(self, counts: Floats, fit: Floats) -> pd.DataFrame:
        """The bins as a table."""
        return pd.DataFrame({"size": self.edges[:-1], "count": counts, "counterfactual": fit})


def counterfactual(bins: Bins, counts: Floats, window: slice, degree: int, rounds: Sequence[int]) -> Floats:
    """What the counts would be if bins in the window went on as those outside: :func:`fitted` on :meth:`Bins.regressors`."""
    return fitted(bins.regressors(degree, rounds), counts, window, degree)


def fitted(design: Floats, counts: Floats, window: slice, degree: int) -> Floats:
    """A Poisson regression of the counts of bins outside a window, for all bins.

    Lindsey's method of density estimation (Efron and Tibshirani 1996, Annals of Statistics 24), by iteratively reweighted least
    squares.

    Args:
        design: the regressors. counts: by bin. window: bins that are not trusted. degree: of the polynomial in the design.
    """
    outside = np.ones(counts.size, bool)
    outside[window] = False
    seen, known = counts[outside], design[outside]
    heaps = design.shape[1] - degree - 1
    rows, aims = np.zeros((seen.size + heaps, design.shape[1])), np.zeros(seen.size + heaps)
    rows[seen.size :, degree + 1 :] = np.eye(heaps) / HEAPING
    log = np.log(seen + 0.5)
    mean, enough = np.exp(log), _CONVERGED * max(1.0, seen.max(initial=0.0))
    for _ in range(_ROUNDS):
        weight = np.sqrt(mean)
        np.multiply(known, weight[:, None], out=rows[: seen.size])
        np.multiply(weight, log + (seen - mean) / mean, out=aims[: seen.size])
        beta = np.linalg.lstsq(rows, aims, rcond=None)[0]
        log = np.maximum(known @ beta, _LEAST_LOG)
        previous, mean = mean, np.exp(log)
        if np.abs(mean - previous).max(initial=0.0) <= enough:
            break
    fit: Floats = np.exp(np.clip(design @ beta, _LEAST_LOG, np.log(counts.sum() + 1.0)))
    return fit


@jit
def _resample(key: Any, draw: int, place: Ints, out: Floats) -> None:
    """Count the bins of a sample with replacement."""
    for i in range(place.size):
        out[place[int(uniform(key, i, draw) * place.size)]] += 1.0


def resampled(key: np.uint64, draw: int, place: Ints, bins: int) -> Floats:
    """Counts by bin of one bootstrap sample."""
    out = np.zeros(bins)
    _resample(key, draw, place, out)
    return out
