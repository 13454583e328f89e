"""One scenario, seed by seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from sim.experiment.effects import mean_interval
from sim.experiment.gathering import gathered, indicators_of
from sim.experiment.pool import Progress, for_each_seed
from sim.experiment.runs import as_scenario, as_seeds
from sim.experiment.units import prepare, work
from sim.scenario import Scenario

__all__ = ["DEFAULT_RUNS", "Replications", "repeat"]

DEFAULT_RUNS = 10
"""How many runs are made if nothing is said."""


@dataclass(frozen=True, slots=True, eq=False)
class Replications:
    """What comes of a scenario, over several seeds.

    Attributes:
        scenario: the scenario.
        seeds: one for each run.
        summary: one row an indicator: ``indicator``, ``mean`` with its 95 % interval ``low`` to ``high``, ``sd`` (between runs),
            and the number of ``runs`` in which it has a value.
        tables: ``indicators`` (one row a run), ``assemblies``, ``days``, ``filings``, ``citizens`` and ``observed`` of all
            runs, with ``scenario`` and ``seed`` as first columns.
    """

    scenario: Scenario
    seeds: tuple[int, ...]
    summary: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]


def repeat(
    scenario: Scenario | str,
    seeds: Sequence[int] | int = DEFAULT_RUNS,
    processes: int | None = None,
    progress: Progress | None = None,
    *,
    benchmark: bool = False,
) -> Replications:
    """Run a scenario with several seeds.

    Args:
        scenario: a scenario, or the name or file of one.
        seeds: one for each run, or how many runs (then 1, 2, 3 ...).
        processes: how many processes share the work; by default one for each processor. One takes about 0.7 GB for a city of
            1.3 million adults. The result does not depend on it.
        progress: called with the number of runs done, and of all runs.
        benchmark: whether to run it under its benchmark law too, for the chilled turnout.

    Raises:
        UnknownNameError: if there is no such scenario.
        InputError: if the scenario's text cannot be accepted.
        ModelError: if a run fails; it names the seed.
    """
    found, wanted = as_scenario(scenario), as_seeds(seeds)
    prepare((found,), benchmark=benchmark, processes=processes)
    units = for_each_seed(partial(work, scenarios=(found,), benchmark=benchmark), wanted, processes, progress)
    tables = gathered([unit.outcomes for unit in units], (found.name,), wanted)
    return Replications(found, tuple(wanted), _summary(indicators_of(tables, found.name)), tables)


def _summary(indicators: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for name in indicators.columns:
        values = indicators[name].to_numpy(np.float64)
        values = values[~np.isnan(values)]
        mean, low, high = mean_interval(values)
        sd = float(values.std(ddof=1)) if values.size > 1 else np.nan
        rows.append({"indicator": name, "mean": mean, "low": low, "high": high, "sd": sd, "runs": values.size})
    return pd.DataFrame(rows, columns=["indicator", "mean", "low", "high", "sd", "runs"])
