"""The legal status of assemblies that were held: told by marker as well as colour, and readable in grey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.interface.style import enlarged

__all__ = ["STATUSES", "Status", "statuses"]


@dataclass(frozen=True, slots=True)
class Status:
    """A legal status, and how it looks.

    Attributes:
        name: in words.
        colour, marker: of its mark. filled: whether it is. size: of it, points on paper.
    """

    name: str
    colour: str
    marker: str
    filled: bool
    size: float

    def mark(self) -> dict[str, Any]:
        """The marker, as matplotlib's ``plot`` takes it."""
        thin = self.marker in "x+"
        return {
            "marker": self.marker,
            "linestyle": "none",
            "markersize": enlarged(self.size),
            "markerfacecolor": self.colour if self.filled else "white",
            "markeredgecolor": self.colour if thin or not self.filled else "black",
            "markeredgewidth": enlarged(1.3 if thin else 0.9 if not self.filled else 0.4),
        }


STATUSES: Final = (
    Status("lawful throughout", "#009E73", "o", True, 4.8),
    Status("lawful at start, not throughout", "#56B4E9", "D", True, 4.6),
    Status("without the filing it owed", "#D55E00", "^", True, 5.4),
    Status("refused, and held all the same", "black", "x", False, 5.2),
    Status("unlawful in another way", "#555555", "s", False, 4.2),
)
"""Every assembly that was held has one of them; the first that fits."""


def statuses(held: pd.DataFrame) -> npt.NDArray[np.int64]:
    """The place in :data:`STATUSES` of each assembly that was held.

    Args:
        held: rows of the table of assemblies.
    """
    start = held["lawful_at_start"].to_numpy(bool)
    throughout = held["lawful_throughout"].to_numpy(bool)
    filed = held["attempts"].to_numpy(np.int64) > 0
    owed = held["owed_filing"].to_numpy(bool)
    refused = held["answer"].isin(["refused", "silence_refused"]).to_numpy(bool) & filed
    conditions = [throughout, start, owed & ~filed, refused]
    return np.select(conditions, range(len(conditions)), len(conditions)).astype(np.int64)
