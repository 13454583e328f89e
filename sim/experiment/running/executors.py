"""Who does the work: processes of this machine, a cluster of dask, or any other executor."""

from __future__ import annotations

import contextlib
import importlib.util
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from typing import Any, Final

from sim.errors import ModelError
from sim.experiment.processes import interrupts_kept_here, usable_processors, without_script

__all__ = ["Workers", "executor_for", "heals", "slots"]

type Workers = int | Executor | Callable[[], Executor] | None
"""Who does the work: so many processes, this one among them; by default one for each processor; an executor; or a function that
makes one, which is asked for another when the first breaks."""

_LOCAL: Final = re.compile(r"local(?::([1-9][0-9]*))?")
_ADDRESS: Final = re.compile(r"(?:tcp|tls|ucx|ws|wss)://.+")
_PATIENCE: Final = 30
"""Seconds until a scheduler that does not answer is given up."""


@contextlib.contextmanager
def executor_for(processes: int | None = None, dask: str | None = None) -> Iterator[Workers]:
    """Who is to do the work, from what a user says. What was started for it ends with the block.

    Args:
        processes: how many processes of this machine share the work; by default one for each processor. Not with ``dask``.
        dask: the address of a dask scheduler, ``tcp://HOST:PORT``, whose workers must have the same protestlaw installed; or
            ``local:N`` for a scheduler and ``N`` worker processes on this machine (``local``: one for each processor).

    Raises:
        ModelError: if both are given, the address is none, dask is not installed, or no scheduler answers.
    """
    if dask is None:
        yield processes
        return
    if processes is not None:
        raise ModelError(f"the work is for {processes} processes here or for dask at {dask}, not for both")
    local = _LOCAL.fullmatch(dask)
    if not local and not _ADDRESS.fullmatch(dask):
        raise ModelError(f"dask is reached at tcp://HOST:PORT, or started by local:N with N workers; found {dask!r}")
    if importlib.util.find_spec("distributed") is None:
        raise ModelError("a cluster needs the package dask.distributed: pip install 'protestlaw[cluster]'")
    if local:
        with _started_here(int(local.group(1) or usable_processors())) as address, _client(address) as executor:
            yield executor
    else:
        with _client(dask) as executor:
            yield executor


@contextlib.contextmanager
def _started_here(workers: int) -> Iterator[str]:
    """The address of a scheduler in this process, with so many worker processes of one thread each."""
    import distributed

    make: Any = distributed.LocalCluster

    with without_script():  # for as long as it lives, since a worker that dies is started again
        with interrupts_kept_here():
            cluster = make(n_workers=workers, threads_per_worker=1, dashboard_address=None)
        with cluster:
            address: str = cluster.scheduler_address
            yield address


@contextlib.contextmanager
def _client(address: str) -> Iterator[Executor]:
    import distributed

    make: Any = distributed.Client

    try:
        client = make(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ModelError(f"no dask scheduler answers at {address}: {error}") from None  # no fault of ours, so no traceback
    with client:
        executor: Executor = client.get_executor(pure=False)  # a run that is sent twice is meant to be run twice
        yield executor


def slots(executor: Executor) -> int:
    """How many runs an executor does at once, as far as it can be known; at least 1. On a cluster it changes with its workers."""
    client: Any = getattr(executor, "_client", None)
    if client is not None and hasattr(client, "nthreads"):
        return max(1, int(sum(client.nthreads().values())))
    return max(1, int(getattr(executor, "_max_workers", 0) or usable_processors()))


def heals(error: BaseException) -> bool:
    """Whether an error is dask's for work that killed several workers: dask itself has new ones, and has tried it again."""
    return type(error).__name__ == "KilledWorker" and type(error).__module__.partition(".")[0] == "distributed"
