"""From the text of a page to its plan, with everything that is wrong told at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sim.errors import InputError, Problem, did_you_mean
from sim.experiment.design import Design, Factor
from sim.experiment.design.design import table_of
from sim.experiment.design.keys import flat
from sim.experiment.design.trying import Trials, at_point, problems_of_levels, problems_of_points, problems_of_settings
from sim.experiment.exploring.finding import find_explorer
from sim.experiment.exploring.grid import combinations
from sim.experiment.exploring.text import ExplorerText, HeadText, LeverText, PresetText
from sim.scenario import Scenario
from sim.texts import accept_part, read_toml

__all__ = ["Explorer", "load_explorer"]

_END: Final = "any."


@dataclass(frozen=True, eq=False)
class Explorer:
    """A page for the seminar, ready to be run: every combination of levels has been read and found right.

    Attributes:
        text: what stands in its file.
        design: the grid of its levels as an experiment; each point is a combination that stands for itself (the first only, if
            not every one was wanted).
        cells: for each point, the first point of the same scenario: itself, unless two combinations come to the same law.
    """

    text: ExplorerText
    design: Design
    cells: tuple[int, ...]


def load_explorer(name: str | Path, *, every: bool = True) -> Explorer:
    """The plan of a page.

    Args:
        name: of a text in the folder ``explorers``, or a path ending in ``.toml``.
        every: whether every combination of levels is read. A page that is served live reads what it is asked for when it is
            asked, and needs the first one only; each level, and the ends of each range of numbers, are tried all the same.

    Raises:
        UnknownNameError: if there is no such text.
        InputError: if it, a setting, a level or a combination of levels cannot be accepted, with everything that is wrong.
    """
    path = find_explorer(name)
    tables = read_toml(path, InputError)
    parts, problems = _parts(tables)
    levers, settings = parts["levers"], dict(flat(parts["set"]))
    factors = tuple(_factor(one, lever) for one, lever in levers.items())
    rows = [] if problems else [tuple(levels.values()) for levels in combinations(levers)]
    wanted = rows if every else rows[:1]
    base = tables["explorer"].get("base") if isinstance(tables.get("explorer"), Mapping) else None
    trials = Trials(base, path.parent) if isinstance(base, str) and base else None
    if trials:
        wrong, right = problems_of_settings(trials, settings)
        problems += map(_here, wrong)
        if not trials.problems(right):
            tried = tuple(map(_with_ends, factors, levers.values()))
            problems += [_here(problem) for problem in problems_of_levels(trials, right, tried, rows)]
            if rows and not problems:
                problems += problems_of_points(trials, settings, factors, wanted)
    if problems or trials is None:
        raise InputError(str(path), list(dict.fromkeys(problems)))
    found = (trials.read(at_point(settings, factors, row)) for row in wanted)
    scenarios = tuple(scenario for scenario in found if isinstance(scenario, Scenario))
    text = ExplorerText(**parts)
    return Explorer(text, _design(path, text.explorer, factors, wanted, scenarios), _cells(scenarios))


def _parts(tables: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """The parts of a text that are right in themselves, and what is wrong with the others and between them."""
    known = list(ExplorerText.model_fields)
    unknown = [name for name in tables if name not in known]
    problems = [Problem(name, f"the unknown key {name!r}", ", ".join(known), did_you_mean(name, known)) for name in unknown]
    parts: dict[str, Any] = {"set": {}, "levers": {}, "presets": ()}
    if head := accept_part(HeadText, tables.get("explorer"), "explorer", problems):
        parts["explorer"] = head
    if isinstance(settings := tables.get("set", {}), Mapping):
        parts["set"] = dict(settings)
    else:
        problems.append(Problem("set", repr(settings), "a table of settings"))
    levers = tables.get("levers")
    if not isinstance(levers, Mapping) or not levers:
        problems.append(Problem("levers", "nothing" if not levers else repr(levers), "a table [levers.NAME] or more"))
        levers = {}
    read = {name: accept_part(LeverText, said, f"levers.{name}", problems) for name, said in levers.items()}
    parts["levers"] = {name: lever for name, lever in read.items() if lever is not None}
    presets = tables.get("presets", [])
    if not isinstance(presets, list):
        problems.append(Problem("presets", repr(presets), "tables [[presets]]"))
        presets = []
    accepted = [accept_part(PresetText, said, f"presets.{place}", problems) for place, said in enumerate(presets)]
    if all(read.values()) and all(accepted):  # else a lever that is only wrong would seem to be missing
        parts["presets"] = tuple(accepted)
    problems += ExplorerText.contradictions(parts)
    return parts, problems


def _factor(name: str, lever: LeverText) -> Factor:
    """A lever as a factor of an experiment: levels with names, each with its settings."""
    named = {level.name: dict(flat(level.set)) for level in lever.levels}
    keys = tuple(dict.fromkeys(key for settings in named.values() for key in settings))
    return Factor(name, keys, lever.label["en"], levels=tuple(named), named=named)


def _with_ends(factor: Factor, lever: LeverText) -> Factor:
    """A lever with the ends of its range of other numbers as levels, so that they are tried as levels are."""
    if lever.any is None:
        return factor
    ends = {f"{_END}{name}": lever.any.settings(end) for name, end in (("least", lever.any.least), ("most", lever.any.most))}
    return dataclasses.replace(factor, named={**factor.named, **ends})


def _here(problem: Problem) -> Problem:
    """A problem of an experiment, at its place in this text."""
    key = problem.key.replace("factors.", "levers.", 1).replace("experiment.", "explorer.", 1).replace(f"levels.{_END}", _END, 1)
    return Problem(key, problem.found, problem.allowed, problem.hint)


def _design(
    path: Path, head: HeadText, factors: tuple[Factor, ...], rows: list[tuple[str, ...]], scenarios: tuple[Scenario, ...]
) -> Design:
    return Design(
        name=path.stem,
        file=str(path),
        text=path.read_text(encoding="utf-8"),
        title=head.title["en"],
        question=head.question,
        base=head.base,
        kind="grid",
        factors=factors,
        points=table_of(factors, list(rows)),
        coordinates=None,
        scenarios=scenarios,
        seeds=head.seeds,
        outcomes=head.outcomes,
        baseline=0,
        precision={},
        discover=None,
        second_order=False,
        draw=(),
        notes=(),
    )


def _cells(scenarios: tuple[Scenario, ...]) -> tuple[int, ...]:
    prints: dict[int, str] = {}
    first: dict[str, int] = {}
    for number, scenario in enumerate(scenarios):
        prints.setdefault(id(scenario), scenario.fingerprint)
        first.setdefault(prints[id(scenario)], number)
    return tuple(first[prints[id(scenario)]] for scenario in scenarios)
