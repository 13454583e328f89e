"""``classics``: famous models of others, with their known answers."""

from __future__ import annotations

import sys
import time
from typing import Annotated

import typer

from sim.interface.options import Force, Json, Out

__all__ = ["classics"]


def classics(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Which one; if none is given, they are listed.", show_default=False)
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="OPTION=VALUE", help="Set an option of it. May be given again.", show_default=False),
    ] = None,
    seed: Annotated[int, typer.Option(help="The seed of all chance in it.", min=0, max=2**53 - 1)] = 1,
    out: Out = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Run a famous model and hold what comes out against what is known. Exit code 1 if it is not the same."""
    from sim.classics import NAMES, load
    from sim.classics.options import chosen
    from sim.interface import teaching
    from sim.interface.screen import note, screen

    if name is None:
        _refuse_alone(changes=changes, out=out)
        classics_ = [load(one) for one in NAMES]
        if as_json:
            typer.echo(teaching.list_document(classics_))
        else:
            teaching.print_list(classics_, screen())
        return
    classic = load(name)
    options = chosen(classic, changes or ())
    if out:
        teaching.check_free(out, force=force)
    if not teaching.compiled():
        note("Compiling the model, once on this machine; it takes some seconds")
    began = time.monotonic()
    finding = classic.run(options, seed)
    done = teaching.Taught(classic, options, seed, finding)
    if out:
        seconds = time.monotonic() - began
        teaching.write(done, out, force=force, command=["protestlaw", *sys.argv[1:]], seconds=seconds)
    if as_json:
        typer.echo(teaching.document(done))
    else:
        teaching.answer(done, screen(), out)
    if not all(check.passed for check in finding.checks):
        raise typer.Exit(1)


def _refuse_alone(**given: object) -> None:
    """What makes sense for one classic only."""
    from sim.errors import InputError, Problem

    words = {"changes": "--set", "out": "--out"}
    problems = [
        Problem(words[key], "it without a NAME", "it with the NAME of a classic") for key, value in given.items() if value
    ]
    if problems:
        raise InputError("classics", problems)
