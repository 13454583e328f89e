"""Reading the scenario of every point before anything runs, and telling what is wrong by setting, factor and level."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from sim.errors import InputError, LawError, Problem, TownError, UnknownNameError, did_you_mean
from sim.experiment.design.factors import Factor, Level
from sim.experiment.design.keys import probably_meant
from sim.scenario import Scenario, load_scenario

__all__ = ["Trials", "at_point", "problems_of_levels", "problems_of_points", "problems_of_settings"]

_UNKNOWN: Final = ("the unknown key", "the unknown row")

_COMPANY: Final = 50
"""Points, at most, in whose company a level that is refused by itself is tried."""

_TOLD: Final = 5
"""Points that are told one by one, if what is wrong with them is no single level."""

type Settings = Mapping[str, Any]
type Found = Scenario | tuple[Problem, ...]
"""A scenario, or what is wrong with it."""


class Trials:
    """A base scenario under settings, each read once.

    Args:
        base: its name or file. folder: where the experiment's text stands, beside which its laws and towns may stand too.
    """

    def __init__(self, base: str, folder: Path) -> None:
        self._base = str(folder / base) if base.endswith(".toml") and (folder / base).is_file() else base
        self._folder = folder
        self._found: dict[str, Found] = {}
        self._plain: Scenario | None = None

    def read(self, settings: Settings) -> Found:
        """The scenario under some settings; the same object for the same settings, and of the same parts where they are equal."""
        known = json.dumps(settings, sort_keys=True, default=str)
        if known not in self._found:
            self._found[known] = self._load({key: self._beside(key, value) for key, value in settings.items()})
        return self._found[known]

    def problems(self, settings: Settings) -> tuple[Problem, ...]:
        """What is wrong with the scenario under some settings."""
        found = self.read(settings)
        return () if isinstance(found, Scenario) else found

    def _load(self, settings: Settings) -> Found:
        try:
            found = load_scenario(self._base, settings)
        except UnknownNameError as error:
            return (
                Problem(
                    "",
                    f"{error.name!r}, which no {error.kind} is called",
                    ", ".join(error.known),
                    did_you_mean(error.name, error.known),
                ),
            )
        except InputError as error:
            return tuple(_named(problem, error) for problem in error.problems)
        if self._plain is None:
            self._plain = found
            return found
        first = self._plain
        same = {name: getattr(first, name) for name in Scenario.model_fields if getattr(first, name) == getattr(found, name)}
        return BaseModel.model_copy(found, update=same)  # a thousand scenarios of one town hold it once

    def _beside(self, key: str, value: Any) -> Any:
        """The path of a law or town as seen from the experiment's folder, if it stands there."""
        if key not in {"law", "practice", "town"} or not isinstance(value, str) or ".toml" not in value:
            return value
        parts = [part.strip() for part in value.split(" + ")]
        return " + ".join(
            str(self._folder / part) if part.endswith(".toml") and (self._folder / part).is_file() else part for part in parts
        )


def _named(problem: Problem, error: InputError) -> Problem:
    """A problem with its key, and that of its hint, as a scenario says them."""
    stem = "law." if isinstance(error, LawError) else "town." if isinstance(error, TownError) else ""
    hint = problem.hint
    if problem.found.startswith(_UNKNOWN):
        hint = f"{stem}{hint}" if hint else probably_meant(f"{stem}{problem.key}")
    return Problem(f"{stem}{problem.key}".rstrip("."), problem.found, problem.allowed, hint)


def problems_of_settings(trials: Trials, settings: Settings) -> tuple[list[Problem], dict[str, Any]]:
    """What is wrong with the base and with what is set at every point; and the settings that are right."""
    if wrong := trials.problems({}):
        return [_at("experiment.base", "", problem) for problem in wrong], {}
    together = trials.problems(settings)
    if not together:
        return [], dict(settings)
    alone = {key: trials.problems({key: value}) for key, value in settings.items()}
    told = [_at(f"set.{key}", repr(settings[key]), problem) for key, wrong in alone.items() for problem in wrong]
    right = {key: value for key, value in settings.items() if not alone[key]}
    return told or [_at("set", "", problem) for problem in together], right if not trials.problems(right) else {}


