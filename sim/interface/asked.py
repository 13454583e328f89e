"""How a question is put whose runs are kept: the folder is begun, runs are counted, and the answer is told and written."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import typer

from sim.interface.endings import end_if_failed, runs_kept

__all__ = ["Asked", "put"]


class Asked(NamedTuple):
    """What belongs to one kind of question.

    Attributes:
        run: makes what a folder lacks and works out the answer: called with folder, workers and progress, and ``again`` and
            ``retry_failed`` by name.
        folder: the module that begins and finishes a folder (``begin``, ``finish``).
        needs: lines on what it will take. told: prints the answer. document: the answer as JSON.
    """

    run: Callable[..., Any]
    folder: Callable[[], ModuleType]
    needs: Callable[[Any], Iterable[str]]
    told: Callable[..., None]
    document: Callable[[Any], str]


def put(
    asked: Asked,
    plan: Any,
    late: Iterable[str],
    out: Path | None,
    jobs: int | None,
    dask: str | None,
    *,
    again: bool,
    retry_failed: bool,
    as_json: bool,
) -> None:
    """Put a question, and tell the answer.

    Args:
        asked: its kind. plan: what is asked. late: events after the last day, which are left out.
        out: where runs, tables and figures are kept; none to keep nothing.
        jobs, dask: who does the work. again, retry_failed: of runs that are there. as_json: whether to print a document.
    """
    from sim.experiment.running import executor_for
    from sim.interface.screen import counting, note, screen

    if out:
        asked.folder().begin(plan, out, again=again)
    if late := tuple(late):
        note(f"Left out, since it lies after the last day: {'; '.join(late)}")
    for line in asked.needs(plan):
        note(line)
    began = time.monotonic()
    with runs_kept(out), tempfile.TemporaryDirectory(prefix="protestlaw-") as passing:
        with executor_for(jobs, dask) as workers, counting("runs") as tell:
            done = asked.run(plan, out or Path(passing), workers, tell, again=again, retry_failed=retry_failed)
        if out:
            asked.folder().finish(done, out, command=["protestlaw", *sys.argv[1:]], seconds=time.monotonic() - began)
    if as_json:
        typer.echo(asked.document(done))
    else:
        asked.told(done, screen(), out)
    first = "" if done.failures.empty else f"; the first: {done.failures['error'].iloc[0]}"
    end_if_failed(done.count.failed, done.count.total, f"; see {out / 'failures.csv'}" if out else first)
