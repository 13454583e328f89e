"""``diverge`` and ``story``: why two runs part, and what happens to one person or one organiser."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from sim.interface.options import Changes, ChangesA, ChangesB, Days, Json

__all__ = ["Who", "diverge", "story"]


class Who(StrEnum):
    """Whom a story can be about."""

    citizen = "citizen"
    organiser = "organiser"


OneSeed = Annotated[int, typer.Option("--seed", help="The seed that both share.", min=0)]


def diverge(
    a: Annotated[str, typer.Argument(help="A scenario: a name, or a path ending in .toml.", show_default=False)],
    b: Annotated[str | None, typer.Argument(help="Another.", show_default=False)] = None,
    reference: Annotated[
        bool, typer.Option("--reference", help="Hold the engine's run of A against the reference model's instead; a small town.")
    ] = False,
    seed: OneSeed = 1,
    days: Days = None,
    changes: Changes = None,
    changes_a: ChangesA = None,
    changes_b: ChangesB = None,
    as_json: Json = False,
) -> None:
    """Say where two runs with one seed part, and why: what was weighed at that moment under A and under B."""
    from sim.errors import InputError, Problem
    from sim.experiment.divergence import diverge as diverged
    from sim.interface.reading import scenario_of
    from sim.interface.reasons.diverging import document, page_of
    from sim.interface.screen import note, progress, screen

    if (b is None) != reference:
        given = "a second scenario and --reference" if reference else "one scenario"
        raise InputError("diverge", [Problem("", given, "two scenarios, or one with --reference")])
    if b is None:
        _agree(a, seed, days, [*(changes or ()), *(changes_a or ())])
        return
    both = changes or []
    one, late = scenario_of(a, [*both, *(changes_a or ())], days)
    other, later = scenario_of(b, [*both, *(changes_b or ())], days)
    if left_out := dict.fromkeys((*late, *later)):
        note(f"Left out, since it lies after the last day: {'; '.join(left_out)}")
    with progress("runs") as tell:
        found = diverged(one, other, seed, tell)
    if as_json:
        typer.echo(document(found))
    else:
        page_of(found).show(screen())


def _agree(name: str, seed: int, days: int | None, changes: list[str]) -> None:
    """Hold the engine against the reference model; exit code 1 if they disagree."""
    from sim.experiment.agreement import first_disagreement
    from sim.interface.reading import scenario_of
    from sim.interface.screen import note

    scenario, _ = scenario_of(name, changes, days)
    note(f"Engine and reference model, {scenario.town.people.adults:,} adults; the reference model takes its time")
    parted = first_disagreement(scenario, seed)
    if parted is None:
        days_run = f"{scenario.scenario.days} days"
        typer.echo(f"Engine and reference model agree to the last byte: {scenario.scenario.title}, seed {seed}, {days_run}.")
        return
    typer.echo(f"Engine and reference model disagree: {parted}")
    raise typer.Exit(1)


def story(
    a: Annotated[str, typer.Argument(help="A scenario: a name, or a path ending in .toml.", show_default=False)],
    b: Annotated[str | None, typer.Argument(help="Another, to be told beside it.", show_default=False)] = None,
    citizen: Annotated[int | None, typer.Option(help="The citizen to follow, by number.", show_default=False)] = None,
    organiser: Annotated[int | None, typer.Option(help="The organiser to follow, by number.", show_default=False)] = None,
    busiest: Annotated[
        Who | None, typer.Option(help="Follow the one to whom most happens; the citizen if nobody is named.", show_default=False)
    ] = None,
    seed: OneSeed = 1,
    days: Days = None,
    changes: Changes = None,
    changes_a: ChangesA = None,
    changes_b: ChangesB = None,
    as_json: Json = False,
) -> None:
    """Tell what happens to one citizen or one organiser, day by day, under A or under A and B side by side."""
    from sim.errors import InputError, Problem
    from sim.experiment.lives import follow
    from sim.interface.reading import scenario_of
    from sim.interface.reasons.living import document, page_of
    from sim.interface.screen import note, screen

    if sum(one is not None for one in (citizen, organiser, busiest)) > 1:
        raise InputError("story", [Problem("--citizen, --organiser, --busiest", "more than one", "one of them, or none")])
    if b is None and changes_b:
        raise InputError("story", [Problem("--set-b", changes_b[0], "a second scenario, or --set")])
    sides = [(a, changes_a)] if b is None else [(a, changes_a), (b, changes_b)]
    read = [scenario_of(name, [*(changes or ()), *(own or ())], days) for name, own in sides]
    if left_out := dict.fromkeys(text for _, late in read for text in late):
        note(f"Left out, since it lies after the last day: {'; '.join(left_out)}")
    picks = (busiest or Who.citizen) if citizen is None and organiser is None else None
    note("Following one life; a run of a large city takes some seconds")
    lives = follow(
        tuple(scenario for scenario, _ in read), seed, citizen=citizen, organiser=organiser, busiest=picks.value if picks else ""
    )
    picked = f"picked as the {picks.value} to whom most happens" if picks else ""
    if as_json:
        typer.echo(document(lives))
    else:
        page_of(lives, picked).show(screen())
