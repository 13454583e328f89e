"""Which draw from a posterior each seed of an experiment has.

The design is nested: some draws, and for each of them some seeds that no other draw has, so that noise between seeds and not
knowing the parameters can be told apart (:mod:`sim.experiment.uncertainty.split`). All scenarios share a seed's draw as they
share its town: pairs stay pairs. Of D draws the first belongs to the first, D + 1st, 2 D + 1st ... of the seeds, and is what the
first of these draws (:meth:`~sim.experiment.uncertainty.posterior.Drawn.number`). So with the same number of draws more seeds
leave what was run as it was, and if each seed has a draw, it is that seed's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sim.errors import InputError, Problem
from sim.experiment.uncertainty.changing import changed, value_at
from sim.experiment.uncertainty.posterior import SAID, Drawn
from sim.scenario import Scenario

__all__ = ["Draws", "default_draws", "draws_for"]


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """The draws of an experiment.

    Attributes:
        posterior: they are taken from.
        of_seed: the number of each seed's draw, from 1.
        rows: of each draw, its row in the posterior, from 0. Two draws may have one row: they are taken by weight, with
            replacement.
        kept: for each scenario, the keys whose own value stays, though the posterior knows one.
    """

    posterior: Drawn
    of_seed: Mapping[int, int]
    rows: tuple[int, ...]
    kept: tuple[frozenset[str], ...]

    def numbers(self, seeds: Sequence[int]) -> list[int]:
        """The number of each seed's draw."""
        return [self.of_seed[seed] for seed in seeds]

    @property
    def several_seeds(self) -> bool:
        """Whether some draw has more than one seed, without which the two kinds of uncertainty cannot be told apart."""
        return len(self.of_seed) > len(self.rows) > 1

    def settings(self, scenario: Scenario, draw: int, place: int) -> dict[str, float | int]:
        """What a draw sets in a scenario: values by dotted key.

        Args:
            scenario: the scenario. draw: its number, from 1. place: which of the experiment's scenarios it is, from 0.
        """
        found = self.posterior.settings(self.rows[draw - 1], scenario.town.town.name)
        return {key: value for key, value in found.items() if key not in self.kept[place]}

    def table(self, scenarios: Sequence[Scenario]) -> pd.DataFrame:
        """One row a draw: ``draw``, ``posterior_row``, ``seeds`` (how many), and each parameter that is set in some scenario."""
        places = [{scenario.town.town.name: self.kept[place]} for place, scenario in enumerate(scenarios)]
        names = {name for own in places for town, kept in own.items() for name in self.drawn_in(town, kept)}
        seeds = pd.Series(self.of_seed).value_counts()
        numbers, rows = range(1, len(self.rows) + 1), list(self.rows)
        told = pd.DataFrame({"draw": numbers, "posterior_row": rows, "seeds": [int(seeds[draw]) for draw in numbers]})
        columns = [(name, column) for column, name in enumerate(self.posterior.keys) if name in names]
        return told.assign(**{name: self.posterior.values[rows, column] for name, column in columns})

    def drawn_in(self, town: str, kept: Collection[str]) -> list[str]:
        """The parameters that are drawn in a scenario of a town, but for keys whose own value stays."""
        return [name for name in self.posterior.of_town(town) if self.posterior.keys[name] not in kept]


def default_draws(seeds: int) -> int:
    """How many draws so many seeds have if nothing is said: half as many, but two at least where there are two seeds."""
    return min(seeds, max(2, seeds // 2))


def draws_for(
    posterior: Drawn,
    scenarios: Sequence[Scenario],
    seeds: Sequence[int],
    number: int | None = None,
    kept: Sequence[Collection[str]] = (),
) -> Draws:
    """The draws of an experiment, tried on all its scenarios before anything is run.

    Args:
        posterior: to draw from. scenarios: of the experiment. seeds: its seeds.
        number: of draws; half as many as seeds if nothing is given.
        kept: for each scenario, keys whose own value stays; none if nothing is given.

    Raises:
        InputError: if there are too many or too few draws; if the posterior sets a key to one value in scenarios of one town that
            differ in it, which would undo what is to be compared; if a scenario does not have a key, or a value is out of its
            range.
    """
    wanted = default_draws(len(seeds)) if number is None else number
    least = min(2, len(seeds))
    if not least <= wanted <= len(seeds):
        allowed = f"from {least} to {len(seeds)}, one for each seed at most" if least < len(seeds) else f"{least}"
        raise InputError("draws", [Problem("", str(wanted), f"{allowed}; with one draw nothing is told of parameters")])
    of_seed = {seed: place % wanted + 1 for place, seed in enumerate(seeds)}
    rows = tuple(posterior.number(seed) for seed in seeds[:wanted])
    own = tuple(frozenset(keys) for keys in kept) or (frozenset(),) * len(scenarios)
    draws = Draws(posterior, of_seed, rows, own)
    if problems := list(dict.fromkeys([*_undone(draws, scenarios), *_refused(draws, scenarios)])):
        raise InputError(SAID, problems)
    return draws


def _undone(draws: Draws, scenarios: Sequence[Scenario]) -> Iterator[Problem]:
    """Keys in which scenarios of one town differ, and which a draw would set to one value."""
    values: dict[tuple[str, str], list[object]] = {}
    for scenario, kept in zip(scenarios, draws.kept, strict=True):
        town = scenario.town.town.name
        for name in draws.drawn_in(town, kept):
            key = draws.posterior.keys[name]
            values.setdefault((town, key), []).append(value_at(scenario, key))
    for (_, key), found in values.items():
        different = list(dict.fromkeys(found))
        if len(different) > 1:
            told = " and ".join(map(repr, different[:2])) + (f" and {len(different) - 2} more" if len(different) > 2 else "")
            allowed = "one value, since each draw sets one for all; or values of your own (--set and the like), which stay"
            yield Problem(key, f"{told} in what is compared", allowed)


def _refused(draws: Draws, scenarios: Sequence[Scenario]) -> Iterator[Problem]:
    """What is wrong with a scenario under some draw; scenarios that differ in their laws only are tried once."""
    tried: set[tuple[object, ...]] = set()
    for place, scenario in enumerate(scenarios):
        for draw, row in enumerate(draws.rows, 1):
            settings = draws.settings(scenario, draw, place)
            known = (row, *(id(getattr(scenario, key.partition(".")[0], None)) for key in settings), *settings)
            if known in tried:
                continue
            tried.add(known)
            try:
                changed(scenario, settings, SAID)
            except InputError as error:
                yield from error.problems
