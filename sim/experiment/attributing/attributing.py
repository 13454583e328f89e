"""Attributing: the runs of a plan, kept as they end, and what each provision contributes by them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from sim.errors import ModelError
from sim.experiment.attributing.plan import AttributionPlan
from sim.experiment.attributing.steps import Step
from sim.experiment.effects import CONFIDENCE, mean_interval
from sim.experiment.running import Workers
from sim.experiment.sensitivity import attribute, values_of
from sim.experiment.sensitivity.attribution import TOTAL, Subset
from sim.experiment.sensitivity.table import Floats
from sim.experiment.store import Count, RunStore, fill
from sim.experiment.store.filling import keys_of
from sim.measurement import INDICATORS

__all__ = ["Attribution", "attribute_laws"]


@dataclass(frozen=True, slots=True, eq=False)
class Attribution:
    """What each provision contributes.

    Attributes:
        plan: what was asked for.
        table: for each step and outcome one row a group of provisions and one for the total: ``step``, ``outcome``, what
            :func:`~sim.experiment.sensitivity.attribution.attribute` tells, and

            - ``whole_low``, ``whole_high``: the interval of the Shapley value with the error from having sampled orders in it;
            - ``clear``: whether that leaves out 0;
            - ``interaction`` with its interval: ``revert - add``, what a provision does last less what it does first. Where that
              is not 0, it acts together with others.
        runs: one row a run, by point and seed: ``point``, ``step``, ``adopted``, ``scenario``, ``seed``, ``status`` (``done`` or
            ``failed``), ``error`` (empty if done), and every indicator (NaN where it has no value).
        failures: one row a run that failed: ``point``, ``step``, ``adopted``, ``seed``, ``error``, ``traceback``.
        count: how many runs there are, and how many were there before.
    """

    plan: AttributionPlan
    table: pd.DataFrame
    runs: pd.DataFrame
    failures: pd.DataFrame
    count: Count


def attribute_laws(
    plan: AttributionPlan,
    folder: Path,
    workers: Workers = None,
    progress: Callable[[Count], None] | None = None,
    *,
    again: bool = False,
    retry_failed: bool = False,
) -> Attribution:
    """Run what a folder lacks of an attribution, and work it out.

    Args:
        plan: what is asked for.
        folder: where runs are kept, in one file; those that are there are not made again.
        workers: who does the work, as for :func:`~sim.experiment.running.each_outcome`.
        progress: told at the beginning and after every run.
        again: whether to drop the runs that are there.
        retry_failed: whether runs that failed are tried again.

    Raises:
        ModelError: if the work cannot be done at all, or no run was done. A run that fails is a row, and the others go on.
        OutputError: if the folder cannot be written, another process writes to it, or it holds runs of other code.
    """
    tasks = [(scenario, seed) for _, scenario, seed in plan.tasks()]
    with RunStore(folder, again=again) as store:
        count = fill(store, tasks, workers, progress, retry_failed=retry_failed)
        runs, failures = _runs_of(plan, store)
    if not (runs["status"] == "done").any():
        raise ModelError(f"none of {len(runs)} runs was done; the first failed: {runs['error'].iloc[0]}")
    return Attribution(plan, _worked_out(plan, runs), runs, failures, count)


def _runs_of(plan: AttributionPlan, store: RunStore) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table of runs that are stored, and of those that failed."""
    tasks = list(plan.tasks())
    stored = store.table(keys_of([(scenario, seed) for _, scenario, seed in tasks]))
    places = stored["place"].to_numpy(np.int64)
    where = plan.points.iloc[np.array([point for point, _, _ in tasks], np.int64)[places]].reset_index(drop=True)
    seeds = pd.Series([seed for _, _, seed in tasks], dtype="int64").iloc[places].reset_index(drop=True)
    told = pd.DataFrame({"scenario": pd.Series([plan.base.name] * len(seeds), dtype="str"), "seed": seeds})
    runs = pd.concat([where, told, stored[["status", "error", *INDICATORS]]], axis=1)
    order = np.lexsort((runs["seed"].to_numpy(), runs["point"].to_numpy()))
    failed = pd.concat([where, told["seed"], stored[["status", "error", "traceback"]]], axis=1).iloc[order]
    failed = failed[failed["status"] == "failed"].drop(columns="status")
    return runs.iloc[order].reset_index(drop=True), failed.reset_index(drop=True)


_ORDER: Final = [
    *("step", "outcome", "provision", "shapley", "low", "high", "order_error", "whole_low", "whole_high", "clear"),
    *("revert", "revert_low", "revert_high", "add", "add_low", "add_high"),
    *("interaction", "interaction_low", "interaction_high", "seeds", "left_out"),
]


def _worked_out(plan: AttributionPlan, runs: pd.DataFrame) -> pd.DataFrame:
    tables = []
    for step in plan.steps:
        subset_of = plan.points_of(step)
        for outcome in plan.outcomes:
            values = values_of(runs, outcome, subset_of)
            found = attribute(values, step.provisions, step.orders)
            further = pd.DataFrame([_further(row, step, values) for row in found.to_dict("records")])
            whose = pd.DataFrame({"step": [step.name] * len(found), "outcome": outcome}, dtype="str")
            tables.append(pd.concat([whose, found, further], axis=1)[_ORDER])
    return pd.concat(tables, ignore_index=True)


def _further(row: Mapping[Any, Any], step: Step, values: Mapping[Subset, Floats]) -> dict[str, Any]:
    """The interval with the error from sampled orders, whether it leaves out 0, and how far the two simple answers disagree."""
    half = (row["high"] - row["low"]) / 2
    if step.orders:
        pairs = len(step.orders) // 2  # each order comes with its reverse, and the error is of the mean over such pairs
        half = math.hypot(half, float(stdtrit(pairs - 1, 0.5 + CONFIDENCE / 2)) * row["order_error"])
    low, high = row["shapley"] - half, row["shapley"] + half
    found = {"whole_low": low, "whole_high": high, "clear": bool(low > 0 or high < 0)}
    both = _interaction(str(row["provision"]), step, values)
    sound = ~np.isnan(np.array([values[mixture] for mixture in step.mixtures])).any(axis=0)
    names = ("interaction", "interaction_low", "interaction_high")
    return found | dict(zip(names, mean_interval(both[sound]), strict=True))


def _interaction(provision: str, step: Step, values: Mapping[Subset, Floats]) -> Floats:
    """What a provision does as the last to be adopted less what it does as the first, seed by seed; nothing of the total."""
    whole, none = frozenset(step.provisions), frozenset[str]()
    if provision == TOTAL:
        return np.zeros_like(values[none])
    return (values[whole] - values[whole - {provision}]) - (values[frozenset({provision})] - values[none])
