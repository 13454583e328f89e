"""Tests by which analysts of event data tell whether there was more protest after a reform than before.

Each takes fields of comparisons by years, and gives one two-sided p-value a comparison.
"""

from __future__ import annotations

import numpy as np
from scipy.special import bdtr, bdtrc, ndtr, stdtr

from sim.experiment.sensitivity.table import Floats

__all__ = ["negative_binomial_p", "poisson_p", "welch_p"]

_ANSCOMBE = 0.5
"""Events added to each side of a log ratio, which a side without events would else not have (Anscombe 1956)."""


def poisson_p(before: Floats, after: Floats, ratio: float = 1.0) -> Floats:
    """Exact test of two Poisson rates (Przyborowski and Wilenski 1940, Biometrika 31).

    Of the ``N`` events of both sides together, those after are binomial with ``q = ratio / (1 + ratio)`` if the rates are equal.
    The p-value is twice the smaller tail, 1 at most. It takes every event for a chance of its own: years that differ for any
    other reason than the law (a shock, a wave) make it too small.

    Args:
        before, after: events, comparisons by years.
        ratio: reporting rate after / before, if it is known; 1 takes them as equal.
    """
    first, second = before.sum(axis=1), after.sum(axis=1)
    both, share = first + second, ratio / (1.0 + ratio)
    below, above = bdtr(second, both.astype(np.int64), share), bdtrc(second - 1.0, both.astype(np.int64), share)
    return np.asarray(np.minimum(1.0, 2.0 * np.minimum(below, above)), np.float64)


def negative_binomial_p(before: Floats, after: Floats, ratio: float = 1.0) -> Floats:
    """Wald test of the log ratio of two negative binomial means (Cameron and Trivedi 2013, Regression Analysis of Count Data).

    Counts have the variance ``m + a m^2``. With ``k`` years on either side ``z = log(m after / (ratio m before)) / se`` and
    ``se^2 = (1 / m before + 1 / m after + 2 a) / k``; the dispersion ``a`` is that of both sides together by moments,
    ``sum (s^2 - m) / sum m^2``, 0 at least. With so few years it is badly known, which the test ignores, as software does.

    Args:
        before, after: events, comparisons by years; at least two years on either side.
        ratio: reporting rate after / before, if it is known; 1 takes them as equal.
    """
    years = _enough(before, after)
    means = np.stack([before.mean(axis=1), after.mean(axis=1)])
    spread = np.stack([before.var(axis=1, ddof=1), after.var(axis=1, ddof=1)])
    squares = (means**2).sum(axis=0)
    excess = np.divide((spread - means).sum(axis=0), squares, out=np.zeros_like(squares), where=squares > 0)
    first, second = means + _ANSCOMBE / years
    variance = (1.0 / first + 1.0 / second + 2.0 * np.maximum(excess, 0.0)) / years
    z = np.log(second / (ratio * first)) / np.sqrt(variance)
    return np.asarray(2.0 * ndtr(-np.abs(z)), np.float64)


def welch_p(before: Floats, after: Floats) -> Floats:
    """Welch's t test of two means of years (Welch 1947, Biometrika 34); 1 where the years of neither side differ.

    Args:
        before, after: totals of years, comparisons by years; at least two years on either side.
    """
    years = _enough(before, after)
    one, other = before.var(axis=1, ddof=1) / years, after.var(axis=1, ddof=1) / years
    error, known = one + other, one + other > 0
    safe = np.where(known, error, 1.0)
    freedom = np.where(known, safe**2 * (years - 1) / np.where(known, one**2 + other**2, 1.0), 1.0)
    t = (after.mean(axis=1) - before.mean(axis=1)) / np.sqrt(safe)
    return np.asarray(np.where(known, 2.0 * stdtr(freedom, -np.abs(t)), 1.0), np.float64)


def _enough(before: Floats, after: Floats) -> int:
    """The years on either side."""
    years = int(before.shape[1])
    if years < 2 or after.shape != before.shape:
        raise ValueError(f"spread is told by two years on either side at least, and equally many; found {before.shape[1:]}")
    return years
