"""An experiment whose parameters are drawn from a posterior: its draws, and the scenario of each point under each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.errors import InputError
from sim.experiment.design.keys import meet
from sim.experiment.design.text import Head
from sim.experiment.uncertainty import Drawn, Draws, changed, draws_for, load_posterior
from sim.scenario import Scenario
from sim.scenario.practices import PARTS

__all__ = ["draws_of", "kept_by", "notes_of", "scenarios_drawn"]

type Drawings = tuple[tuple[Scenario, ...], ...]
"""By point, the scenario under each draw."""


def draws_of(head: Head, file: Path, scenarios: Sequence[Scenario], settings: Sequence[Mapping[str, Any]]) -> Draws | None:
    """The draws of an experiment; none if its parameters are not drawn.

    Args:
        head: of its text. file: the text, beside whose folder the posterior's may stand.
        scenarios: of its points. settings: what is set at each of them, which stays.

    Raises:
        InputError: if there is no posterior, or it does not go with a scenario.
    """
    if head.uncertainty != "posterior":
        return None
    posterior = load_posterior(_folder(head.posterior, file))
    try:
        return draws_for(posterior, scenarios, head.seeds, head.draws, [kept_by(posterior, own) for own in settings])
    except InputError as error:
        raise InputError(f"{file}, {error.file}", error.problems) from None


def kept_by(posterior: Drawn, settings: Iterable[str]) -> frozenset[str]:
    """The keys of a posterior that a user's own settings set, so that no draw does.

    Args:
        posterior: the posterior. settings: dotted keys. A practice sets all that officials do.
    """
    own = [key for setting in settings for key in (PARTS if setting == "practice" else (setting,))]
    return frozenset(key for key in posterior.keys.values() if any(meet(key, one) for one in own))


def scenarios_drawn(draws: Draws | None, scenarios: Sequence[Scenario]) -> Drawings:
    """The scenario of each point under each draw; points with one scenario share theirs. Nothing if nothing is drawn."""
    if draws is None:
        return ()
    found: dict[tuple[int, frozenset[str]], tuple[Scenario, ...]] = {}
    for place, scenario in enumerate(scenarios):
        known = id(scenario), draws.kept[place]
        if known not in found:
            numbers = range(1, len(draws.rows) + 1)
            found[known] = tuple(changed(scenario, draws.settings(scenario, draw, place)) for draw in numbers)
    return tuple(found[id(scenario), draws.kept[place]] for place, scenario in enumerate(scenarios))


def notes_of(draws: Draws | None, scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """What whoever reads the results should know of the draws."""
    if draws is None:
        return ()
    number, seeds = len(draws.rows), len(draws.of_seed) // len(draws.rows)
    towns = dict.fromkeys(scenario.town.town.name for scenario in scenarios)
    notes = [draws.posterior.in_words(town) for town in towns]
    each = "" if seeds == 1 else ", each the mean of its seeds"
    told = f"{number} draws with {seeds} seed{'s' if seeds > 1 else ''} each"
    notes.append(f"{told}: where results count seeds or tell noise between them, draws are meant{each}.")
    if kept := sorted(frozenset().union(*draws.kept)):
        notes.append(f"Not drawn where the text sets it: {', '.join(kept)}.")
    return tuple(notes)


def _folder(said: str | None, file: Path) -> Path | None:
    """The folder of the posterior, looked for beside the text first; none for the one that is shipped."""
    if said is None:
        return None
    beside = file.parent / said
    return beside if beside.is_dir() else Path(said)
