"""The codebook of the folder of what an answer rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from sim.experiment.resting import RestingPlan
from sim.measurement import codebook

__all__ = ["TABLES", "codebook_of"]

type Row = tuple[str, str, str]
"""Type, unit and meaning of a column."""

_OF: Final = "as the outcome"
_ITS: Final = "as the assumption"
_END: Final = "Upper end of that interval"
_OUTCOME: Final[Row] = ("str", "", "Name of the indicator whose difference, B - A, is looked at; see the table indicators")
_ASSUMPTION: Final[Row] = ("str", "", "Key of the assumption in a scenario; its meaning stands beside it in the table points")
_POINT: Final[Row] = ("int64", "", "Number of the point, from 0; see the table points")
_SIDE: Final[Row] = ("str", "", "Which scenario")
_SEED: Final[Row] = ("int64", "", "Seed of the run; A and B at one point with one seed are a pair")
_ERROR: Final[Row] = ("str", "", "What went wrong, in a line; empty if nothing did")

TABLES: Final[dict[str, dict[str, Row]]] = {
    "assumptions": {
        "outcome": _OUTCOME,
        "rank": ("int64", "", "Place by chance and share, the first being what it rests on most"),
        "assumption": _ASSUMPTION,
        "share": ("float64", "share", "First-order Sobol' index without noise, by a curve of degree 3; below 0 means none"),
        "share_low": ("float64", "share", "Lower end of its 95 % interval, by bootstrap over points; empty if nothing but noise"),
        "share_high": ("float64", "share", _END),
        "rank_share": ("float64", "share", "The same of the ranks of the pairs' differences; a few wild points do not rule it"),
        "rank_low": ("float64", "share", "Lower end of its 95 % interval, by bootstrap over points; empty if nothing but noise"),
        "rank_high": ("float64", "share", _END),
        "by_chance": ("float64", "", "How often the greatest share of all, or of ranks, is as great where these are shuffled"),
        "named": ("bool", "", "Whether that is 0.05 at most"),
        "direction": ("str", "", "Whether the difference rises or falls with it; unclear if the slope's interval holds 0"),
        "slope": ("float64", _OF, "Change of the difference from its low end to its high end, along a straight line"),
        "slope_low": ("float64", _OF, "Lower end of its 95 % interval, by bootstrap over points"),
        "slope_high": ("float64", _OF, _END),
        "low_end": ("float64", _ITS, "Its low end: the 5 % quantile of what was drawn"),
        "high_end": ("float64", _ITS, "Its high end: the 95 % quantile"),
        "at_low": ("float64", _OF, "Difference at the low end, on the curve, over all that else was varied"),
        "at_low_low": ("float64", _OF, "Lower end of its 95 % interval, by bootstrap over points"),
        "at_low_high": ("float64", _OF, _END),
        "at_high": ("float64", _OF, "Difference at the high end"),
        "at_high_low": ("float64", _OF, "Lower end of its 95 % interval, by bootstrap over points"),
        "at_high_high": ("float64", _OF, _END),
        "drawn": ("str", "", "Whether evenly, or jointly with others from the posterior"),
        "shipped": ("float64", _ITS, "Value in both scenarios as they are"),
        "least": ("float64", _ITS, "Least value it is drawn from"),
        "most": ("float64", _ITS, "Greatest value"),
    },
    "budget": {
        "outcome": _OUTCOME,
        "part": ("str", "", "What makes the difference of one pair of runs vary"),
        "share": ("float64", "share", "Share of the variance; a little below 0 means none"),
        "low": ("float64", "share", "Lower end of its 95 % interval, by the jackknife over points; of the middle part only"),
        "high": ("float64", "share", _END),
    },
    "signs": {
        "outcome": _OUTCOME,
        "mean": ("float64", _OF, "Mean difference over all points"),
        "low": ("float64", _OF, "Lower end of its 95 % t interval over points: seeds and assumptions are both in it"),
        "high": ("float64", _OF, _END),
        "noise_sd": ("float64", _OF, "Standard deviation between seeds at one point"),
        "expected_sd": ("float64", _OF, "Standard deviation between points of what infinitely many seeds would give"),
        "above": ("float64", "share", "Share of points whose expected difference is above 0, these taken as normal"),
        "above_low": ("float64", "share", "Lower end of its 95 % interval, by bootstrap over points"),
        "above_high": ("float64", "share", _END),
        "raw_above": ("float64", "share", "Share of points whose mean difference is above 0, noise in it"),
        "raw_below": ("float64", "share", "Share of points where it is below 0"),
        "points": ("int64", "points", "Points with a pair that has a value"),
        "pairs": ("int64", "pairs", "Pairs with a value"),
        "left_out": ("int64", "pairs", "Pairs without a value, or of which a run failed"),
    },
    "regions": {
        "outcome": _OUTCOME,
        "region": ("int64", "", "Number of the region in which the sign is not that of the mean"),
        "assumption": ("str", "", "Key of an assumption that bounds it"),
        "least": ("float64", _ITS, "Where it begins; empty if it has no such end"),
        "most": ("float64", _ITS, "Where it ends; empty if it has no such end"),
        "quasi_p": ("float64", "", "How likely so dense a region is without this limit; quasi, since it was looked for"),
        "density": ("float64", "share", "Share of the region's points at which the sign flips"),
        "coverage": ("float64", "share", "Share of all points at which it flips that lie in the region"),
        "points": ("int64", "points", "Points in the region"),
        "by_chance": ("float64", "", "How often as surprising a region is found where flips are shuffled among points"),
        "found": ("bool", "", "Whether that is 0.05 at most; else the region may well be none"),
    },
    "held": {
        "assumption": ("str", "", "Key of a number that was not varied"),
        "value": ("float64", "", "Its value in A"),
        "why": ("str", "", "Why it was not"),
        "source": ("str", "", "Where the value comes from"),
    },
    "points": {
        "point": _POINT,
        "draw": ("int64", "", "Number of the draw from the posterior, from 0"),
    },
    "runs": {
        "point": _POINT,
        "side": _SIDE,
        "scenario": ("str", "", "Name of the scenario"),
        "seed": _SEED,
        "status": ("str", "", "Whether the run ended as it should"),
        "error": _ERROR,
    },
    "failures": {
        "point": _POINT,
        "side": _SIDE,
        "seed": _SEED,
        "error": _ERROR,
        "traceback": ("str", "", "Where in the code that was"),
    },
}  # fmt: skip

_LEVELS: Final = {
    ("assumptions", "direction"): "rises|falls|unclear",
    ("assumptions", "drawn"): "evenly|posterior",
    ("runs", "side"): "A|B",
    ("runs", "status"): "done|failed",
    ("failures", "side"): "A|B",
}


def codebook_of(plan: RestingPlan, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row for each column of the given tables, in their order, then one for each indicator."""
    varied = {one.name: ("int64" if one.whole else "float64", one.unit, one.meaning) for one in plan.assumptions}
    known = {name: {**columns, **varied} if name == "points" else columns for name, columns in TABLES.items()}
    own = [
        _row(name, str(column), known[name][str(column)])
        for name, table in tables.items()
        for column in table.columns
        if str(column) in known[name]
    ]
    indicators = [row for row in codebook().to_dict("records") if row["table"] == "indicators"]
    columns = ["table", "name", "label", "type", "unit", "meaning", "levels"]
    return pd.DataFrame([*own, *indicators], columns=columns, dtype="str")


def _row(table: str, name: str, said: Row) -> dict[str, str]:
    kind, unit, meaning = said
    about = {"label": name.replace("_", " "), "type": kind, "unit": unit, "meaning": meaning}
    return {"table": table, "name": name, **about, "levels": _LEVELS.get((table, name), "")}
