"""Lanes: executors with a bounded number of pieces in hand, and what becomes of the runs in hand when a worker dies.

Nobody can say which of the runs in hand killed their worker. So they all get a strike, and are tried again alone, where it shows.
A run that has three strikes has failed. Executors are concurrent.futures'; a broken one stays broken, so another takes its place.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Final

from sim.errors import ModelError
from sim.experiment.processes import Processes
from sim.experiment.running.executors import slots
from sim.experiment.running.tasks import Task
from sim.experiment.running.worker import Piece, Returned, do

__all__ = ["STRIKES", "Lane", "lanes_of"]

STRIKES: Final = 3
"""How often a run may have been in hand when its worker died."""

_AHEAD: Final = 2
"""Pieces in hand for each worker, so that it never waits for this process."""

_ASK: Final = 5.0
"""Seconds after which to ask how many workers there are."""


class Lane:
    """An executor, and what it has in hand.

    Attributes:
        number: the lane's, from 1; 0 is this process. in_hand: the runs of each future. suspects: runs to be tried again, alone.
    """

    def __init__(self, number: int, executor: Executor, again: Callable[[], Executor] | None, *, ours: bool) -> None:
        self.number = number
        self.in_hand: dict[Future[Returned], list[Task]] = {}
        self.suspects: deque[Task] = deque()
        self._executor, self._again, self._ours = executor, again, ours
        self._broken = self._alone = False
        self._workers, self._asked = 1, -math.inf

    def room(self) -> int:
        """How many pieces it can take now. None while suspects are to be tried: they wait until all else has ended."""
        if self._broken or self.suspects or self._alone:
            return 0
        return _AHEAD * self.workers - len(self.in_hand)

    @property
    def workers(self) -> int:
        """How many runs it does at once. A cluster is asked now and then, for it may have grown."""
        if time.monotonic() >= self._asked + _ASK:
            self._workers, self._asked = slots(self._executor), time.monotonic()
        return self._workers

    def next_suspect(self) -> Task | None:
        """A run to be tried alone, if its turn has come. A broken executor is replaced first.

        Raises:
            ModelError: if the executor is broken and nobody said how to make another.
        """
        if self.in_hand:
            return None
        if self._broken:
            self._replace()
        self._alone = False
        return self.suspects.popleft() if self.suspects else None

    def send(self, tasks: list[Task], piece: Piece, *, alone: bool = False) -> None:
        """Send a piece. If the executor turns out to be broken, its runs are suspects, without a strike."""
        try:
            future = self._executor.submit(do, piece)
        except BrokenExecutor:
            self._broken = True
            self.suspects.extend(tasks)
        else:
            self.in_hand[future] = tasks
            self._alone = alone

    def broke(self) -> None:
        """Note that its executor is broken: another takes its place when all futures of this one have ended."""
        self._broken = True

    def _replace(self) -> None:
        if self._again is None:
            raise ModelError("a worker ended before its work was done (out of memory?), and its executor takes no more work")
        self._executor.shutdown()
        self._executor, self._broken = self._again(), False

    def close(self) -> None:
        """All is done."""
        if self._ours:
            self._executor.shutdown()

    def end(self) -> None:
        """End at once."""
        for future in self.in_hand:
            future.cancel()
        if isinstance(self._executor, Processes):
            self._executor.end()
        elif self._ours:
            self._executor.shutdown(wait=False, cancel_futures=True)


def lanes_of(workers: Executor | Callable[[], Executor] | int) -> list[Lane]:
    """The lanes of an executor (one), or of so many processes (one each, so that each can be kept at its town)."""
    if isinstance(workers, int):
        return [Lane(number, _process(), _process, ours=True) for number in range(1, workers + 1)]
    if isinstance(workers, Executor):
        return [Lane(1, workers, None, ours=False)]
    return [Lane(1, workers(), workers, ours=True)]


def _process() -> Processes:
    return Processes(1).start()
