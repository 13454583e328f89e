"""In which direction a response goes with an assumption, and what it is at both ends."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.experiment.resting.curves import Curve, Refits
from sim.experiment.sensitivity.bootstrap import percentile_interval
from sim.experiment.sensitivity.table import Floats

__all__ = ["direction", "interval_of"]

_ENDS: Final = (0.05, 0.95)
"""What is called the low and the high end of an assumption: these quantiles of what was drawn."""

_SOUND: Final = 0.95
"""Share of bootstrap samples that must have a value, or there is no interval."""


def direction(curve: Curve, response: Floats, refits: Refits, values: Floats) -> dict[str, float | str]:
    """How the response changes from the low end to the high one, along a straight line and on the curve.

    Args:
        curve: of one assumption. response: at each point. refits: of the curve to it. values: of the assumption at each point.
    """
    ends = np.quantile(values, _ENDS)
    at_ends = curve.at(ends[:, None])
    stretch = float(at_ends[1, 0] - at_ends[0, 0]) if curve.freedom else 0.0
    slope = stretch * float(curve.basis[:, 0] @ response) if curve.freedom else 0.0
    low, high = interval_of(stretch * refits.slope)
    way = "rises" if low > 0 else "falls" if high < 0 else "unclear"
    found: dict[str, float | str] = {"direction": way, "slope": slope, "slope_low": low, "slope_high": high}
    found |= {"low_end": float(ends[0]), "high_end": float(ends[1])}
    own = np.concatenate([[response.mean()], curve.basis.T @ response])
    for name, place in (("at_low", at_ends[0]), ("at_high", at_ends[1])):
        row = np.concatenate([[1.0], place])
        low, high = interval_of(refits.coefficients @ row)
        found |= {name: float(own @ row), f"{name}_low": low, f"{name}_high": high}
    return found


def interval_of(resamples: Floats) -> tuple[float, float]:
    """The 95 % interval of estimates from bootstrap samples; NaN if too many of these have none."""
    sound = resamples[np.isfinite(resamples)]
    if sound.size < _SOUND * resamples.size:
        return np.nan, np.nan
    low, high = percentile_interval(sound)
    return float(low), float(high)
