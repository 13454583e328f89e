"""How people decide: one core for all towns, so that towns and laws are compared with the same people in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ConfigDict

from sim.errors import Problem
from sim.texts import ASSUMPTION, Text, quantity

__all__ = ["Traits"]

_START = "assumption; starting point of the design, to be calibrated"
_DEMOSCOPE = "Demoscope, Kazakhstan, September 2019, n = 1,100"


class Traits(Text):
    """The distribution of people's traits. A person's traits are independent. Utilities are in units of theta."""

    model_config = ConfigDict(allow_inf_nan=False)

    concern_max: float = quantity(
        "base concern with an issue is even between 0 and this", "utility", 0.2, 0.8, default=0.5, source=_START, ge=0, le=1
    )
    reluctance_mean: float = quantity(
        "mean of theta, which concern must outweigh before one goes",
        "utility",
        0.7,
        1.5,
        default=1.05,
        source="assumption; centre of the posterior (results/calibration)",
    )
    reluctance_sd: float = quantity(
        "standard deviation of theta (normal)", "utility", 0.1, 0.4, default=0.25, source=_START, ge=0
    )
    risk_log_sd: float = quantity(
        "standard deviation of log risk aversion (lognormal, mean 1)", "log", 0.0, 1.0, default=0.5, ge=0, le=3
    )
    deference_full: float = quantity(
        "share of people to whom a rally must be cleared with the authorities (deference 1)",
        "share",
        0.5,
        0.8,
        default=0.73,
        source=_DEMOSCOPE,
        ge=0,
        le=1,
    )
    deference_none: float = quantity(
        "share of people to whom it need not be (deference 0); the rest lie evenly in between",
        "share",
        0.1,
        0.4,
        default=0.17,
        source=f"{_DEMOSCOPE} (background, verify)",
        ge=0,
        le=1,
    )
    online: float = quantity(
        "share of people whom press and networks reach; their media use is even between 0 and 1, that of others 0",
        "share",
        0.63,
        0.92,
        default=0.75,
        source=f"{ASSUMPTION} between social media use in Kazakhstan in 2021 (63 %, background, verify) and internet use in 2025",
        ge=0,
        le=1,
    )

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterator[Problem]:
        """Nobody has both full deference and none."""
        both = parts.get("deference_full", 0.0) + parts.get("deference_none", 0.0)
        if both > 1.0:
            yield Problem("deference_none", f"deference_full + deference_none = {both:g}", "shares that sum to 1 at most")
