"""``report``: a folder of results as one page that can be sent on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["report"]


def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of results.", show_default=False)],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="The page's file; DIR/report.html if not given.", show_default=False),
    ] = None,
    patterns: Annotated[
        Path | None,
        typer.Option(
            "--patterns",
            metavar="DIR2",
            help="A folder that patterns wrote, of people who decide by the same numbers: what passed and failed is told.",
            show_default=False,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the page if it is there.")] = False,
) -> None:
    """Make one page of what run, compare, sweep, attribute or patterns wrote, to send on. Nothing is run.

    It holds the question, the answer with intervals, tables, the laws in sentences and their differences with sources, figures,
    every assumption with its source, patterns, and how to make it again. It needs no network, and prints on A4.
    """
    from sim.interface.figuring.opening import open_results
    from sim.interface.page_files import check_page, write_page
    from sim.interface.reporting.building import build
    from sim.interface.reporting.page import page

    results = open_results(folder)
    file = out or folder / "report.html"
    check_page(file, force=force)
    write_page(file, page(build(results, patterns), results))
    typer.echo(file)
