"""``figures``: everything a folder of results can be drawn as, for paper or for slides."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.interface.options import Jobs

__all__ = ["figures"]


class In(StrEnum):
    """The styles."""

    paper = "paper"
    slides = "slides"


class As(StrEnum):
    """The formats."""

    pdf = "pdf"
    svg = "svg"
    png = "png"


def figures(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of results.", show_default=False)],
    style: Annotated[In, typer.Option(help="Paper: 6.3 inches wide, 9 points. Slides: 12.8 x 7.2 inches, 18 points.")] = In.paper,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="NAME", help="This figure only. May be given again.", show_default=False)
    ] = None,
    formats: Annotated[
        list[As] | None,
        typer.Option("--format", help="This format only. May be given again; all three if not given.", show_default=False),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="The run that figures of one run show; the first if not given.", min=0, show_default=False)
    ] = None,
    assembly: Annotated[
        int | None, typer.Option(metavar="N", help="The assembly whose filing is drawn.", min=0, show_default=False)
    ] = None,
    no_runs: Annotated[
        bool, typer.Option("--no-runs", help="Draw from tables alone: without what takes the same seeds without the threshold.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR2", help="Write to this new folder; if not given, DIR/figures-STYLE.", show_default=False
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the figures that are in DIR2.")] = False,
    jobs: Jobs = None,
) -> None:
    """Draw every figure that the tables of a results folder allow, for paper or for slides, as PDF, SVG and PNG."""
    from sim.experiment.outputs import check_free
    from sim.interface.figuring.drawing import Asked
    from sim.interface.figuring.making import draw_all
    from sim.interface.figuring.opening import open_results
    from sim.interface.screen import note, progress
    from sim.interface.style import STYLES

    results = open_results(folder)
    where = out or folder / f"figures-{style.value}"
    check_free(where, force=force)
    asked = Asked(STYLES[style.value], tuple(only or ()), seed, assembly, not no_runs, jobs)
    wanted = [one.value for one in formats or As]
    with progress("figures") as tell:
        done = draw_all(results, asked, wanted, where, force=force, command=["protestlaw", *sys.argv[1:]], tell=tell)
    for one in done.wanting:
        note(f"Not drawn: {one.kind}, for {one.why}")
    many = f"{len(done.figures)} figure{'' if len(done.figures) == 1 else 's'}"
    typer.echo(f"{many} ({', '.join(one.name for one in done.figures)}) {'is' if len(done.figures) == 1 else 'are'} in {where}")
