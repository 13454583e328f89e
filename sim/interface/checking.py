"""Checking a text of any kind. What reads a kind is imported when one of it is checked: some take a second or more."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sim.errors import InputError, LawError, Problem
from sim.interface.kinds import kind_of
from sim.law import load_law
from sim.law.reform import load_reform
from sim.texts import names, read_toml

__all__ = ["check", "texts_in"]


def texts_in(paths: Iterable[Path]) -> list[Path]:
    """The files themselves, and of folders the TOML files in them.

    Raises:
        InputError: if there is no such file or folder, or a folder holds no text.
    """
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.rglob("*.toml")) if path.is_dir() else [path] if path.is_file() else []
        if not inside:
            raise InputError(str(path), [Problem("", "no file and no folder with .toml files", "the path of one")])
        found += inside
    return found


def check(path: Path) -> str:
    """Check a text.

    Returns:
        which kind of text it is: law, practice, reform, town, scenario, experiment, calibration or explorer.

    Raises:
        InputError: with everything that is wrong with it.
        UnknownNameError: if it names a text that is not there.
    """
    kind = kind_of(path, read_toml(path, InputError))
    match kind:
        case "law":
            load_law(path)
        case "reform":
            _check_reform(path)
        case "town":
            from sim.population import load_town

            load_town(path)
        case "calibration":
            from sim.experiment.calibration import load_calibration

            load_calibration(path)
        case "explorer":
            from sim.experiment.exploring import load_explorer

            load_explorer(path)
        case "experiment":
            from sim.experiment.design import load_design

            load_design(path)
        case "practice":
            from sim.scenario import load_practice

            load_practice(path)
        case _:
            from sim.scenario import load_scenario

            load_scenario(path)
    return kind


def _check_reform(path: Path) -> None:
    """A reform must fit the law it is meant for, or if it is meant for none in particular, some law of the library."""
    reform, _ = load_reform(str(path))
    wrong: list[InputError] = []
    for law in [reform.reform.base] if reform.reform.base else names("law"):
        try:
            load_law(f"{law} + {path}")
        except LawError as error:
            wrong.append(error)
        else:
            return
    raise min(wrong, key=lambda error: len(error.problems))
