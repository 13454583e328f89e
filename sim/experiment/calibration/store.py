"""The store of a calibration: every run's patterns, to the last bit, under the code, the scenario and the seed that made them.

It is one SQLite file, written with a rollback journal and every commit synced: a kill, a power cut or a full disk loses the runs
in hand, and leaves a file that can be gone on with. One process at a time writes to it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from sim.experiment.calibration.summaries import made_by
from sim.experiment.store import Key
from sim.experiment.store.file import Form, told_as
from sim.experiment.store.kept import KeptRuns

__all__ = ["STORE", "Stored", "ValueStore"]

STORE: Final = "patterns.sqlite"
"""The store's name in its folder."""

_OURS: Final = 0x70726C63  # "prlc"
_SCHEMA: Final = 1
_TABLES: Final = """
CREATE TABLE about (what TEXT PRIMARY KEY, said TEXT NOT NULL);
CREATE TABLE runs (
    scenario TEXT NOT NULL,  -- SHA-256 of everything in the scenario, its law included, that can move a result
    seed INTEGER NOT NULL,
    patterns TEXT NOT NULL,  -- JSON: value by pattern, null where it has none; {} if the run failed
    error TEXT NOT NULL,     -- what went wrong, in a line; empty if nothing did
    traceback TEXT NOT NULL,
    seconds REAL NOT NULL,   -- what it took, without its town
    PRIMARY KEY (scenario, seed)
);
"""


class Stored(NamedTuple):
    """What is stored of a run: its patterns by name (NaN where there is no value), or what went wrong."""

    patterns: Mapping[str, float]
    error: str
    traceback: str
    seconds: float


class ValueStore(KeptRuns):
    """The runs of a calibration's folder. To be used as a context."""

    def __init__(self, folder: Path, *, again: bool = False) -> None:
        """Open the store of a folder, and make both if they are not there.

        Args:
            folder: the folder. again: whether to drop what is stored there, and start over.

        Raises:
            OutputError: as :class:`~sim.experiment.store.kept.KeptRuns`.
        """
        form = Form("a calibration", _OURS, _SCHEMA, _TABLES, {"code": made_by()}, _other)
        super().__init__(folder / STORE, form, again=again)

    def add(self, key: Key, run: Stored) -> None:
        """Store a run; it is on disk when this returns. One that is there under that key is replaced.

        Raises:
            OutputError: if the disk is full or cannot be written. What was stored before is safe.
        """
        known = {name: None if math.isnan(value) else value for name, value in run.patterns.items()}
        with told_as(self.path):
            self._file.execute("INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?)", (*key, json.dumps(known), *run[1:]))

    def runs(self) -> dict[Key, Stored]:
        """Everything that is stored."""
        with told_as(self.path):
            rows = self._file.execute("SELECT scenario, seed, patterns, error, traceback, seconds FROM runs").fetchall()
        found = {}
        for scenario, seed, said, *rest in rows:
            values = {name: math.nan if value is None else value for name, value in json.loads(said).items()}
            found[Key(scenario, seed)] = Stored(values, *rest)
        return found


def _other(_stored: str) -> str:
    return "runs of other code, estimators or targets"
