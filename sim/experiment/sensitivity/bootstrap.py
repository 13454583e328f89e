"""Resampling: which cases stand in a bootstrap sample, and the interval that follows.

The cases are drawn from a counter-based stream, so that an analysis made again gives the same interval to the last digit.
"""

from __future__ import annotations

import functools
import math
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from sim.experiment.effects import CONFIDENCE
from sim.experiment.sensitivity.table import Floats
from sim.streams import Streams, uniforms

__all__ = ["RESAMPLES", "accelerated_interval", "percentile_interval", "resampled"]

RESAMPLES: Final = 2000
"""Bootstrap samples, if nothing is said: the ends of a 95 % interval then move by a few per cent of its width at most."""

_LARGEST: Final = 2**32 - 1
"""Draws that one question of a stream can answer."""


@functools.lru_cache(maxsize=8)
def resampled(cases: int, resamples: int = RESAMPLES) -> npt.NDArray[np.int64]:
    """The cases in each bootstrap sample, samples by cases, drawn with replacement; the same for every outcome.

    Raises:
        ValueError: if there is no case, or too many to draw.
    """
    if not 0 < cases * resamples <= _LARGEST:
        raise ValueError(f"no bootstrap of {cases} cases, {resamples} times")
    drawn = uniforms(Streams(0).key("bootstrap"), cases * resamples, np.uint64(cases))
    chosen = np.asarray(drawn * cases, np.int64).reshape(resamples, cases)
    chosen.flags.writeable = False
    return chosen


def accelerated_interval(values: Floats, resamples: int = RESAMPLES) -> tuple[float, float]:
    """The 95 % BCa interval of a mean (Efron 1987, Better bootstrap confidence intervals, JASA 82).

    With ``F`` the distribution of the means of the resamples, the ends are ``F^-1(Phi(z0 + (z0 + z) / (1 - a (z0 + z))))`` for
    ``z = -1.96`` and ``1.96``; ``z0 = Phi^-1(F(mean))`` mends the bias, and ``a``, the skewness of the jackknife means over six,
    the skew.
    """
    mean = float(values.mean())
    if np.ptp(values) == 0:
        return mean, mean
    means = np.sort(values[resampled(values.size, resamples)].mean(axis=1))
    below = (np.searchsorted(means, mean, "left") + np.searchsorted(means, mean, "right")) / (2 * means.size)
    if not 0 < below < 1:  # no resample on one side of the mean
        return math.nan, math.nan
    bias = float(ndtri(below))
    left_out = (values.sum() - values) / (values.size - 1)
    away = left_out.mean() - left_out
    skew = float((away**3).sum() / (6 * (away**2).sum() ** 1.5))
    ends = np.array([-1.0, 1.0]) * float(ndtri(0.5 + CONFIDENCE / 2)) + bias
    low, high = np.quantile(means, ndtr(bias + ends / (1 - skew * ends)))
    return float(low), float(high)


def percentile_interval(found: Floats) -> tuple[Floats, Floats]:
    """The 95 % percentile interval of estimates from resamples, which stand along the first axis (Efron 1979)."""
    low, high = np.quantile(found, [0.5 - CONFIDENCE / 2, 0.5 + CONFIDENCE / 2], axis=0)
    return low, high
