"""How long a sweep will take and how much room: from one run of it, timed."""

from __future__ import annotations

import time
from typing import Final, NamedTuple

from sim.experiment.compiling import compile_all
from sim.experiment.design import Design
from sim.experiment.processes import usable_processors
from sim.experiment.runs import shares_town, simulate, town_for
from sim.model import ProtestModel
from sim.scenario import Scenario

__all__ = ["Estimate", "estimate"]

_STORED: Final = 1_100
"""Bytes that a run takes in the store, and about as many in runs.csv: measured with all indicators."""


_WARM: Final = 30
"""Days that are run first, so that loading machine code is not counted."""


class Estimate(NamedTuple):
    """What a sweep will take.

    Attributes:
        points, runs, towns: how many. run_seconds, town_seconds: what one of each took here.
        seconds: what all of it takes, by so many processes. bytes: on disk, without tables of single runs.
    """

    points: int
    runs: int
    towns: int
    run_seconds: float
    town_seconds: float
    seconds: float
    bytes: int


def estimate(design: Design, processes: int | None = None) -> Estimate:
    """Do one run of the experiment, the first point with the first seed, and say what all of it will take.

    Other points may take longer or shorter: a run costs as much as there is protest in it.
    """
    compile_all(processes)
    scenario, seed = design.scenarios[0], design.seeds[0]
    began = time.perf_counter()
    town = town_for(scenario, seed)
    town_seconds = time.perf_counter() - began
    ProtestModel(scenario, rng=seed, town=town).run_for(min(_WARM, scenario.scenario.days))
    built = time.perf_counter()
    simulate(scenario, seed, town)
    done = time.perf_counter()
    share = min(usable_processors() if processes is None else processes, design.runs)
    kinds: list[Scenario] = []
    for one in design.scenarios:
        if not any(shares_town(one, other) for other in kinds):
            kinds.append(one)
    towns = len(kinds) * len(design.seeds)
    run_seconds = done - built
    seconds = (design.runs * run_seconds + towns * town_seconds) / share
    return Estimate(len(design.points), design.runs, towns, run_seconds, town_seconds, seconds, 2 * _STORED * design.runs)
