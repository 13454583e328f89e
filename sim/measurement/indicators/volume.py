"""Indicators of how much protest there is, and what the public hears of it."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from sim.measurement.facts import Facts
from sim.measurement.indicators.registry import Register, matches, mean, ratio, share

__all__ = ["VOLUME"]

VOLUME: Final = Register("volume")

_YEAR: Final = 365.0
"""Days of a year, for rates."""


@VOLUME.add("Events held", "assemblies")
def events_held(facts: Facts) -> float:
    """Assemblies that were held, single pickets and gatherings of exempt kinds included."""
    return len(facts.held)


@VOLUME.add("Events per 100,000 adults a year", "per 100,000 a year")
def events_per_100k(facts: Facts) -> float:
    """Events held / adults of the town * 100,000 * 365 / days of the run."""
    return ratio(len(facts.held) * 1e5 * _YEAR, float(facts.everyone["people"][0]) * len(facts.days))


@VOLUME.add("Attendance", "persons")
def attendance(facts: Facts) -> float:
    """Sum of turnouts, children included; who comes twice counts twice."""
    return float(facts.held["turnout"].sum())


@VOLUME.add("Unique participants", "adults")
def unique_participants(facts: Facts) -> float:
    """Adults who came to at least one assembly."""
    return float(facts.everyone["participants"][0])


@VOLUME.add("Attendance of the poorest fifth", "share of attendance of adults")
def poorest_share(facts: Facts) -> float:
    """Attendances of the adults of the lowest income quintile / those of all adults; 0.2 if income does not matter."""
    came, group, level = (facts.citizens[name] for name in ("attendances", "group", "level"))
    poorest = matches(group, "income_quintile".__eq__) & matches(level, "1".__eq__)
    return ratio(came[poorest].sum(), facts.everyone["attendances"][0])


@VOLUME.add("Mean turnout", "persons")
def mean_turnout(facts: Facts) -> float:
    """Attendance / events held."""
    return mean(facts.held["turnout"])


@VOLUME.add("Median turnout", "persons")
def median_turnout(facts: Facts) -> float:
    """Median over the events held of persons who came."""
    return float(np.median(facts.held["turnout"])) if len(facts.held) else math.nan


@VOLUME.add("Coverage rate", "share of events held")
def coverage_rate(facts: Facts) -> float:
    """Events reported by any medium / events held."""
    return share(facts.held["covered"])


@VOLUME.add("Media closed", "media")
def media_closed(facts: Facts) -> float:
    """Media closed for covering an unlawful assembly."""
    return float(facts.days["media_closed"].sum())
