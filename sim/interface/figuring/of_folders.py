"""The figures of what ``attribute``, ``rests``, ``patterns``, ``calibrate`` and ``classics`` wrote."""

from __future__ import annotations

import importlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from string import ascii_uppercase
from typing import Any

import numpy as np
import pandas as pd

from sim.errors import InputError, Problem
from sim.experiment.battery import Battery
from sim.experiment.calibration import load_calibration
from sim.experiment.calibration.posterior import Posterior
from sim.interface.attribution.figure import Parts, figure_of_parts
from sim.interface.calibration.checks import checks
from sim.interface.calibration.figures import MOST_PAIRED, Kept, marginals, pairs
from sim.interface.figuring.drawing import Catalogue
from sim.interface.figuring.opening import Results
from sim.interface.patterns.figure import battery_figure
from sim.interface.patterns.telling import targets_of
from sim.interface.resting.figure import SHOWN, what_it_rests_on
from sim.measurement import INDICATORS

__all__ = [
    "batteries_in",
    "catalogue_attribution",
    "catalogue_calibration",
    "catalogue_classic",
    "catalogue_patterns",
    "catalogue_rests",
]

_MARGINALS = 8
_PAIRED = 4
"""Parameters on a slide: by themselves, and in pairs."""

_RESTS = 9
"""Assumptions on a slide."""


@dataclass(frozen=True, slots=True)
class _Rests:
    """The tables of a folder that ``rests`` wrote."""

    assumptions: pd.DataFrame
    budget: pd.DataFrame
    signs: pd.DataFrame
    regions: pd.DataFrame


def catalogue_attribution(found: Catalogue) -> None:
    """Add what each provision contributes, a figure a step; on slides one for each outcome too."""
    if not found.has("attribution", "attribution"):
        return
    table, said = found.results.table("attribution"), found.results.manifest["experiment"]
    slides = bool(found.asked.style.height)
    names = list(dict.fromkeys(law for step in said["steps"] for law in (step["a"]["name"], step["b"]["name"])))
    letters = {name: ascii_uppercase[place] if place < 26 else f"law {place + 1}" for place, name in enumerate(names)}
    for number, step in enumerate(said["steps"], 1):
        laws = [(letters[law["name"]], law["title"], law["name"]) for law in (step["a"], step["b"])]
        file = "attribution" if len(said["steps"]) == 1 else f"attribution-{number}"
        for outcomes in [[one] for one in said["outcomes"]] if slides else [said["outcomes"]]:
            parts = Parts(table, step["name"], outcomes, laws, step["sampled_orders"] or 0)
            suffix = f"-{outcomes[0].replace('_', '-')}" if slides and len(said["outcomes"]) > 1 else ""
            title = f"What each provision contributes: {step['name']}"
            found.add("attribution", title, partial(figure_of_parts, parts), f"{file}{suffix}")


def catalogue_rests(found: Catalogue) -> None:
    """Add what the difference in each outcome rests on."""
    if not found.has("rests", "assumptions", "budget", "signs"):
        return
    results = found.results
    regions = results.table("regions") if results.holds("regions") else pd.DataFrame({"outcome": []})
    tables = _Rests(results.table("assumptions"), results.table("budget"), results.table("signs"), regions)
    shown = _RESTS if found.asked.style.height else SHOWN
    for outcome in results.manifest["experiment"]["outcomes"]:
        title = f"What the difference in {INDICATORS[outcome].label} rests on"
        found.add("rests", title, partial(what_it_rests_on, tables, outcome, shown), f"rests-{outcome}")


def catalogue_patterns(found: Catalogue) -> None:
    """Add the battery: one page, on slides a page for each group of patterns."""
    if not found.has("patterns", "patterns"):
        return
    batteries = batteries_in(found.results)
    told = [f"{one.title}, {one.groups} runs" if one.groups else one.title for one in batteries]
    groups = list(dict.fromkeys(target.group for target in targets_of(batteries)))
    for chosen in [[group] for group in groups] if found.asked.style.height else [[]]:
        file = f"patterns-{chosen[0]}" if chosen else "patterns"
        found.add("patterns", "Patterns of protest", partial(battery_figure, batteries, chosen, told), file)


def batteries_in(results: Results) -> list[Battery]:
    """The batteries of a folder that ``patterns`` wrote, one a city."""
    table = results.table("patterns")
    runs = results.table("runs") if results.holds("runs") else table.iloc[:0]
    return [_battery(results, str(city), rows, runs) for city, rows in table.groupby("city", sort=False)]


def _battery(results: Results, city: str, rows: pd.DataFrame, runs: pd.DataFrame) -> Battery:
    """A city's battery, as far as its tables tell it."""
    own = runs[runs["city"] == city] if "city" in runs else runs
    simulated = city in results.names
    title = results.setting(city).about.title if simulated else city
    seeds = int(own["seed"].nunique()) if len(own) else 0
    return Battery(city, title, city if simulated else "", (), seeds, math.nan, 0, rows, own)


def catalogue_calibration(found: Catalogue) -> None:
    """Add what is learned of parameters, what trades off, and the checks.

    Raises:
        InputError: if the folder has no text of the calibration.
    """
    results, slides = found.results, bool(found.asked.style.height)
    text = results.path / "calibration.toml"
    if not text.is_file():
        raise InputError(str(results.path), [Problem(text.name, "no such file", "the text of the calibration, which is kept")])
    plan = load_calibration(text)
    title = plan.head.title

    def kept() -> Kept:
        draws = results.table("posterior")
        x = np.column_stack([[prior.part(value) for value in draws[prior.name]] for prior in plan.priors])
        weights = draws["weight"].to_numpy(np.float64)
        return Kept(plan, Posterior(x, weights / weights.sum()), {name: results.table(name) for name in ("parameters", "checks")})

    if found.has("marginals", "posterior", "parameters", "checks"):
        several = slides and len(plan.priors) > _MARGINALS
        for number, first in enumerate(range(0, len(plan.priors), _MARGINALS) if several else [0], 1):
            end = first + _MARGINALS if several else None
            file = f"marginals-{number}" if several else "marginals"
            found.add("marginals", f"{title}: marginals", partial(marginals, kept(), first, end), file)
    if found.has("pairs", "posterior", "parameters", "checks"):
        found.add("pairs", f"{title}: pairs", partial(pairs, kept(), _PAIRED if slides else MOST_PAIRED))
    if found.has("checks", "posterior", "parameters", "checks"):
        for place in dict.fromkeys(results.table("checks")["place"]) if slides else [""]:
            file = f"checks-{place}" if place else "checks"
            found.add("checks", f"{title}: checks", partial(checks, kept(), str(place)), file)


def catalogue_classic(found: Catalogue) -> None:
    """Add the figure of a classic model."""
    said: dict[str, Any] = found.results.manifest["classic"]
    name = str(said["name"])
    tables = list(_tables(found))
    if not found.has(name, *tables):
        return
    drawing = importlib.import_module(f"sim.interface.drawings.{name.replace('-', '_')}")
    read = {table: found.results.table(table) for table in tables}
    found.add(name, str(said["title"]), partial(drawing.draw, read))


def _tables(found: Catalogue) -> Iterator[str]:
    """The tables of a classic but that of its checks."""
    for file in found.results.manifest["files"]:
        if file.endswith(".csv") and file != "checks.csv":
            yield file.removesuffix(".csv")
