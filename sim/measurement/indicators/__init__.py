"""Indicators: each one tested function of the tables of a run, with its formula in its docstring."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from sim.errors import ModelError, did_you_mean
from sim.measurement.indicators.legality import LEGALITY
from sim.measurement.indicators.observation import OBSERVATION
from sim.measurement.indicators.procedure import PROCEDURE
from sim.measurement.indicators.registry import Indicator
from sim.measurement.indicators.repression import REPRESSION
from sim.measurement.indicators.strategy import STRATEGY
from sim.measurement.indicators.volume import VOLUME
from sim.measurement.tables import Tables

__all__ = ["INDICATORS", "Indicator", "indicators"]

INDICATORS: Final[dict[str, Indicator]] = {**VOLUME, **LEGALITY, **PROCEDURE, **STRATEGY, **REPRESSION, **OBSERVATION}
"""All indicators by name, in the order in which they are reported."""


def indicators(tables: Tables, names: Iterable[str] | None = None) -> pd.Series[float]:
    """The indicators of a run by name; NaN where a denominator is missing, never 0.

    Args:
        tables: of the run. names: which; all if none are named.

    Raises:
        ModelError: if there is no indicator of that name.
    """
    wanted = list(INDICATORS if names is None else names)
    for name in wanted:
        if name not in INDICATORS:
            near = did_you_mean(name, INDICATORS)
            raise ModelError(f"no indicator is called {name!r}" + (f"; did you mean {near!r}?" if near else ""))
    values = np.array([INDICATORS[name](tables) for name in wanted], np.float64)
    return pd.Series(values, pd.Index(wanted, dtype="str", name="indicator"), name="value")
