"""``calibrate``: which values of the assumptions give what real protests look like."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from sim.interface.options import Jobs

__all__ = ["calibrate"]

INTERRUPTED = 130
FAILED = 1
"""Exit code when some runs failed; the others are there."""


def calibrate(
    calibration: Annotated[
        str,
        typer.Argument(help="A calibration in the folder experiments, by name, or a path ending in .toml.", show_default=False),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Where runs and results are kept; results/NAME if not given.", show_default=False
        ),
    ] = None,
    jobs: Jobs = None,
    dask: Annotated[
        str | None,
        typer.Option(
            "--dask", metavar="ADDRESS", help="Let a dask cluster do the work: tcp://HOST:PORT, or local:2.", show_default=False
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be run, and run nothing.")] = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Try runs that failed again.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Drop what is in DIR and start over.")] = False,
) -> None:
    """Find the assumptions that give what is observed, by history matching and approximate Bayesian computation.

    What is in DIR already is not run again, however it was ended.
    """
    from sim.experiment.calibration import calibrate as calibrated
    from sim.experiment.calibration import load_calibration
    from sim.experiment.running import executor_for
    from sim.interface.calibration import answer
    from sim.interface.screen import counting, note, screen

    plan = load_calibration(calibration)
    folder = out or Path("results") / plan.name
    if dry_run:
        typer.echo(answer.forecast(plan))
        return
    from sim.interface.calibration import folder as folders

    folders.begin(plan, folder, again=again)
    began = time.monotonic()
    try:
        with executor_for(jobs, dask) as workers, counting("runs") as tell:
            done = calibrated(plan, folder, workers, tell, note, again=again, retry_failed=retry_failed)
    except KeyboardInterrupt:
        note(f"Interrupted. The runs that ended are kept in {folder}; the same command goes on from there.")
        raise typer.Exit(INTERRUPTED) from None
    folders.finish(done, folder, command=["protestlaw", *sys.argv[1:]], seconds=time.monotonic() - began)
    answer.of_calibration(done, folder, screen())
    if done.failed:
        note(f"{done.failed} of {done.runs} runs failed; see {folder / 'failures.csv'}")
        raise typer.Exit(FAILED)
