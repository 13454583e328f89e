"""What a worker does: runs, one after another, with the last town kept.

A worker is a thread of any process that can import this module: this one, one of a pool, one on a cluster.
"""

from __future__ import annotations

import functools
import gc
import hashlib
import pickle
import threading
import time
import traceback
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from sim.errors import ProtestlawError
from sim.experiment.code_version import code_version
from sim.experiment.running.outcome import Outcome, failed
from sim.experiment.running.tables import parquet_of
from sim.experiment.runs import simulate, town_for
from sim.population import Town
from sim.scenario import Scenario

__all__ = ["Packed", "Piece", "Returned", "Worker", "do", "pack"]

_LARGE: Final = 100_000
"""Adults from which on a town's memory matters more than the time of a collection."""

_UNPACKED: Final = 128
"""Scenarios that a worker keeps unpacked: about 0.2 MB each."""


class Packed(NamedTuple):
    """A scenario as it is sent, with a name by which a worker knows it again."""

    name: str
    content: bytes


class Piece(NamedTuple):
    """Some runs that are sent together: the scenario (by name), the town (by name) and the seed of each.

    Attributes:
        runs: as said. scenarios: each of them once. tables: the tables that are wanted of each run.
    """

    runs: tuple[tuple[str, str, int], ...]
    scenarios: Mapping[str, bytes]
    tables: tuple[str, ...]


class Returned(NamedTuple):
    """What comes back: the code by which it was made, the outcome of each run, and what building a town takes there, in runs."""

    code: str
    outcomes: list[Outcome]
    town_in_runs: float


def pack(scenario: Scenario) -> Packed:
    """A scenario, ready to be sent: 30 kB become 6."""
    content = zlib.compress(pickle.dumps(scenario, pickle.HIGHEST_PROTOCOL), 1)
    return Packed(hashlib.sha256(content).hexdigest(), content)


class Worker:
    """Does runs, and keeps the last town."""

    def __init__(self) -> None:
        self._town: Town | None = None
        self._of: tuple[str, int] | None = None
        self._seconds = [0.0, 0.0]
        self._times = [0, 0]

    @property
    def town_in_runs(self) -> float:
        """What building a town takes, in runs; 0 if it is not known yet."""
        town, run = (seconds / max(times, 1) for seconds, times in zip(self._seconds, self._times, strict=True))
        return town / run if run else 0.0

    def run(self, scenario: Scenario, town: str, seed: int, tables: Sequence[str] = ()) -> Outcome:
        """A run. Whatever it raises is its outcome.

        Args:
            scenario, seed: what to run. town: a name that scenarios of one town share. tables: those that are wanted of it.
        """
        began = time.perf_counter()
        try:
            built = self._town_for(scenario, town, seed)
            began = time.perf_counter()
            run = simulate(scenario, seed, built)
            values = np.asarray(run.indicators, np.float64)
            written = parquet_of(run, tables)
        except Exception as error:
            told = str(error) if isinstance(error, ProtestlawError) else f"{type(error).__name__}: {error}"
            return failed(told, traceback.format_exc(), time.perf_counter() - began)
        self._clock(1, began)
        return Outcome(values, "", "", time.perf_counter() - began, written)

    def _town_for(self, scenario: Scenario, town: str, seed: int) -> Town:
        if self._town is None or self._of != (town, seed):
            self._drop_town()  # before the next one takes its place
            began = time.perf_counter()
            self._town, self._of = town_for(scenario, seed), (town, seed)
            self._clock(0, began)
        return self._town

    def _drop_town(self) -> None:
        """Let go of the last town. Models that lived in a large one wait for the garbage collector, and keep it until then."""
        large = self._town is not None and self._town.n >= _LARGE
        self._town = None
        if large:
            gc.collect()

    def _clock(self, what: int, began: float) -> None:
        self._seconds[what] += time.perf_counter() - began
        self._times[what] += 1


class _Kept(threading.local):
    """What a thread of a worker process keeps between pieces."""

    def __init__(self) -> None:
        self.worker = Worker()
        self.unpacked: Callable[[str, bytes], Scenario] = functools.lru_cache(_UNPACKED)(_unpack)


def _unpack(_name: str, content: bytes) -> Scenario:
    scenario: Scenario = pickle.loads(zlib.decompress(content))
    return scenario


_kept = _Kept()


def do(piece: Piece) -> Returned:
    """Do some runs."""
    outcomes = []
    for name, town, seed in piece.runs:
        scenario = _kept.unpacked(name, piece.scenarios[name])
        outcomes.append(_kept.worker.run(scenario, town, seed, piece.tables))
    return Returned(code_version(), outcomes, _kept.worker.town_in_runs)
