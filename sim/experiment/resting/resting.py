"""What a difference rests on: the runs of a plan, kept as they end, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from sim.errors import ModelError
from sim.experiment.resting.plan import LEAST_POINTS, RestingPlan
from sim.experiment.resting.responses import Responses, in_ranks, responses_of
from sim.experiment.resting.shares import Shares, first_order, shares_together
from sim.experiment.resting.sign import REGIONS, flips_where, sign_of
from sim.experiment.running import Workers
from sim.experiment.store import Count, RunStore, fill
from sim.experiment.store.filling import keys_of
from sim.measurement import INDICATORS

__all__ = ["MAIN", "NOISE", "REST", "Resting", "rest_on"]

NOISE: Final = "noise between seeds"
MAIN: Final = "assumptions, each by itself"
REST: Final = "assumptions together, and what the curves miss"
"""The parts of a budget."""


@dataclass(frozen=True, slots=True, eq=False)
class Resting:
    """What the difference of two scenarios rests on.

    Attributes:
        plan: what was asked for.
        assumptions: one row an outcome and assumption, what each outcome rests on most first: ``outcome``, ``rank`` (from 1),
            what :func:`~sim.experiment.resting.shares.first_order` tells, then ``drawn`` (evenly or from the posterior),
            ``shipped``, ``least`` and ``most``.
        budget: one row an outcome and part: of the variance of the difference of one pair of runs the ``share`` of noise between
            seeds, of the assumptions each by itself (with its interval, ``low`` to ``high``), and the rest.
        signs: one row an outcome: what :func:`~sim.experiment.resting.sign.sign_of` tells, ``points`` and ``pairs`` it rests on,
            and ``left_out``, the pairs without a value.
        regions: where the sign flips, as :func:`~sim.experiment.resting.sign.flips_where` tells it, by outcome.
        runs: one row a run: ``point``, ``side`` (A or B), ``scenario``, ``seed``, ``status``, ``error``, every indicator.
        failures: one row a run that failed: ``point``, ``side``, ``seed``, ``error``, ``traceback``.
        count: how many runs there are, and how many were there before.
    """

    plan: RestingPlan
    assumptions: pd.DataFrame
    budget: pd.DataFrame
    signs: pd.DataFrame
    regions: pd.DataFrame
    runs: pd.DataFrame
    failures: pd.DataFrame
    count: Count


def rest_on(
    plan: RestingPlan,
    folder: Path,
    workers: Workers = None,
    progress: Callable[[Count], None] | None = None,
    *,
    again: bool = False,
    retry_failed: bool = False,
) -> Resting:
    """Run what a folder lacks, and say what the difference rests on.

    Args:
        plan: what is asked for.
        folder: where runs are kept, in one file; those that are there are not made again.
        workers: who does the work, as for :func:`~sim.experiment.running.each_outcome`.
        progress: told at the beginning and after every run.
        again: whether to drop the runs that are there.
        retry_failed: whether runs that failed are tried again.

    Raises:
        ModelError: if the work cannot be done at all, or too few points have a value of an outcome. A run that fails is a row,
            and the others go on.
        OutputError: if the folder cannot be written, another process writes to it, or it holds runs of other code.
    """
    tasks = [(scenario, seed) for _, _, scenario, seed in plan.tasks()]
    with RunStore(folder, again=again) as store:
        count = fill(store, tasks, workers, progress, retry_failed=retry_failed)
        runs, failures = _runs_of(plan, store)
    if not (runs["status"] == "done").any():
        raise ModelError(f"none of {len(runs)} runs was done; the first failed: {runs['error'].iloc[0]}")
    found = [_of_outcome(plan, runs, outcome) for outcome in plan.outcomes]
    assumptions, budget, signs, regions = (pd.concat(tables, ignore_index=True) for tables in zip(*found, strict=True))
    return Resting(plan, assumptions, budget, signs, regions, runs, failures, count)


def _runs_of(plan: RestingPlan, store: RunStore) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table of runs that are stored, and of those that failed."""
    tasks = list(plan.tasks())
    stored = store.table(keys_of([(scenario, seed) for _, _, scenario, seed in tasks]))
    rows = [(point, side, scenario.name, seed) for point, side, scenario, seed in tasks]
    said = pd.DataFrame(rows, columns=["point", "side", "scenario", "seed"]).astype({"side": "str", "scenario": "str"})
    said = said.iloc[stored["place"].to_numpy(np.int64)].reset_index(drop=True)
    order = np.lexsort((said["side"].to_numpy(str), said["seed"].to_numpy(), said["point"].to_numpy()))
    runs = pd.concat([said, stored[["status", "error", *INDICATORS]]], axis=1).iloc[order].reset_index(drop=True)
    failed = pd.concat([said[["point", "side", "seed"]], stored[["status", "error", "traceback"]]], axis=1).iloc[order]
    failed = failed[failed["status"] == "failed"].drop(columns="status")
    return runs, failed.reset_index(drop=True)


