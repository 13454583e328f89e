"""Filling a store: of the runs that are wanted, those that are missing are run, and each is stored as it ends."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sim.errors import OutputError
from sim.experiment.running import FAILED, Workers, each_outcome
from sim.experiment.store.store import Key, RunStore
from sim.experiment.whole_files import write_whole
from sim.scenario import Scenario

__all__ = ["Count", "fill", "keys_of", "table_path"]


class Count(NamedTuple):
    """How far it is.

    Attributes:
        there: runs that are stored, or about to be; failed ones too. failed: those of them that failed. total: all that are
            wanted. before: those that were there from the start.
    """

    there: int
    failed: int
    total: int
    before: int


def fill(
    store: RunStore,
    tasks: Sequence[tuple[Scenario, int]],
    workers: Workers = None,
    progress: Callable[[Count], None] | None = None,
    *,
    retry_failed: bool = False,
    tables: Sequence[str] = (),
    points: Sequence[int] | None = None,
) -> Count:
    """Run what a store lacks. What ends is stored at once, so this may be ended in any way and called again.

    Tasks of one scenario (by fingerprint) and one seed are one run. If the process that wrote the store last was killed, it may
    have been by a run of its own: then this process does none itself, if the work is for processes.

    Args:
        store: the store. tasks: scenario and seed of each. workers: who does the work, as in
            :func:`~sim.experiment.running.each_outcome`.
        progress: told at the beginning and after every run.
        retry_failed: whether runs that failed are tried again.
        tables: tables of each run that are written beside the store before the run is: ``tables/NAME/point=N/seed-S.parquet``. A
            run whose files are not there is missing.
        points: the number of each task's point, for those files; by default the number of its scenario among the tasks'.

    Raises:
        ModelError: as of :func:`~sim.experiment.running.each_outcome`.
        OutputError: if the disk is full or cannot be written. What was stored before is safe.
    """
    keys = keys_of(tasks)
    numbers = _points(keys) if points is None else points
    places: dict[Key, list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    stored = {key: status for key, status in store.stored().items() if key in places}

    def files(key: Key) -> Mapping[Path, str]:
        return {table_path(store.path.parent, name, numbers[at], key.seed): name for name in tables for at in places[key]}

    def there(key: Key) -> bool:
        status = stored.get(key)
        if status == FAILED:
            return not retry_failed
        return status is not None and all(path.is_file() for path in files(key))

    missing = [at[0] for key, at in places.items() if not there(key)]
    kept = {key: status for key, status in stored.items() if there(key)}
    failed, done, before = sum(status == FAILED for status in kept.values()), len(kept), len(kept)
    tell = progress or _silence
    tell(Count(done, failed, len(places), before))
    if not missing:
        return Count(done, failed, len(places), before)
    wanted = [tasks[place] for place in missing]
    with contextlib.closing(each_outcome(wanted, workers, tables=tables, here=not store.left_behind)) as outcomes:
        for number, outcome in outcomes:
            key = keys[missing[number]]
            for path, name in files(key).items() if not outcome.error else ():
                _write(path, outcome.tables[name])
            store.add(key, outcome._replace(tables={}))
            done, failed = done + 1, failed + bool(outcome.error)
            tell(Count(done, failed, len(places), before))
    store.flush()
    return Count(done, failed, len(places), before)


def keys_of(tasks: Sequence[tuple[Scenario, int]]) -> list[Key]:
    """What each task is stored under."""
    fingerprints: dict[int, str] = {}
    keys = []
    for scenario, seed in tasks:
        if id(scenario) not in fingerprints:
            fingerprints[id(scenario)] = scenario.fingerprint
        keys.append(Key(fingerprints[id(scenario)], seed))
    return keys


def table_path(folder: Path, table: str, point: int, seed: int) -> Path:
    """Where a table of a run stands."""
    return folder / "tables" / table / f"point={point}" / f"seed-{seed}.parquet"


def _points(keys: Sequence[Key]) -> list[int]:
    numbers: dict[str, int] = {}
    return [numbers.setdefault(key.scenario, len(numbers)) for key in keys]


def _write(path: Path, content: bytes) -> None:
    try:
        write_whole(path, content)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}. What was stored is safe.") from error


def _silence(_count: Count) -> None:
    pass
