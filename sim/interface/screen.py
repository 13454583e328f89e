"""Where answers and progress are printed: answers on standard output, all else on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Protocol

from rich.console import Console

__all__ = ["counting", "note", "progress", "screen"]

_OFTEN: Final = 10.0
"""Seconds between lines about many runs, where there is no terminal."""

PLAIN_WIDTH: Final = 118
"""Columns of what is written to a file or a pipe."""


def screen() -> Console:
    """Standard output, within a notebook too: as wide as the terminal, or of a fixed width if it is none."""
    width = None if sys.stdout.isatty() else PLAIN_WIDTH
    return Console(file=sys.stdout, width=width, highlight=False, markup=False, force_jupyter=False)


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


class Counted(Protocol):
    """How far many runs are (:class:`sim.experiment.store.Count`)."""

    @property
    def there(self) -> int:
        """Runs that are there."""

    @property
    def failed(self) -> int:
        """Those of them that failed."""

    @property
    def total(self) -> int:
        """All that are wanted."""

    @property
    def before(self) -> int:
        """Those that were there from the start."""


@contextmanager
def counting(what: str) -> Iterator[Callable[[Counted], None]]:
    """Show on standard error how far many runs are: done, failed, how many a second, time left.

    Args:
        what: what is counted, in the plural.

    Yields:
        what to call with each new count.
    """
    began = time.monotonic()

    def said(count: Counted) -> str:
        nonlocal began
        new = count.there - count.before
        if not new:  # a first batch, or another one
            began = time.monotonic()
        seconds = time.monotonic() - began
        failed = f", {count.failed} failed" if count.failed else ""
        pace = f", {_pace(new / seconds)}, {(count.total - count.there) * seconds / new:.0f} s left" if new and seconds else ""
        return f"{count.there:,} of {count.total:,} {what}{failed}, {seconds:.0f} s{pace}"

    if sys.stderr.isatty():
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

        columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"))
        with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
            task = bars.add_task(what, total=None)
            yield lambda count: bars.update(task, completed=count.there, total=count.total, description=said(count))
        return
    last = began - _OFTEN

    def tell(count: Counted) -> None:
        nonlocal last
        if count.there == count.total or time.monotonic() - last >= _OFTEN:
            last = time.monotonic()
            note(said(count))

    yield tell


def _pace(rate: float) -> str:
    """How fast it goes: so many a second, or so many seconds for each."""
    return f"{rate:.1f} a second" if rate >= 1.0 else f"{1.0 / rate:.1f} s each"


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