def _of_outcome(plan: RestingPlan, runs: pd.DataFrame, outcome: str) -> tuple[pd.DataFrame, ...]:
    """The four tables of one outcome."""
    differences = _differences(runs, outcome)
    responses = responses_of(differences)
    enough = len(responses.points) >= LEAST_POINTS and np.isfinite(responses.noise)
    if not enough:
        told = f"{len(responses.points)} of {len(plan.pairs)} points have a pair with a value, {_twice(responses)} of them two"
        raise ModelError(f"nothing can be said of {outcome}: {told}; {LEAST_POINTS} points and some pairs more are needed")
    settings = plan.settings.iloc[responses.points].reset_index(drop=True)
    shares = first_order(settings, responses, responses_of(in_ranks(differences)))
    jointly = [one.name for one in plan.assumptions if one.drawn == "posterior"]
    together = shares_together(settings, responses, shares, jointly)
    pairs = int(responses.pairs.sum())
    about = {"points": len(responses.points), "pairs": pairs, "left_out": len(differences) - pairs}
    signs = pd.DataFrame([{**sign_of(differences, responses), **about}])
    regions = flips_where(settings, responses)
    tables = _ranked(plan, shares), _budget(responses, together), signs, regions[REGIONS]
    for table in tables:
        table.insert(0, "outcome", pd.Series([outcome] * len(table), dtype="str"))
    return tables


def _differences(runs: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """B - A of each pair; NaN where a run failed or has no value."""
    wide = runs.pivot(index=["point", "seed"], columns="side", values=outcome)
    return (wide["B"] - wide["A"]).rename("difference").reset_index().rename(columns={"point": "draw"})


def _twice(responses: Responses) -> int:
    return int((responses.pairs > 1).sum())


def _ranked(plan: RestingPlan, shares: Shares) -> pd.DataFrame:
    """The assumptions, those first that chance does least, and of these the one with the greatest share."""
    about = [(one.drawn, one.shipped, one.least, one.most) for one in plan.assumptions]
    told = pd.DataFrame(about, columns=["drawn", "shipped", "least", "most"]).astype({"drawn": "str"})
    table = pd.concat([shares.table, told], axis=1)
    greater = table[["share", "rank_share"]].max(axis=1).fillna(-np.inf)
    order = np.lexsort((-greater.to_numpy(), table["by_chance"].to_numpy()))
    table = table.iloc[order].reset_index(drop=True).astype({"assumption": "str", "direction": "str"})
    table.insert(0, "rank", np.arange(1, len(table) + 1))
    return table


def _budget(responses: Responses, together: tuple[float, float, float]) -> pd.DataFrame:
    """Of the variance of one pair: noise, assumptions each by itself, the rest."""
    expected, noise = max(0.0, responses.expected), responses.noise
    whole = expected + noise or np.nan
    of_assumptions = expected / whole
    main = tuple(of_assumptions * share for share in together) if expected else (of_assumptions, np.nan, np.nan)
    rows: list[dict[str, Any]] = [{"part": NOISE, "share": noise / whole, "low": np.nan, "high": np.nan}]
    rows.append({"part": MAIN, "share": main[0], "low": main[1], "high": main[2]})
    rows.append({"part": REST, "share": of_assumptions - main[0], "low": np.nan, "high": np.nan})
    return pd.DataFrame(rows).astype({"part": "str"})
