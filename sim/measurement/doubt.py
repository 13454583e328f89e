"""How far an excess over a polynomial may be wrong: by chance, and by the choice of the polynomial."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from sim.measurement.density import HEAPING, Bins, Floats, counterfactual

__all__ = ["standard_error"]

_MORE: Final = 2
"""Polynomials of up to so many degrees more are thought of as well."""

_SPARE: Final = 2
"""Bins that must be left over when a polynomial has taken its degrees."""


def standard_error(bins: Bins, counts: Floats, total: int, window: slice, degree: int, rounds: Sequence[int]) -> float:
    """The standard error of the excess below the threshold as a share of ``total`` sizes.

    Chance is reckoned by the delta method: ``total`` sizes fall into bins, multinomially, and the fit follows those outside the
    window. A wrong polynomial is reckoned as Buckland, Burnham and Augustin do (1997, Biometrics 53): with the estimates m_i and
    variances v_i under polynomials of ``degree`` and up to two degrees more, and weights w_i by Akaike's criterion, ::

        error = sum_i w_i sqrt(v_i + (m_i - m)^2)

    where m is the estimate that is reported, of ``degree`` itself.

    Args:
        bins, counts: the sizes. total: how many there are, in bins or not. window: bins that were not trusted; those of them
            below the threshold hold the excess. degree, rounds: of the fit.
    """
    outside = np.ones(counts.size, bool)
    outside[window] = False
    below = slice(window.start, bins.threshold)
    found = []
    for more in range(_MORE + 1):
        if more and outside.sum() < degree + more + 1 + _SPARE:
            break
        fit = counterfactual(bins, counts, window, degree + more, rounds)
        mass = float((counts - fit)[below].sum()) / total
        variance = _variance(bins, fit, outside, below, degree + more, rounds) + float(counts[below].sum())
        found.append(
            (mass, max(variance / total**2 - mass * mass / total, 0.0), _misfit(counts[outside], fit[outside]) + 2 * more)
        )
    masses, variances, criteria = (np.array(column) for column in zip(*found, strict=True))
    weights = np.exp(-(criteria - criteria.min()) / 2.0)
    return float((weights * np.sqrt(variances + (masses - masses[0]) ** 2)).sum() / weights.sum())


def _variance(bins: Bins, fit: Floats, outside: np.ndarray, below: slice, degree: int, rounds: Sequence[int]) -> float:
    """The variance of the fit's sum below the threshold, for counts outside that are Poisson."""
    design = bins.regressors(degree, rounds)
    information = (design[outside] * fit[outside, None]).T @ design[outside]
    heaps = np.zeros(design.shape[1])
    heaps[degree + 1 :] = HEAPING**-2
    inverse = np.linalg.pinv(information + np.diag(heaps))
    slope = (design[below] * fit[below, None]).sum(axis=0)
    return float(slope @ inverse @ information @ inverse @ slope)


def _misfit(counts: Floats, fit: Floats) -> float:
    """Minus twice the log likelihood of Poisson counts, but for what does not depend on the fit."""
    return float(2.0 * sum(mean - count * math.log(mean) for count, mean in zip(counts.tolist(), fit.tolist(), strict=True)))
