"""Many runs: scenarios by seeds, of which nothing but the indicators is kept.

Results do not depend on who did what; they are handed over in an order that does not either. A run that fails ends the work: to
keep what others found, see :mod:`sim.experiment.running` and :mod:`sim.experiment.store`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.errors import ModelError
from sim.experiment.pool import Progress
from sim.experiment.running.outcomes import each_outcome
from sim.experiment.running.tasks import by_town
from sim.measurement import INDICATORS
from sim.scenario import Scenario

__all__ = ["each_run", "run_many"]

type Values = npt.NDArray[np.float64]


def run_many(
    tasks: Sequence[tuple[Scenario, int]], processes: int | None = None, progress: Progress | None = None
) -> pd.DataFrame:
    """The indicators of many runs.

    Args:
        tasks: scenario and seed of each. To run the same laws on the same towns, name the same seeds.
        processes: how many processes share the work, this one among them; by default one for each processor. Each holds one town:
            about 0.7 GB for a city of 1.3 million adults.
        progress: called with the number of runs done, and of all runs.

    Returns:
        one row a task, in their order: ``scenario``, ``seed``, and every indicator.

    Raises:
        ModelError: if a run fails; it names the scenario and the seed.
    """
    values = np.full((len(tasks), len(INDICATORS)), np.nan)
    for place, found in each_run(tasks, processes, progress):
        values[place] = found
    keys = {"scenario": [scenario.name for scenario, _ in tasks], "seed": [seed for _, seed in tasks]}
    return pd.concat([pd.DataFrame(keys), pd.DataFrame(values, columns=list(INDICATORS))], axis=1)


def each_run(
    tasks: Sequence[tuple[Scenario, int]], processes: int | None = None, progress: Progress | None = None
) -> Iterator[tuple[int, Values]]:
    """The runs one by one, as they are done: the place of the task, and the values of :data:`~sim.measurement.INDICATORS`.

    Town by town in the order in which the tasks name them first, and within a town in the order of the tasks: always the same,
    however many processes there are. Arguments and errors as in :func:`run_many`.
    """
    outcomes = each_outcome(tasks, processes)
    order = [task.place for group in by_town(tasks)[1] for task in group]
    done: dict[int, Values] = {}
    told = 0
    with contextlib.closing(outcomes):
        for number, (place, outcome) in enumerate(outcomes, 1):
            if outcome.error:
                scenario, seed = tasks[place]
                raise ModelError(f"scenario {scenario.name}, seed {seed}: {outcome.error}")
            done[place] = outcome.values
            if progress is not None:
                progress(number, len(tasks))
            while told < len(order) and order[told] in done:
                yield order[told], done.pop(order[told])
                told += 1
