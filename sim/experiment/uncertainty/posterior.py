"""Draws from a posterior for single runs, so that an effect's interval can hold what is not known of the parameters.

The draw is keyed by the seed, from a stream of its own: scenarios that are compared with one seed share their parameters as they
share their town, and pairs stay pairs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.errors import InputError, Problem
from sim.experiment.uncertainty.changing import changed
from sim.scenario import Scenario
from sim.streams import Streams
from sim.texts import library

__all__ = ["SAID", "SHIPPED", "Drawn", "drawn_scenario", "load_posterior", "posterior_settings"]

SHIPPED: Final = "posterior"
"""The folder of the library in which a posterior is shipped."""

SAID: Final = "the posterior"
"""What errors call it."""

_STREAM: Final = "posterior"
type Floats = npt.NDArray[np.float64]

_FILES: Final = ("posterior.csv", "parameters.csv")
_NEEDED: Final = {"posterior.csv": ("draw", "weight"), "parameters.csv": ("parameter", "key", "place", "town")}


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A posterior as it was written.

    Attributes:
        keys: of each parameter, the key of the scenario it sets. towns: the town whose value it is; empty if all share it.
        values: one row a draw, one column a parameter. weights: of the draws; they sum to 1.
    """

    keys: Mapping[str, str]
    towns: Mapping[str, str]
    values: Floats
    weights: Floats

    def number(self, seed: int, place: int = 0) -> int:
        """Which draw belongs to a seed.

        Args:
            seed: of the run. place: which of several draws with that seed, from 0.
        """
        part = Streams(seed).uniform(_STREAM, place)
        total = np.cumsum(self.weights)
        return min(int(np.searchsorted(total, part * total[-1], side="right")), len(total) - 1)

    def settings(self, draw: int, town: str) -> dict[str, float | int]:
        """What a draw sets in a scenario of a town: values by dotted key.

        Args:
            draw: its number. town: the town's name; of another place only what all places share is set.
        """
        found: dict[str, float | int] = {}
        columns = {name: column for column, name in enumerate(self.keys)}
        for name in self.of_town(town):
            value = float(self.values[draw, columns[name]])
            found[self.keys[name]] = int(value) if value.is_integer() else value  # a count takes nothing else, and 1 is 1.0
        return found

    def of_town(self, town: str) -> list[str]:
        """The parameters that a draw sets in a scenario of a town: those that all places share, and the town's own."""
        return [name for name in self.keys if self.towns[name] in {"", town}]

    def in_words(self, town: str) -> str:
        """What is drawn in a scenario of a town: of a town that was not calibrated only what all places share."""
        names = self.of_town(town)
        own = sum(bool(self.towns[name]) for name in names)
        known = sorted({of for of in self.towns.values() if of})
        if known and not own:
            shared = f"only the {len(names)} parameters that all places share"
            return f"Drawn from the posterior: {shared}; those of a place are of {', '.join(known)}, none of {town}."
        return f"Drawn from the posterior: {len(names)} parameters{f', {own} of them of {town}' if own else ''}."

    @property
    def digest(self) -> str:
        """SHA-256 of all that moves a draw: keys, towns, values and weights."""
        said = [dict(self.keys), dict(self.towns), self.values.tolist(), self.weights.tolist()]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def load_posterior(folder: Path | None = None) -> Drawn:
    """The posterior of a calibration's folder, or the one that is shipped.

    Args:
        folder: that ``protestlaw calibrate --out`` wrote; ``None`` for the library's.

    Raises:
        InputError: if there is none, or it cannot be read; all problems at once.
    """
    place = library() / SHIPPED if folder is None else folder
    absent = [name for name in _FILES if not (place / name).is_file()]
    if absent:
        told = (
            "what protestlaw calibrate writes; no posterior is shipped" if folder is None else "what protestlaw calibrate writes"
        )
        raise InputError(str(place), [Problem(name, "no such file", told) for name in absent])
    tables = {name: pd.read_csv(place / name, keep_default_na=False) for name in _FILES}
    problems = [
        Problem(f"{name}, {column}", "no such column", ", ".join(needed))
        for name, needed in _NEEDED.items()
        for column in needed
        if column not in tables[name]
    ]
    if problems:
        raise InputError(str(place), problems)
    about, draws = tables["parameters.csv"].astype("str"), tables["posterior.csv"]
    names = about["parameter"].tolist()
    problems += [
        Problem(f"posterior.csv, {name}", "no such column", "one of each parameter") for name in names if name not in draws
    ]
    numbers = [name for name in ("weight", *names) if name in draws]
    problems += [
        Problem(f"posterior.csv, {name}", "what is no number", "finite numbers in every row")
        for name in numbers
        if not (pd.api.types.is_numeric_dtype(draws[name]) and np.isfinite(draws[name]).all())
    ]
    if not problems and not (len(draws) and (draws["weight"] >= 0).all() and draws["weight"].sum() > 0):
        problems.append(Problem("posterior.csv, weight", "no weight", "weights from 0, some of them above"))
    if problems:
        raise InputError(str(place), problems)
    weights = draws["weight"].to_numpy(np.float64)
    return Drawn(
        dict(zip(names, about["key"], strict=True)),
        dict(zip(names, about["town"], strict=True)),
        draws[names].to_numpy(np.float64),
        weights / weights.sum(),
    )


def posterior_settings(posterior: Drawn | Path | None, seed: int, town: str = "") -> dict[str, float | int]:
    """What a seed's draw from a posterior sets in a scenario, as ``--set`` takes it.

    Args:
        posterior: a posterior, the folder of one, or ``None`` for the one that is shipped.
        seed: of the run. town: the name of the scenario's town, for values of single places.

    Raises:
        InputError: if there is no such posterior.
    """
    found = posterior if isinstance(posterior, Drawn) else load_posterior(posterior)
    return found.settings(found.number(seed), town)


def drawn_scenario(scenario: Scenario, posterior: Drawn, seed: int, place: int = 0) -> Scenario:
    """A scenario with the parameters that belong to a seed.

    Args:
        scenario: the scenario. posterior: to draw from. seed: of the run. place: which of several draws with that seed, from 0.

    Raises:
        ScenarioError: if the posterior sets a key that the scenario does not have, or a value out of its range.
    """
    settings = posterior.settings(posterior.number(seed, place), scenario.town.town.name)
    return changed(scenario, settings, SAID)
