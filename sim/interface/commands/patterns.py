"""``patterns``: does a simulated city, or a real one, look like real protest?"""

from __future__ import annotations

import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.interface.options import Changes, Force, Jobs, Json, Out, Seed

__all__ = ["Regime", "patterns"]


class Regime(StrEnum):
    """Under which regime a city's protest stands."""

    N = "N"
    P = "P"
    L = "L"


def patterns(
    scenario: Annotated[
        str | None,
        typer.Argument(help="A scenario's name, or a path ending in .toml; none for a file of events alone.", show_default=False),
    ] = None,
    events: Annotated[
        Path | None,
        typer.Option("--events", metavar="FILE", help="A CSV file of real assemblies, one row each.", show_default=False),
    ] = None,
    columns: Annotated[
        Path | None,
        typer.Option("--columns", metavar="FILE", help="The text (.toml) that says what its columns mean.", show_default=False),
    ] = None,
    regime: Annotated[
        Regime | None,
        typer.Option(
            help="Ask for the patterns of N (notification honoured), P (permit-like practice) or L (no filings known).",
            show_default=False,
        ),
    ] = None,
    seed: Seed = 1,
    reps: Annotated[int, typer.Option(help="How many runs, each with a seed of its own.", min=1, max=100_000)] = 10,
    changes: Changes = None,
    out: Out = None,
    force: Force = False,
    jobs: Jobs = None,
    as_json: Json = False,
) -> None:
    """Hold a city's assemblies against what real protests look like: value, interval, band, pass or fail, grade, source."""
    from sim.experiment.battery import of_record, of_scenario
    from sim.experiment.battery.records import told_of
    from sim.experiment.outputs import check_free
    from sim.interface.patterns import answer, document
    from sim.interface.reading import scenario_of
    from sim.interface.screen import progress, screen
    from sim.interface.sentences import warnings

    _check(scenario, events, columns)
    wanted = regime.value if regime else None
    found = scenario_of(scenario, changes or ())[0] if scenario else None
    if out:
        check_free(out, force=force)
    began = time.monotonic()
    done = []
    real = of_record(events, columns, regime=wanted) if events and columns else None  # before the runs, which take their time
    seeds = list(range(seed, seed + reps)) if found else []
    if found:
        with progress("runs") as tell:
            done.append(of_scenario(found, seeds, jobs, tell, regime=wanted))
    if real:
        done.append(real)
    minds = warnings(("", found)) if found else []
    if out:
        from sim.interface.patterns.folder import write_batteries  # figures are slow to load

        record = told_of(events, columns) if events and columns else None
        seconds = time.monotonic() - began
        command = ["protestlaw", *sys.argv[1:]]
        write_batteries(
            done,
            out,
            scenario=found,
            seeds=seeds,
            force=force,
            command=command,
            seconds=seconds,
            warnings=minds,
            record=record,
        )
    if as_json:
        typer.echo(document.of_batteries(done, minds))
    else:
        answer.of_batteries(done, screen(), minds, out)


def _check(scenario: str | None, events: Path | None, columns: Path | None) -> None:
    """See that there is something to look at, and that a file of events comes with what its columns mean.

    Raises:
        InputError: if not.
    """
    from sim.errors import InputError, Problem

    problems = []
    if scenario is None and events is None:
        problems.append(Problem("", "no scenario and no file of events", "SCENARIO, --events FILE with --columns FILE, or both"))
    if events is not None and columns is None:
        problems.append(Problem("--columns", "nothing", "the text (.toml) that says what the columns of --events mean"))
    if columns is not None and events is None:
        problems.append(Problem("--events", "nothing", "the file of events that --columns is about"))
    if problems:
        raise InputError("protestlaw patterns", problems)
