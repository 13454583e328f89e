"""The store of a page: the gist of every run, under the code, the scenario and the seed that made it."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from sim.experiment.code_version import code_version
from sim.experiment.exploring.gist import Gist, events_from, packed_events
from sim.experiment.exploring.outcomes import OUTCOMES
from sim.experiment.store import Key
from sim.experiment.store.file import Form, told_as
from sim.experiment.store.kept import KeptRuns

__all__ = ["STORE", "GistStore", "Stored", "made_by", "stored_from"]

STORE: Final = "page.sqlite"
"""The store's name in its folder."""

_OURS: Final = 0x70726C65  # "prle"
_SCHEMA: Final = 1
_TABLES: Final = """
CREATE TABLE about (what TEXT PRIMARY KEY, said TEXT NOT NULL);
CREATE TABLE runs (
    scenario TEXT NOT NULL,  -- SHA-256 of everything in the scenario, its law included, that can move a result
    seed INTEGER NOT NULL,
    outcomes BLOB,           -- float64, little-endian, in the order of the outcomes of pages; NULL if it failed
    events BLOB,             -- day, size, status and site of each assembly, column by column, int32, compressed
    error TEXT NOT NULL,     -- what went wrong, in a line; empty if nothing did
    traceback TEXT NOT NULL,
    seconds REAL NOT NULL,   -- what it took, without its town
    PRIMARY KEY (scenario, seed)
);
"""


class Stored(NamedTuple):
    """What is stored of a run: its gist, or what went wrong."""

    gist: Gist | None
    error: str
    traceback: str
    seconds: float


class GistStore(KeptRuns):
    """The runs of a page's folder. To be used as a context."""

    def __init__(self, folder: Path, *, again: bool = False) -> None:
        """Open the store of a folder, and make both if they are not there.

        Args:
            folder: the folder. again: whether to drop what is stored there, and start over.

        Raises:
            OutputError: as :class:`~sim.experiment.store.kept.KeptRuns`.
        """
        form = Form("a page", _OURS, _SCHEMA, _TABLES, {"code": made_by()}, _other)
        super().__init__(folder / STORE, form, again=again)

    def add(self, key: Key, run: Stored) -> None:
        """Store a run; it is on disk when this returns. One that is there under that key is replaced.

        Raises:
            OutputError: if the disk is full or cannot be written. What was stored before is safe.
        """
        blobs = (None, None) if run.gist is None else (run.gist.values.astype("<f8").tobytes(), packed_events(run.gist.events))
        with told_as(self.path):
            self._file.execute("INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?)", (*key, *blobs, *run[1:]))

    def status(self) -> dict[Key, str]:
        """What went wrong with each run that is stored; empty if nothing did."""
        with told_as(self.path):
            return {
                Key(scenario, seed): error
                for scenario, seed, error in self._file.execute("SELECT scenario, seed, error FROM runs")
            }

    def run(self, key: Key) -> Stored | None:
        """A run; ``None`` if it is not stored."""
        with told_as(self.path):
            row = self._file.execute(
                "SELECT outcomes, events, error, traceback, seconds FROM runs WHERE scenario = ? AND seed = ?", key
            ).fetchone()
        return None if row is None else stored_from(row)


def stored_from(row: Sequence[Any]) -> Stored:
    """A run from its row: outcomes, events, error, traceback, seconds."""
    found = None if row[2] else Gist(np.frombuffer(row[0], "<f8").astype(np.float64), events_from(row[1]))
    return Stored(found, *row[2:])


@functools.cache
def made_by() -> str:
    """The version of everything that makes a gist: that of runs, and a digest of what is kept of them."""
    digest = hashlib.sha256("\0".join(OUTCOMES).encode())
    digest.update(Path(__file__).with_name("gist.py").read_bytes())
    return f"{code_version()} gist {digest.hexdigest()[:16]}"


def _other(_stored: str) -> str:
    return "runs of other code, or with other outcomes"
