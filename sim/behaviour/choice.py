"""Choosing among options with known payoffs, and learning what they are."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.kernels import jit

__all__ = ["best", "blend", "gumbel", "normal_above", "posterior_mean"]


def gumbel(u: float) -> float:
    """A standard Gumbel number from a uniform one.

    The largest payoff with Gumbel noise added is a logit choice (McFadden 1974).
    """
    return -math.log(-math.log(u))


def best(payoffs: Sequence[float], noise: Sequence[float], temperature: float) -> int:
    """The logit choice: the place of the largest ``payoff + temperature * noise``; of equals, the first.

    Args:
        payoffs: one an option.
        noise: standard Gumbel numbers, one an option, fixed by (seed, who, when, option).
        temperature: scale of the noise; 0 takes the best.
    """
    return max(range(len(payoffs)), key=lambda place: payoffs[place] + temperature * noise[place])


def posterior_mean(prior: float, strength: float, yes: float, seen: float) -> float:
    """The chance believed after ``yes`` of ``seen`` cases, from a beta prior of mean ``prior`` worth ``strength`` cases."""
    return (prior * strength + yes) / (strength + seen)


def blend(old: float, new: float, weight: float) -> float:
    """The old belief moved towards the new observation by a weight."""
    return old + weight * (new - old)


@jit
def normal_above(limit: float, mean: float, sd: float) -> float:
    """The chance that a normal number lies above a limit."""
    if sd <= 0.0:
        return 1.0 if mean > limit else 0.0
    return 0.5 * math.erfc((limit - mean) / (sd * math.sqrt(2.0)))
