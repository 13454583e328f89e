"""The runner: many runs on any executor, each handed over as it ends, whatever becomes of it or of its worker."""

from __future__ import annotations

import functools
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from typing import Final

from sim.errors import ModelError
from sim.experiment.code_version import code_version, differing_code
from sim.experiment.compiling import compile_all
from sim.experiment.processes import interrupts_noticed, usable_processors
from sim.experiment.running.executors import Workers, heals
from sim.experiment.running.lanes import STRIKES, Lane, lanes_of
from sim.experiment.running.outcome import Outcome, failed
from sim.experiment.running.tables import check_tables
from sim.experiment.running.tasks import Left, Task, by_town
from sim.experiment.running.worker import Packed, Piece, Returned, Worker, pack
from sim.scenario import Scenario

__all__ = ["each_outcome"]

_PIECE: Final = 4
"""Runs that are sent at once, at most."""

_SECONDS: Final = 2.0
"""What a piece may take: as much is lost when its worker dies."""

_PACKED: Final = 4096
"""Scenarios that are kept as they are sent: 6 kB each."""

_LOOK: Final = 5.0
"""Seconds after which to look up from waiting."""

type Done = tuple[int, Outcome]
type Others = int | Executor | Callable[[], Executor]


def each_outcome(
    tasks: Sequence[tuple[Scenario, int]], workers: Workers = None, *, tables: Sequence[str] = (), here: bool = True
) -> Generator[Done, None, None]:
    """Run scenarios with seeds; each result is handed over as it ends, with the place of its task.

    Results do not depend on who did what, but their order does. Runs of one town with one seed stay together. Few are sent at a
    time, so this process needs no more memory for many runs than for few. To stop, close the iterator: what is in hand is lost.

    A run that raises has an outcome that says so, and the others go on. If a worker dies, what it had in hand is tried again,
    run by run, by another in its place; a run whose worker died three times has failed.

    Args:
        tasks: scenario and seed of each. Scenarios are told apart by identity, so name one object as often as it is wanted.
        workers: who does the work. So many processes of this machine, this one among them (by default one for each processor;
            each holds one town, about 0.7 GB for a city of 1.3 million adults); an executor of :mod:`concurrent.futures`, whose
            processes or threads must have the same protestlaw; or a function that makes one. See
            :func:`~sim.experiment.running.executor_for`.
        tables: tables of each run (:data:`~sim.experiment.units.TABLES`) to be handed over with it as Parquet files.
        here: whether this process works too, if the work is for processes. A run that kills its process then may kill this one.

    Raises:
        ModelError: if there are no tasks, no processes or no such table; if an executor cannot do the work at all (it breaks
            and nobody said how to make another, it was shut down, it lost its cluster); or if its code is not the code here.
    """
    wanted = usable_processors() if workers is None else workers
    if not tasks or (isinstance(wanted, int) and wanted < 1):
        processes = wanted if isinstance(wanted, int) else "an executor for"
        told = f"{len(tasks)} runs and {processes} processes"
        raise ModelError(f"the work needs at least one run and one process; found {told}")
    check_tables(tables)
    scenarios, groups = by_town(tasks)
    left, names = Left(groups), tuple(tables)
    if isinstance(wanted, int):
        others = min(wanted, len(tasks)) - here
        if not others:
            return _here(scenarios, left, names)
        return _shared(scenarios, left, names, others, Worker() if here else None)
    return _shared(scenarios, left, names, wanted, None)


def _here(scenarios: Sequence[Scenario], left: Left, tables: tuple[str, ...]) -> Generator[Done, None, None]:
    """All runs in this process."""
    worker = Worker()
    while tasks := left.take(0, 1, 0.0):
        yield from _own(worker, scenarios, tasks, tables)


def _own(worker: Worker, scenarios: Sequence[Scenario], tasks: Sequence[Task], tables: tuple[str, ...]) -> Iterator[Done]:
    for task in tasks:
        with interrupts_noticed():
            outcome = worker.run(scenarios[task.scenario], task.town, task.seed, tables)
        yield task.place, outcome


def _shared(
    scenarios: Sequence[Scenario], left: Left, tables: tuple[str, ...], workers: Others, own: Worker | None
) -> Generator[Done, None, None]:
    """All runs, by others and perhaps this process, which compiles what they need first."""
    compile_all()
    lanes: list[Lane] = []
    try:
        lanes += lanes_of(workers)
        sharing = _Sharing(scenarios, left, tables, lanes, own)
        yield from sharing.outcomes()
    except BaseException:
        for lane in lanes:
            lane.end()
        raise
    for lane in lanes:
        lane.close()


