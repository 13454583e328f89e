"""The same work for many seeds, on one or more processes."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any

from sim.errors import ModelError, ProtestlawError

__all__ = ["Progress", "for_each_seed", "usable_processors", "will_share", "workers"]

type Progress = Callable[[int, int], None]
"""Told after every seed: how many are done, and of how many."""


def usable_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def for_each_seed[R](
    work: Callable[[int], R], seeds: Sequence[int], processes: int | None = None, progress: Progress | None = None
) -> list[R]:
    """``work(seed)`` for every seed; the results stand in the order of the seeds, however many processes there are.

    Args:
        work: what to do; a function of a module, so that another process finds it.
        seeds: the seeds.
        processes: how many processes share the work; by default one for each processor. With 1 no other process is started.
        progress: told after every seed.

    Raises:
        ModelError: if the work of a seed fails; it names the seed, and its cause is what was raised.
    """
    processes = _workers(seeds, processes)
    if processes < 1:
        raise ModelError(f"the work needs at least one seed and one process; found {len(seeds)} seeds and {processes} processes")
    tell = progress or _silence
    if processes > 1:
        return _shared(work, seeds, processes, tell)
    results = []
    for number, seed in enumerate(seeds, 1):
        with _named(seed):
            results.append(work(seed))
        tell(number, len(seeds))
    return results


def will_share(seeds: Sequence[int], processes: int | None = None) -> bool:
    """Whether :func:`for_each_seed` would start other processes."""
    return _workers(seeds, processes) > 1


def _workers(seeds: Sequence[int], processes: int | None) -> int:
    return min(usable_processors() if processes is None else processes, len(seeds))


def _shared[R](work: Callable[[int], R], seeds: Sequence[int], processes: int, tell: Progress) -> list[R]:
    with _closing(1, processes) as (pool,):
        with _starting_workers():
            futures = {pool.submit(work, seed): seed for seed in seeds}
        for number, future in enumerate(as_completed(futures), 1):
            with _named(futures[future]):
                future.result()
            tell(number, len(seeds))
        return [future.result() for future in futures]


@contextlib.contextmanager
def workers(number: int, begin: Callable[..., None], given: tuple[Any, ...]) -> Iterator[list[ProcessPoolExecutor]]:
    """Processes that can be spoken to one by one, each a pool of one; they end with the block, at once if it fails.

    Args:
        number: how many. begin: what each does first; a function of a module. given: its arguments.
    """
    with _closing(number, 1, begin, given) as pools:
        with _starting_workers():
            for pool in pools:
                pool.submit(_nothing)  # a pool starts its process with the first work it is given
        yield pools


@contextlib.contextmanager
def _closing(
    pools: int, processes: int, begin: Callable[..., None] | None = None, given: tuple[Any, ...] = ()
) -> Iterator[list[ProcessPoolExecutor]]:
    before = set(multiprocessing.active_children())
    spawn = multiprocessing.get_context("spawn")
    made = [ProcessPoolExecutor(processes, spawn, begin, given) for _ in range(pools)]
    try:
        yield made
    except BaseException:
        for pool in made:
            pool.shutdown(wait=False, cancel_futures=True)
        for worker in set(multiprocessing.active_children()) - before:
            worker.terminate()
        raise
    finally:
        for pool in made:
            pool.shutdown()


@contextlib.contextmanager
def _named(seed: int) -> Iterator[None]:
    """An error is told with the seed it came up with, so that it can be looked at again."""
    try:
        yield
    except Exception as error:
        told = str(error) if isinstance(error, ProtestlawError) else f"{type(error).__name__}: {error}"
        raise ModelError(f"seed {seed}: {told}") from error


@contextlib.contextmanager
def _starting_workers() -> Iterator[None]:
    """Workers start here.

    They need nothing of the script, notebook or command that starts them, so they are kept from running it once more, as they
    otherwise would; and an interrupt from the keyboard is for this process to handle.
    """
    main = sys.modules["__main__"]
    hidden: dict[str, Any] = {name: vars(main).pop(name) for name in ("__file__", "__spec__") if name in vars(main)}
    main.__spec__ = None
    in_main_thread = threading.current_thread() is threading.main_thread()
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN) if in_main_thread else None
    try:
        yield
    finally:
        vars(main).update(hidden)
        if in_main_thread:
            signal.signal(signal.SIGINT, handler)


def _nothing() -> None:
    pass


def _silence(_done: int, _total: int) -> None:
    pass
