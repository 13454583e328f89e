"""The tables of many runs, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from sim.experiment.units import TABLES, Outcome

__all__ = ["gathered", "indicators_of"]


def gathered(units: Sequence[Sequence[Outcome]], names: Sequence[str], seeds: Sequence[int]) -> dict[str, pd.DataFrame]:
    """One table of each kind: all runs of the first scenario in the order of the seeds, then those of the next.

    Args:
        units: for each seed, the outcome of each scenario.
        names: what the scenarios are called in the column ``scenario``.
        seeds: the seeds, for the column ``seed``.
    """
    runs = [(name, seed, unit[place]) for place, name in enumerate(names) for seed, unit in zip(seeds, units, strict=True)]
    rows = pd.DataFrame([outcome.indicators for _, _, outcome in runs]).reset_index(drop=True)
    keys = pd.DataFrame({"scenario": [name for name, _, _ in runs], "seed": [seed for _, seed, _ in runs]})
    return {"indicators": pd.concat([keys, rows], axis=1), **{table: _stacked(table, runs) for table in TABLES}}


def _stacked(table: str, runs: Sequence[tuple[str, int, Outcome]]) -> pd.DataFrame:
    found = []
    for name, seed, outcome in runs:
        rows = outcome.tables[table]
        found.append(rows.assign(scenario=name, seed=seed)[["scenario", "seed", *rows.columns]])
    return pd.concat([rows for rows in found if len(rows)] or found[:1], ignore_index=True)


def indicators_of(tables: Mapping[str, pd.DataFrame], name: str) -> pd.DataFrame:
    """The indicators of one scenario, one row a seed, without the keys."""
    rows = tables["indicators"]
    return rows[rows["scenario"] == name].drop(columns=["scenario", "seed"]).reset_index(drop=True)
