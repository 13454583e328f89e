"""Several scenarios with one seed, of which a common past is run once."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.experiment.runs import Run
from sim.measurement import measure
from sim.model import ProtestModel
from sim.population import Town
from sim.record import Record
from sim.scenario import Scenario, agree_until

__all__ = ["simulate_all"]


def simulate_all(scenarios: Sequence[Scenario], seed: int, town: Town) -> list[Run]:
    """What :func:`~sim.experiment.runs.simulate` gives for each of some scenarios that share a town.

    A scenario that agrees with an earlier one until some day goes on from there, from the one with which it agrees longest
    (:meth:`~sim.model.ProtestModel.branch`); one that agrees with an earlier one for ever is not run again.

    Args:
        scenarios: the scenarios.
        seed: the seed.
        town: their town.
    """
    origins = [_origin(number, scenarios) for number in range(len(scenarios))]
    branched: dict[int, ProtestModel] = {}
    records: list[Record] = []
    for number, scenario in enumerate(scenarios):
        origin, day = origins[number]
        if day == math.inf:
            records.append(records[origin])
            continue
        model = branched.pop(number, None) or ProtestModel(scenario, rng=seed, town=town)
        for until, later in sorted((until, later) for later, (one, until) in enumerate(origins) if one == number):
            if 0 < until < math.inf:
                model.run_for(int(until) - model.days_lived)
                branched[later] = model.branch(scenarios[later])
        records.append(model.run_for())
        model.release()
    return [
        Run(scenario, seed, record, measure(record, scenario, town)) for scenario, record in zip(scenarios, records, strict=True)
    ]


def _origin(number: int, scenarios: Sequence[Scenario]) -> tuple[int, float]:
    """The earlier scenario with which one agrees longest, the first of equals, and until which day: ``inf`` for ever."""
    best = (-1, 0.0)
    for earlier in range(number):
        day = agree_until(scenarios[earlier], scenarios[number])
        if (until := math.inf if day is None else float(day)) > best[1]:
            best = (earlier, until)
    return best
