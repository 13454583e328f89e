"""The codebook of a sweep's folder: every column of every table in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from sim.experiment.design import Design, Factor
from sim.interface.codebooks import DRAWS, SPLIT_MEANINGS, drawn_parameter
from sim.measurement import INDICATORS

__all__ = ["COMMON", "TABLES", "codebook_of"]

type Row = tuple[str, str, str]
"""Type, unit and meaning of a column."""

_OF: Final = "as the outcome"
_END: Final = "Upper end of that interval"
_OUTCOME: Final[Row] = ("str", "", "Name of the indicator that is looked at; see the table runs")
_SEEDS: Final[Row] = ("int64", "seeds", "Seeds it rests on: those with a value wherever one is needed")
_LEFT_OUT: Final[Row] = ("int64", "seeds", "Seeds left out, since a run failed, is missing or has no value")
_NOTE: Final[Row] = ("str", "", "What to know of this row; mostly why a number is missing")

COMMON: Final[dict[str, Row]] = {
    "point": ("int64", "", "Number of the point, from 0; see the table points"),
    "seed": ("int64", "", "Seed of the run; runs with one seed at two points are a pair"),
    "scenario": ("str", "", "Name of the scenario that is varied"),
    "draw": DRAWS["draw"],
    "status": ("str", "", "Whether the run ended as it should"),
    "error": ("str", "", "What went wrong, in a line; empty if nothing did"),
    "traceback": ("str", "", "Where in the code that was"),
    "outcome": _OUTCOME,
    "factor": ("str", "", "Name of the factor"),
    "seeds": _SEEDS,
    "left_out": _LEFT_OUT,
    "note": _NOTE,
    "low": ("float64", _OF, "Lower end of the 95 % interval over seeds (simulation uncertainty); empty with one seed"),
    "high": ("float64", _OF, _END),
}

TABLES: Final[dict[str, dict[str, Row]]] = {
    "effects": {
        "mean_a": ("float64", _OF, "Mean at the baseline, over the pairs in which both runs have a value"),
        "mean_b": ("float64", _OF, "Mean at this point, over the same pairs"),
        "difference": ("float64", _OF, "Mean of this point - baseline over these pairs"),
        "bootstrap_low": ("float64", _OF, "Lower end of its 95 % BCa bootstrap interval over pairs; empty below 8 pairs"),
        "bootstrap_high": ("float64", _OF, _END),
        "unpaired_low": ("float64", _OF, "Lower end of its 95 % interval if pairing is not used (Welch)"),
        "unpaired_high": ("float64", _OF, _END),
        "variance_ratio": ("float64", "", "What pairing gained: (variance of A + variance of B) / variance of B - A"),
        "pairs": ("int64", "pairs", "Pairs of runs it rests on"),
        "p": ("float64", "", "Two-sided p-value of the paired t test"),
        "p_holm": ("float64", "", "The same, adjusted for all tests of this table (Holm 1979)"),
    },
    "main_effects": {
        "level": ("str", "", "Level of the factor"),
        "mean": ("float64", _OF, "Mean at this level, over all levels of the other factors"),
        "effect": ("float64", _OF, "That less the mean over all points"),
    },
    "interactions": {
        "level": ("str", "", "Level of the factor"),
        "other": ("str", "", "Name of the other factor"),
        "other_level": ("str", "", "Its level"),
        "mean": ("float64", _OF, "Mean at both levels"),
        "interaction": ("float64", _OF, "What the two levels do together beyond what each does alone"),
    },
    "variance_shares": {
        "term": ("str", "", "A factor, two joined by x, higher interactions, or replication noise"),
        "variance": ("float64", f"{_OF}, squared", "Part of the variance of the points' means, without noise"),
        "share": ("float64", "share", "Its share; a little below 0 means none"),
        "share_raw": ("float64", "share", "The share with replication noise in it"),
    },
    "marginal_effects": {
        "by": ("str", "", "Factor at each of whose levels the effect is told apart; empty if over all"),
        "by_level": ("str", "", "Its level"),
        "stretch": ("str", "", "From which level to which, or overall"),
        "least": ("float64", "as the factor", "Where the stretch begins"),
        "most": ("float64", "as the factor", "Where it ends"),
        "effect": ("float64", "outcome per unit of the factor", "Slope of the outcome (least squares, mean over seeds)"),
        "elasticity": ("float64", "", "Change of the outcome in per cent with one per cent more of the factor"),
        "elasticity_low": ("float64", "", "Lower end of its 95 % interval over seeds"),
        "elasticity_high": ("float64", "", _END),
        "elasticity_seeds": ("int64", "seeds", "Seeds that the elasticity rests on"),
    },
    "sobol": {
        "order": ("str", "", "Which index"),
        "other": ("str", "", "The other factor, of a second-order index"),
        "index": ("float64", "share", "Share of the outcome's variance, mended of replication noise"),
        "low": ("float64", "share", "Lower end of its 95 % bootstrap interval over blocks of the design"),
        "high": ("float64", "share", _END),
        "index_raw": ("float64", "share", "The index of the means over seeds, noise included (SALib)"),
        "raw_low": ("float64", "share", "Lower end of its 95 % interval"),
        "raw_high": ("float64", "share", _END),
        "noise_share": ("float64", "share", "Share of noise in the variance of single runs"),
        "mean_noise_share": ("float64", "share", "Share of noise that is left in the means over seeds"),
        "variance": ("float64", f"{_OF}, squared", "Variance of the outcome over the factors' space, without noise"),
        "blocks": ("int64", "blocks", "Blocks of the design that were analysed"),
        "left_out": ("int64", "blocks", "Blocks that were not, since a run in them failed or has no value"),
    },
    "morris": {
        "mu": ("float64", _OF, "Mean elementary effect: what a move over the whole range does"),
        "mu_low": ("float64", _OF, "Lower end of its 95 % interval over trajectories"),
        "mu_high": ("float64", _OF, _END),
        "mu_star": ("float64", _OF, "Mean size of the elementary effects (Campolongo et al. 2007)"),
        "mu_star_low": ("float64", _OF, "Lower end of its 95 % interval"),
        "mu_star_high": ("float64", _OF, _END),
        "sigma": ("float64", _OF, "Their standard deviation: 0 for a factor that acts alone and in a straight line"),
        "sigma_low": ("float64", _OF, "Lower end of its 95 % interval"),
        "sigma_high": ("float64", _OF, _END),
        "noise": ("float64", _OF, "Standard error of an elementary effect, from the seeds"),
        "sigma_less_noise": ("float64", _OF, "sigma mended of that noise"),
        "trajectories": ("int64", "trajectories", "Trajectories that were analysed"),
        "left_out": ("int64", "trajectories", "Trajectories left out, since a run failed or has no value"),
    },
    "surface": {
        "value": ("float64", "as the factor", "Value of the factor, the others in the middle of their ranges"),
        "mean": ("float64", _OF, "What the surface says there"),
        "low": ("float64", _OF, "Lower end of its 95 % band"),
        "high": ("float64", _OF, "Upper end of that band"),
    },
    "surface_fit": {
        "q2": ("float64", "share", "Share of variance foretold at points left out: 1 is perfect, at 0 the mean does as well"),
        "rmse": ("float64", _OF, "Root mean square of what was missed at them"),
    },
    "uncertainty": {
        "difference": ("float64", _OF, "Mean over draws of this point - baseline, each draw the mean of its seeds"),
        "low": ("float64", _OF, "Lower end of its 95 % interval, which holds noise between seeds and not knowing the parameters"),
        "high": ("float64", _OF, _END),
        "pairs": ("int64", "pairs", "Pairs of runs it rests on"),
        **SPLIT_MEANINGS,
    },
    "discovery": {
        "box": ("int64", "", "Number of the box; the first one first"),
        "least": ("float64", "as the factor", "Least value in the box; empty if it is not bounded there"),
        "most": ("float64", "as the factor", "Greatest value in the box"),
        "levels": ("str", "", "Levels in the box, joined by |, of a factor that is no number"),
        "quasi_p": ("float64", "", "How likely so dense a box would be by chance without this limit (quasi: it was looked for)"),
        "coverage": ("float64", "share", "Share of all points where it holds that lie in the box"),
        "density": ("float64", "share", "Share of the box's points where it holds"),
        "support": ("float64", "share", "Share of all points that lie in the box"),
        "points": ("int64", "points", "How many these are"),
        "by_chance": ("float64", "share", "How often the search finds as surprising a box where there is nothing to find"),
    },
}  # fmt: skip

_LEVELS: Final = {"status": "done|failed", "order": "first|total|second"}


def codebook_of(design: Design, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row for each column of the given tables, in their order, as :func:`sim.measurement.codebook` has them.

    Args:
        design: the experiment.
        tables: its tables by name, ``runs`` and ``points`` among them.
    """
    factors = {factor.name: factor for factor in design.factors}
    rows = [_row(design, table, str(name), factors, columns) for table, columns in tables.items() for name in columns.columns]
    return pd.DataFrame(rows, columns=["table", "name", "label", "type", "unit", "meaning", "levels"], dtype="str")


