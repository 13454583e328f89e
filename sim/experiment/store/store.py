"""The store of runs: each under the code, the scenario and the seed that made it, its numbers to the last bit."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

import numpy as np
import pandas as pd

from sim.errors import OutputError
from sim.experiment.code_version import code_version
from sim.experiment.running.outcome import DONE, FAILED, Outcome
from sim.experiment.store.file import STORE, told_as
from sim.experiment.store.opening import open_store
from sim.measurement import INDICATORS

__all__ = ["STORE", "Key", "RunStore"]

_WAIT: Final = 1.0
"""Seconds until what ended is on disk, at most. A commit takes a hundredth of that."""

_FLOATS: Final = np.dtype("<f8")


class Key(NamedTuple):
    """What a run is stored under, beside the code: the fingerprint of its scenario, and its seed."""

    scenario: str
    seed: int


class RunStore:
    """The runs of a folder, to be read and added to by one process at a time. To be used as a context.

    A run is on disk a second after it was added, or when the context ends. A kill, a power cut or a full disk at any moment loses
    no run that was, and leaves a file that can be gone on with.

    Attributes:
        path: the file. left_behind: whether the process that wrote it last was killed.
    """

    def __init__(self, folder: Path, *, again: bool = False) -> None:
        """Open the store of a folder, and make both if they are not there.

        Args:
            folder: the folder. again: whether to drop what is stored there, and start over.

        Raises:
            OutputError: if the folder cannot be written, another process writes to it, or what is there is no sound store, or
                holds runs of other code; it says what to do.
        """
        self.path = folder / STORE
        self._pending: dict[Key, Outcome] = {}
        self._guard = threading.RLock()
        self._timer: threading.Timer | None = None
        self._error: OutputError | None = None
        self._lock, self._file = open_store(self.path, again=again)
        self.left_behind = self._lock.left_behind

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if not isinstance(error, OutputError):  # else it is the disk that fails, and would again
                self.flush()
        finally:
            self.close()

    def add(self, key: Key, outcome: Outcome) -> None:
        """Add a run; one that is there under that key is replaced.

        Raises:
            OutputError: if runs added before could not be written.
        """
        with self._guard:
            self._tell()
            self._pending[key] = outcome
            if self._timer is None:
                self._timer = threading.Timer(_WAIT, self._in_time)
                self._timer.daemon = True
                self._timer.start()

    def flush(self) -> None:
        """Write what was added to disk, all of it or nothing.

        Raises:
            OutputError: if the disk is full or cannot be written. What was on disk before is there still.
        """
        with self._guard:
            self._tell()
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            rows = [_row(key, outcome) for key, outcome in self._pending.items()]
            if not rows:
                return
            with told_as(self.path):
                try:
                    self._file.execute("BEGIN IMMEDIATE")
                    self._file.executemany("INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
                    self._file.execute("COMMIT")
                except BaseException:
                    if self._file.in_transaction:
                        self._file.execute("ROLLBACK")
                    raise
            self._pending.clear()

    def close(self) -> None:
        """Close it, without what was not written yet."""
        with self._guard:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            self._file.close()
            self._lock.release()

    def stored(self) -> dict[Key, str]:
        """What is on disk: ``done`` or ``failed``, by key."""
        with self._guard, told_as(self.path):
            found = self._file.execute("SELECT scenario, seed, error FROM runs WHERE code = ?", (code_version(),))
            return {Key(scenario, seed): FAILED if error else DONE for scenario, seed, error in found}

    def outcome(self, key: Key) -> Outcome | None:
        """A run, without tables; ``None`` if it is not stored."""
        with self._guard, told_as(self.path):
            self.flush()
            row = self._file.execute(
                "SELECT indicators, error, traceback, seconds FROM runs WHERE code = ? AND scenario = ? AND seed = ?",
                (code_version(), *key),
            ).fetchone()
        return None if row is None else Outcome(_values(row[0]), row[1], row[2], row[3], {})

    def table(self, keys: Sequence[Key]) -> pd.DataFrame:
        """The runs of some keys, in their order; those that are not stored are left out.

        Returns:
            one row a run: ``place`` (of its key), ``status`` (``done`` or ``failed``), ``error``, ``traceback``, ``seconds``, and
            every indicator (float64, to the last bit as the run gave it).
        """
        rows: list[tuple[Any, ...]] = []
        values = np.full((len(keys), len(INDICATORS)), np.nan)
        for place, key in enumerate(keys):
            if (outcome := self.outcome(key)) is not None:
                values[len(rows)] = outcome.values
                rows.append((place, outcome.status, outcome.error, outcome.traceback, outcome.seconds))
        told = pd.DataFrame(rows, columns=["place", "status", "error", "traceback", "seconds"])
        told = told.astype({"place": "int64", "status": "str", "error": "str", "traceback": "str", "seconds": "float64"})
        return pd.concat([told, pd.DataFrame(values[: len(rows)], columns=list(INDICATORS))], axis=1)

    def _in_time(self) -> None:
        """Write what was added, in a thread of its own. What goes wrong is told when the next run is added."""
        with self._guard:
            if self._timer is None or threading.current_thread() is not self._timer:
                return  # written already, or closed
            try:
                self.flush()
            except OutputError as error:
                self._error = error

    def _tell(self) -> None:
        if self._error is not None:
            raise self._error


def _row(key: Key, outcome: Outcome) -> tuple[Any, ...]:
    values = None if outcome.error else outcome.values.astype(_FLOATS).tobytes()
    return code_version(), key.scenario, key.seed, values, outcome.error, outcome.traceback, outcome.seconds


def _values(content: bytes | None) -> np.ndarray[Any, np.dtype[np.float64]]:
    if content is None:
        return np.full(len(INDICATORS), np.nan)
    return np.frombuffer(content, _FLOATS).astype(np.float64)
