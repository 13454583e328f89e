"""The adults of a town as columns: one array per trait, one place per citizen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.population.draws import Floats, bells, shares
from sim.population.traits import Traits
from sim.streams import Streams

__all__ = ["People", "apportion", "build_people"]

_TINY = 1e-12  # keeps a share of exactly 0 from dividing by zero


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """N adults. Citizens of one district have consecutive numbers. The arrays are shared: read, never write.

    Attributes:
        district: number of the home district, uint8 [N].
        income: monthly income in the town's currency, float32 [N].
        theta: reluctance, what concern must outweigh, in units of utility, float32 [N].
        risk_aversion: weight of a sanction, mean 1, float32 [N].
        deference: how far an unlawful assembly is out of the question, 0..1, float32 [N].
        media: use of press and networks, 0..1, float32 [N].
        foreigner: bool [N].
        concern: base concern by issue, 0..1, float32 [issues, N].
    """

    district: NDArray[np.uint8]
    income: Floats
    theta: Floats
    risk_aversion: Floats
    deference: Floats
    media: Floats
    foreigner: NDArray[np.bool_]
    concern: Floats

    @property
    def n(self) -> int:
        """Number of adults."""
        return self.district.size


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """``total`` seats by largest remainder (Hamilton's method), exactly; equal remainders go to whoever is named first.

    >>> apportion(10, [1, 1, 1])
    [4, 3, 3]
    """
    whole = sum(weights)
    seats = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: -(total * weights[i] % whole))
    for i in by_remainder[: total - sum(seats)]:
        seats[i] += 1
    return seats


def build_people(
    streams: Streams, traits: Traits, sizes: Sequence[int], issues: int, *, median_wage: float, log_sd: float, foreigners: float
) -> People:
    """The people of a town.

    Args:
        streams: chance, by name.
        traits: distributions of the traits.
        sizes: adults by district.
        issues: number of issues one may be concerned with.
        median_wage: median monthly income, in currency.
        log_sd: standard deviation of log income.
        foreigners: share of foreigners, 0..1.
    """
    n = sum(sizes)

    def share(stream: str, low: float, high: float) -> Floats:
        out = np.empty(n, np.float32)
        shares(streams.key(stream), 0, low, high, out)
        return out

    def bell(stream: str, mean: float, sd: float, exponential: bool) -> Floats:
        out = np.empty(n, np.float32)
        bells(streams.key(stream), mean, sd, exponential, math.inf, out)
        return out

    torn = max(1.0 - traits.deference_full - traits.deference_none, _TINY)  # neither full deference nor none
    online = max(traits.online, _TINY)
    concern = np.empty((issues, n), np.float32)
    for issue in range(issues):
        shares(streams.key("concern"), issue, 0.0, traits.concern_max, concern[issue])
    return People(
        district=np.repeat(np.arange(len(sizes), dtype=np.uint8), sizes),
        income=bell("income", math.log(median_wage), log_sd, True),
        theta=bell("reluctance", traits.reluctance_mean, traits.reluctance_sd, False),
        risk_aversion=bell("risk aversion", -(traits.risk_log_sd**2) / 2.0, traits.risk_log_sd, True),
        deference=share("deference", -traits.deference_none / torn, 1.0 + traits.deference_full / torn),
        media=share("media", 1.0 - 1.0 / online, 1.0),
        foreigner=share("foreigner", 0.0, 1.0) < np.float32(foreigners),
        concern=concern,
    )
