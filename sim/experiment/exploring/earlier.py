"""Runs that an earlier ``protestlaw explorer`` made: read, and never written."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Collection
from pathlib import Path

from sim.experiment.exploring.store import STORE, Stored, made_by, stored_from

__all__ = ["EarlierRuns"]


class EarlierRuns:
    """The runs in a page's folder, as far as this code would make them again.

    Attributes:
        usable: whether there are any. Nothing is wrong if not: what is missing is run.
    """

    def __init__(self, folder: Path) -> None:
        """Open the store of a folder to read it, even while it is being filled.

        Args:
            folder: of ``protestlaw explorer``; it need not be there.
        """
        self._file: sqlite3.Connection | None = None
        with contextlib.suppress(sqlite3.Error):  # none there, damaged, or of a killed process: all is run again
            file = sqlite3.connect(
                f"{(folder / STORE).absolute().as_uri()}?mode=ro", timeout=1.0, uri=True, check_same_thread=False
            )
            said = file.execute("SELECT said FROM about WHERE what = 'code'").fetchone()
            if said and said[0] == made_by():
                self._file = file
            else:
                file.close()
        self.usable = self._file is not None

    def runs(self, scenario: str, seeds: Collection[int]) -> dict[int, Stored]:
        """The runs of a scenario that did not fail, by seed.

        Args:
            scenario: its fingerprint. seeds: which are wanted.
        """
        if self._file is None:
            return {}
        try:
            rows = self._file.execute(
                "SELECT seed, outcomes, events, error, traceback, seconds FROM runs WHERE scenario = ? AND error = ''",
                (scenario,),
            ).fetchall()
        except sqlite3.Error:  # whoever fills it is writing, or has taken it away: then it is run here
            return {}
        return {seed: stored_from(row) for seed, *row in rows if seed in seeds}

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file, self.usable = None, False
