"""The codebook of a calibration's folder: every column of every table in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from sim.experiment.calibration import Calibration
from sim.measurement.patterns import load_targets

__all__ = ["COMMON", "TABLES", "codebook_of"]

type Row = tuple[str, str, str]
"""Type, unit and meaning of a column."""

_OF: Final = "as the pattern"
_IN: Final = "as the parameter"
_SD: Final = "Standard deviation, on the scale of comparison (of the logarithm, for patterns compared by ratios): "
COMMON: Final[dict[str, Row]] = {
    "place": ("str", "", "Name of the place; of a parameter, empty if all places share its value"),
    "pattern": ("str", "", "Name of the pattern, as in the targets"),
    "statistic": ("str", "", "What the pattern is, in a few words"),
    "unit": ("str", "", "Unit of its values"),
    "band_low": ("float64", _OF, "Lower end of the band of real protests"),
    "band_high": ("float64", _OF, "Upper end of the band of real protests"),
    "point": ("int64", "", "Number of the point within its wave, from 0"),
    "seed": ("int64", "", "Seed of the run"),
    "status": ("str", "", "Whether the run ended as it should"),
    "error": ("str", "", "What went wrong, in a line; empty if nothing did"),
    "traceback": ("str", "", "Where in the code that was"),
    "implausibility": ("float64", "", "Distance from the middle of the band in standard deviations of all that is not known"),
}
_WAVE: Final[Row] = ("str", "", "Wave the point was run in; pilot for the shipped values, check for draws from the posterior")

TABLES: Final[dict[str, dict[str, Row]]] = {
    "posterior": {
        "draw": ("int64", "", "Number of the draw, from 0"),
        "weight": ("float64", "share", "Its weight; weights sum to 1"),
    },
    "parameters": {
        "parameter": ("str", "", "Name of the parameter"),
        "key": ("str", "", "Key of the scenario that it sets"),
        "town": ("str", "", "Town of its place; empty if all places share its value"),
        "meaning": ("str", "", "What it means"),
        "shipped": ("float64", _IN, "Its value in the shipped scenario of the first place it belongs to"),
        "prior_low": ("float64", _IN, "Least value that was tried"),
        "prior_high": ("float64", _IN, "Greatest value that was tried"),
        "scale": ("str", "", "Whether the prior is even over differences or over ratios"),
        "centre": ("float64", _IN, "Median of the posterior"),
        "mean": ("float64", _IN, "Mean of the posterior"),
        "low": ("float64", _IN, "Lower end of the interval that holds 90 % of the posterior"),
        "high": ("float64", _IN, "Upper end of that interval"),
        "shrinkage": ("float64", "", "1 - sd of the posterior / sd of the prior, along the prior: 0 if nothing was learned"),
        "shipped_part": ("float64", "share", "How much of the posterior lies below the shipped value"),
    },
    "checks": {
        "use": ("str", "", "Whether parameters were calibrated on the pattern"),
        "shipped": ("float64", _OF, "Its value at the shipped parameters, mean of the pilot's seeds"),
        "value": ("float64", _OF, "Median over draws from the posterior, each the mean of its seeds"),
        "low": ("float64", _OF, "Lower end of the interval that holds 90 % of the draws"),
        "high": ("float64", _OF, "Upper end of that interval"),
        "in_band": ("float64", "share", "Share of the draws whose value lies in the band"),
        "verdict": ("str", "", "Whether that interval lies in the band, outside it, or across an end of it"),
        "centre_verdict": ("str", "", "Whether the median lies in the band"),
        "emulated": ("float64", _OF, "Median of what the emulator said of the same draws; empty of what is held out"),
        "emulator_error": ("float64", "", "Root mean square of run less emulated, in standard deviations foretold; about 1"),
        "seed_sd": ("float64", _OF, "Standard deviation between runs of one point"),
        "draws": ("int64", "draws", "Draws in which it has a value"),
        "reached": ("float64", "share", "Share of the points of all waves, of those with a value, whose value lies in the band"),
        "nearest": ("float64", _OF, "The value of such a point that is nearest to the middle of the band"),
        "grade": ("str", "", "Grade of the band: A event data, B official or NGO counts, C soft"),
        "source": ("str", "", "Where the band comes from"),
    },
    "unmet": {
        "nearest": ("float64", _OF, "The value nearest to the band that any point gives, by the emulator"),
        "simulated": ("float64", _OF, "The value nearest to the band that a run's point gave"),
        "half_widths": ("float64", "", "Distance of the nearest value from the middle of the band, in half widths of it"),
    },
    "waves": {
        "wave": ("int64", "", "Number of the wave, from 1"),
        "points": ("int64", "points", "Points that were run"),
        "left": ("float64", "share", "Share of the prior that is not ruled out after it"),
        "patterns": ("int64", "patterns", "Patterns that had enough values to be judged"),
        "may_miss": ("int64", "patterns", "How many of them a point may miss, since no point meets all together"),
        "unmet": ("int64", "patterns", "How many of them no point meets even alone"),
        "silent": ("int64", "patterns", "Patterns of which too few points have a value"),
    },
    "emulators": {
        "wave": ("int64", "", "Number of the wave after which it was learned, from 1"),
        "points": ("int64", "points", "Points with a value, of all waves so far"),
        "q2": ("float64", "", "Share of the variance over points that is foretold of points left out; 1 is perfect"),
        "inflation": ("float64", "", "What its variances are multiplied by: too small for points left out, and few points"),
        "noise_sd": ("float64", "", f"{_SD}noise that no number of points takes away"),
        "band_sd": ("float64", "", f"{_SD}observation and discrepancy, from the band and its tolerance"),
        "granted_sd": ("float64", "", f"{_SD}discrepancy that had to be granted; empty if none"),
        "status": ("str", "", "Whether it was emulated, can be met, and had enough values"),
    },
    "shipped": {},
    "points": {"wave": _WAVE, "implausibility": ("float64", "", "Greatest implausibility, but for patterns that may be missed")},
    "runs": {"wave": _WAVE},
    "failures": {"wave": _WAVE},
}  # fmt: skip

_LEVELS: Final = {
    ("runs", "status"): "done|failed",
    ("emulators", "status"): "emulated|cannot be met|too few values",
    ("parameters", "scale"): "linear|log",
    ("checks", "use"): "calibrated on|held out",
    ("checks", "verdict"): "pass|fail|unclear|no value",
    ("checks", "centre_verdict"): "pass|fail|no value",
}


def codebook_of(done: Calibration) -> pd.DataFrame:
    """One row for each column of each table, in their order."""
    rows = [_row(done, table, str(name)) for table, columns in done.tables.items() for name in columns]
    return pd.DataFrame(rows, columns=["table", "name", "label", "type", "unit", "meaning", "levels"], dtype="str")


def _row(done: Calibration, table: str, name: str) -> Mapping[str, str]:
    kind, unit, meaning = TABLES[table].get(name) or COMMON.get(name) or _own(done, name)
    about = {"label": name.replace("_", " "), "type": kind, "unit": unit, "meaning": meaning}
    return {"table": table, "name": name, **about, "levels": _LEVELS.get((table, name), "")}


def _own(done: Calibration, name: str) -> Row:
    """A parameter's column, or a pattern's."""
    for prior in done.plan.priors:
        if prior.name == name:
            where = f" ({prior.key}, {prior.place})" if prior.place else f" ({prior.key})"
            return "float64", prior.unit, f"{prior.meaning[:1].upper()}{prior.meaning[1:]}{where}"
    target = next(target for target in load_targets().patterns if target.id == name)
    return "float64", target.unit, f"{target.stat[:1].upper()}{target.stat[1:]}"
