"""Events that are made up, so that their patterns are known."""

import datetime
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.measurement.patterns import Events, Shock, Stretch

MONDAY = datetime.date(2018, 1, 1)


def events(
    days: Sequence[int] = (0,),
    length: int = 364,
    *,
    start: datetime.date = MONDAY,
    settled: int = 0,
    inhabitants: float | None = None,
    shocks: Sequence[Shock] = (),
    **columns: Any,
) -> Events:
    """Events of one stretch, all held unless said otherwise, with the columns given."""
    table = pd.DataFrame({"stretch": 0, "day": np.asarray(days), "held": 1.0})
    for name, values in columns.items():
        table[name] = values
    return Events.of(table, [Stretch(start, length, settled)], inhabitants, shocks)


def sized(attended: Any, **columns: Any) -> Events:
    """Events with so many people each, one on each day."""
    values = np.asarray(attended, float)
    return events(np.arange(values.size), max(values.size, 14), attended=values, **columns)