def _row(design: Design, table: str, name: str, factors: Mapping[str, Factor], columns: pd.DataFrame) -> dict[str, str]:
    label, levels = name.replace("_", " "), ""
    if design.draws is not None and table == "draws":
        kind, unit, meaning = DRAWS.get(name) or drawn_parameter(design.draws, name)
    elif name in TABLES.get(table, {}):
        kind, unit, meaning = TABLES[table][name]
        levels = _LEVELS.get(name, "")
    elif name in factors:
        return {"table": table, "name": name, **_of_factor(factors[name], columns[name])}
    elif name in COMMON:
        kind, unit, meaning = COMMON[name]
        levels = _LEVELS.get(name, "")
    elif name in INDICATORS:
        one = INDICATORS[name]
        label, kind, unit = one.label, "float64", one.unit
        meaning = one.description if table == "runs" else f"Mean over seeds. {one.description}"
    else:
        kind, unit, meaning = _derived(name)
    return {"table": table, "name": name, "label": label, "type": kind, "unit": unit, "meaning": meaning, "levels": levels}


def _of_factor(factor: Factor, column: pd.Series) -> dict[str, str]:
    kinds = {"i": "int64", "f": "float64", "b": "bool"}
    kind = kinds.get(column.dtype.kind, "str")
    meaning = factor.meaning or f"Sets {', '.join(factor.keys)}"
    levels = "|".join(map(str, factor.levels)) if kind == "str" and factor.levels else ""
    return {
        "label": factor.label,
        "type": kind,
        "unit": factor.unit,
        "meaning": f"{meaning} (key {', '.join(factor.keys)})" if factor.keys else meaning,
        "levels": levels if all("|" not in str(level) for level in factor.levels) else "",
    }


def _derived(name: str) -> Row:
    """Columns whose names are made of others: ``attendance_sd``, ``attendance_runs``, ``length_fine``."""
    if name.endswith("_sd"):
        return "float64", _unit(name, "_sd"), f"Standard deviation of {name.removesuffix('_sd')} between seeds"
    if name.endswith("_runs"):
        return "int64", "runs", f"Runs in which {name.removesuffix('_runs')} has a value"
    if name.startswith("length_"):
        meaning = f"Over which share of the range of {name.removeprefix('length_')} the outcome changes; long is hardly at all"
        return "float64", "share of the range", meaning
    raise KeyError(f"no meaning is known of the column {name!r}")


def _unit(name: str, ending: str) -> str:
    found = INDICATORS.get(name.removesuffix(ending))
    return found.unit if found else ""
