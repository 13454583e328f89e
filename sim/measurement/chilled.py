"""Chilled turnout: who would have come under the benchmark law, and did not."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.errors import ModelError
from sim.measurement.tables import Tables

__all__ = ["chilled"]

_KEYS = ["group", "level"]


def chilled(tables: Tables, benchmark: Tables) -> pd.DataFrame:
    """Attendance under the benchmark law minus actual attendance: overall, by income quintile, by district and by status.

    ``chilled = benchmark - actual``, in attendances of adults, negative where more come than under the benchmark;
    ``share = chilled / benchmark``, NaN where nobody came under the benchmark. The rows of each group sum to everyone's.

    Args:
        tables: of the run. benchmark: of the run of the same town and seed under the benchmark law.

    Raises:
        ModelError: if the two runs are of different towns.
    """
    rows, other = tables.citizens, benchmark.citizens
    if not rows[[*_KEYS, "people"]].equals(other[[*_KEYS, "people"]]):
        raise ModelError("chilled turnout compares two runs of one town; these are of two")
    actual, hoped = rows["attendances"].astype("int64"), other["attendances"].astype("int64")
    share = (hoped - actual) / hoped.where(hoped > 0, np.nan)
    return rows[_KEYS].assign(people=rows["people"], benchmark=hoped, actual=actual, chilled=hoped - actual, share=share)
