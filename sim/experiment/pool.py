"""The same work for many seeds, on one or more processes."""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Final

from sim.errors import ModelError, ProtestlawError
from sim.experiment.processes import Processes, interrupts_noticed, usable_processors

__all__ = ["Progress", "for_each_seed", "usable_processors"]

type Progress = Callable[[int, int], None]
"""Told after every seed: how many are done, and of how many."""

START: Final = 2.5
"""Seconds until another process has loaded what it needs. Sharing must save more than that."""

_AHEAD: Final = 2
"""Seeds that another process has in hand, so that it never waits for this one."""


def for_each_seed[R](
    work: Callable[[int], R], seeds: Sequence[int], processes: int | None = None, progress: Progress | None = None
) -> list[R]:
    """``work(seed)`` for every seed; the results stand in the order of the seeds, however many processes there are.

    The first seed is done in this process. Others are started only if what is left takes long enough to be worth their start.

    Args:
        work: what to do; a function of a module, so that another process finds it.
        seeds: the seeds.
        processes: how many processes share the work, this one among them; by default one for each processor.
        progress: told after every seed.

    Raises:
        ModelError: if the work of a seed fails; it names the seed, and its cause is what was raised.
    """
    processes = _workers(seeds, processes)
    if processes < 1:
        raise ModelError(f"the work needs at least one seed and one process; found {len(seeds)} seeds and {processes} processes")
    tell = progress or _silence
    results: dict[int, R] = {}
    left = deque(enumerate(seeds))

    def do_next() -> float:
        place, seed = left.popleft()
        began = time.perf_counter()
        with _named(seed), interrupts_noticed():
            results[place] = work(seed)
        tell(len(results), len(seeds))
        return time.perf_counter() - began

    seconds = do_next()
    if left and seconds < START and worth_sharing(seconds, len(left), processes):
        seconds = do_next()  # without what the first had to load
    if worth_sharing(seconds, len(left), processes):
        _share(work, left, min(processes - 1, len(left)), do_next, results, lambda: tell(len(results), len(seeds)))
    while left:
        do_next()
    return [results[place] for place in range(len(seeds))]


def worth_sharing(seconds: float, left: int, processes: int) -> bool:
    """Whether other processes save more time than their start takes: :data:`START` seconds.

    Args:
        seconds: what one seed takes. left: how many seeds there are. processes: how many would share them.
    """
    return processes > 1 and seconds * left * (1.0 - 1.0 / processes) > START


def _workers(seeds: Sequence[int], processes: int | None) -> int:
    return min(usable_processors() if processes is None else processes, len(seeds))


def _share[R](
    work: Callable[[int], R],
    left: deque[tuple[int, int]],
    others: int,
    do_next: Callable[[], float],
    results: dict[int, R],
    told: Callable[[], None],
) -> None:
    """Do all seeds that are left, here and in other processes."""
    sent: dict[Future[R], tuple[int, int]] = {}
    with Processes(others) as pool:
        while left or sent:
            while left and len(sent) < _AHEAD * others:
                place, seed = left.popleft()
                sent[pool.submit(work, seed)] = place, seed
            if left:
                do_next()
            for future in wait(sent, 0 if left else None, FIRST_COMPLETED).done:
                place, seed = sent.pop(future)
                with _named(seed):
                    results[place] = future.result()
                told()


@contextlib.contextmanager
def _named(seed: int) -> Iterator[None]:
    """An error is told with the seed it came up with, so that it can be looked at again."""
    try:
        yield
    except BrokenProcessPool as error:
        raise ModelError(f"seed {seed}: its process ended before its work was done (out of memory?)") from error
    except Exception as error:
        told = str(error) if isinstance(error, ProtestlawError) else f"{type(error).__name__}: {error}"
        raise ModelError(f"seed {seed}: {told}") from error


def _silence(_done: int, _total: int) -> None:
    pass
