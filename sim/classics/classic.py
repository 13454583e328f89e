"""What a classic is here: a small model of somebody else's, with an answer that is known, and what came out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

__all__ = ["Check", "Classic", "Finding", "Option"]


@dataclass(frozen=True, slots=True)
class Check:
    """A known answer, and what was found.

    Attributes:
        what: the question, in words. known: the answer. found: what came out. within: the difference that is tolerated (same
            unit), 0 for an exact answer. source: where the answer comes from.
    """

    what: str
    known: float
    found: float
    within: float
    source: str

    @property
    def passed(self) -> bool:
        """Whether what was found is the known answer. What is not a number is never one."""
        return math.isfinite(self.found) and abs(self.found - self.known) <= self.within


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """What came of running a classic.

    Attributes:
        checks: the known answers that hold for the options chosen. tables: what the figure is drawn from, by name.
    """

    checks: tuple[Check, ...]
    tables: Mapping[str, pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Option:
    """Something that may be set: ``--set name=value``.

    Attributes:
        name, default: what it is called, and is if nothing is said. meaning: with its unit. allowed: the values it may take, or
            the least and the most of a number.
    """

    name: str
    default: float | int | str
    meaning: str
    allowed: tuple[float, float] | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Classic:
    """A classic model.

    Attributes:
        name: as in ``protestlaw classics NAME``. title: a line. citation: the papers. teaches: what it is shown for, a few
            sentences. options: what may be set. run: from options by name and a seed (0 to 2**53 - 1) to what came out.
    """

    name: str
    title: str
    citation: tuple[str, ...]
    teaches: str
    options: tuple[Option, ...]
    run: Callable[[Mapping[str, Any], int], Finding]
