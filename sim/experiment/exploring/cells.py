"""Cells: what a page shows of one combination of levels, over all its runs."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.errors import ModelError
from sim.experiment.exploring.gist import NOT_HELD, Gist
from sim.experiment.exploring.outcomes import OUTCOMES
from sim.experiment.exploring.reading import Explorer
from sim.experiment.exploring.store import GistStore, Stored
from sim.experiment.store import Key
from sim.institutions.places import Places
from sim.scenario import Scenario

__all__ = ["EDGES", "Cell", "cell_of", "cells_of"]

EDGES: Final = (1, 2, 3, 5, 7, 10, 15, 20, 30, 40, 50, 70, 100, 150, 200, 250, 350, 500, 700, 1_000, 2_000, 5_000, 20_000)
"""Where the bars of a distribution of turnouts begin; the last one has no end."""

type Whole = npt.NDArray[np.int64]


class Cell(NamedTuple):
    """What a page knows of one combination of levels.

    Attributes:
        values: one row an outcome that is shown, one column a seed; NaN where there is none.
        sizes: assemblies held, over all runs, by turnout: from each of :data:`EDGES` to the next.
        held, came: assemblies held at each site, and how many came there, over all runs.
        open: whether an assembly for which something must be filed may be at each site.
        threshold: at how many persons the procedure changes; none if it does not.
        runs: how many did not fail.
        events: of the first seeds, each assembly: day, size, status.
    """

    values: npt.NDArray[np.float64]
    sizes: Whole
    held: Whole
    came: Whole
    open: npt.NDArray[np.bool_]
    threshold: int | None
    runs: int
    events: tuple[npt.NDArray[np.int32], ...]


def cells_of(explorer: Explorer, store: GistStore) -> list[Cell]:
    """The cells of a page, by point of its grid; points of one scenario have the same object.

    A run that failed has no values and no events.

    Raises:
        ModelError: if a run is missing: the store has not been filled.
    """
    found: dict[int, Cell] = {}
    for point, first in enumerate(explorer.cells):
        if point == first:
            scenario = explorer.design.scenarios[point]
            keys = [Key(scenario.fingerprint, seed) for seed in explorer.design.seeds]
            runs = [_stored(store, key) for key in keys]
            found[point] = cell_of(scenario, [run.gist for run in runs], explorer)
    return [found[first] for first in explorer.cells]


def _stored(store: GistStore, key: Key) -> Stored:
    run = store.run(key)
    if run is None:
        raise ModelError(f"the run of scenario {key.scenario[:12]} with seed {key.seed} is missing in {store.path}")
    return run


def cell_of(scenario: Scenario, runs: list[Gist | None], explorer: Explorer) -> Cell:
    """The cell of a scenario.

    Args:
        scenario: which. runs: of it, by seed; none for one that failed. explorer: the page.
    """
    head = explorer.text.explorer
    rows = [OUTCOMES.index(name) for name in head.outcomes]
    values = np.full((len(rows), len(runs)), math.nan)
    for column, run in enumerate(runs):
        if run is not None:
            values[:, column] = run.values[rows]
    nothing = np.empty((0, 4), np.int32)
    events = [nothing if run is None else run.events for run in runs]
    held = np.concatenate([one[one[:, 2] != NOT_HELD] for one in events])
    sites = len(scenario.town.sites)
    return Cell(
        values=values,
        sizes=np.bincount(np.searchsorted(EDGES, np.maximum(held[:, 1], 1), "right") - 1, minlength=len(EDGES)),
        held=np.bincount(held[:, 3], minlength=sites),
        came=np.bincount(held[:, 3], held[:, 1], sites).astype(np.int64),
        open=_open(scenario),
        threshold=scenario.law.threshold_value,
        runs=sum(run is not None for run in runs),
        events=tuple(one[:, :3] for one in events[: head.timelines]),
    )


def _open(scenario: Scenario) -> npt.NDArray[np.bool_]:
    """At which sites a rally may be held for which something must be filed."""
    places = Places(scenario.town, scenario.law)
    return np.array([places.lawful(site, "rally", "notification") for site in range(len(scenario.town.sites))], np.bool_)
