"""The small formulas that several parts of the day need, each written once and in plain Python."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

__all__ = ["believed", "left", "logit_choice", "lognormal_passes", "moved_towards", "single"]


def single(x: float) -> float:
    """A number rounded to single precision.

    People's traits and feelings are kept in single precision, so that the last bit of a machine's own ``exp`` or ``log`` is
    rounded away, and so that a million people take little room.
    """
    return float(np.float32(x))


def left(days: int, half_life: float) -> float:
    """The share left after some days: ``2 ** (-days / half_life)``.

    Written with ``exp2``, as in the engine: ``2.0 ** x`` is another number in the last bit about once in a thousand times.
    """
    return math.exp2(-days / half_life)


def logit_choice(worth: Sequence[float], coins: Sequence[float], temperature: float) -> int:
    """The place of the option with the largest ``worth + temperature * Gumbel``: a logit choice (McFadden 1974).

    Of equals the first. ``Gumbel = -log(-log(coin))``, one uniform coin for each option.
    """
    noisy = [value + temperature * -math.log(-math.log(coin)) for value, coin in zip(worth, coins, strict=True)]
    return noisy.index(max(noisy))


def believed(prior: float, strength: float, yes: float, seen: float) -> float:
    """The chance believed after ``yes`` of ``seen`` cases: the mean of a beta whose prior is worth ``strength`` cases."""
    return (prior * strength + yes) / (strength + seen)


def moved_towards(old: float, new: float, weight: float) -> float:
    """The old belief moved towards the new observation: ``old + weight * (new - old)``."""
    return old + weight * (new - old)


def lognormal_passes(limit: float, median: float, log_sd: float) -> float:
    """The chance that a lognormal number lies above a limit."""
    distance = math.log(limit) - math.log(median)
    if log_sd <= 0.0:
        return 1.0 if distance < 0.0 else 0.0
    return 0.5 * math.erfc(distance / (log_sd * math.sqrt(2.0)))
