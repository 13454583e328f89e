"""A folder's lock: one process at a time writes there. The system lets go of it when that process ends, however it ends."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Final

from sim.errors import OutputError

__all__ = ["LOCK", "FolderLock"]

LOCK: Final = "runs.lock"

_FAR: Final = 2**30
"""Byte of the file that is locked on Windows, where what is locked cannot be read: the number of the process stands before it."""


class FolderLock:
    """The lock of a folder, held until it is let go.

    Attributes:
        left_behind: whether the process that held it last ended without letting go of it: it was killed, or lost its power.
    """

    def __init__(self, folder: Path) -> None:
        """Take it.

        Raises:
            OutputError: if another process holds it, or the folder cannot be written.
        """
        self._path = folder / LOCK
        while True:
            try:
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
            except OSError as error:
                raise OutputError(f"Runs cannot be stored in {folder}: {error.strerror or error}.") from error
            if not _lock(self._file):
                holder = os.pread(self._file, 32, 0).decode(errors="replace").strip() if hasattr(os, "pread") else ""
                os.close(self._file)
                raise OutputError(
                    f"Another process is writing to {folder}{f' (process {holder})' if holder else ''}. "
                    "Wait until it has ended, or choose another folder."
                )
            if self._is_there():
                break
            os.close(self._file)  # whoever held it dropped the file between our opening and our locking it
        self.left_behind = os.fstat(self._file).st_size > 0
        with contextlib.suppress(OSError):  # on a full disk nobody learns our number, but the lock holds
            os.ftruncate(self._file, 0)
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, str(os.getpid()).encode())

    def _is_there(self) -> bool:
        """Whether the file that is locked is the one in the folder."""
        with contextlib.suppress(OSError):
            return os.path.samestat(os.fstat(self._file), self._path.stat())
        return False

    def release(self) -> None:
        """Let go of it, and leave nothing behind."""
        with contextlib.suppress(OSError):
            os.ftruncate(self._file, 0)
            self._path.unlink()
        os.close(self._file)


def _lock(file: int) -> bool:
    """Lock an open file, if nobody else has."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(file, _FAR, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
