"""``calibrate``: which values of the assumptions give what real protests look like."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from sim.interface.endings import end_if_failed, runs_kept
from sim.interface.options import Again, Dask, Jobs, RetryFailed, RunsKept

__all__ = ["calibrate"]


def calibrate(
    calibration: Annotated[
        str,
        typer.Argument(help="A calibration in the folder experiments, by name, or a path ending in .toml.", show_default=False),
    ],
    out: RunsKept = None,
    jobs: Jobs = None,
    dask: Dask = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be run, and run nothing.")] = False,
    retry_failed: RetryFailed = False,
    again: Again = False,
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
    with runs_kept(folder):
        with executor_for(jobs, dask) as workers, counting("runs") as tell:
            done = calibrated(plan, folder, workers, tell, note, again=again, retry_failed=retry_failed)
        folders.finish(done, folder, command=["protestlaw", *sys.argv[1:]], seconds=time.monotonic() - began)
    answer.of_calibration(done, folder, screen())
    end_if_failed(done.failed, done.runs, f"; see {folder / 'failures.csv'}")
