"""The processes that do the runs of a live page: each at its own pace, replaced when it dies or takes too long."""

from __future__ import annotations

import functools
import pickle
import signal
import threading
import zlib
from concurrent.futures import BrokenExecutor, CancelledError, Future
from typing import Final, Self

from sim.errors import ModelError
from sim.experiment.compiling import compile_all
from sim.experiment.exploring.gist import TABLES
from sim.experiment.exploring.growing import Growth
from sim.experiment.exploring.reading import Explorer
from sim.experiment.exploring.running import told_of
from sim.experiment.exploring.store import Stored
from sim.experiment.exploring.told import ENDED, SLOW, WRONG, Work
from sim.experiment.processes import Processes
from sim.experiment.running.tables import check_tables
from sim.experiment.running.tasks import by_town
from sim.experiment.running.worker import Worker, pack
from sim.scenario import Scenario

__all__ = ["Crew", "grown"]

_LOOK: Final = 0.5
"""Seconds after which a process without work looks whether it is all over."""

_TRIES: Final = 2
"""How often a run is tried whose process ended."""

_PATIENCE: Final = 2.0
"""Seconds to wait for what is at its end."""

_starting: Final = threading.Lock()


class Crew:
    """Processes that do what a queue holds. To be used as a context."""

    def __init__(self, explorer: Explorer, growth: Growth, processes: int, seconds: float) -> None:
        """Nobody works yet.

        Args:
            explorer: the page. growth: the queue. processes: how many. seconds: what a run may take.

        Raises:
            ModelError: if the package pyarrow is missing.
        """
        check_tables(TABLES)
        self._growth, self._seconds = growth, seconds
        self._base, self._seeds = explorer.design.scenarios[0], explorer.design.seeds
        self._lanes = [_Lane() for _ in range(processes)]
        self._threads = [threading.Thread(target=self._work, args=(lane,), daemon=True) for lane in self._lanes]
        self._over = threading.Event()

    def __enter__(self) -> Self:
        """Compile what runs need, start the processes, and let each do a run of the first law: no visitor waits for that."""
        compile_all()
        try:
            for lane in self._lanes:
                lane.begin()
            first = [lane.send(self._base, self._seeds[n % len(self._seeds)]) for n, lane in enumerate(self._lanes)]
            for future in first:
                future.result()
        except BrokenExecutor:
            self.end()
            raise ModelError("the processes that are to do the runs ended at once (out of memory?)") from None
        except BaseException:
            self.end()
            raise
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_about: object) -> None:
        self.end()

    def end(self) -> None:
        """End all processes at once, whatever they are doing."""
        self._over.set()
        for lane in self._lanes:
            lane.end()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(_PATIENCE)
        for lane in self._lanes:  # one may have been started meanwhile
            lane.end()

    def _work(self, lane: _Lane) -> None:
        while not self._over.is_set():
            work = self._growth.take(_LOOK)
            if work is not None:
                self._growth.bring(work, *self._run(lane, work))

    def _run(self, lane: _Lane, work: Work) -> tuple[Stored, str]:
        """What came of a run, and why it failed if it did. Its process is another one afterwards if it did not end by itself."""
        for _ in range(_TRIES):
            if self._over.is_set():
                break
            try:
                run = lane.send(work.scenario, work.seed).result(self._seconds)
            except TimeoutError:
                lane.end()
                return Stored(None, f"it took more than {self._seconds:g} seconds", "", self._seconds), SLOW
            except (BrokenExecutor, CancelledError, RuntimeError):  # the last: it was shut down just now
                lane.end()
            else:
                return run, WRONG if run.error else ""
        return Stored(None, f"the process that ran it ended {_TRIES} times before it was done", "", 0.0), ENDED


class _Lane:
    """A process that does one run after another; another takes its place when it has ended."""

    def __init__(self) -> None:
        self._processes: Processes | None = None
        self._ready: Future[None] = Future()

    def begin(self) -> None:
        """Start the process."""
        self._there()

    def _there(self) -> tuple[Processes, Future[None]]:
        """The process, started if there is none, and its being ready."""
        with _starting:  # what starts a process hides the script of this one, which only one may do at a time
            if self._processes is None:
                self._processes = Processes(1)
                self._ready = self._processes.submit(_get_ready)
            return self._processes, self._ready

    def send(self, scenario: Scenario, seed: int) -> Future[Stored]:
        """Have a run done, once the process has loaded what it needs: that is no part of a run's time."""
        processes, ready = self._there()
        ready.result()
        _, ((task,),) = by_town([(scenario, seed)])
        return processes.submit(grown, pack(scenario).content, task.town, seed)

    def end(self) -> None:
        """End the process at once."""
        with _starting:
            processes, self._processes = self._processes, None
        if processes is not None:
            processes.end()


def _get_ready() -> None:
    """Load what a run needs, and leave an interrupt from the keyboard to the process that serves."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def grown(content: bytes, town: str, seed: int) -> Stored:
    """A run, in a process of the crew.

    Args:
        content: the scenario, as it is sent (:func:`~sim.experiment.running.worker.pack`).
        town: a name that scenarios of one town share. seed: of the run.
    """
    scenario: Scenario = pickle.loads(zlib.decompress(content))
    return told_of(scenario, _worker().run(scenario, town, seed, TABLES))


@functools.cache
def _worker() -> Worker:
    return Worker()
