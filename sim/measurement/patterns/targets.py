"""What real protests look like: the bands that values are held against, with their sources and grades.

They stand in ``scenarios/patterns/targets.json``, which is shipped with the package.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field

from sim.errors import InputError, Problem
from sim.texts import OneOf, Text, accept, library

__all__ = ["CALIBRATED", "GROUPS", "HELD_OUT", "REGIMES", "Place", "Target", "Targets", "load_targets"]

REGIMES: Final[Mapping[str, str]] = {
    "N": "notification that is honoured",
    "P": "permit-like practice",
    "L": "no filings are known",
}
"""Under which regime a city's protest stands."""

GROUPS: Final = ("size", "filing", "legality", "time", "police")

CALIBRATED: Final = "calibrated on"
HELD_OUT: Final = "held out"
"""Whether a parameter of the scenario was set by this pattern: its value says little then."""


class Target(Text):
    """One pattern of real protests.

    Attributes as in the file; see :class:`Targets`.
    """

    id: str = Field(pattern=r"^P\d+[a-z]?$", description="Name of the pattern.")
    group: Annotated[str, OneOf(GROUPS)] = Field(description="What it is about.")
    short: str = Field(min_length=3, max_length=30, description="The statistic, for a figure.")
    stat: str = Field(min_length=3, description="The statistic.")
    unit: str = Field(description="Of its value; empty for an exponent, a ratio or a correlation.")
    regime: str = Field(description="Which cities must meet it: any, N, P, L (with / between them), or squatting.")
    centre: float | None = Field(description="The value of real protests; none if only a band is known.")
    band: tuple[float, float] | None = Field(description="Acceptance interval; none if the value is only told.")
    grade: Annotated[str, OneOf(("A", "B", "C", "-"))] = Field(
        description="A: computed from event data; B: official or NGO counts with a clear denominator; C: soft; -: no band."
    )
    source: str = Field(min_length=3, description="Where the band comes from.")
    rate: tuple[float, float] | None = Field(None, description="Events a week of the cities it is about.")
    log: bool = Field(False, description="Whether its scale is a ratio's: a figure draws it so.")
    signed: bool = Field(False, description="Whether its value may lie below 0.")
    most: float | None = Field(None, description="Its greatest possible value, if it is no share; with a sign also the least.")
    set_by: dict[str, str] = Field({}, description="By town (or any): the parameters that were set by it, and how that is known.")

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterable[Problem]:
        """The band holds the centre, and only what has a band has a grade."""
        band, centre = parts.get("band"), parts.get("centre")
        if band and not band[0] < band[1]:
            yield Problem("band", repr(list(band)), "a smaller number before a larger one")
        elif band and centre is not None and not band[0] <= centre <= band[1]:
            yield Problem("centre", repr(centre), f"a number in the band, {band[0]:g} to {band[1]:g}")
        if (band is None) != (parts.get("grade") == "-"):
            yield Problem("grade", repr(parts.get("grade")), "A, B or C with a band, - without one")

    def use(self, town: str) -> str:
        """Whether a parameter of this town was set by it."""
        return CALIBRATED if self.reason(town) else HELD_OUT

    def reason(self, town: str) -> str:
        """The parameters of this town that were set by it; empty if none was."""
        return self.set_by.get(town, self.set_by.get("any", ""))

    def possible(self, low: float, high: float) -> tuple[float, float]:
        """An interval without what its value can never be."""
        most = 1.0 if self.unit == "share" else math.inf if self.most is None else self.most
        return max(low, -most if self.signed else 0.0), min(high, most)

    def asks(self, regimes: Iterable[str]) -> bool:
        """Whether a city of these regimes must meet it."""
        return self.regime == "any" or bool(set(self.regime.split("/")) & set(regimes))


class Place(Text):
    """What is known of a town that targets are told apart by."""

    regime: Annotated[str, OneOf(tuple(REGIMES))] = Field(description="Under which regime its protest stands.")
    adults: int = Field(ge=1, description="Adults, in the town's text.")
    inhabitants: int = Field(ge=1, description="Of all ages, at the same time.")
    source: str = Field(min_length=3, description="Of the inhabitants.")


class Targets(Text):
    """All targets, and the towns of the library."""

    note: str = Field(description="What bands, grades and regimes mean.")
    places: dict[str, Place] = Field(description="Towns by name.")
    patterns: tuple[Target, ...] = Field(description="The patterns, in order.")

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterable[Problem]:
        """Each pattern once."""
        names = [target.id for target in parts.get("patterns", ())]
        for name in dict.fromkeys(name for name in names if names.count(name) > 1):
            yield Problem("patterns", f"{name} a second time", "each pattern once")


@cache
def load_targets(path: Path | None = None) -> Targets:
    """The targets that are shipped, or those of another file.

    Raises:
        InputError: if the file is no such text.
    """
    file = path or library() / "patterns" / "targets.json"
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(str(file), [Problem("", f"what cannot be read ({why})", "a JSON text of targets")]) from None
    return accept(Targets, found, str(file), InputError)
