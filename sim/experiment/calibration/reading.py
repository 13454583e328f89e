"""From the file of a calibration to its plan, with everything that is wrong told at once."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import InputError, Problem, UnknownNameError, did_you_mean
from sim.experiment.battery.scenarios import inhabitants_of, regimes_of
from sim.experiment.calibration.goals import Goal
from sim.experiment.calibration.plan import CORE, PRACTICE, Place, Plan
from sim.experiment.calibration.priors import Prior
from sim.experiment.calibration.text import CalibrationText, HeadText, ParameterText, PlaceText
from sim.experiment.design.keys import flat
from sim.measurement.patterns import load_targets
from sim.scenario import Scenario, load_scenario, parameters
from sim.texts import Parameter, accept_part, read_toml

__all__ = ["FOLDER", "load_calibration"]

FOLDER = Path("experiments")
"""Where calibrations are looked up by name: this folder of the current directory."""


def load_calibration(name: str | Path) -> Plan:
    """The plan of a calibration. The same text gives the same plan.

    Args:
        name: of a file in the folder ``experiments``, or a path ending in ``.toml``.

    Raises:
        UnknownNameError: if there is no such file.
        InputError: if its text, a setting or a parameter cannot be accepted, with everything that is wrong.
    """
    path = Path(name) if str(name).endswith(".toml") else FOLDER / f"{name}.toml"
    if not path.is_file():
        known = [one.stem for one in FOLDER.glob("*.toml") if "calibration" in read_toml(one, InputError)]
        raise UnknownNameError("calibration", str(name), known)
    tables = read_toml(path, InputError)
    parts, problems = _parts(tables)
    wished: tuple[dict[str, PlaceText], dict[str, ParameterText]] = parts["places"], parts["parameters"]
    bases: dict[str, Scenario] = {}
    for place, said in wished[0].items():
        try:
            bases[place] = _base(said, path.parent)
        except (InputError, UnknownNameError) as error:
            problems += _of_base(place, error)
    problems += _twice(wished[1])
    priors = []
    for one, parameter in wished[1].items():
        found = _prior(one, parameter, bases)
        problems += found if isinstance(found, list) else []
        priors += [found] if isinstance(found, Prior) else []
    places = [_place(one, said, bases[one]) for one, said in wished[0].items() if one in bases]
    problems += [one for place in places for one in _unasked(place, wished[0][place.name])]
    if problems:
        raise InputError(str(path), list(dict.fromkeys(problems)))
    plan = Plan(path.stem, str(path), path.read_text(encoding="utf-8"), parts["calibration"], tuple(places), tuple(priors))
    if problems := list(_refused(plan)):
        raise InputError(str(path), list(dict.fromkeys(problems)))
    return plan


def _parts(tables: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """The parts of a text that are right in themselves, and what is wrong with the others and between them.

    They are read one by one, so that what is wrong with one hides nothing of another.
    """
    known = list(CalibrationText.model_fields)
    unknown = [name for name in tables if name not in known]
    problems = [Problem(name, f"the unknown key {name!r}", ", ".join(known), did_you_mean(name, known)) for name in unknown]
    parts: dict[str, Any] = {"places": {}, "parameters": {}}
    if head := accept_part(HeadText, tables.get("calibration"), "calibration", problems):
        parts["calibration"] = head
    for group, kind in (("places", PlaceText), ("parameters", ParameterText)):
        said = tables.get(group)
        if not isinstance(said, Mapping) or not said:
            problems.append(Problem(group, "nothing" if not said else repr(said), f"a table [{group}.NAME] or more"))
            continue
        read = {name: accept_part(kind, table, f"{group}.{name}", problems) for name, table in said.items()}
        parts[group] = {name: one for name, one in read.items() if one is not None}
    named = {"places": tables.get("places") or {}, "parameters": parts["parameters"]}
    problems += CalibrationText.contradictions(named)
    return parts, problems


def _base(said: PlaceText, folder: Path) -> Scenario:
    beside = folder / said.base
    name = str(beside) if said.base.endswith(".toml") and beside.is_file() else said.base
    return load_scenario(name, dict(flat(said.set)))


def _of_base(place: str, error: InputError | UnknownNameError) -> Iterator[Problem]:
    if isinstance(error, UnknownNameError):
        hint = did_you_mean(error.name, error.known)
        yield Problem(f"places.{place}.base", f"{error.name!r}, which no {error.kind} is called", ", ".join(error.known), hint)
        return
    for one in error.problems:
        yield Problem(f"places.{place}.set", f"{one.key}: {one.found}" if one.key else one.found, one.allowed, one.hint)


def _twice(texts: Mapping[str, ParameterText]) -> Iterator[Problem]:
    """One parameter for each key of a place."""
    for (one, first), (other, second) in itertools.combinations(texts.items(), 2):
        if first.key == second.key and (first.place == second.place or None in {first.place, second.place}):
            yield Problem(f"parameters.{other}.key", f"{second.key!r}, which parameters.{one} sets", "each key once in a place")


def _prior(name: str, said: ParameterText, bases: Mapping[str, Scenario]) -> Prior | list[Problem]:
    """A parameter's prior, or what is wrong with it."""
    key = f"parameters.{name}.key"
    table = said.key.partition(".")[0]
    if said.place is not None and table in CORE:
        allowed = f"no place: all have one core of behaviour ({', '.join(CORE)}), and may differ in {', '.join(PRACTICE)}"
        return [Problem(f"parameters.{name}.place", repr(said.place), allowed)]
    own = {place: base for place, base in bases.items() if said.place in {None, place}}
    known = {place: {one.name: one for one in parameters(base) if _may(one)} for place, base in own.items()}
    for found in known.values():
        if said.key not in found:
            hint = did_you_mean(said.key, found)
            last = [one for one in found if one.rpartition(".")[2] == said.key.rpartition(".")[2]]
            allowed = f"a number of one of the tables {', '.join((*CORE, *PRACTICE))}"
            return [Problem(key, f"the unknown key {said.key!r}", allowed, hint or next(iter(last), None))]
    shipped = {place: found[said.key] for place, found in known.items()}
    if not shipped:
        return []  # its place cannot be read, which is told
    first = next(iter(shipped.values()))
    prior = _of(name, said, first)
    shipped_values = tuple((place, float(one.value)) for place, one in shipped.items())
    problems = []
    if said.scale == "log" and prior.low <= 0:
        problems.append(Problem(f"parameters.{name}.scale", "'log'", f"linear, for the range begins at {prior.low:g}"))
    if prior.centre is not None and not prior.low <= prior.centre <= prior.high:
        within = f"a number in the range, {prior.low:g} to {prior.high:g}"
        problems.append(Problem(f"parameters.{name}.centre", repr(prior.centre), within))
    if prior.whole and not (prior.low.is_integer() and prior.high.is_integer()):
        problems.append(Problem(f"parameters.{name}.range", repr([prior.low, prior.high]), "whole numbers"))
    if prior.whole and (prior.scale == "log" or prior.sd is not None):
        problems.append(Problem(f"parameters.{name}", "a scale or a centre", "neither: it takes whole numbers, each as likely"))
    return problems or replace(prior, shipped=shipped_values)


