"""The patterns of real protest that the numbers behind the runs were held against, if they were."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.errors import InputError, Problem
from sim.interface.reporting.grids import of_table
from sim.interface.reporting.parts import Grid, Held, Line

if TYPE_CHECKING:
    from sim.experiment.battery import Battery
    from sim.interface.figuring.opening import Results
    from sim.scenario import Scenario

__all__ = ["batteries_held", "held_against", "not_held"]

_PEOPLE: Final = ("traits", "ties", "behaviour", "choices")
"""Parts that say how people and organisers decide. Another place has another town and other officials, but no other people."""

_MOST: Final = 12
"""Numbers that are told one by one where they differ."""


def not_held(scenario: Scenario) -> Held:
    """That nothing is known of the patterns, and the command that would tell."""
    return Held(
        ("The numbers behind these runs were not held against patterns of real protest here. These commands do it:",),
        command=f"protestlaw patterns {scenario.name} --reps 20 --out PATTERNS\nprotestlaw report DIR --patterns PATTERNS",
        rules=(f"The first with the changes that were made to {scenario.name}, if any were.",),
    )


def held_against(folder: Path, scenarios: Sequence[Scenario]) -> Held:
    """What a folder of ``protestlaw patterns`` says, if its people decide as those of the report do.

    Args:
        folder: the folder. scenarios: of the report.

    Raises:
        InputError: if the folder holds no such results, or if people decide otherwise there.
    """
    from sim.interface.figuring.opening import open_results

    results = open_results(folder)
    if not results.wrote("patterns") or not results.names:
        found = "patterns of a record, not of a simulated city" if results.wrote("patterns") else "results of something else"
        raise InputError(
            str(folder), [Problem("--patterns", found, "a folder that protestlaw patterns SCENARIO --out DIR wrote")]
        )
    own = results.scenario(results.names[0])
    same = next((one for one in scenarios if one.fingerprint == own.fingerprint), None)
    return batteries_held(results, _relation(folder, own, scenarios[0], same is not None))


def _relation(folder: Path, own: Scenario, told: Scenario, same: bool) -> str:
    """How the scenario that was held against patterns is related to those of the report, in a sentence."""
    if same:
        return f"Held against patterns was {own.scenario.title}, which is a scenario of this report."
    names = _differing(own, told)
    people = [name for name in names if name.partition(".")[0] in _PEOPLE]
    if people:
        listed = ", ".join(people[:_MOST]) + (" ..." if len(people) > _MOST else "")
        wanted = f"people who decide as those of {told.name} do; protestlaw patterns {told.name} holds these against patterns"
        raise InputError(str(folder), [Problem("--patterns", f"other values of {listed} in {own.name}", wanted)])
    town = own.town.town.title
    where = "the same town" if own.town.town.name == told.town.town.name else f"another town, {town}"
    parts = dict.fromkeys(name.partition(".")[0] for name in names if name.partition(".")[0] in _OFFICIALS)
    practice = f", under another practice (numbers of {', '.join(parts)} differ)" if parts else ", under the same practice"
    law = "" if own.law.fingerprint == told.law.fingerprint else " and another law"
    return (
        f"Held against patterns was {own.scenario.title}: people and organisers decide by the same numbers, in {where}"
        f"{practice}{law}. What passes there need not pass here."
    )


_OFFICIALS: Final = ("organisers", "authority", "court", "police", "press")


def _differing(one: Scenario, other: Scenario) -> list[str]:
    """The numbers that two scenarios do not share."""
    from sim.scenario import parameters

    sides = [{row.name: row.value for row in parameters(scenario)} for scenario in (one, other)]
    return [name for name in dict.fromkeys([*sides[0], *sides[1]]) if sides[0].get(name) != sides[1].get(name)]


def batteries_held(results: Results, relation: str = "") -> Held:
    """The battery of a folder: its sentences, its table, where bands come from, and what the words mean.

    Args:
        results: a folder that ``patterns`` wrote. relation: what is to be told before all else.
    """
    from sim.interface.figuring.of_folders import batteries_in
    from sim.interface.patterns.answer import bands_come_from, without_value
    from sim.interface.patterns.telling import rules, uncertainty

    batteries = batteries_in(results)
    said = [*filter(None, (relation,)), *_sentences(batteries), *map(uncertainty, batteries)]
    return Held(
        tuple(said),
        (_grid(batteries),),
        tuple(bands_come_from(batteries)),
        (*without_value(batteries), *rules(batteries)),
    )


def _sentences(batteries: Sequence[Battery]) -> list[str]:
    from sim.interface.patterns.telling import sentence

    letters = "AB" if len(batteries) > 1 else ("",)
    told = zip(letters, batteries, strict=False)
    return [f"{letter}{': ' if letter else ''}{one.title}. {sentence(one)}" for letter, one in told]


def _grid(batteries: Sequence[Battery]) -> Grid:
    from dataclasses import replace

    from sim.interface.patterns.answer import table_of

    grid = of_table(table_of(batteries), "Patterns, and the bands of real protest")
    heads = ("pattern", "", *grid.heads[2:])
    lines = tuple(
        Line(line.cells, line.kind or ("total" if any(c.text == "FAIL" for c in line.cells) else "")) for line in grid.lines
    )
    return replace(grid, heads=heads, lines=lines)
