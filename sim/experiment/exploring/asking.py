"""From what a visitor of a live page asks for to a scenario, read by the same code as every other one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sim.errors import InputError, Problem, did_you_mean
from sim.experiment.design.keys import flat
from sim.experiment.design.trying import Trials
from sim.experiment.exploring.any_value import written
from sim.experiment.exploring.grid import settled
from sim.experiment.exploring.reading import Explorer
from sim.experiment.exploring.text import LeverText
from sim.scenario import Scenario

__all__ = ["levels_asked", "scenario_under"]

_ASKED: Final = "what is asked for"


def levels_asked(explorer: Explorer, said: Mapping[str, object]) -> dict[str, str]:
    """Where levers stand: the name of a level, or a number; at the first level where a lever means nothing or is left out.

    Args:
        explorer: the page. said: by lever, the name of a level, or a number that the lever takes.

    Raises:
        InputError: if there is no such lever or level, or a number is none that a lever takes, with everything that is wrong.
    """
    levers = explorer.text.levers
    found, problems = {}, []
    for name, level in said.items():
        if name not in levers:
            problems.append(Problem(name, "the name of no lever", ", ".join(levers), did_you_mean(name, levers)))
        elif isinstance(chosen := _level(levers[name], level), Problem):
            problems.append(Problem(name, chosen.found, chosen.allowed, chosen.hint))
        else:
            found[name] = chosen
    if problems:
        raise InputError(_ASKED, problems)
    return settled(levers, found)


def _level(lever: LeverText, said: object) -> str | Problem:
    """The name of a level, or a number as it is written; a number that sets the same as a level is that level."""
    names = [level.name for level in lever.levels]
    if said in names:
        return str(said)
    if lever.any is None:
        return Problem("", repr(said)[:40], ", ".join(names), did_you_mean(str(said)[:40], names))
    number = lever.any.number(said)
    if isinstance(number, Problem):
        return Problem("", number.found, f"{', '.join(names)}, or {number.allowed}", number.hint)
    return next((level.name for level in lever.levels if lever.value_of(level) == number), written(number))


def scenario_under(explorer: Explorer, levels: Mapping[str, str]) -> Scenario:
    """The scenario of a page with its levers at some levels or numbers, as :func:`levels_asked` gives them.

    Raises:
        InputError: if it cannot be accepted, with everything that is wrong with it.
    """
    settings = dict(flat(explorer.text.set))
    for name, lever in explorer.text.levers.items():
        settings |= _settings(lever, levels[name])
    found = Trials(explorer.text.explorer.base, Path(explorer.design.file).parent).read(settings)
    if not isinstance(found, Scenario):
        raise InputError(_ASKED, found)
    return found


def _settings(lever: LeverText, chosen: str) -> dict[str, object]:
    for level in lever.levels:
        if level.name == chosen:
            return dict(flat(level.set))
    return lever.any.settings(float(chosen)) if lever.any else {}
