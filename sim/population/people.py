"""The adults of a town: one row a citizen, which is seen as columns, one a trait."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.population.draws import Floats, bells, shares
from sim.population.traits import Traits
from sim.rows import columns_of, row_of, zero_rows
from sim.streams import Streams

__all__ = ["People", "apportion", "build_people", "row_type"]

_BLOCK: Final = 16_384  # citizens whose rows stay in the nearest cache
_TINY: Final = 1e-12  # keeps a share of exactly 0 from dividing by zero


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """N adults. Citizens of one district have consecutive numbers. The arrays are shared: they are read, and cannot be written.

    Attributes:
        rows: what is known of each adult, one row each [N]; the columns below are views of it.
    """

    rows: NDArray[np.void]

    @classmethod
    def of(cls, **columns: NDArray[Any]) -> People:
        """People with these columns, all of them by name."""
        rows = zero_rows(columns["district"].size, row_type(columns["concern"].shape[0]))
        for name, place in columns_of(rows).items():
            place[:] = columns[name]
        rows.flags.writeable = False
        return cls(rows)

    @property
    def n(self) -> int:
        """Number of adults."""
        return self.rows.size

    @property
    def district(self) -> NDArray[np.uint8]:
        """Number of the home district, uint8 [N]."""
        return self.rows["district"]

    @property
    def income(self) -> Floats:
        """Monthly income in the town's currency, float32 [N]."""
        return self.rows["income"]

    @property
    def theta(self) -> Floats:
        """Reluctance: what concern must outweigh, in units of utility, float32 [N]."""
        return self.rows["theta"]

    @property
    def risk_aversion(self) -> Floats:
        """Weight of a sanction, mean 1, float32 [N]."""
        return self.rows["risk_aversion"]

    @property
    def deference(self) -> Floats:
        """How far an unlawful assembly is out of the question, 0..1, float32 [N]."""
        return self.rows["deference"]

    @property
    def media(self) -> Floats:
        """Use of press and networks, 0..1, float32 [N]."""
        return self.rows["media"]

    @property
    def foreigner(self) -> NDArray[np.bool_]:
        """Whether one is a foreigner or stateless, bool [N]."""
        return self.rows["foreigner"]

    @property
    def concern(self) -> Floats:
        """Base concern by issue, 0..1, float32 [issues, N]."""
        return self.rows["concern"].T


def row_type(issues: int) -> np.dtype[np.void]:
    """The type of a row of :class:`People`."""
    traits = [(name, np.float32) for name in ("theta", "risk_aversion", "deference", "media", "income")]
    return row_of([("concern", np.float32, (issues,)), *traits, ("district", np.uint8), ("foreigner", np.bool_)])


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
    rows = zero_rows(n, row_type(issues))
    rows["district"] = np.repeat(np.arange(len(sizes), dtype=np.uint8), sizes)
    torn = max(1.0 - traits.deference_full - traits.deference_none, _TINY)  # neither full deference nor none
    online = max(traits.online, _TINY)
    even = {  # by field: stream, from, to
        "deference": ("deference", -traits.deference_none / torn, 1.0 + traits.deference_full / torn),
        "media": ("media", 1.0 - 1.0 / online, 1.0),
    }
    normal = {  # by field: stream, mean, standard deviation, whether e to the power of it
        "income": ("income", math.log(median_wage), log_sd, True),
        "theta": ("reluctance", traits.reluctance_mean, traits.reluctance_sd, False),
        "risk_aversion": ("risk aversion", -(traits.risk_log_sd**2) / 2.0, traits.risk_log_sd, True),
    }
    out = np.empty(_BLOCK, np.float32)
    for first in range(0, n, _BLOCK):  # so that a row is still at hand when its next field is drawn
        block = rows[first : first + _BLOCK]
        drawn = out[: block.size]
        for name, (stream, mean, sd, exponential) in normal.items():
            bells(streams.key(stream), mean, sd, exponential, math.inf, first, drawn)
            block[name] = drawn
        for name, (stream, low, high) in even.items():
            shares(streams.key(stream), 0, low, high, first, drawn)
            block[name] = drawn
        for issue in range(issues):
            shares(streams.key("concern"), issue, 0.0, traits.concern_max, first, drawn)
            block["concern"][:, issue] = drawn
        shares(streams.key("foreigner"), 0, 0.0, 1.0, first, drawn)
        block["foreigner"] = drawn < np.float32(foreigners)
    rows.flags.writeable = False
    return People(rows)
