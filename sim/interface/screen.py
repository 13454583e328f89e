"""Where answers and progress are printed: answers on standard output, all else on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console

__all__ = ["note", "progress", "screen"]

PLAIN_WIDTH: Final = 118
"""Columns of what is written to a file or a pipe."""


def screen() -> Console:
    """Standard output: as wide as the terminal, or of a fixed width if it is none."""
    width = None if sys.stdout.isatty() else PLAIN_WIDTH
    return Console(file=sys.stdout, width=width, highlight=False, markup=False)


def note(text: str) -> None:
    """Say something beside the answer."""
    print(text, file=sys.stderr)  # noqa: T201


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show on standard error how far the work is: a bar on a terminal, else a line now and then.

    Args:
        what: what is counted, in the plural (``pairs of runs``).

    Yields:
        what to call with the number done and the number of all.
    """
    if sys.stderr.isatty():
        with _bar(what) as tell:
            yield tell
        return
    began = time.monotonic()

    def say(done: int, total: int) -> None:
        if done in {1, total} or done % max(1, total // 10) == 0:
            note(f"{done} of {total} {what}, {time.monotonic() - began:.0f} s")

    yield say


@contextmanager
def _bar(what: str) -> Iterator[Callable[[int, int], None]]:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(what, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)
