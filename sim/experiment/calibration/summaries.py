"""What a run says of every pattern: the seam between runs and the patterns' own estimators."""

from __future__ import annotations

import functools
import hashlib
import io
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from sim.experiment.code_version import code_version
from sim.measurement.patterns import PATTERNS, load_targets, simulated
from sim.scenario import Scenario

__all__ = ["TABLES", "made_by", "pattern_values", "read_tables"]

TABLES: Final = ("assemblies", "filings")
"""The tables of a run that patterns are told of."""


def pattern_values(
    tables: Mapping[str, pd.DataFrame], scenario: Scenario, seed: int, inhabitants: float | None
) -> dict[str, float]:
    """Every pattern of one run, by name; NaN where it has no value, or where the town is not as busy as the pattern asks.

    Args:
        tables: those of :data:`TABLES`. scenario, seed: of the run. inhabitants: of the town, of all ages.
    """
    with_seed = {name: table.assign(seed=seed) for name, table in tables.items()}
    events = simulated(with_seed, scenario, [seed], inhabitants)
    rates = {target.id: target.rate for target in load_targets().patterns if target.rate}
    found = {}
    for name, pattern in PATTERNS.items():
        rate = rates.get(name)
        asked = rate is None or rate[0] <= events.weekly_rate <= rate[1]
        found[name] = pattern(events) if asked else math.nan
    return found


def read_tables(content: Mapping[str, bytes]) -> dict[str, pd.DataFrame]:
    """Tables from the bytes of their Parquet files."""
    return {name: pd.read_parquet(io.BytesIO(written), engine="pyarrow") for name, written in content.items()}


@functools.cache
def made_by() -> str:
    """The version of everything that makes a pattern's value: that of runs, and a digest of the estimators and the targets."""
    digest = hashlib.sha256()
    here = Path(__file__).resolve().parents[2]
    for path in [*sorted((here / "measurement" / "patterns").glob("*.py")), Path(__file__)]:
        digest.update(path.read_bytes())
    digest.update(load_targets().model_dump_json().encode())
    return f"{code_version()} patterns {digest.hexdigest()[:16]}"
