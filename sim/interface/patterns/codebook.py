"""The codebook of a folder that the battery wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from sim.experiment.battery import VERDICTS
from sim.experiment.battery.battery import OBSERVED
from sim.measurement.patterns import CALIBRATED, HELD_OUT
from sim.measurement.patterns.targets import GROUPS

__all__ = ["TABLES", "codebook_of"]

type Row = tuple[str, str, str]
"""Type, unit and meaning of a column."""

_OF: Final = "as the pattern"
_CITY: Final[Row] = ("str", "", "Name of the scenario, or of the file of events")
_PATTERN: Final[Row] = ("str", "", "Name of the pattern")

TABLES: Final[dict[str, dict[str, Row]]] = {
    "patterns": {
        "city": _CITY,
        "pattern": _PATTERN,
        "group": ("str", "", "What it is about"),
        "statistic": ("str", "", "The statistic"),
        "unit": ("str", "", "Unit of its value; empty for exponents, slopes, factors and correlations"),
        "value": ("float64", _OF, "Its value over all runs together, or over the whole record; empty if there is none"),
        "low": ("float64", _OF, "Lower end of its 95 % interval, by the grouped jackknife over runs or blocks of time"),
        "high": ("float64", _OF, "Upper end of that interval"),
        "band_low": ("float64", _OF, "Lower end of the band of real protests; empty if there is none"),
        "band_high": ("float64", _OF, "Upper end of that band"),
        "centre": ("float64", _OF, "Value of real protests; empty if there is none"),
        "verdict": ("str", "", "pass: interval within the band; fail: outside; unclear: across an end, or no interval"),
        "grade": ("str", "", "Grade of the band: A computed from event data, B counts with a clear denominator, C soft, - none"),
        "use": ("str", "", "calibrated on: a parameter was set by it; held out: none was; observed: a record of real events"),
        "set_by": ("str", "", "Parameters that were set by it, and how that is known"),
        "source": ("str", "", "Where the band comes from"),
        "why": ("str", "", "Why there is no value, or no interval"),
        "method": ("str", "", "How it is estimated"),
    },
    "runs": {
        "city": _CITY,
        "pattern": _PATTERN,
        "seed": ("int64", "", "Seed of the run"),
        "value": ("float64", _OF, "Its value in this run alone; empty if too little happened"),
    },
}  # fmt: skip

_LEVELS: Final = {
    ("patterns", "group"): GROUPS,
    ("patterns", "verdict"): VERDICTS,
    ("patterns", "grade"): ("A", "B", "C", "-"),
    ("patterns", "use"): (CALIBRATED, HELD_OUT, OBSERVED),
}


def codebook_of(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row for each column of the given tables, in their order."""
    rows = [
        (table, name, name.replace("_", " "), *TABLES[table][name], "|".join(_LEVELS.get((table, name), ())))
        for table, columns in tables.items()
        for name in map(str, columns)
    ]
    return pd.DataFrame(rows, columns=["table", "name", "label", "type", "unit", "meaning", "levels"], dtype="str")
