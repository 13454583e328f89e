"""What a model is held against: bands of real protests as numbers with a tolerance, on the scale on which they are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ndtri

from sim.experiment.sensitivity.table import Floats

__all__ = ["FLOOR", "Goal"]

FLOOR: Final = 0.1
"""On a scale of ratios, values below so much of the band's lower end count as that much: a share of 0 has no logarithm."""

_SDS: Final = float(ndtri(0.975))
"""Standard deviations from the middle of a band to its end: a band is read as an interval that holds 95 of 100."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A pattern that a place must meet.

    Attributes:
        place: the place's name. pattern: the pattern's (``P1a``). short: what it is, in a few words. unit: of its value.
        low, high: its band.
        log: whether it is compared by ratios: then values and band are taken as logarithms.
        fitted: whether parameters are calibrated on it; else it is held out.
        tolerance: how many times as wide the band is taken to be when points are ruled out.
        grade, source: of the band.
    """

    place: str
    pattern: str
    short: str
    unit: str
    low: float
    high: float
    log: bool
    fitted: bool
    tolerance: float = 1.0
    grade: str = "-"
    source: str = ""

    @property
    def name(self) -> str:
        """Its place and pattern: ``berlin P1a``."""
        return f"{self.place} {self.pattern}"

    def on_scale(self, values: Floats) -> Floats:
        """Values on the scale of comparison; NaN stays NaN."""
        return np.log(np.maximum(values, FLOOR * self.low)) if self.log else np.asarray(values, np.float64)

    def off_scale(self, values: Floats) -> Floats:
        """The way back."""
        return np.exp(values) if self.log else np.asarray(values, np.float64)

    @property
    def middle(self) -> float:
        """The middle of the band, on the scale."""
        return float(self._ends.mean())

    @property
    def sd(self) -> float:
        """Standard deviation of what is observed about what the model should give, on the scale.

        It holds the error of observation and the model's discrepancy together, for nobody has told them apart: the band's half
        width / 1.96, times the tolerance.
        """
        return self.tolerance * float(np.ptp(self._ends)) / 2.0 / _SDS

    def met(self, values: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Which values lie in the band, as it stands."""
        return (values >= self.low) & (values <= self.high)

    @property
    def _ends(self) -> Floats:
        ends = np.array([self.low, self.high], np.float64)
        return np.log(ends) if self.log else ends
