"""How sure the sign of a difference is over all that was varied, and where it flips."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.special import ndtr

from sim.experiment.resting.chance import CHANCE
from sim.experiment.resting.responses import Responses, resampled_of
from sim.experiment.sensitivity import discover
from sim.experiment.sensitivity.bootstrap import percentile_interval
from sim.experiment.uncertainty import split_uncertainty

__all__ = ["REGIONS", "SEARCHES", "flipped", "flips_where", "sign_of"]

REGIONS: Final = ["region", "assumption", "least", "most", "quasi_p", "density", "coverage", "points", "by_chance", "found"]
"""The columns of what :func:`flips_where` tells."""

SEARCHES: Final = 39
"""Searches among shuffled points, by which 5 of 100 can be told; each takes as long as the search itself."""

_BOXES: Final = 1
"""Regions that are looked for: the first one speaks for itself, and each costs a search a shuffle."""


def sign_of(differences: pd.DataFrame, responses: Responses) -> dict[str, Any]:
    """The mean difference, and how sure its sign is.

    The expected differences of the points, what infinitely many seeds would give, are taken as normal with the mean of all and
    the variance between points without noise. Counting points instead (``raw_above``) assumes nothing, and counts noise too.

    Args:
        differences: one row a pair of runs: ``draw`` (the number of its point), ``seed``, ``difference``.
        responses: of the same.

    Returns:
        ``mean`` with its 95 % interval ``low`` to ``high``, which holds seeds and assumptions; ``noise_sd`` (between seeds at one
        point) and ``expected_sd`` (between points, without noise); ``above``, the share of points whose expected difference is
        above 0, with its interval by bootstrap over points; ``raw_above``, ``raw_below``: the shares of points whose mean is.
    """
    split = split_uncertainty(differences)
    above = _above(split.mean, math.sqrt(split.parameters))
    found = resampled_of(responses)
    spreads = np.sqrt(np.nan_to_num(found.expected))
    resampled = [_above(mean, spread) for mean, spread in zip(found.mean.tolist(), spreads.tolist(), strict=True)]
    low, high = percentile_interval(np.array(resampled))
    return {
        "mean": split.mean,
        "low": split.low,
        "high": split.high,
        "noise_sd": math.sqrt(split.noise),
        "expected_sd": math.sqrt(split.parameters),
        "above": above,
        "above_low": float(low),
        "above_high": float(high),
        "raw_above": float((responses.mean > 0).mean()),
        "raw_below": float((responses.mean < 0).mean()),
    }


def flipped(responses: Responses) -> Any:
    """For each point whether its difference has the other sign than the mean of all."""
    return responses.mean * responses.mean.mean() < 0


def flips_where(settings: pd.DataFrame, responses: Responses, *, shuffles: int = SEARCHES) -> pd.DataFrame:
    """The region in which the difference has the other sign, found by PRIM (:func:`~sim.experiment.sensitivity.discover`).

    Args:
        settings: one row a response, one column an assumption. responses: of these points. shuffles: how often it is asked where
            nothing can be found.

    Returns:
        one row an assumption that bounds the region: ``region`` (its number), ``assumption``, ``least`` and ``most`` (NaN where
        it has no such end), ``quasi_p``, and of the whole region ``density`` (the share of its points that flip),
        ``coverage`` (the share of all that flip that lie in it), ``points``, ``by_chance``, and ``found``: whether chance finds
        one as surprising in 5 of 100 searches at most. No rows if no point flips, or nothing stands out at all.
    """
    flips = flipped(responses)
    rows = []
    if flips.any() and not flips.all():
        for number, box in enumerate(discover(settings, flips, most_boxes=_BOXES, shuffles=shuffles), 1):
            whole = {"density": box.density, "coverage": box.coverage, "points": box.points, "by_chance": box.by_chance}
            for limit in box.limits.to_dict("records"):
                ends = {end: limit[end] if np.isfinite(limit[end]) else np.nan for end in ("least", "most")}
                own = {"region": number, "assumption": limit["factor"], **ends, "quasi_p": limit["quasi_p"]}
                rows.append({**own, **whole, "found": bool(box.by_chance <= CHANCE)})
    kinds = {"region": "int64", "assumption": "str", "points": "int64", "found": "bool"}
    return pd.DataFrame(rows, columns=REGIONS).astype({**dict.fromkeys(REGIONS, "float64"), **kinds})


def _above(mean: float, spread: float) -> float:
    """The part of a normal distribution that is above 0; of one without spread, all, nothing or half."""
    return float(ndtr(mean / spread)) if spread else 0.5 + 0.5 * float(np.sign(mean))
