"""One scenario, seed by seed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.experiment.effects import mean_interval
from sim.experiment.gathering import gathered, indicators_of
from sim.experiment.pool import Progress, for_each_seed
from sim.experiment.runs import as_scenario, as_seeds
from sim.experiment.uncertainty import Drawn, Draws, draws_for
from sim.experiment.uncertainty.drawn_runs import with_draws, work_for
from sim.experiment.uncertainty.over_draws import summary_over_draws
from sim.experiment.units import prepare
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
        draws: the draws from a posterior, if parameters were drawn; ``summary`` then rests on draws and says what its intervals
            are made of (:func:`~sim.experiment.uncertainty.over_draws.summary_over_draws`), and ``tables`` have a column ``draw``
            and a table ``draws``.
    """

    scenario: Scenario
    seeds: tuple[int, ...]
    summary: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    draws: Draws | None = None


def repeat(
    scenario: Scenario | str,
    seeds: Sequence[int] | int = DEFAULT_RUNS,
    processes: int | None = None,
    progress: Progress | None = None,
    *,
    benchmark: bool = False,
    uncertainty: Drawn | None = None,
    draws: int | None = None,
    kept: Collection[str] = (),
) -> Replications:
    """Run a scenario with several seeds.

    Args:
        scenario: a scenario, or the name or file of one.
        seeds: one for each run, or how many runs (then 1, 2, 3 ...).
        processes: how many processes share the work; by default one for each processor. One takes about 0.7 GB for a city of
            1.3 million adults. The result does not depend on it.
        progress: called with the number of runs done, and of all runs.
        benchmark: whether to run it under its benchmark law too, for the chilled turnout.
        uncertainty: a posterior from which parameters are drawn; none for the scenario's own values.
        draws: how many draws share the seeds; half as many as seeds if nothing is said.
        kept: keys whose own value stays though the posterior knows one.

    Raises:
        UnknownNameError: if there is no such scenario.
        InputError: if the scenario's text cannot be accepted, or does not go with the posterior.
        ModelError: if a run fails; it names the seed.
    """
    found, wanted = as_scenario(scenario), as_seeds(seeds)
    drawn = None if uncertainty is None else draws_for(uncertainty, (found,), wanted, draws, (kept,))
    prepare((found,), benchmark=benchmark, processes=processes)
    units = for_each_seed(work_for((found,), drawn, benchmark=benchmark), wanted, processes, progress)
    tables = gathered([unit.outcomes for unit in units], (found.name,), wanted)
    indicators = indicators_of(tables, found.name)
    if drawn is None:
        return Replications(found, tuple(wanted), _summary(indicators), tables)
    summary = summary_over_draws(indicators, drawn.numbers(wanted))
    return Replications(found, tuple(wanted), summary, with_draws(tables, drawn, (found,)), drawn)


def _summary(indicators: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for name in indicators.columns:
        values = indicators[name].to_numpy(np.float64)
        values = values[~np.isnan(values)]
        mean, low, high = mean_interval(values)
        sd = float(values.std(ddof=1)) if values.size > 1 else np.nan
        rows.append({"indicator": name, "mean": mean, "low": low, "high": high, "sd": sd, "runs": values.size})
    return pd.DataFrame(rows, columns=["indicator", "mean", "low", "high", "sd", "runs"])
