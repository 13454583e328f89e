"""Curves through given points: what a polynomial of a few columns explains, and the same of bootstrap samples of the points."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.experiment.sensitivity.bootstrap import RESAMPLES, resampled
from sim.experiment.sensitivity.table import Floats

__all__ = ["Curve", "Refits", "counts_of", "curve_through", "refitted", "summed"]

_RIDGE: Final = 1e-9
"""What keeps a bootstrap sample solvable in which too few levels of a column are left; a billionth of a point."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The polynomials of some columns, made orthonormal over the points.

    Attributes:
        basis: one row a point; its columns have mean 0 and are orthogonal. The first is the straight line of the first column.
        low, high: the least and greatest value of each column.
        degrees: of each column. turned: what makes the basis of the plain polynomials, after ``middle`` is taken from these.
    """

    basis: Floats
    low: Floats
    high: Floats
    degrees: tuple[int, ...]
    turned: Floats
    middle: Floats

    @property
    def freedom(self) -> int:
        """How many columns it has."""
        return int(self.basis.shape[1])

    def at(self, values: Floats) -> Floats:
        """The basis at other values of the columns, one row each."""
        return (_plain(values, self.low, self.high, self.degrees) - self.middle) @ self.turned

    def explained(self, response: Floats) -> float:
        """The share of the variance of a response that it explains: R^2."""
        away = response - response.mean()
        total = float(away @ away)
        return float(((self.basis.T @ away) ** 2).sum()) / total if total else np.nan

    def adjusted(self, explained: float | Floats) -> float | Floats:
        """That share less what as many columns of pure noise would explain (Ezekiel 1930)."""
        cases = len(self.basis)
        return 1.0 - (1.0 - explained) * (cases - 1) / (cases - 1 - self.freedom)


def curve_through(columns: Floats, degree: int) -> Curve:
    """The polynomials of some columns up to a degree, or to one less than a column has values.

    Args:
        columns: one row a point. degree: 1 or more.
    """
    low, high = columns.min(axis=0), columns.max(axis=0)
    degrees = tuple(min(degree, np.unique(column).size - 1) for column in columns.T)
    plain = _plain(columns, low, high, degrees)
    middle = plain.mean(axis=0)
    basis, upper = np.linalg.qr(plain - middle)
    return Curve(basis, low, high, degrees, np.linalg.inv(upper), middle)


def _plain(columns: Floats, low: Floats, high: Floats, degrees: tuple[int, ...]) -> Floats:
    """Legendre polynomials of the columns, each drawn out to -1 to 1, from degree 1."""
    scaled = 2.0 * (columns - low) / np.where(high > low, high - low, 1.0) - 1.0
    found = [np.polynomial.legendre.legvander(scaled[:, place], most)[:, 1:] for place, most in enumerate(degrees)]
    return np.concatenate(found, axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class Refits:
    """A curve through each bootstrap sample of the points.

    Attributes:
        explained: R^2 of each. slope: of the straight line along the first column of the basis. coefficients: of the whole
            curve: constant first, one row a sample.
    """

    explained: Floats
    slope: Floats
    coefficients: Floats


def refitted(curve: Curve, response: Floats) -> Refits:
    """A curve fitted anew to each bootstrap sample: least squares with the number of times a point was drawn as weight."""
    counts = counts_of(len(response))
    features = np.column_stack([np.ones(len(response)), curve.basis * np.sqrt(len(response))])
    width = features.shape[1]
    rows, columns = np.triu_indices(width)
    sums = summed(counts, features[:, rows] * features[:, columns])
    squares = np.empty((len(counts), width, width))
    squares[:, rows, columns] = squares[:, columns, rows] = sums
    products = summed(counts, features * response[:, None])
    ridge = _RIDGE * len(response) * np.eye(width)
    coefficients = np.linalg.solve(squares + ridge, products[:, :, None])[:, :, 0]
    mean = products[:, 0] / len(response)
    total = summed(counts, response[:, None] ** 2)[:, 0] - len(response) * mean**2
    fitted = (coefficients * products).sum(axis=1) - len(response) * mean**2
    with np.errstate(invalid="ignore", divide="ignore"):
        explained = np.clip(np.where(total > 0, fitted / total, np.nan), 0.0, 1.0)
    if width == 1:
        return Refits(explained, np.zeros(len(counts)), coefficients)
    line = squares[:, 0, 1] / len(response)
    slope = (products[:, 1] - line * products[:, 0]) / (squares[:, 1, 1] - line * squares[:, 0, 1] + ridge[0, 0])
    coefficients[:, 1:] *= np.sqrt(len(response))
    return Refits(explained, slope * np.sqrt(len(response)), coefficients)


def summed(counts: Floats, columns: Floats) -> Floats:
    """The sum of each column over each bootstrap sample: ``counts @ columns``.

    Without a library of linear algebra, whose threads get in each other's way with so little to do, and add up in another order
    on another machine.
    """
    found: Floats = np.einsum("rc,fc->rf", counts, np.ascontiguousarray(columns.T))
    return found


@functools.lru_cache(maxsize=4)
def counts_of(cases: int, resamples: int = RESAMPLES) -> Floats:
    """How often each case stands in each bootstrap sample, samples by cases."""
    chosen: npt.NDArray[np.int64] = resampled(cases, resamples)
    places = chosen + cases * np.arange(resamples)[:, None]
    counts = np.bincount(places.ravel(), minlength=cases * resamples).reshape(resamples, cases).astype(np.float64)
    counts.flags.writeable = False
    return counts