class _Sharing:
    """Runs that are shared between lanes and, perhaps, this process."""

    def __init__(
        self, scenarios: Sequence[Scenario], left: Left, tables: tuple[str, ...], lanes: Sequence[Lane], own: Worker | None
    ) -> None:
        self._scenarios, self._left, self._tables, self._lanes, self._own = scenarios, left, tables, lanes, own
        self._packed = functools.lru_cache(_PACKED)(self._pack)
        self._strikes: dict[int, int] = {}
        self._seconds = 0.0
        self._runs = 0
        self._town_in_runs = own.town_in_runs if own else 0.0

    def outcomes(self) -> Iterator[Done]:
        """The outcomes, as they end."""
        while True:
            for lane in self._lanes:
                self._fill(lane)
            tasks = self._left.take(0, 1, self._own.town_in_runs) if self._own else []
            if self._own:
                for place, outcome in _own(self._own, self._scenarios, tasks, self._tables):
                    self._clock(outcome)
                    yield place, outcome
            in_hand = {future: lane for lane in self._lanes for future in lane.in_hand}
            if not in_hand and not tasks and not any(lane.suspects for lane in self._lanes):
                return
            for future in wait(in_hand, 0 if tasks else _LOOK, FIRST_COMPLETED).done:
                yield from self._ended(in_hand[future], future)

    def _fill(self, lane: Lane) -> None:
        """Send a lane what it has room for; suspects first."""
        if (suspect := lane.next_suspect()) is not None:
            lane.send([suspect], self._piece([suspect]), alone=True)
        room = lane.room()
        while room > 0:
            worker = lane.number if len(self._lanes) > 1 else 1 + room
            most = self._left.piece(self._most(), self._workers())
            tasks = self._left.take(worker, most, self._town_in_runs if self._busy() else 0.0)
            if not tasks:
                return
            lane.send(tasks, self._piece(tasks))
            room = min(room - 1, lane.room())

    def _busy(self) -> bool:
        return self._own is not None or any(lane.in_hand for lane in self._lanes)

    def _workers(self) -> int:
        return sum(lane.workers for lane in self._lanes) + (self._own is not None)

    def _most(self) -> int:
        """How many runs make a piece: so many that it takes no more than :data:`_SECONDS`."""
        mean = self._seconds / self._runs if self._runs else 0.0
        return _PIECE if mean * _PIECE <= _SECONDS else max(1, int(_SECONDS / mean))

    def _pack(self, scenario: int) -> Packed:
        return pack(self._scenarios[scenario])

    def _piece(self, tasks: Sequence[Task]) -> Piece:
        packed = {task.scenario: self._packed(task.scenario) for task in tasks}
        runs = tuple((packed[task.scenario].name, task.town, task.seed) for task in tasks)
        return Piece(runs, dict(packed.values()), self._tables)

    def _ended(self, lane: Lane, future: Future[Returned]) -> Iterator[Done]:
        """What came of a piece."""
        tasks = lane.in_hand.pop(future)
        try:
            returned = future.result()
        except BrokenExecutor:
            lane.broke()
            yield from self._struck(lane, tasks, 1)
        except CancelledError as error:
            raise ModelError(f"the executor gave up its work, or lost its cluster, while it had: {self._named(tasks)}") from error
        except Exception as error:
            if not heals(error):
                told = f"{type(error).__name__}: {error}"
                raise ModelError(f"the executor could not do its work: {told}; it had: {self._named(tasks)}") from error
            yield from self._struck(lane, tasks, STRIKES if len(tasks) == 1 else 1)
        else:
            if returned.code != code_version():
                raise ModelError(f"a worker has other code than this process: {differing_code(returned.code, code_version())}")
            self._town_in_runs = returned.town_in_runs
            for task, outcome in zip(tasks, returned.outcomes, strict=True):
                self._clock(outcome)
                yield task.place, outcome

    def _struck(self, lane: Lane, tasks: Sequence[Task], strikes: int) -> Iterator[Done]:
        """Runs whose worker died while it had them."""
        for task in tasks:
            self._strikes[task.place] = self._strikes.get(task.place, 0) + strikes
            if self._strikes[task.place] >= STRIKES:
                yield task.place, failed(f"the process that ran it ended {STRIKES} times before it was done (out of memory?)")
            else:
                lane.suspects.append(task)

    def _clock(self, outcome: Outcome) -> None:
        self._seconds += outcome.seconds
        self._runs += 1

    def _named(self, tasks: Sequence[Task]) -> str:
        return ", ".join(f"scenario {self._scenarios[task.scenario].name}, seed {task.seed}" for task in tasks)
