"""From the name of an experiment to its design, with everything that is wrong told at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sim.errors import InputError, Problem, UnknownNameError, did_you_mean
from sim.experiment.design.design import Design, table_of
from sim.experiment.design.drawing import draws_of, notes_of, scenarios_drawn
from sim.experiment.design.factors import Factor, Level, same_level
from sim.experiment.design.fitting import COMBINED, ExperimentText
from sim.experiment.design.keys import flat
from sim.experiment.design.making import factor_of
from sim.experiment.design.points import Sample, drawn, grid, one_at_a_time
from sim.experiment.design.text import FactorText, Head
from sim.experiment.design.trying import Trials, at_point, problems_of_levels, problems_of_points, problems_of_settings
from sim.scenario import Scenario
from sim.texts import accept_part, read_toml

__all__ = ["FOLDER", "experiments", "find_experiment", "load_design"]

FOLDER: Final = Path("experiments")
"""Where experiments are looked up by name: this folder of the current directory."""

_BLIND: Final = "One factor is moved at a time: what two of them do together stays unseen, and is not the sum of what each does."


def experiments() -> list[str]:
    """The names of the experiments in :data:`FOLDER`, sorted."""
    files = (path for path in FOLDER.rglob("*.toml") if not _is_another(path))
    return sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in files)


def _is_another(path: Path) -> bool:
    """Whether a text says that it is something else: a calibration. What cannot be read is not left out."""
    try:
        tables = read_toml(path, InputError)
    except InputError:
        return False
    return "calibration" in tables and "experiment" not in tables


def find_experiment(name: str | Path) -> Path:
    """The file of an experiment: a path ending in ``.toml`` as it is, a name from :data:`FOLDER`.

    Raises:
        UnknownNameError: if there is none.
    """
    path = Path(name) if str(name).endswith(".toml") else FOLDER / f"{name}.toml"
    if not path.is_file():
        raise UnknownNameError("experiment file" if str(name).endswith(".toml") else "experiment", str(name), experiments())
    return path


def load_design(name: str | Path) -> Design:
    """The design of an experiment. The same text gives the same points, to the last digit.

    Args:
        name: of an experiment in the folder ``experiments``, or a path ending in ``.toml``.

    Raises:
        UnknownNameError: if there is no such experiment.
        InputError: if its text, a setting, a level or a combination of levels cannot be accepted, with everything that is wrong;
            or if its parameters are to be drawn from a posterior that is not there, or does not go with a point.
        ModelError: if the design needs SALib, and it is not installed.

    >>> load_design("seminar-threshold").points  # doctest: +SKIP
    """
    path = find_experiment(name)
    tables = read_toml(path, InputError)
    text, parts, problems = _parts(tables)
    factors = tuple(factor_of(one, said) for one, said in parts["factors"].items())
    head: Head | None = parts.get("experiment")
    sample = None if text is None else _sample(text.experiment, factors)
    base, settings = tables.get("experiment", {}), dict(flat(parts.get("set", {})))
    trials = Trials(base["base"], path.parent) if isinstance(base, Mapping) and isinstance(base.get("base"), str) else None
    if trials:
        wrong, right = problems_of_settings(trials, settings)
        rows = sample.rows if sample else []
        problems += wrong
        if not trials.problems(right):
            problems += problems_of_levels(trials, right, factors, rows)
            if sample and not problems:
                problems += problems_of_points(trials, settings, factors, rows)
    if problems or text is None or head is None or sample is None or trials is None:
        raise InputError(str(path), list(dict.fromkeys(problems)))
    at_points = [at_point(settings, factors, row) for row in sample.rows]
    scenarios = tuple(_read(trials, own) for own in at_points)
    draws = draws_of(head, path, scenarios, at_points)
    return Design(
        name=path.stem,
        file=str(path),
        text=path.read_text(encoding="utf-8"),
        title=head.title,
        question=head.question,
        base=head.base,
        kind=head.design,
        factors=factors,
        points=table_of(factors, sample.rows),
        coordinates=sample.coordinates,
        scenarios=scenarios,
        seeds=head.seeds,
        outcomes=head.outcomes,
        baseline=_number(sample.rows, _baseline(head, factors)) if head.design in COMBINED else None,
        precision=dict(head.precision),
        discover=head.discover,
        second_order=head.second_order,
        draw=head.draw or _fitting(head.design, factors),
        notes=(*_notes(head.design, scenarios), *notes_of(draws, scenarios)),
        draws=draws,
        drawn=scenarios_drawn(draws, scenarios),
    )


def _parts(tables: Mapping[str, Any]) -> tuple[ExperimentText | None, dict[str, Any], list[Problem]]:
    """The text, if it is right in itself; the parts of it that are, by name; and what is wrong."""
    problems: list[Problem] = []
    parts: dict[str, Any] = {"factors": {}}
    known = list(ExperimentText.model_fields)
    problems += [
        Problem(key, f"the unknown key {key!r}", ", ".join(known), did_you_mean(key, known)) for key in tables if key not in known
    ]
    if head := accept_part(Head, tables.get("experiment"), "experiment", problems):
        parts["experiment"] = head
    if isinstance(settings := tables.get("set", {}), Mapping):
        parts["set"] = settings
    else:
        problems.append(Problem("set", repr(settings), "a table of settings"))
    factors = tables.get("factors")
    if not isinstance(factors, Mapping) or not factors:
        problems.append(Problem("factors", "nothing" if not factors else repr(factors), "a table [factors.NAME] or more"))
    else:
        for name, said in factors.items():
            if factor := accept_part(FactorText, said, f"factors.{name}", problems):
                parts["factors"][name] = factor
    if problems:
        return None, parts, [*problems, *ExperimentText.contradictions(parts)]
    problems += ExperimentText.contradictions(parts)
    return None if problems else ExperimentText(**parts), parts, problems


def _sample(head: Head, factors: tuple[Factor, ...]) -> Sample:
    match head.design:
        case "grid":
            return grid(factors)
        case "one-at-a-time":
            return one_at_a_time(factors, _baseline(head, factors))
        case design:
            return drawn(design, factors, head.points or 0, head.sample, second_order=head.second_order)


def _baseline(head: Head, factors: tuple[Factor, ...]) -> tuple[Level, ...]:
    """The level of each factor at the baseline: what the text says, or its first."""
    said = head.baseline or {}
    return tuple(
        next((level for level in factor.levels if same_level(level, _as_level(said.get(factor.name)))), factor.levels[0])
        for factor in factors
    )


def _as_level(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _number(rows: list[tuple[Level, ...]], wanted: tuple[Level, ...]) -> int:
    """The number of the point with these levels."""
    return next(number for number, row in enumerate(rows) if all(map(same_level, row, wanted)))


def _read(trials: Trials, settings: Mapping[str, Any]) -> Scenario:
    found = trials.read(settings)
    if not isinstance(found, Scenario):
        raise TypeError(f"a point that was found right is not: {settings}")
    return found


def _fitting(design: str, factors: tuple[Factor, ...]) -> tuple[str, ...]:
    """What is drawn of a design if its text says nothing."""
    match design:
        case "grid":
            return ("curve", "heatmap", "effects") if len(factors) > 1 else ("curve", "effects")
        case "one-at-a-time":
            return ("effects",)
        case "sobol" | "morris":
            return ("sensitivity",)
        case _:
            return ("curve",)


def _notes(design: str, scenarios: tuple[Scenario, ...]) -> tuple[str, ...]:
    notes = [_BLIND] if design == "one-at-a-time" else []
    if again := len(scenarios) - len({id(scenario) for scenario in scenarios}):
        are = "1 point has the settings of an earlier one" if again == 1 else f"{again} points have the settings of earlier ones"
        notes.append(f"{are}; with the same seed they are the same runs.")
    return tuple(notes)
