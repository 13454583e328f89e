"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Final

__all__ = ["write_whole"]

_MODE: Final = 0o644
"""Rights of a file: written by its owner, read by all, as files are that a program makes."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place, and move it there when all of it is on disk. Its folder is made if need be.

    Raises:
        OSError: if it cannot be written; then what was there before is there still.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(".unfinished", path.name, path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_MODE)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
