"""Before and after: which simulated years an analyst happens to have, and how sure one can be of what analysts find.

An analyst has one history: some years under one law, and other years under the next. Here a run is a year, and runs with
different seeds are different years.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv, stdtrit

from sim.experiment.effects import CONFIDENCE
from sim.experiment.sensitivity.table import Floats
from sim.streams import Streams, uniforms

__all__ = ["DRAWS", "Histories", "histories", "jackknife_interval", "share_interval"]

DRAWS: Final = 10_000
"""Histories that are drawn where there are too many to go through: a share then errs by 0.005 (one standard error) at most."""

type Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """Years before and other years after, in many histories.

    Attributes:
        before, after: places of seeds, histories by years; no seed stands twice in one history.
        used: whether a history has a seed, histories by seeds, as 0 and 1.
    """

    before: Ints
    after: Ints
    used: Floats

    @property
    def years(self) -> int:
        """Years on either side."""
        return int(self.before.shape[1])

    def shares(self, holds: npt.NDArray[np.bool_], among: npt.NDArray[np.bool_] | None = None) -> tuple[float, Floats]:
        """The share of histories for which something holds; and the same without those that have a seed, for each seed.

        Args:
            holds: for which it holds. among: which are counted; all if not given. NaN where there are none.
        """
        part = (holds if among is None else holds & among).astype(np.float64)
        return self.means(part, among)

    def means(self, values: Floats, among: npt.NDArray[np.bool_] | None = None) -> tuple[float, Floats]:
        """The mean of something over histories; and the same without those that have a seed, for each seed."""
        counted = np.ones(len(values)) if among is None else among.astype(np.float64)
        part = values * counted
        return _ratio(part.sum(), counted.sum()), _ratios(part.sum() - part @ self.used, counted.sum() - counted @ self.used)


def histories(seeds: int, years: int, draws: int = DRAWS) -> Histories:
    """Histories of so many years before and as many others after.

    With one year on either side they are all ordered pairs of different seeds. Else so many are drawn, from a stream of their
    own: the same each time.

    Raises:
        ValueError: if there are too few seeds for one history.
    """
    if years < 1 or seeds < 2 * years:
        raise ValueError(f"{years} years on either side need {2 * years} seeds at least; found {seeds}")
    if years == 1:
        before, after = (one[:, None] for one in np.nonzero(~np.eye(seeds, dtype=bool)))
    else:
        coins = uniforms(Streams(0).key("known-truth/years"), draws * seeds, np.uint64(seeds * 2**16 + years))
        order = np.argsort(np.asarray(coins).reshape(draws, seeds), axis=1, kind="stable")
        before, after = order[:, :years], order[:, years : 2 * years]
    used = np.zeros((len(before), seeds))
    np.put_along_axis(used, np.hstack([before, after]), 1.0, axis=1)
    return Histories(before, after, used)


def jackknife_interval(whole: float, left_out: Floats) -> tuple[float, float]:
    """The 95 % interval of an estimate by leaving out one seed at a time (Tukey 1958; for pairs of seeds, Arvesen 1969).

    ``se^2 = (n - 1) / n * sum (left out - their mean)^2``, and the interval is ``whole -+ t(n - 1) se``. NaN if none can be told.
    """
    seeds = left_out.size
    if seeds < 2 or math.isnan(whole) or np.isnan(left_out).any():
        return math.nan, math.nan
    error = math.sqrt((seeds - 1) / seeds * float(((left_out - left_out.mean()) ** 2).sum()))
    half = float(stdtrit(seeds - 1, 0.5 + CONFIDENCE / 2)) * error
    return whole - half, whole + half


def share_interval(whole: float, left_out: Floats, years: int) -> tuple[float, float]:
    """The same of a share, within 0 and 1.

    Where no history, or every one, does it, leaving out a seed changes nothing. Then the interval is that of as many histories
    as have no year in common, ``n // (2 years)`` (Clopper and Pearson 1934).
    """
    low, high = jackknife_interval(whole, left_out)
    if low == high and whole in {0.0, 1.0}:
        apart = left_out.size // (2 * years)
        end = float(betaincinv(1.0, apart, 0.5 + CONFIDENCE / 2))
        return (0.0, end) if whole == 0.0 else (1.0 - end, 1.0)
    return float(np.maximum(low, 0.0)), float(np.minimum(high, 1.0))


def _ratio(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else math.nan


def _ratios(part: Floats, whole: Floats) -> Floats:
    return np.asarray(np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > 0), np.float64)
