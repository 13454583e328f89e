"""The unit of work: some scenarios with one seed, on one town where they share it.

It runs in a process of its own, so it sends back tables and counts; a record only if that is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.experiment.attendance import crossings, participants
from sim.experiment.branching import simulate_all
from sim.experiment.compiling import compile_all
from sim.experiment.runs import Run, shares_town, town_for
from sim.law import load_law
from sim.measurement import Measured, chilled
from sim.measurement.citizens import QUINTILES, income_quintiles
from sim.population import Town
from sim.record import Record
from sim.scenario import Scenario

__all__ = ["CHILLED", "TABLES", "Outcome", "Unit", "benchmark_of", "prepare", "work"]

TABLES: Final = ("assemblies", "days", "filings", "citizens", "observed")
"""The tables of a run, apart from its indicators."""

CHILLED: Final = ("chilled_turnout", "chilled_share", *(f"chilled_turnout_q{number}" for number in range(1, QUINTILES + 1)))
"""Indicators that need a second run, under the benchmark law with the same seed (:func:`sim.measurement.chilled`): attendances of
adults there minus those under the scenario's own law; that as a share of those under the benchmark; and by income quintile."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What a unit sends back of one run: its indicators, its tables by name, and its record if that was asked for."""

    indicators: pd.Series[float]
    tables: dict[str, pd.DataFrame]
    record: Record | None


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """What a unit sends back.

    Attributes:
        outcomes: one for each scenario.
        crossings: who came under the first scenario and who under the second, by income quintile
            (:func:`~sim.experiment.attendance.crossings`); ``None`` if they are not two, or not of one town.
    """

    outcomes: tuple[Outcome, ...]
    crossings: npt.NDArray[np.int64] | None


def work(seed: int, scenarios: Sequence[Scenario], *, benchmark: bool = False, keep_records: bool = False) -> Unit:
    """Run scenarios with one seed.

    Args:
        seed: the seed.
        scenarios: the scenarios.
        benchmark: whether to run each under its benchmark law as well, for the indicators of :data:`CHILLED`.
        keep_records: whether to send back the records.
    """
    outcomes, came = [], []
    town: Town | None = None
    for group in _by_town(scenarios):
        town = town_for(group[0], seed)
        others = {one.fingerprint: one for scenario in group if benchmark for one in (benchmark_of(scenario),)}
        runs = simulate_all([*group, *others.values()], seed, town)
        hoped = {name: run.tables for name, run in zip(others, runs[len(group) :], strict=True)}
        for run in runs[: len(group)]:
            indicators = run.indicators
            if benchmark:
                indicators = pd.concat([indicators, _chilled(run.tables, hoped[benchmark_of(run.scenario).fingerprint])])
            outcomes.append(Outcome(indicators, _tables(run), run.record if keep_records else None))
            came.append(participants(run.record))
    if town and len(scenarios) == 2 and shares_town(*scenarios):
        return Unit(tuple(outcomes), crossings(came[0], came[1], income_quintiles(town)))
    return Unit(tuple(outcomes), None)


def _by_town(scenarios: Sequence[Scenario]) -> list[list[Scenario]]:
    """The scenarios in their order, those that follow each other on one town together."""
    groups: list[list[Scenario]] = []
    for scenario in scenarios:
        if groups and shares_town(groups[-1][0], scenario):
            groups[-1].append(scenario)
        else:
            groups.append([scenario])
    return groups


def _chilled(actual: Measured, benchmark: Measured) -> pd.Series[float]:
    found = chilled(actual, benchmark)
    everyone, by_income = (found[found["group"] == group] for group in ("everyone", "income_quintile"))
    values = [*everyone["chilled"], *everyone["share"], *by_income["chilled"]]
    return pd.Series(values, CHILLED, dtype=np.float64)


def _tables(run: Run) -> dict[str, pd.DataFrame]:
    return {name: getattr(run.tables, name) for name in TABLES}


def benchmark_of(scenario: Scenario) -> Scenario:
    """The scenario under its benchmark law from the first day to the last."""
    about = scenario.scenario.model_copy(update={"counterfactual": True})
    return scenario.model_copy(update={"law": load_law(about.benchmark), "reforms": (), "scenario": about})


def prepare(scenarios: Sequence[Scenario], *, benchmark: bool, processes: int | None = None) -> None:
    """What is done once, before any unit: everything is compiled, and found to be there.

    Args:
        scenarios: the scenarios.
        benchmark: whether the units need their benchmark laws.
        processes: how many processes may compile.

    Raises:
        UnknownNameError: if there is no such benchmark law.
    """
    if benchmark:
        for scenario in scenarios:
            benchmark_of(scenario)
    compile_all(processes)
