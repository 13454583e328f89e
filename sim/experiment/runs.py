"""A run: one scenario, one seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sim.errors import ModelError
from sim.measurement import Measured, measure
from sim.model import ProtestModel
from sim.population import Town, town_of
from sim.record import Record
from sim.scenario import Scenario, load_scenario
from sim.streams import MAX_SEED

__all__ = ["Run", "as_scenario", "as_seeds", "shares_town", "simulate", "town_for"]


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """What came of a scenario with a seed.

    Attributes:
        scenario: the scenario.
        seed: the seed.
        record: what happened, as a log.
        tables: what was measured of it: ``assemblies``, ``days``, ``filings``, ``citizens``, ``observed``, ``indicators``.
    """

    scenario: Scenario
    seed: int
    record: Record
    tables: Measured

    @property
    def indicators(self) -> pd.Series[float]:
        """The indicators by name."""
        return self.tables.indicators


def simulate(scenario: Scenario | str, seed: int, town: Town | None = None) -> Run:
    """Run a scenario once, to its end.

    Args:
        scenario: a scenario, or the name or file of one.
        seed: 0 to 2**53 - 1. The same scenario and seed give the same run, to the last byte.
        town: a town already built for this scenario and seed, to be shared between runs.

    Raises:
        UnknownNameError: if there is no such scenario.
        InputError: if the scenario's text cannot be accepted.
        ModelError: if the seed is none, or the town belongs to another scenario or seed.

    >>> simulate("seminar", seed=1).indicators["events_held"]  # doctest: +SKIP
    """
    scenario = as_scenario(scenario)
    (seed,) = as_seeds([seed])
    town = town or town_for(scenario, seed)
    model = ProtestModel(scenario, rng=seed, town=town)
    record = model.run_for()
    model.release()
    return Run(scenario, seed, record, measure(record, scenario, town))


def town_for(scenario: Scenario, seed: int, built: Town | None = None, built_for: Scenario | None = None) -> Town:
    """The town of a scenario with a seed.

    Args:
        scenario: the scenario.
        seed: the seed.
        built: a town built with this seed, which is given back if it is the scenario's as well.
        built_for: the scenario it was built for.
    """
    if built and built_for and shares_town(scenario, built_for):
        return built
    return town_of(scenario.town, scenario.traits, len(scenario.issues), seed)


def shares_town(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios have the same town for each seed, to the last citizen."""
    return all(getattr(one, part) == getattr(other, part) for part in ("town", "traits")) and len(one.issues) == len(other.issues)


def as_scenario(scenario: Scenario | str) -> Scenario:
    """The scenario itself, if it was named."""
    return load_scenario(scenario) if isinstance(scenario, str) else scenario


def as_seeds(seeds: Sequence[int] | int) -> list[int]:
    """Seeds as given; a number ``n`` means 1 to ``n``.

    Raises:
        ModelError: if there is none, one is no seed, or one is given twice.
    """
    found = list(range(1, seeds + 1)) if isinstance(seeds, int) else list(seeds)
    wrong = [seed for seed in found if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= MAX_SEED]
    if wrong:
        raise ModelError(f"a seed is a whole number from 0 to 2**53 - 1; found {wrong[0]!r}")
    if not found:
        raise ModelError("no run without a seed; found none")
    if len(set(found)) < len(found):
        raise ModelError("each seed once, for two runs with one seed are the same run")
    return found
