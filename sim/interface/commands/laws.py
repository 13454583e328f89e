"""``explain`` and ``diff``: what a law says, and what two say differently."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.interface.options import Changes

__all__ = ["diff", "explain"]

SIZES = "40,249,250,3000"


def explain(
    name: Annotated[
        str,
        typer.Argument(
            help="A law, with reforms after + if wanted; a path ending in .toml; or a scenario, whose law is meant.",
            show_default=False,
        ),
    ],
    sizes: Annotated[str, typer.Option(help="Declared sizes to give as examples, persons.")] = SIZES,
    town: Annotated[
        str | None, typer.Option(help="The town whose median earner fines are weighed against.", show_default=False)
    ] = None,
    changes: Changes = None,
) -> None:
    """Tell a law in plain English with its sources: what to do, by when, and what it costs not to."""
    from sim.interface.reading import law_of, sizes_of
    from sim.interface.screen import screen
    from sim.law.explain import explain as explained
    from sim.law.explain import to_text

    found = law_of(name, changes or (), town)
    text = to_text(explained(found.law, sizes=sizes_of(sizes), day=found.day, earner=found.earner), min(screen().width, 100))
    typer.echo(text, nl=False)


def diff(
    a: Annotated[str, typer.Argument(help="A law or a scenario.", show_default=False)],
    b: Annotated[str, typer.Argument(help="Another.", show_default=False)],
) -> None:
    """Say what two laws, or two scenarios, hold differently, provision by provision."""
    from sim.interface.differing import differences

    for line in differences(a, b):
        typer.echo(line)
