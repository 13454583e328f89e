"""``sweep`` and ``plan``: experiments written as texts, and how many seeds they need."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from sim.interface.endings import end_if_failed, runs_kept
from sim.interface.options import Again, Dask, Jobs, RetryFailed, RunsKept

__all__ = ["plan", "sweep"]

Experiment = Annotated[
    str, typer.Argument(help="An experiment in the folder experiments, by name, or a path ending in .toml.", show_default=False)
]


def sweep(
    experiment: Experiment,
    out: RunsKept = None,
    jobs: Jobs = None,
    dask: Dask = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say how many runs, how long and how much room; run one.")] = False,
    tables: Annotated[
        list[str] | None,
        typer.Option("--tables", metavar="TABLE", help="Keep a table of each run as Parquet, as assemblies.", show_default=False),
    ] = None,
    retry_failed: RetryFailed = False,
    again: Again = False,
) -> None:
    """Run an experiment: every point with every seed. What is in DIR already is not run again, however it was ended."""
    from sim.experiment.design import load_design
    from sim.experiment.running import executor_for
    from sim.experiment.sweeping import analyses, estimate
    from sim.experiment.sweeping import sweep as swept
    from sim.interface.screen import counting, screen

    design = load_design(experiment)
    folder = out or Path("results") / design.name
    if dry_run:
        from sim.interface.sweeping.forecast import in_words

        typer.echo(in_words(design, estimate(design, jobs), jobs))
        return
    from sim.interface.sweeping import folder as folders
    from sim.interface.sweeping.answer import of_sweep

    folders.begin(design, folder, again=again)
    began = time.monotonic()
    with runs_kept(folder):
        with executor_for(jobs, dask) as workers, counting("runs") as tell:
            done = swept(design, folder, workers, tell, again=again, retry_failed=retry_failed, tables=tables or ())
        said = analyses(design, done.runs)
        command = ["protestlaw", *sys.argv[1:]]
        folders.finish(done, said, folder, command=command, seconds=time.monotonic() - began)
    of_sweep(done, said, folder, screen())
    end_if_failed(done.count.failed, done.count.total, f"; see {folder / 'failures.csv'}")


def plan(
    experiment: Experiment,
    pilot: Annotated[int, typer.Option(help="Seeds that are run at every point to learn how much runs differ.", min=2)] = 5,
    precision: Annotated[
        list[str] | None,
        typer.Option(
            "--precision",
            metavar="OUTCOME=NUMBER",
            help="The difference that is to be told from none, instead of that of the text.",
            show_default=False,
        ),
    ] = None,
    power: Annotated[float, typer.Option(help="How often a difference of that size is to be found.", min=0.051, max=0.999)] = 0.8,
    out: RunsKept = None,
    jobs: Jobs = None,
    dask: Dask = None,
) -> None:
    """Say how many seeds an experiment needs, from a pilot: its first seeds, which a sweep into DIR need not run again."""
    from dataclasses import replace

    from sim.experiment.design import load_design
    from sim.experiment.replications import plan_pairs
    from sim.experiment.running import executor_for
    from sim.experiment.sweeping import sweep as swept
    from sim.interface.screen import counting, screen
    from sim.interface.sweeping import folder as folders
    from sim.interface.sweeping.forecast import of_plan, wishes

    design = load_design(experiment)
    wished = wishes(design, precision or ())
    if design.draws is not None:  # pairs are independent if each has a draw of its own, as the first seeds have
        design = replace(design, seeds=design.seeds[: len(design.draws.rows)])
        few = replace(design, seeds=design.seeds[:pilot])
    else:
        few = replace(design, seeds=(design.seeds if len(design.seeds) >= pilot else tuple(range(1, pilot + 1)))[:pilot])
    folder = out or Path("results") / design.name
    folders.begin(design, folder)
    with runs_kept(folder), executor_for(jobs, dask) as workers, counting("runs of the pilot") as tell:
        done = swept(few, folder, workers, tell)
    found = plan_pairs(done.runs, design.baseline or 0, half_widths=wished, differences=wished, wished_power=power)
    of_plan(design, found, power, screen())
    if design.draws is not None:
        typer.echo("Parameters are drawn from a posterior: for seeds read draws, each with a seed of its own.")
    typer.echo(f"The pilot's runs are kept in {folder}: a sweep goes on from there.")
