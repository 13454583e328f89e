"""The figures of what ``sweep`` wrote: those its text asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import pandas as pd
from matplotlib.figure import Figure

from sim.errors import InputError, Problem
from sim.experiment.design import Design, load_design
from sim.interface.figuring.drawing import Catalogue
from sim.interface.figuring.opening import Results
from sim.interface.sweeping.figures import figures

__all__ = ["catalogue_sweep", "design_in"]

_TEXT = "experiment.toml"
_TABLES = ("effects", "sobol", "morris", "surface", "surface_fit")
_NEEDS = {"sensitivity": ("sobol", "morris"), "effects": ("effects",)}
_TOLD = {
    "curve": "Curves: outcomes by factor",
    "heatmap": "Outcomes over two factors",
    "effects": "Differences to the baseline",
    "sensitivity": "Sensitivity",
}


def catalogue_sweep(found: Catalogue) -> None:
    """Add the figures of an experiment. On slides, and where they are wanted apart, each outcome has a figure of its own.

    Raises:
        InputError: if the folder has no text of the experiment, or the text means something else now.
    """
    results = found.results
    for kind in _TOLD:
        found.kinds[kind] = None
    design = design_in(results)
    for kind in design.draw:
        if not found.has(kind, "runs"):
            continue
        absent = [name for name in _NEEDS.get(kind, ()) if results.holds(name)]
        if kind in _NEEDS and not absent:
            found.lacks(kind, f"there is no table for it ({' or '.join(f'{name}.csv' for name in _NEEDS[kind])})")
            continue
        for name, make in _pages(found, design, kind).items():
            found.add(kind, f"{design.title}: {_TOLD.get(kind, kind)}", make, name)


def design_in(results: Results) -> Design:
    """The experiment of a folder that ``sweep`` wrote, by the text that it keeps.

    Raises:
        InputError: if the folder has no such text, or the text means something else now.
    """
    if not (results.path / _TEXT).is_file():
        raise InputError(str(results.path), [Problem(_TEXT, "no such file", "the text of the experiment, which sweep keeps")])
    design = load_design(results.path / _TEXT)
    wanted, told = results.manifest["experiment"].get("points"), len(design.points)
    if told != wanted:
        again = f"results of the text as it stands: {results.command or 'protestlaw sweep'} makes them"
        raise InputError(str(results.path), [Problem(_TEXT, f"{told} points, not the {wanted} that were run", again)])
    return design


def _pages(found: Catalogue, design: Design, kind: str) -> dict[str, Callable[[], Figure]]:
    """What draws each figure of a kind: by the name of its file."""
    results = found.results
    runs = results.table("runs")
    tables = {name: results.table(name) for name in _TABLES if results.holds(name)}
    alone = [(outcome,) for outcome in design.outcomes] if found.asked.apart or found.asked.style.height else [design.outcomes]
    pages: dict[str, Callable[[], Figure]] = {}
    for outcomes in alone:
        own = replace(design, draw=(kind,), outcomes=outcomes)
        for name in figures(own, runs, tables):
            suffix = f"-{outcomes[0].replace('_', '-')}" if len(alone) > 1 else ""
            pages[name if name.endswith(suffix) else f"{name}{suffix}"] = partial(_draw, own, runs, tables, name)
    return pages


def _draw(design: Design, runs: pd.DataFrame, tables: Mapping[str, pd.DataFrame], name: str) -> Figure:
    return figures(design, runs, tables)[name]
