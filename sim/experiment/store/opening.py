"""Opening a store in its folder: one process at a time, and nothing of an earlier one left that could be taken for it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sim.errors import OutputError
from sim.experiment.store.file import Form, open_file
from sim.experiment.store.lock import FolderLock

__all__ = ["open_store"]


def open_store(path: Path, form: Form | None = None, *, again: bool = False) -> tuple[FolderLock, sqlite3.Connection]:
    """The lock of a store's folder and the open store, both made if they are not there.

    Args:
        path: the store's file. form: which kind of store it is to be; by default that of a sweep.
        again: whether to drop what is stored there, and start over.

    Raises:
        OutputError: if the folder cannot be written, another process writes to it, or what is there is no sound store, or was
            made by other code; it says what to do.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"Runs cannot be stored in {path.parent}: {error.strerror or error}.") from error
    lock = FolderLock(path.parent)
    try:
        if again:
            _drop(path)
        return lock, open_file(path, form)
    except BaseException:
        lock.release()
        raise


def _drop(path: Path) -> None:
    """Drop a store, its journal first: a journal without its store would be taken for the next one's."""
    try:
        for name in (f"{path.name}-journal", path.name):
            path.with_name(name).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{path} cannot be dropped: {error.strerror or error}.") from error
