"""What the stores of runs beside a sweep's share: one file, one writer, every run on disk when it is added."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from sim.experiment.store.file import Form
from sim.experiment.store.opening import open_store

__all__ = ["KeptRuns"]


class KeptRuns:
    """The runs of a folder, in one SQLite file. To be used as a context.

    The file is written with a rollback journal and every commit synced: a kill, a power cut or a full disk loses the runs in
    hand, and leaves a file that can be gone on with. One process at a time writes to it.

    Attributes:
        path: the file. left_behind: whether the process that wrote it last was killed.
    """

    def __init__(self, path: Path, form: Form, *, again: bool) -> None:
        """Open a store, and make its folder and itself if they are not there.

        Args:
            path: its file. form: which kind of store it is. again: whether to drop what is stored there, and start over.

        Raises:
            OutputError: if the folder cannot be written, another process writes to it, or what is there is no sound store, or was
                made by other code; it says what to do.
        """
        self.path = path
        self._lock, self._file = open_store(path, form, again=again)
        self.left_behind = self._lock.left_behind

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()
        self._lock.release()