def problems_of_levels(
    trials: Trials, settings: Settings, factors: Sequence[Factor], rows: Sequence[Sequence[Level]]
) -> Iterator[Problem]:
    """Levels, and ends of ranges, that are refused by themselves and in the company of every point that is tried.

    Args:
        trials: of the base. settings: what is set at every point. factors: what is varied.
        rows: the points, as the level of each factor; none if they are not known.
    """
    tried = rows[:: max(1, len(rows) // _COMPANY)]
    for number, factor in enumerate(factors):
        wrong: dict[str, list[tuple[Level, Problem]]] = {}
        for place, level in _extremes(factor):
            problems = trials.problems({**settings, **factor.settings(level)})
            if problems and not any(_accepted(trials, settings, factors, row, number, level) for row in tried):
                for problem in problems:
                    wrong.setdefault(place, []).append((level, problem))
        yield from _by_place(factor, wrong)


def _accepted(
    trials: Trials, settings: Settings, factors: Sequence[Factor], row: Sequence[Level], number: int, level: Level
) -> bool:
    """Whether a level is accepted in the place of another at some point."""
    return not trials.problems(at_point(settings, factors, [*row[:number], level, *row[number + 1 :]]))


def _extremes(factor: Factor) -> Iterator[tuple[str, Level]]:
    """Every level, or the ends of the range, each with its place in the text."""
    if factor.range:
        yield from ((f"range.{place}", end) for place, end in enumerate(factor.range))
    elif factor.named:
        yield from ((f"levels.{name}", name) for name in factor.named)
    else:
        yield from ((f"levels.{place}", level) for place, level in enumerate(factor.levels))


def _by_place(factor: Factor, wrong: Mapping[str, Sequence[tuple[Level, Problem]]]) -> Iterator[Problem]:
    """The problems of a factor's levels; what is wrong with its key is told once, of the key."""
    of_key = [problem for found in wrong.values() for _, problem in found if problem.found.startswith(_UNKNOWN)]
    if factor.named:
        of_key = []
    for problem in dict.fromkeys(of_key):
        yield Problem(f"factors.{factor.name}.key", f"{problem.key!r} ({problem.found})", problem.allowed, problem.hint)
    for place, found in wrong.items():
        for level, problem in found:
            if problem not in of_key:
                yield _at(f"factors.{factor.name}.{place}", repr(level), problem)


def at_point(settings: Settings, factors: Sequence[Factor], row: Sequence[Level]) -> dict[str, Any]:
    """What is set at a point: what is set everywhere, then each factor in order."""
    found = dict(settings)
    for factor, level in zip(factors, row, strict=True):
        found |= factor.settings(level)
    return found


def problems_of_points(
    trials: Trials, settings: Settings, factors: Sequence[Factor], rows: Sequence[Sequence[Level]]
) -> Iterator[Problem]:
    """What is wrong with points whose levels are right one by one, but do not go together."""
    wrong = 0
    for number, row in enumerate(rows):
        problems = trials.problems(at_point(settings, factors, row))
        wrong += bool(problems)
        if problems and wrong <= _TOLD:
            where = ", ".join(f"{factor.name} = {level!r}" for factor, level in zip(factors, row, strict=True))
            yield from (_at(f"point {number}", where, problem) for problem in problems)
    if wrong > _TOLD:
        yield Problem("points", f"{wrong - _TOLD} more that cannot be read", "levels that go together at every point")


def _at(place: str, value: str, problem: Problem) -> Problem:
    """A problem of a scenario, told at the place of the experiment's text that led to it."""
    inner = f"{problem.key}: {problem.found}" if problem.key else problem.found
    found = f"{value} ({inner})" if value and not inner.startswith(value) else inner
    return Problem(place, found, problem.allowed, problem.hint)
