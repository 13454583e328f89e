"""``export``: results in the formats of other programs."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["To", "export"]


class To(StrEnum):
    """What results can be converted to."""

    csv = "csv"
    dta = "dta"
    parquet = "parquet"
    xlsx = "xlsx"


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that run, compare or sweep wrote.", show_default=False)],
    to: Annotated[To, typer.Option("--to", help="Stata is dta, Excel is xlsx.", show_default=False)],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR2", help="Write to this new folder; DIR-FORMAT if not given.", show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the results that are in DIR2.")] = False,
) -> None:
    """Convert the tables of a results folder for Stata, R, Excel or any other program, with their codebook."""
    from sim.experiment.exporting import FORMATS
    from sim.experiment.exporting import export as converted
    from sim.interface.screen import note

    done = converted(folder, to.value, out, force=force, command=["protestlaw", *sys.argv[1:]])
    for name in done.changed:
        note(f"Mind: {name} is not as it was when the results were written.")
    if done.left_out:
        note(f"Not converted: {', '.join(done.left_out)}")
    for name, short in done.renamed.items():
        typer.echo(f"{name} is called {short}")
    typer.echo(f"{FORMATS[to.value]}: {len(done.tables)} tables ({', '.join(done.tables)}) are in {done.folder}")
