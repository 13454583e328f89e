"""Indicators of how much protest there is, and what the public hears of it."""

from __future__ import annotations

import math
from typing import Final

from sim.measurement.indicators.registry import Register, mean, ratio, share
from sim.measurement.tables import Tables

__all__ = ["VOLUME"]

VOLUME: Final = Register("volume")

_YEAR: Final = 365.0
"""Days of a year, for rates."""


@VOLUME.add("Events held", "assemblies")
def events_held(tables: Tables) -> float:
    """Assemblies that were held, single pickets and gatherings of exempt kinds included."""
    return len(tables.held)


@VOLUME.add("Events per 100,000 adults a year", "per 100,000 a year")
def events_per_100k(tables: Tables) -> float:
    """Events held / adults of the town * 100,000 * 365 / days of the run."""
    return ratio(len(tables.held) * 1e5 * _YEAR, float(tables.everyone["people"]) * len(tables.days))


@VOLUME.add("Attendance", "persons")
def attendance(tables: Tables) -> float:
    """Sum of turnouts, children included; who comes twice counts twice."""
    return float(tables.held["turnout"].sum())


@VOLUME.add("Unique participants", "adults")
def unique_participants(tables: Tables) -> float:
    """Adults who came to at least one assembly."""
    return float(tables.everyone["participants"])


@VOLUME.add("Mean turnout", "persons")
def mean_turnout(tables: Tables) -> float:
    """Attendance / events held."""
    return mean(tables.held["turnout"])


@VOLUME.add("Median turnout", "persons")
def median_turnout(tables: Tables) -> float:
    """Median over the events held of persons who came."""
    return float(tables.held["turnout"].median()) if len(tables.held) else math.nan


@VOLUME.add("Coverage rate", "share of events held")
def coverage_rate(tables: Tables) -> float:
    """Events reported by any medium / events held."""
    return share(tables.held["covered"])


@VOLUME.add("Media closed", "media")
def media_closed(tables: Tables) -> float:
    """Media closed for covering an unlawful assembly."""
    return float(tables.days["media_closed"].sum())
