"""The codebook of a results folder: every column of every table in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from sim.experiment.design.keys import explained
from sim.experiment.uncertainty import Draws
from sim.experiment.units import CHILLED
from sim.measurement import codebook

__all__ = ["DRAWS", "RESULTS", "SPLIT_MEANINGS", "codebook_of", "drawn_parameter"]

type Row = tuple[str, str, str]
"""Type, unit and meaning of a column."""

_KEYS: Final[dict[str, Row]] = {
    "scenario": ("str", "", "Name of the scenario"),
    "seed": ("int64", "", "Seed of the run; runs of two scenarios with one seed are a pair"),
}
DRAWS: Final[dict[str, Row]] = {
    "draw": ("int64", "", "Number of the draw from the posterior, from 1; its seeds share its parameters"),
    "posterior_row": ("int64", "", "Its row in posterior.csv, from 0; draws are taken by weight, with replacement"),
    "seeds": ("int64", "seeds", "Seeds that were run with it"),
}
"""The columns of draws from a posterior, but for the parameters."""

_AS: Final = "as the indicator"
SPLIT_MEANINGS: Final[dict[str, Row]] = {
    "draws": ("int64", "draws", "Draws from the posterior that have a value; the interval rests on them"),
    "noise": ("float64", f"{_AS}, squared", "Variance between seeds at one draw; empty if no draw has two seeds with a value"),
    "parameters": ("float64", f"{_AS}, squared", "Variance between draws of what infinitely many seeds would give"),
    "parameter_share": ("float64", "share", "Share of the variance of a single pair or run that is not knowing the parameters"),
    "share_low": ("float64", "share", "Lower end of its 95 % interval (F distribution)"),
    "share_high": ("float64", "share", "Upper end of that interval"),
    "effect_low": ("float64", _AS, "Lower end of where 95 of 100 further draws lie, if infinitely many seeds tell it"),
    "effect_high": ("float64", _AS, "Upper end of that"),
}
"""What uncertainty is made of, in tables of effects and means (:data:`sim.experiment.uncertainty.over_draws.SPLIT`)."""

_OVER_DRAWS: Final = "; over draws, so that it holds noise between seeds and not knowing the parameters"
_INTERVAL: Final[dict[str, Row]] = {
    "low": ("float64", "as the mean", "Lower end of its 95 % t interval over the seeds; empty if there is one seed only"),
    "high": ("float64", "as the mean", "Upper end of that interval"),
}
_PAIRS: Final[Row] = ("int64", "pairs", "Pairs of runs it rests on")

RESULTS: Final[dict[str, dict[str, Row]]] = {
    "effects": {
        "indicator": ("str", "", "Name of the indicator; see the table indicators"),
        "mean_a": ("float64", "as the indicator", "Mean under scenario A over the pairs in which both runs have a value"),
        "mean_b": ("float64", "as the indicator", "The same under scenario B"),
        "difference": ("float64", "as the indicator", "Mean of B - A over these pairs"),
        "low": ("float64", "as the indicator", "Lower end of its 95 % t interval, paired; empty if there is one pair only"),
        "high": ("float64", "as the indicator", "Upper end of that interval"),
        "unpaired_low": ("float64", "as the indicator", "Lower end of its 95 % interval if pairing is not used (Welch)"),
        "unpaired_high": ("float64", "as the indicator", "Upper end of that interval"),
        "variance_ratio": (
            "float64",
            "",
            "(variance of A + variance of B) / variance of B - A: what pairing gained; inf if B - A never varies",
        ),
        "pairs": _PAIRS,
    },
    "participants": {
        "quintile": ("str", "", "Income quintile of adults, 1 for the poorest to 5; all for everybody"),
        "outcome": ("str", "", "Came to any assembly: only_a, only_b, both; net: more under B than under A"),
        "mean": ("float64", "adults", "Mean number over the pairs"),
        **_INTERVAL,
        "pairs": _PAIRS,
    },
    "summary": {
        "indicator": ("str", "", "Name of the indicator; see the table indicators"),
        "mean": ("float64", "as the indicator", "Mean over the runs in which it has a value"),
        **_INTERVAL,
        "sd": ("float64", "as the indicator", "Standard deviation between runs"),
        "runs": ("int64", "runs", "Runs in which it has a value"),
    },
}
_LEVELS: Final = {"quintile": "1|2|3|4|5|all", "outcome": "only_a|only_b|both|net"}

_CHILLED: Final = "Attendances of adults under the benchmark law minus those under the scenario's own law, with the same seed"


def codebook_of(tables: Mapping[str, pd.DataFrame], draws: Draws | None = None) -> pd.DataFrame:
    """One row for each column of the given tables, in their order, as :func:`sim.measurement.codebook` has them.

    Args:
        tables: by name. draws: from a posterior, if parameters were drawn.
    """
    known = {(row["table"], row["name"]): row for row in codebook().to_dict("records")}
    rows = [known.get((table, name)) or _own(table, str(name), draws) for table, columns in tables.items() for name in columns]
    return pd.DataFrame(rows, columns=["table", "name", "label", "type", "unit", "meaning", "levels"], dtype="str")


def _own(table: str, name: str, draws: Draws | None) -> dict[str, str]:
    """A column that experiments add to those that are measured."""
    kind, unit, meaning = _KEYS.get(name) or RESULTS.get(table, {}).get(name) or _drawn(table, name, draws) or _chilled(name)
    if draws is not None and table in RESULTS and name in _INTERVAL:
        meaning = meaning.replace("t interval over the seeds", "t interval").replace(", paired", "") + _OVER_DRAWS
    levels = _LEVELS.get(name, "")
    return {
        "table": table,
        "name": name,
        "label": name.replace("_", " "),
        "type": kind,
        "unit": unit,
        "meaning": meaning,
        "levels": levels,
    }


def _drawn(table: str, name: str, draws: Draws | None) -> Row | None:
    """A column that is there if parameters are drawn from a posterior."""
    if draws is None:
        return None
    if name == "draw" or table == "draws":
        return DRAWS.get(name) or drawn_parameter(draws, name)
    return SPLIT_MEANINGS.get(name)


def drawn_parameter(draws: Draws, name: str) -> Row:
    """The column of a parameter in the table of draws."""
    key, town = draws.posterior.keys[name], draws.posterior.towns[name]
    known = explained(key)
    of = f"; of {town} only" if town else ""
    return "float64", known.unit, f"{known.meaning or 'A parameter'} (key {key}{of})"


def _chilled(name: str) -> Row:
    place = CHILLED.index(name)
    if place == 1:
        return "float64", "share", f"{_CHILLED}, over those under the benchmark"
    return "float64", "attendances", _CHILLED + (f"; adults of income quintile {place - 1}" if place else "")
