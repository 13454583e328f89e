"""Many runs: scenarios by seeds, of which nothing but the indicators is kept.

Runs of one town with one seed go to one process as long as there are other towns, so that a town is built once for all laws that
are tried on it. This process works too; with ``n`` processes it starts ``n - 1`` others. Results do not depend on who did what.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.errors import ModelError, ProtestlawError
from sim.experiment.pool import Progress, usable_processors, workers
from sim.experiment.runs import shares_town, simulate, town_for
from sim.experiment.units import warm_up
from sim.measurement import INDICATORS
from sim.population import Town
from sim.scenario import Scenario

__all__ = ["Task", "each_run", "run_many"]

_PIECE: Final = 4
"""Runs that are handed to another process at once, at most."""

_AHEAD: Final = 2
"""Pieces that another process has in hand, so that it never waits for this one."""

type Values = npt.NDArray[np.float64]


class Task(NamedTuple):
    """A run that is wanted."""

    scenario: Scenario
    seed: int


class _Run(NamedTuple):
    """A task as it is sent: its place, its scenario's place among the scenarios, its seed, and which town."""

    place: int
    scenario: int
    seed: int
    town: int


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
    wanted = usable_processors() if processes is None else processes
    if wanted < 1 or not tasks:
        raise ModelError(f"the work needs at least one run and one process; found {len(tasks)} runs and {wanted} processes")
    scenarios, towns = _by_town(tasks)
    order = [run.place for runs in towns for run in runs]
    done: dict[int, Values] = {}
    told = 0
    for number, (place, values) in enumerate(_as_they_end(scenarios, towns, min(wanted, len(tasks))), 1):
        done[place] = values
        if progress is not None:
            progress(number, len(tasks))
        while told < len(order) and order[told] in done:
            yield order[told], done.pop(order[told])
            told += 1


def _by_town(tasks: Sequence[tuple[Scenario, int]]) -> tuple[list[Scenario], list[list[_Run]]]:
    """The different scenarios, and the runs by town and seed."""
    scenarios = list({id(scenario): scenario for scenario, _ in tasks}.values())
    place_of = {id(scenario): place for place, scenario in enumerate(scenarios)}
    first_with_town: list[int] = []
    for place, scenario in enumerate(scenarios):
        alike = (first for first in range(place) if first_with_town[first] == first and shares_town(scenario, scenarios[first]))
        first_with_town.append(next(alike, place))
    towns: dict[tuple[int, int], list[_Run]] = {}
    for place, (scenario, seed) in enumerate(tasks):
        which = place_of[id(scenario)]
        runs = towns.setdefault((first_with_town[which], seed), [])
        runs.append(_Run(place, which, seed, first_with_town[which]))
    return scenarios, list(towns.values())


def _as_they_end(scenarios: Sequence[Scenario], towns: Sequence[Sequence[_Run]], processes: int) -> Iterator[tuple[int, Values]]:
    """The values of all runs by place, in the order in which they end."""
    here, left = _Worker(scenarios), _Left(towns)
    if processes == 1:
        while runs := left.take(0, 1, here.town_in_runs):
            yield runs[0].place, here.run(runs[0])
        return
    warm_up(scenarios[0])
    with workers(processes - 1, _begin, (scenarios,)) as others:
        sent: dict[Future[list[Values]], tuple[int, list[_Run]]] = {}
        idle = [number for number in range(len(others)) for _ in range(_AHEAD)]
        while True:
            for number in idle:
                if runs := left.take(number + 1, left.piece(processes), here.town_in_runs):
                    sent[_send(others[number], runs)] = number, runs
            own = left.take(0, 1, here.town_in_runs)
            if own:
                yield own[0].place, here.run(own[0])
            elif not sent:
                return
            idle = []
            for future in wait(sent, 0 if own else None, FIRST_COMPLETED).done:
                number, runs = sent.pop(future)
                idle.append(number)
                yield from zip((run.place for run in runs), _received(future, runs, scenarios), strict=True)


