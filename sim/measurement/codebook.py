"""The codebook: what every column of every table, and every indicator, means."""

from __future__ import annotations

import pandas as pd

from sim.measurement.columns import COLUMNS
from sim.measurement.indicators import INDICATORS

__all__ = ["codebook"]


def codebook() -> pd.DataFrame:
    """One row for each column of each table, and for each indicator.

    Columns: ``table`` (``indicators`` for those), ``name``, ``label``, ``type``, ``unit``, ``meaning``, and ``levels``: the words
    it may hold if they are a closed list, joined by ``|``; one of them is empty if it need not apply.
    """
    rows = [
        (table, column.name, column.name.replace("_", " "), column.type, column.unit, column.meaning, "|".join(column.levels))
        for table, columns in COLUMNS.items()
        for column in columns
    ]
    rows += [("indicators", one.name, one.label, "float64", one.unit, one.description, "") for one in INDICATORS.values()]
    return pd.DataFrame(rows, columns=["table", "name", "label", "type", "unit", "meaning", "levels"], dtype="str")
