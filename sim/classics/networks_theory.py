"""Cascades on the random graph of Erdos and Renyi, in the limit of many people.

Gleeson and Cahalane (2007): with p_k the share of people who have k ties (mean z), r0 the share who start, B the binomial
distribution and F(m/k) the share of those with k ties for whom m are enough, ::

    q   = r0 + (1 - r0) sum_k (k/z) p_k sum_m B(m; k - 1, q) F(m/k)       a tie goes, before one goes oneself
    rho = r0 + (1 - r0) sum_k p_k       sum_m B(m; k, q)     F(m/k)       one goes

at the least q. Degrees are Poisson here, so ties who go and ties who do not are two independent Poisson numbers, of mean zq and
z(1 - q), and both sums are one over these two.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy import optimize
from scipy.special import gammaln, ndtr, xlogy
from scipy.stats import poisson

from sim.classics.fixed_point import least_fixed_point

__all__ = ["Response", "critical_spread", "final_share", "normal_response", "uniform_response", "window"]

Floats = npt.NDArray[np.float64]
type Response = Callable[[Floats], Floats]
"""The share of people for whom a fraction of their ties is enough."""


def normal_response(mean: float, spread: float) -> Response:
    """Thresholds are normal, as fractions of one's ties; those of 0 or less start it."""
    return lambda fraction: ndtr((fraction - mean) / spread)


def uniform_response(threshold: float) -> Response:
    """Everybody has the same threshold."""
    return lambda fraction: (fraction >= threshold - 1e-12).astype(np.float64)


class _Graph:
    """Sums over the ties of somebody in a random graph."""

    def __init__(self, degree: float, response: Response) -> None:
        self.degree = degree
        self.counts = np.arange(math.ceil(degree + 12.0 * math.sqrt(degree)) + 20, dtype=np.float64)
        going, staying = np.meshgrid(self.counts, self.counts, indexing="ij")
        ties = going + staying
        self.of_tie = response(going / (ties + 1.0))  # one tie more: to the one who asks, and does not go yet
        self.of_all = response(going / np.maximum(ties, 1.0))

    def share(self, q: Floats, response: Floats) -> Floats:
        """The share of people for whom enough ties go, if each goes with chance q."""
        found: Floats = ((self._poisson(q) @ response) * self._poisson(1.0 - q)).sum(axis=1)
        return np.clip(found, 0.0, 1.0)

    def _poisson(self, share: Floats) -> Floats:
        mean = self.degree * share[:, None]
        log: Floats = xlogy(self.counts, mean) - mean - gammaln(self.counts + 1.0)
        return np.exp(log)


def final_share(degree: float, response: Response, start: float = 0.0) -> float:
    """The share who go in the end.

    Args:
        degree: the mean number of ties.
        response: the share of people for whom a fraction of their ties is enough.
        start: the share who go whatever their ties do.
    """
    graph = _Graph(degree, response)
    q = least_fixed_point(lambda shares: start + (1.0 - start) * graph.share(shares, graph.of_tie))
    return float(start + (1.0 - start) * graph.share(np.array([q]), graph.of_all)[0])


def critical_spread(degree: float, mean: float) -> float:
    """The spread of normal thresholds at which the crowd jumps, by halving: below it few go, above it most."""
    few, most = 0.3 * mean, 1.2 * mean
    while most - few > 1e-7:
        middle = (few + most) / 2.0
        few, most = (middle, most) if final_share(degree, normal_response(mean, middle)) < mean else (few, middle)
    return most


def window(threshold: float) -> tuple[float, float] | None:
    """Between which mean degrees one person can start a cascade among people who all have this threshold (Watts 2002).

    There, ``sum_k k (k - 1) p_k [k <= 1/threshold] > z``: those whom a single tie can move hang together. None if nowhere.
    """
    most = math.floor(1.0 / threshold + 1e-12)

    def above(degree: float) -> float:
        return degree * float(poisson.cdf(most - 2, degree)) - 1.0

    degrees = np.linspace(0.5, 3.0 * most + 5.0, 2000)
    (inside,) = np.nonzero([above(degree) > 0.0 for degree in degrees])
    if not inside.size:
        return None
    first, last = int(inside[0]), int(inside[-1])
    ends = ((degrees[first - 1], degrees[first]), (degrees[last], degrees[last + 1]))
    low, high = (float(optimize.brentq(above, a, b)) for a, b in ends)
    return low, high
