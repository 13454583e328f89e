"""Runs whose parameters are drawn from a posterior: what a seed runs, and its draw in the tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pandas as pd

from sim.experiment.uncertainty.changing import changed
from sim.experiment.uncertainty.draws import Draws
from sim.experiment.units import Unit, work
from sim.scenario import Scenario

__all__ = ["Settings", "settings_by_seed", "with_draws", "work_drawn", "work_for"]

type Settings = Mapping[int, Sequence[Mapping[str, float | int]]]
"""By seed, for each scenario, what is set in it."""


def work_for(
    scenarios: Sequence[Scenario], draws: Draws | None, *, benchmark: bool = False, keep_records: bool = False
) -> Callable[[int], Unit]:
    """What is done with a seed: the scenarios as they are, or under the seed's draw. It can be sent to another process."""
    if draws is None:
        return partial(work, scenarios=scenarios, benchmark=benchmark, keep_records=keep_records)
    settings = settings_by_seed(draws, scenarios)
    return partial(work_drawn, scenarios=scenarios, settings=settings, benchmark=benchmark, keep_records=keep_records)


def settings_by_seed(draws: Draws, scenarios: Sequence[Scenario]) -> Settings:
    """What each seed's draw sets in each scenario."""
    return {
        seed: [draws.settings(scenario, draw, place) for place, scenario in enumerate(scenarios)]
        for seed, draw in draws.of_seed.items()
    }


def work_drawn(
    seed: int, scenarios: Sequence[Scenario], settings: Settings, *, benchmark: bool = False, keep_records: bool = False
) -> Unit:
    """Run scenarios with one seed and its draw; what is sent back is as :func:`~sim.experiment.units.work` has it."""
    drawn = [changed(scenario, own) for scenario, own in zip(scenarios, settings[seed], strict=True)]
    return work(seed, drawn, benchmark=benchmark, keep_records=keep_records)


def with_draws(tables: Mapping[str, pd.DataFrame], draws: Draws, scenarios: Sequence[Scenario]) -> dict[str, pd.DataFrame]:
    """The tables with a column ``draw`` beside ``seed``, and the table ``draws`` of the draws themselves."""
    found = {}
    for name, table in tables.items():
        at = list(table.columns).index("seed") + 1
        numbers = table["seed"].map(draws.of_seed).astype("int64").rename("draw")
        found[name] = pd.concat([table.iloc[:, :at], numbers, table.iloc[:, at:]], axis=1)
    return {**found, "draws": draws.table(scenarios)}
