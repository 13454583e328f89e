"""From words on the command line to laws and scenarios."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import InputError, Problem, ScenarioError
from sim.interface.kinds import kind_of
from sim.law import Regime, load_law
from sim.law.explain import Earner
from sim.texts import names, parse_assignment, read_toml

if TYPE_CHECKING:
    from sim.population import TownSpec
    from sim.scenario import Scenario

__all__ = ["LawAtHand", "earner_in", "is_scenario", "law_of", "scenario_of", "shortened", "sizes_of"]


@dataclass(frozen=True, slots=True)
class LawAtHand:
    """A law, with the day whose money counts and the person whose purse it weighs on; none where the law itself decides."""

    law: Regime
    day: datetime.date | None
    earner: Earner | None


def law_of(name: str, changes: Iterable[str], town: str | None) -> LawAtHand:
    """A law by its name, or the law of a scenario.

    Args:
        name: of a law (with reforms, if any) or a scenario, or a path.
        changes: ``KEY=VALUE``; keys of a law with or without ``law.`` before them.
        town: the town whose median earner is wanted; of a scenario, its own if none is named.
    """
    wanted = _changes(changes)
    if is_scenario(name):
        from sim.scenario import load_scenario

        scenario = load_scenario(name, {key if key.startswith("law") else f"law.{key}": value for key, value in wanted.items()})
        return LawAtHand(scenario.law, scenario.scenario.start, earner_in(town or scenario.town))
    law = load_law(name, {key.removeprefix("law."): value for key, value in wanted.items()})
    return LawAtHand(law, None, earner_in(town) if town else None)


def is_scenario(name: str) -> bool:
    """Whether a name or path is a scenario's."""
    path = Path(name)
    if path.suffix == ".toml" and path.is_file():
        return kind_of(path, read_toml(path, InputError)) == "scenario"
    return name in names("scenario")


def earner_in(named: str | TownSpec) -> Earner:
    """The median earner of a town, whose purse fines are weighed against; a town, or the name or file of one."""
    from sim.population import load_town

    town = load_town(named) if isinstance(named, str) else named
    called = f"the median monthly income in {town.town.title}"
    return Earner(town.income.median_wage, town.town.currency, town.income.mean_wage, called)


def scenario_of(name: str, changes: Sequence[str], days: int | None = None) -> tuple[Scenario, tuple[str, ...]]:
    """A scenario with changes. If a reform takes the place of a law that was changed, that is said on standard error.

    Args:
        name: of a scenario, or a path.
        changes: ``KEY=VALUE``, the later over the earlier.
        days: another length.

    Returns:
        the scenario, and what was left out because it lies after the new last day.

    Raises:
        ScenarioError: if a text or a change cannot be accepted; where a new length is why, with the way to shorten a run.
    """
    from sim.scenario import load_scenario

    wanted = _changes(changes)
    try:
        scenario = load_scenario(name, wanted)
    except ScenarioError as error:
        raise _with_a_way_to_shorten(error, wanted) from None
    scenario, left_out = shortened(scenario, days) if days else (scenario, ())
    _tell_overtaken(scenario, wanted)
    return scenario, left_out


def _with_a_way_to_shorten(error: ScenarioError, changes: Mapping[str, Any]) -> ScenarioError:
    """The error; if dates lie after an end that was set on the command line, with the option that leaves them out."""
    days = changes.get("scenario.days")
    late = any(one.key.startswith(("shocks.", "reforms.")) and one.key.endswith(".date") for one in error.problems)
    if days is None or not late:
        return error
    way = f"--days {days}, where a command has it: it leaves out what lies after the last day"
    return ScenarioError(error.file, [*error.problems, Problem("scenario.days", str(days), way)])


def _tell_overtaken(scenario: Scenario, changes: Iterable[str]) -> None:
    """Say which changes of the law end with a reform: each brings a whole law of its own."""
    of_law = [key for key in changes if key.partition(".")[0] == "law"]
    if of_law and scenario.reforms:
        from sim.interface.screen import note

        first, change = scenario.reforms[0], "changes" if len(of_law) == 1 else "change"
        note(
            f"Mind: {', '.join(of_law)} {change} the first law of {scenario.name} only. From {first.date} on it has another, "
            f"{first.title!r}, which stays as it is."
        )


def shortened(scenario: Scenario, days: int) -> tuple[Scenario, tuple[str, ...]]:
    """A scenario of another length.

    Returns:
        the scenario, and what was left out because it lies after its last day, in words.
    """
    after = scenario.scenario.start + datetime.timedelta(days)
    kept = {part: tuple(row for row in getattr(scenario, part) if row.date < after) for part in ("shocks", "reforms")}
    late = [row for part in kept for row in getattr(scenario, part) if row.date >= after]
    states = tuple(one for one in scenario.emergencies if one.since < after)
    left = [f"{row.title} ({row.date})" for row in late]
    left += [f"a state of emergency ({one.since})" for one in scenario.emergencies if one not in states]
    about = scenario.scenario.model_copy(update={"days": days})
    return scenario.model_copy(update={**kept, "emergencies": states, "scenario": about}), tuple(left)


def sizes_of(text: str) -> list[int]:
    """Sizes written with commas between them.

    Raises:
        InputError: if they are not whole numbers from 1.
    """
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and int(part) for part in parts):
        raise InputError(
            "--sizes", [Problem("", repr(text), "whole numbers from 1 with commas between them (as 40,249,250,3000)")]
        )
    return [int(part) for part in parts]


def _changes(written: Iterable[str]) -> dict[str, Any]:
    return dict(parse_assignment(text) for text in written)