def _may(one: Parameter) -> bool:
    return one.name.partition(".")[0] in (*CORE, *PRACTICE)


def _of(name: str, said: ParameterText, about: Parameter) -> Prior:
    low, high = said.range or about.range
    whole = isinstance(about.value, int) and not isinstance(about.value, bool)
    words = (said.place or "", about.meaning, about.unit)
    return Prior(name, said.key, *words, float(low), float(high), said.scale, said.centre, said.sd, whole)


def _place(name: str, said: PlaceText, base: Scenario) -> Place:
    goals = []
    for target in load_targets().patterns:
        if target.band is None or not target.asks(regimes_of(base, said.regime)):
            continue
        low, high = target.band
        goal = Goal(
            place=name,
            pattern=target.id,
            short=target.short,
            unit=target.unit,
            low=low,
            high=high,
            log=target.log and low > 0,
            fitted=target.id in said.patterns,
            tolerance=said.tolerance.get(target.id, 1.0),
            grade=target.grade,
            source=target.source,
        )
        goals.append(goal)
    return Place(name, base, said.seeds, tuple(goals), inhabitants_of(base))


def _unasked(place: Place, said: PlaceText) -> Iterator[Problem]:
    """Patterns of another kind of place."""
    asked = [goal.pattern for goal in place.goals]
    regimes = " and ".join(regimes_of(place.base, said.regime)) or "no known regime"
    for number, name in enumerate(said.patterns):
        if name not in asked:
            found = f"{name}, which is not asked of a place of {regimes}"
            yield Problem(f"places.{place.name}.patterns.{number}", found, ", ".join(asked))


def _refused(plan: Plan) -> Iterator[Problem]:
    """What scenarios refuse at the ends of the parameters' ranges, alone and two by two, the others as shipped."""
    middle = np.array([prior.part(prior.shipped[0][1]) for prior in plan.priors])
    chosen: list[tuple[tuple[int, float], ...]] = [((one, end),) for one in range(len(middle)) for end in (0.0, 1.0)]
    for one, other in itertools.combinations(range(len(middle)), 2):
        chosen += [((one, a), (other, b)) for a in (0.0, 1.0) for b in (0.0, 1.0)]
    alone: set[tuple[int, float]] = set()
    for ends in chosen:
        if alone & set(ends):
            continue
        x = middle.copy()
        for place, end in ends:
            x[place] = end
        (values,) = plan.values(x[None])
        for problem in _problems(plan, values):
            if len(ends) == 1:
                alone.add(ends[0])
            told = ", ".join(f"{plan.priors[place].name} = {values[plan.priors[place].name]:g}" for place, _ in ends)
            key = f"parameters.{plan.priors[ends[0][0]].name}" + (".range" if len(ends) == 1 else "")
            yield Problem(key, f"{told} ({problem.found})", f"a range in which every value is accepted: {problem.allowed}")


def _problems(plan: Plan, values: Mapping[str, Any]) -> tuple[Problem, ...]:
    for place in plan.places:
        try:
            plan.scenario(place, values)
        except InputError as error:
            return tuple(_told(problem) for problem in error.problems)
    return ()


def _told(problem: Problem) -> Problem:
    """A problem of a scenario, with the key where what was found is a value alone."""
    said = problem.found if "=" in problem.found else f"{problem.key} = {problem.found}"
    return Problem("", said, problem.allowed)
