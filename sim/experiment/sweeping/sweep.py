"""A sweep: every run that an experiment wants, kept in a folder as it ends, and the table of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sim.experiment.design import Design
from sim.experiment.running import Workers
from sim.experiment.store import Count, RunStore, fill
from sim.experiment.store.filling import keys_of
from sim.measurement import INDICATORS

__all__ = ["Sweep", "runs_of", "sweep"]


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """The runs of an experiment.

    Attributes:
        design: the experiment.
        runs: one row a run, by point and seed: ``point``, a column for each factor, ``scenario``, ``seed``, ``status`` (``done``
            or ``failed``), ``error`` (empty if done), and every indicator (NaN where it has no value); after the seed also its
            ``draw``, if parameters are drawn.
        failures: one row a run that failed: ``point``, the factors, ``seed``, ``error``, ``traceback``.
        count: how many runs there are, and how many were there before.
    """

    design: Design
    runs: pd.DataFrame
    failures: pd.DataFrame
    count: Count


def sweep(
    design: Design,
    folder: Path,
    workers: Workers = None,
    progress: Callable[[Count], None] | None = None,
    *,
    again: bool = False,
    retry_failed: bool = False,
    tables: Sequence[str] = (),
) -> Sweep:
    """Run what a folder lacks of an experiment, and give all of it.

    It may be ended in any way, a kill or a power cut included, and called again: runs that ended are kept, to the last bit. The
    table does not depend on how often that happened, nor on who did the work.

    Args:
        design: the experiment.
        folder: where runs are kept, in one file.
        workers: who does the work: so many processes (by default one for each processor), an executor, or a function that
            makes one.
        progress: told at the beginning and after every run.
        again: whether to drop the runs that are there.
        retry_failed: whether runs that failed are tried again.
        tables: tables of each run to be kept as Parquet files: ``tables/NAME/point=N/seed-S.parquet``.

    Raises:
        ModelError: if the work cannot be done at all. A run that fails is a row, and the others go on.
        OutputError: if the folder cannot be written, another process writes to it, or it holds runs of other code.
    """
    tasks = [(task.scenario, task.seed) for task in design.tasks()]
    points = [task.point for task in design.tasks()]
    with RunStore(folder, again=again) as store:
        count = fill(store, tasks, workers, progress, retry_failed=retry_failed, tables=tables, points=points)
        return Sweep(design, *runs_of(design, store), count)


def runs_of(design: Design, store: RunStore) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table of runs that are stored of an experiment, and the table of those that failed."""
    tasks = list(design.tasks())
    stored = store.table(keys_of([(task.scenario, task.seed) for task in tasks]))
    wanted = pd.DataFrame({"point": [task.point for task in tasks], "seed": [task.seed for task in tasks]})
    here = wanted.iloc[stored["place"].to_numpy(np.int64)].reset_index(drop=True)
    settings = design.points.iloc[here["point"].to_numpy(np.int64)].reset_index(drop=True)
    names = [design.scenarios[point].name for point in here["point"]]
    told = pd.DataFrame({"scenario": pd.Series(names, dtype="str"), "seed": here["seed"].astype("int64")})
    if design.draws is not None:
        told["draw"] = here["seed"].map(design.draws.of_seed).astype("int64")
    runs = pd.concat([settings, told, stored[["status", "error", *INDICATORS]]], axis=1)
    order = np.lexsort((runs["seed"].to_numpy(), runs["point"].to_numpy()))
    failed = pd.concat([settings, told.drop(columns="scenario"), stored[["status", "error", "traceback"]]], axis=1).iloc[order]
    failed = failed[failed["status"] == "failed"].drop(columns="status")
    return runs.iloc[order].reset_index(drop=True), failed.reset_index(drop=True)
