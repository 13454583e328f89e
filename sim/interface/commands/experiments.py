"""``run`` and ``compare``: what happens under a law, and what changes under another."""

from __future__ import annotations

import sys
import time
from typing import Annotated

import typer

from sim.interface.options import (
    Changes,
    ChangesA,
    ChangesB,
    Days,
    Draws,
    Force,
    Jobs,
    Json,
    Out,
    Posterior,
    Seed,
    Uncertainty,
    UncertaintyKind,
)

__all__ = ["compare", "run"]

Reps = Annotated[int, typer.Option(help="How many runs, each with a seed of its own.", min=1, max=100_000)]
Pairs = Annotated[int, typer.Option(help="How many pairs of runs, each with a seed of its own.", min=1, max=100_000)]
Benchmark = Annotated[
    bool, typer.Option("--benchmark", help="Run the benchmark law with the same seeds too: how much turnout is chilled.")
]


def run(
    scenario: Annotated[str, typer.Argument(help="A scenario's name, or a path ending in .toml.", show_default=False)],
    seed: Seed = 1,
    reps: Reps = 10,
    days: Days = None,
    changes: Changes = None,
    out: Out = None,
    force: Force = False,
    jobs: Jobs = None,
    benchmark: Benchmark = False,
    uncertainty: Uncertainty = UncertaintyKind.none,
    posterior: Posterior = None,
    draws: Draws = None,
    as_json: Json = False,
) -> None:
    """Run a scenario several times and say what comes of it."""
    from sim.experiment import repeat
    from sim.experiment.outputs import check_free
    from sim.interface import answer, documents
    from sim.interface.reading import scenario_of
    from sim.interface.screen import note, progress, screen
    from sim.interface.uncertain import kept_keys, posterior_asked, tell_draws

    drawn = posterior_asked(uncertainty, posterior, draws)
    found, late = scenario_of(scenario, changes or (), days)
    if out:
        check_free(out, force=force)
    _tell_late(late)
    kept = kept_keys(drawn, changes or ())
    for line in tell_draws(drawn, [("", found, kept)]):
        note(line)
    _tell_compiling()
    began = time.monotonic()
    with progress("runs") as tell:
        done = repeat(found, range(seed, seed + reps), jobs, tell, benchmark=benchmark, uncertainty=drawn, draws=draws, kept=kept)
    if out:
        from sim.interface import folders  # figures are slow to load

        folders.of_run(done, out, force=force, command=["protestlaw", *sys.argv[1:]], seconds=time.monotonic() - began)
    if as_json:
        typer.echo(documents.of_run(done))
    else:
        answer.of_run(done, screen(), out)


def compare(
    a: Annotated[
        str, typer.Argument(help="The scenario to compare with: a name, or a path ending in .toml.", show_default=False)
    ],
    b: Annotated[str, typer.Argument(help="The scenario whose effect is wanted.", show_default=False)],
    seed: Seed = 1,
    reps: Pairs = 10,
    days: Days = None,
    changes: Changes = None,
    changes_a: ChangesA = None,
    changes_b: ChangesB = None,
    out: Out = None,
    force: Force = False,
    jobs: Jobs = None,
    benchmark: Benchmark = False,
    uncertainty: Uncertainty = UncertaintyKind.none,
    posterior: Posterior = None,
    draws: Draws = None,
    as_json: Json = False,
) -> None:
    """Run two scenarios in pairs that share every coin toss, and say what changes from A to B, and for whom."""
    from sim.experiment import compare as compared
    from sim.experiment.outputs import check_free
    from sim.interface import answer, documents
    from sim.interface.reading import scenario_of
    from sim.interface.screen import note, progress, screen
    from sim.interface.uncertain import kept_keys, posterior_asked, tell_draws

    drawn = posterior_asked(uncertainty, posterior, draws)
    both = changes or []
    one, late = scenario_of(a, [*both, *(changes_a or ())], days)
    other, later = scenario_of(b, [*both, *(changes_b or ())], days)
    if out:
        check_free(out, force=force)
    _tell_late(tuple(dict.fromkeys((*late, *later))))
    kept = [kept_keys(drawn, [*both, *(own or ())]) for own in (changes_a, changes_b)]
    for line in tell_draws(drawn, [("A", one, kept[0]), ("B", other, kept[1])]):
        note(line)
    _tell_compiling()
    began = time.monotonic()
    with progress("pairs of runs") as tell:
        done = compared(
            one, other, range(seed, seed + reps), jobs, tell, benchmark=benchmark, uncertainty=drawn, draws=draws, kept=kept
        )
    if out:
        from sim.interface import folders  # figures are slow to load

        folders.of_comparison(done, out, force=force, command=["protestlaw", *sys.argv[1:]], seconds=time.monotonic() - began)
    if as_json:
        typer.echo(documents.of_comparison(done))
    else:
        answer.of_comparison(done, screen(), out)


def _tell_late(late: tuple[str, ...]) -> None:
    from sim.interface.screen import note

    if late:
        note(f"Left out, since it lies after the last day: {'; '.join(late)}")


def _tell_compiling() -> None:
    """What takes its time before the first run of all."""
    from sim.experiment.compiling import is_compiled
    from sim.interface.screen import note

    if not is_compiled():
        note("Compiling the model, once on this machine; it takes some seconds")
