"""Patterns: what real protests look like, and how to tell it of a city's assemblies, simulated or real."""

from collections.abc import Mapping
from typing import Final

from sim.measurement.patterns.events import COLUMNS, Events, Shock, Stretch
from sim.measurement.patterns.filing import FILING
from sim.measurement.patterns.police import POLICE
from sim.measurement.patterns.registry import Pattern
from sim.measurement.patterns.simulated import WARM_UP, simulated
from sim.measurement.patterns.sizes import SIZES
from sim.measurement.patterns.targets import CALIBRATED, HELD_OUT, REGIMES, Place, Target, Targets, load_targets
from sim.measurement.patterns.timing import TIMING

__all__ = [
    "CALIBRATED",
    "COLUMNS",
    "HELD_OUT",
    "PATTERNS",
    "REGIMES",
    "WARM_UP",
    "Events",
    "Pattern",
    "Place",
    "Shock",
    "Stretch",
    "Target",
    "Targets",
    "load_targets",
    "simulated",
]

PATTERNS: Final[Mapping[str, Pattern]] = {**SIZES, **FILING, **TIMING, **POLICE}
"""Every pattern that can be told, by name."""