class _Left:
    """The runs that nobody has taken yet."""

    def __init__(self, towns: Sequence[Sequence[_Run]]) -> None:
        self._towns = [deque(runs) for runs in towns]
        self._untouched = deque(range(len(towns)))
        self._at: dict[int, int] = {}
        self._runs = sum(map(len, towns))

    def piece(self, processes: int) -> int:
        """How many runs to hand out at once: fewer towards the end, so that all processes end together."""
        return max(1, min(_PIECE, self._runs // (4 * processes)))

    def take(self, worker: int, most: int, town_in_runs: float) -> list[_Run]:
        """Runs for a worker; none if there are none, or if others will have done them sooner.

        A worker stays with its town, then goes to one that nobody has begun, then helps where most is left.

        Args:
            worker: its number. most: how many. town_in_runs: what building a town takes, in runs.
        """
        at = self._at.get(worker, -1)
        if at < 0 or not self._towns[at]:
            if self._untouched:
                at = self._untouched.popleft()
            else:
                at = max(range(len(self._towns)), key=lambda number: len(self._towns[number]))
                if len(self._towns[at]) <= town_in_runs and at in self._at.values():
                    return []
            self._at[worker] = at
        runs = self._towns[at]
        self._runs -= (taken := min(most, len(runs)))
        return [runs.popleft() for _ in range(taken)]


class _Worker:
    """Does runs, and keeps the last town."""

    def __init__(self, scenarios: Sequence[Scenario]) -> None:
        self._scenarios = scenarios
        self._town: Town | None = None
        self._of: tuple[int, int] | None = None
        self._seconds = [0.0, 0.0]
        self._times = [0, 0]

    @property
    def town_in_runs(self) -> float:
        """What building a town takes, in runs; 0 if it is not known yet."""
        town, run = (seconds / max(times, 1) for seconds, times in zip(self._seconds, self._times, strict=True))
        return town / run if run else 0.0

    def run(self, run: _Run) -> Values:
        """The indicators of a run."""
        scenario = self._scenarios[run.scenario]
        try:
            if self._town is None or self._of != (run.town, run.seed):
                self._town = None  # before the next one takes its place
                began = time.perf_counter()
                self._town, self._of = town_for(scenario, run.seed), (run.town, run.seed)
                self._clock(0, began)
            began = time.perf_counter()
            values = np.asarray(simulate(scenario, run.seed, self._town).indicators, np.float64)
            self._clock(1, began)
        except Exception as error:
            told = str(error) if isinstance(error, ProtestlawError) else f"{type(error).__name__}: {error}"
            raise ModelError(f"scenario {scenario.name}, seed {run.seed}: {told}") from error
        return values

    def _clock(self, what: int, began: float) -> None:
        self._seconds[what] += time.perf_counter() - began
        self._times[what] += 1


_worker: _Worker | None = None
"""The worker of a process that was started for this."""


def _begin(scenarios: Sequence[Scenario]) -> None:
    global _worker  # noqa: PLW0603  a process of a pool has no other place for what it keeps between calls
    _worker = _Worker(scenarios)


def _do(runs: Sequence[_Run]) -> list[Values]:
    if _worker is None:
        raise ModelError("a worker process was asked for runs before it was told the scenarios")
    return [_worker.run(run) for run in runs]


def _send(to: ProcessPoolExecutor, runs: list[_Run]) -> Future[list[Values]]:
    return to.submit(_do, runs)


def _received(future: Future[list[Values]], runs: Sequence[_Run], scenarios: Sequence[Scenario]) -> list[Values]:
    try:
        return future.result()
    except BrokenProcessPool as error:
        names = ", ".join(f"scenario {scenarios[run.scenario].name}, seed {run.seed}" for run in runs)
        raise ModelError(f"a worker process ended before its work was done (out of memory?), while it had: {names}") from error
