"""What is believed of a parameter before: a distribution over its range, walked from 0 to 1 as its distribution function rises.

Points live in the unit cube, where every prior is uniform; so samplers know nothing of units, and a volume is a probability.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtr, ndtri

from sim.experiment.design.factors import DIGITS
from sim.experiment.sensitivity.table import Floats

__all__ = ["Prior"]


@dataclass(frozen=True, slots=True)
class Prior:
    """A parameter that is calibrated.

    Attributes:
        name: its column in tables. key: of the scenario. place: the one place it belongs to; empty if all places share it.
        meaning, unit: in the scenario's words.
        low, high: its range; no value outside is ever tried.
        scale: whether equal parts of the range are equal differences or equal ratios.
        centre, sd: of a normal distribution cut off at the range: the centre in the parameter's unit, the standard deviation on
            the scale (of the logarithm, if that is ``log``); none for a uniform one.
        whole: whether it takes whole numbers only.
        shipped: its value in each place's base scenario.
    """

    name: str
    key: str
    place: str
    meaning: str
    unit: str
    low: float
    high: float
    scale: Literal["linear", "log"] = "linear"
    centre: float | None = None
    sd: float | None = None
    whole: bool = False
    shipped: tuple[tuple[str, float], ...] = ()

    def at(self, parts: Floats) -> Floats:
        """The values at some parts of the way, from 0 to 1: the prior's quantiles.

        They are rounded to ten digits, as tables hold them, so that what is written is what was run.
        """
        if self.whole:
            return np.clip(np.floor(self.low + np.asarray(parts) * (self.high - self.low + 1)), self.low, self.high)
        low, high = self._on_scale(self.low), self._on_scale(self.high)
        if self.sd is None or self.centre is None:
            found = low + np.asarray(parts) * (high - low)
        else:
            begin, end = self._below(low), self._below(high)
            found = self._on_scale(self.centre) + self.sd * ndtri(begin + np.asarray(parts) * (end - begin))
        values = np.exp(found) if self.scale == "log" else found
        rounded = np.array([float(f"{value:.{DIGITS}g}") for value in np.ravel(values)]).reshape(np.shape(values))
        return np.clip(rounded, self.low, self.high)

    def part(self, value: float) -> float:
        """How far along the way a value lies: the prior's distribution function; 0 below the range and 1 above it."""
        value = min(max(value, self.low), self.high)
        if self.whole:
            return (value - self.low + 0.5) / (self.high - self.low + 1)
        low, high, here = (self._on_scale(one) for one in (self.low, self.high, value))
        if self.sd is None or self.centre is None:
            return (here - low) / (high - low)
        begin, end = self._below(low), self._below(high)
        return (self._below(here) - begin) / (end - begin)

    def _on_scale(self, value: float) -> float:
        return float(np.log(value)) if self.scale == "log" else value

    def _below(self, here: float) -> float:
        """How much of the normal distribution lies below a place on the scale."""
        if self.sd is None or self.centre is None:
            raise ValueError("a uniform prior has no centre")
        return float(ndtr((here - self._on_scale(self.centre)) / self.sd))
