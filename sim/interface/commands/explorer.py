"""``explorer``: a page for the seminar, one file that carries its runs with it."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from sim.interface.endings import end_if_failed, runs_kept
from sim.interface.options import Again, Dask, Jobs, RetryFailed

__all__ = ["explorer"]


def explorer(
    page: Annotated[
        str, typer.Argument(help="A text in the folder explorers, by name, or a path ending in .toml.", show_default=False)
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="The page's file; NAME.html if not given.", show_default=False),
    ] = None,
    runs: Annotated[
        Path | None,
        typer.Option(
            "--runs", metavar="DIR", help="Where runs are kept; results/explorer-NAME if not given.", show_default=False
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the page if it is there.")] = False,
    jobs: Jobs = None,
    dask: Dask = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say how many runs, how long and how large; run one.")] = False,
    retry_failed: RetryFailed = False,
    again: Again = False,
) -> None:
    """Make a page on which two laws are compared by levers, for projectors and telephones. It needs no server and no network.

    Every combination of levels is run with every seed. What is in DIR already is not run again, however it was ended.
    """
    from sim.experiment.exploring import GistStore, cells_of, fill, load_explorer
    from sim.experiment.running import executor_for
    from sim.interface.explorer import making
    from sim.interface.page_files import check_page
    from sim.interface.screen import counting, note

    note("Reading the scenario of every combination of levels ...")
    found = load_explorer(page)
    folder = runs or Path("results") / f"explorer-{found.design.name}"
    file = out or Path(f"{found.design.name}.html")
    if dry_run:
        typer.echo(making.forecast(found, jobs))
        return
    check_page(file, force=force)
    making.begin(found, folder, again=again)
    began = time.monotonic()
    with runs_kept(folder), GistStore(folder, again=again) as store:
        with executor_for(jobs, dask) as workers, counting("runs") as tell:
            count = fill(found, store, workers, tell, retry_failed=retry_failed)
        note("Packing ...")
        written = making.made(found, cells_of(found, store), f"protestlaw explorer {found.design.name}")
        reasons = making.failures(found, store)
    making.write(file, written)
    command = ["protestlaw", *sys.argv[1:]]
    making.finish(found, folder, reasons, file, written, command=command, seconds=time.monotonic() - began)
    typer.echo(making.told(found, file, written, count))
    end_if_failed(count.failed, count.total, f"; see {folder / 'failures.csv'}")
