"""``app``: the page for the seminar, live, for any values; or one run to be watched."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from sim.errors import InputError, Problem
from sim.interface.options import Changes, Jobs

__all__ = ["app"]

_PAGE: Final = "seminar"
_KEPT: Final = 2_000
_SECONDS: Final = 20.0


def app(
    page: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE]",
            help=f"A text in the folder explorers, by name, or a path ending in .toml; {_PAGE} if not given.",
            show_default=False,
        ),
    ] = None,
    watch: Annotated[
        str | None,
        typer.Option(
            "--watch", metavar="SCENARIO", help="Watch one run of a scenario instead, day by day on the map.", show_default=False
        ),
    ] = None,
    changes: Changes = None,
    host: Annotated[
        str, typer.Option(help="Where to listen: this machine alone; 0.0.0.0 for everybody in the network.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 for any that is free.", min=0, max=65_535)] = 8000,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Whether to open the page in a browser.")] = True,
    jobs: Jobs = None,
    runs: Annotated[
        Path | None,
        typer.Option(
            "--runs",
            metavar="DIR",
            help="Runs that protestlaw explorer made are used from here; results/explorer-NAME if not given.",
            show_default=False,
        ),
    ] = None,
    keep: Annotated[
        int | None,
        typer.Option(
            help=f"How many laws' answers are kept in memory; {_KEPT:,} if not given.", min=1, max=100_000, show_default=False
        ),
    ] = None,
    seconds: Annotated[
        float | None,
        typer.Option(
            help=f"What a run may take; a longer one is ended, and the page says so. {_SECONDS:g} if not given.",
            min=0.1,
            show_default=False,
        ),
    ] = None,
) -> None:
    """Serve the page for the seminar, live: any values, and answers that grow as runs end. It ends with Ctrl-C.

    It is for this machine alone unless --host says otherwise. For a class, the file that explorer makes is the safer way.
    """
    pages_own = {"--jobs": jobs, "--runs": runs, "--keep": keep, "--seconds": seconds}
    _check(page, watch, changes, [name for name, value in pages_own.items() if value is not None])
    if watch is not None:
        from sim.interface.watching.serving import watch as watch_run
        from sim.texts import parse_assignment

        settings = dict(parse_assignment(text) for text in changes or ())
        watch_run(watch, settings, host=host, port=port, open_browser=open_browser)
        return
    from sim.experiment.exploring import load_explorer
    from sim.interface.screen import note
    from sim.interface.serving.serving import serve

    note("Reading the page's text ...")
    found = load_explorer(page or _PAGE, every=False)
    serve(
        found,
        runs or Path("results") / f"explorer-{found.design.name}",
        host=host,
        port=port,
        processes=jobs,
        keep=_KEPT if keep is None else keep,
        seconds=_SECONDS if seconds is None else seconds,
        open_browser=open_browser,
    )


def _check(page: str | None, watch: str | None, changes: list[str] | None, pages_own: list[str]) -> None:
    """See that one thing is asked for.

    Args:
        page, watch, changes: as given. pages_own: options that were given and mean something for a page only.

    Raises:
        InputError: if not.
    """
    problems = []
    if page is not None and watch is not None:
        allowed = "a page to serve, or --watch with a scenario"
        problems.append(Problem("--watch", f"{watch!r} and the page {page!r}", allowed))
    if changes and watch is None:
        allowed = "--set with --watch only: a page says in its text what is set, and its levers the rest"
        problems.append(Problem("--set", ", ".join(changes), allowed))
    if watch is not None:
        problems += [Problem(name, "--watch", "only with a page: it watches one run") for name in pages_own]
    if problems:
        raise InputError("app", problems)
