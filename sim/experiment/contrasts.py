"""Contrasts: every point of a sweep against one, seed by seed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.special import stdtr

from sim.errors import Problem
from sim.experiment.effects import paired, unpaired, variance_ratio
from sim.experiment.sensitivity.bootstrap import RESAMPLES, accelerated_interval
from sim.experiment.sensitivity.table import Floats, read_runs, refuse_runs

__all__ = ["LEAST_FOR_BOOTSTRAP", "contrasts", "holm", "paired_p"]

LEAST_FOR_BOOTSTRAP: Final = 8
"""Pairs below which no bootstrap interval is told: so few can hardly be resampled, and the interval would be too narrow."""

_ROUNDING: Final = 1e-12
"""Differences that are this close, relative to the values, differ by rounding only."""

_COLUMNS: Final = [
    "point",
    "outcome",
    "mean_a",
    "mean_b",
    "difference",
    "low",
    "high",
    "bootstrap_low",
    "bootstrap_high",
    "unpaired_low",
    "unpaired_high",
    "variance_ratio",
    "pairs",
    "left_out",
    "p",
    "p_holm",
    "note",
]


def contrasts(runs: pd.DataFrame, baseline: int, outcomes: Sequence[str], *, resamples: int = RESAMPLES) -> pd.DataFrame:
    """What every point does to every outcome, against a baseline point with the same seeds.

    Args:
        runs: the runs table.
        baseline: the point (its number) that is A; each other point is B in turn.
        outcomes: which columns are outcomes.
        resamples: bootstrap samples.

    Returns:
        one row a point and outcome: ``point``, ``outcome``, ``mean_a`` (baseline), ``mean_b``, ``difference`` (B - A) with

        - ``low`` and ``high``: paired t interval (Student 1908);
        - ``bootstrap_low`` and ``bootstrap_high``: BCa interval over pairs (Efron 1987), NaN with fewer than 8;
        - ``unpaired_low`` and ``unpaired_high``: as if the runs were no pairs (Welch 1947);

        all 95 %; then ``variance_ratio`` (what pairing gained), ``pairs``, ``left_out`` (seeds run at either point that give no
        pair, since a run failed, is missing or has no value), ``p`` of the paired t test, ``p_holm`` adjusted for all tests of
        this table (:func:`holm`), and ``note``: in words, why a number is missing.

    Raises:
        InputError: if the table cannot be read, or holds no such point.
    """
    sweep = read_runs(runs, outcomes)
    if baseline not in sweep.points:
        allowed = f"a point from {sweep.points[0]} to {sweep.points[-1]}"
        raise refuse_runs(Problem("baseline", f"point {baseline}, of which there is no run", allowed))
    of = {point: row for row, point in enumerate(sweep.points)}
    made = {point: set(runs.loc[runs["point"] == point, "seed"]) for point in sweep.points}
    rows = []
    for point in sweep.points:
        if point == baseline:
            continue
        asked = len(made[baseline] | made[point])
        for name in outcomes:
            field = sweep.values[name]
            told = _contrast(field[of[baseline]], field[of[point]], resamples)
            rows.append({"point": point, "outcome": name, **told, "left_out": asked - told["pairs"]})
    table = pd.DataFrame(rows, columns=_COLUMNS).astype({"note": "str", "outcome": "str"})
    table["p_holm"] = holm(table["p"].to_numpy(np.float64))
    return table


def _contrast(a: Floats, b: Floats, resamples: int) -> dict[str, Any]:
    both = ~(np.isnan(a) | np.isnan(b))
    one, other = a[both], b[both]
    pairs = int(both.sum())
    if not pairs:
        return {"pairs": 0, "note": "no pair has a value at both points"}
    together, apart = paired(one, other), unpaired(one, other)
    differences = other - one
    notes = []
    equal = _alike(one, other)
    if pairs == 1:
        notes.append("one pair: no interval and no test")
    elif equal:
        spread = "without any spread the interval is a point, and there is nothing to test against"
        notes.append(f"all {pairs} differences are equal: {spread}" if differences.any() else "no pair differs at all")
    low, high = math.nan, math.nan
    if equal and pairs > 1:
        low = high = together.mean
    elif pairs >= LEAST_FOR_BOOTSTRAP:
        low, high = accelerated_interval(differences, resamples)
    else:
        notes.append(f"{pairs} pair{'s' if pairs > 1 else ''}: too few for a bootstrap interval (at least {LEAST_FOR_BOOTSTRAP})")
    return {
        "mean_a": float(one.mean()),
        "mean_b": float(other.mean()),
        "difference": together.mean,
        "low": together.low,
        "high": together.high,
        "bootstrap_low": low,
        "bootstrap_high": high,
        "unpaired_low": apart.low,
        "unpaired_high": apart.high,
        "variance_ratio": variance_ratio(one, other),
        "pairs": pairs,
        "p": paired_p(one, other),
        "note": "; ".join(notes),
    }


def paired_p(a: Floats, b: Floats) -> float:
    """The two-sided p-value of a paired t test (Student 1908): ``2 T(-|t|)``, with ``t = mean (b - a) / (sd / sqrt n)``.

    It is 1 if no pair differs at all. It is NaN with one pair, and if all differences are one number but 0: without any spread
    there is nothing to hold the difference against, and a p of 0 would claim more than the pairs can.
    """
    differences = b - a
    if differences.size < 2:
        return math.nan
    if not differences.any():
        return 1.0
    if _alike(a, b):
        return math.nan
    t = float(differences.mean()) / (float(differences.std(ddof=1)) / math.sqrt(differences.size))
    return float(2 * stdtr(differences.size - 1, -abs(t)))


def _alike(a: Floats, b: Floats) -> bool:
    """Whether all differences are the same, but for rounding."""
    return bool(np.ptp(b - a) <= _ROUNDING * max(np.abs(a).max(), np.abs(b).max()))


def holm(p: Floats) -> Floats:
    """p-values adjusted for being many, in their order (Holm 1979, Scandinavian Journal of Statistics 6).

    The i-th smallest of m becomes ``max over j <= i of min(1, (m - j + 1) p(j))``. Whoever calls those below 0.05 effects is
    wrong about any of them at most one time in twenty, however the tests depend on each other. NaN is no test: it is not counted,
    and stays.
    """
    adjusted = np.full(p.size, np.nan)
    tests = np.flatnonzero(~np.isnan(p))
    order = tests[np.argsort(p[tests], kind="stable")]
    stepped = p[order] * np.arange(tests.size, 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(stepped), 1.0)
    return adjusted
