"""The posterior: points of the region that is left, weighted by how well they give what was observed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.experiment.calibration.chance import Chance
from sim.experiment.calibration.matching import Rules, Wave
from sim.experiment.calibration.priors import Prior
from sim.experiment.calibration.space import effective, weighted
from sim.experiment.calibration.threads import one_thread
from sim.experiment.sensitivity.table import Floats

__all__ = ["INTERVAL", "Posterior", "draws_of", "posterior_of", "quantile", "summary_of"]

INTERVAL = 0.9
"""How much of the posterior an interval holds."""


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """Draws from the posterior.

    Attributes:
        x: points of the unit cube, one a row. weights: of each; they sum to 1.
    """

    x: Floats
    weights: Floats

    @property
    def effective(self) -> float:
        """How many draws of equal weight say as much."""
        return effective(self.weights)


def posterior_of(wave: Wave, rules: Rules) -> Posterior:
    """The posterior after a wave: approximate Bayesian computation within the region that is left.

    The prior, uniform in the cube, is cut off at the cutoff's implausibility and weighted by
    :meth:`~sim.experiment.calibration.implausibility.Judge.log_kernel`.

    Args:
        wave: the last. rules: of the waves.
    """
    chance = Chance(rules.sample, "calibration/posterior")
    with one_thread():
        x, weights = weighted(wave.left.points, wave.judge.log_kernel, wave.judge.worst, rules.cutoff, chance)
    return Posterior(x, weights)


def draws_of(posterior: Posterior, priors: Sequence[Prior]) -> pd.DataFrame:
    """The draws as a table: ``draw`` (from 0), ``weight``, and the value of each parameter, in its unit."""
    columns = {prior.name: prior.at(posterior.x[:, place]) for place, prior in enumerate(priors)}
    keys = {"draw": np.arange(len(posterior.x), dtype=np.int64), "weight": posterior.weights}
    return pd.DataFrame(keys | columns)


def summary_of(posterior: Posterior, priors: Sequence[Prior]) -> pd.DataFrame:
    """Prior and posterior of each parameter.

    Returns:
        one row a parameter: ``parameter``, ``key``, ``place`` (empty if shared), ``meaning``, ``unit``, ``shipped`` (value of the
        base scenarios, in the first place it belongs to), ``prior_low`` and ``prior_high``, ``scale``, ``centre`` (weighted
        median), ``mean``, ``low`` and ``high`` (90 % of the posterior), ``shrinkage``: 1 less the posterior's standard deviation
        over the prior's, both along the prior: 0 if nothing was learned, near 1 if much was, below 0 if both ends are likelier
        than the middle; and ``shipped_part``: how much of the posterior lies below the shipped value.
    """
    rows = []
    table = draws_of(posterior, priors)
    for place, prior in enumerate(priors):
        values, along = table[prior.name].to_numpy(np.float64), posterior.x[:, place]
        mean = float(posterior.weights @ along)
        sd = float(np.sqrt(posterior.weights @ (along - mean) ** 2))
        tails = (1.0 - INTERVAL) / 2.0
        shipped = prior.shipped[0][1] if prior.shipped else float("nan")
        below = float(posterior.weights @ ((values < shipped) + 0.5 * (values == shipped)))
        rows.append(
            {
                "parameter": prior.name,
                "key": prior.key,
                "place": prior.place,
                "meaning": prior.meaning,
                "unit": prior.unit,
                "shipped": shipped,
                "prior_low": prior.low,
                "prior_high": prior.high,
                "scale": prior.scale,
                "centre": quantile(values, posterior.weights, 0.5),
                "mean": float(posterior.weights @ values),
                "low": quantile(values, posterior.weights, tails),
                "high": quantile(values, posterior.weights, 1.0 - tails),
                "shrinkage": 1.0 - sd * np.sqrt(12.0),
                "shipped_part": below,
            }
        )
    return pd.DataFrame(rows)


def quantile(values: Floats, weights: Floats, part: float) -> float:
    """A weighted quantile: the least value up to which so much of the weight lies."""
    order = np.argsort(values, kind="stable")
    total = np.cumsum(weights[order])
    place = int(np.searchsorted(total, part * total[-1]))
    return float(values[order[min(place, len(values) - 1)]])
