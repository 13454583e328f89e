"""The codebook of an attribution's folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from sim.measurement import codebook

__all__ = ["TABLES", "codebook_of"]

type Row = tuple[str, str, str]
"""Type, unit and meaning of a column."""

_OF: Final = "as the outcome"
_END: Final[Row] = ("float64", _OF, "Upper end of that interval")
_STEP: Final[Row] = ("str", "", "From which law to which, by the names they were asked for with")
_PROVISION: Final[Row] = ("str", "", "Group of provisions: tables of the law text, joined by + where they move together")
_SEED: Final[Row] = ("int64", "", "Seed of the run; runs of two mixtures with one seed are a pair")
_POINT: Final[Row] = ("int64", "", "Number of the mixture, from 0")
_ADOPTED: Final[Row] = (
    "str",
    "",
    "Groups of provisions that are as in the second law of the step, with ; between them; none is the first law",
)
_ERROR: Final[Row] = ("str", "", "What went wrong, in a line; empty if nothing did")

TABLES: Final[dict[str, dict[str, Row]]] = {
    "attribution": {
        "step": _STEP,
        "outcome": ("str", "", "Name of the indicator whose change is attributed; see the table indicators"),
        "provision": (*_PROVISION[:2], f"{_PROVISION[2]}; total for the whole change from the first law to the second"),
        "shapley": ("float64", _OF, "Mean of what it does over all (or sampled) orders of adoption; they add up to the total"),
        "low": ("float64", _OF, "Lower end of its 95 % t interval over seeds; empty if there is one seed only"),
        "high": _END,
        "order_error": ("float64", _OF, "Standard error of it from having sampled orders; 0 if all were looked at"),
        "whole_low": ("float64", _OF, "Lower end of its 95 % interval with the error from sampled orders in it"),
        "whole_high": _END,
        "clear": ("bool", "", "Whether that interval leaves out 0"),
        "revert": ("float64", _OF, "What is lost when it alone is taken back in the second law"),
        "revert_low": ("float64", _OF, "Lower end of its 95 % t interval over seeds"),
        "revert_high": _END,
        "add": ("float64", _OF, "What it does when it alone is adopted in the first law"),
        "add_low": ("float64", _OF, "Lower end of its 95 % t interval over seeds"),
        "add_high": _END,
        "interaction": ("float64", _OF, "revert - add: what it does last less what it does first; not 0 if it acts with others"),
        "interaction_low": ("float64", _OF, "Lower end of its 95 % t interval over seeds"),
        "interaction_high": _END,
        "seeds": ("int64", "seeds", "Seeds it rests on: those with a value under every mixture of the step"),
        "left_out": ("int64", "seeds", "Seeds left out, since a run failed or has no value"),
    },
    "provisions": {
        "step": _STEP,
        "provision": _PROVISION,
        "key": ("str", "", "Key of the law text; of procedures, the gatherings concerned"),
        "meaning": ("str", "", "What that provision is about"),
        "before": ("str", "", "What the first law of the step says"),
        "after": ("str", "", "What the second law says"),
        "source_before": ("str", "", "Where the first law says it"),
        "source_after": ("str", "", "Where the second law says it"),
        "follows": ("bool", "", "Whether it follows from another difference of its group"),
    },
    "runs": {
        "point": _POINT,
        "step": _STEP,
        "adopted": _ADOPTED,
        "scenario": ("str", "", "Name of the scenario, whose town and practice it is"),
        "seed": _SEED,
        "status": ("str", "", "Whether the run ended as it should"),
        "error": _ERROR,
    },
    "failures": {
        "point": _POINT,
        "step": _STEP,
        "adopted": _ADOPTED,
        "seed": _SEED,
        "error": _ERROR,
        "traceback": ("str", "", "Where in the code that was"),
    },
}  # fmt: skip

_LEVELS: Final = {("runs", "status"): "done|failed"}


def codebook_of(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row for each column of the given tables, in their order, then one for each indicator."""
    own = [_row(table, str(name)) for table, columns in tables.items() for name in columns if name in TABLES[table]]
    indicators = [row for row in codebook().to_dict("records") if row["table"] == "indicators"]
    columns = ["table", "name", "label", "type", "unit", "meaning", "levels"]
    return pd.DataFrame([*own, *indicators], columns=columns, dtype="str")


def _row(table: str, name: str) -> dict[str, str]:
    kind, unit, meaning = TABLES[table][name]
    about = {"label": name.replace("_", " "), "type": kind, "unit": unit, "meaning": meaning}
    return {"table": table, "name": name, **about, "levels": _LEVELS.get((table, name), "")}
