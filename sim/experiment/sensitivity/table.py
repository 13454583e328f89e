"""The runs table as the analyses need it: for every outcome a field of points by seeds.

A run that failed, was not made, or has no value of an outcome is a NaN in that field. What an analysis leaves out because of
that, it counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.errors import InputError, Problem, did_you_mean

__all__ = ["RUNS", "Floats", "Sweep", "complete_seeds", "grid_of", "is_number", "numbers_of", "read_runs", "refuse_runs"]

type Floats = npt.NDArray[np.float64]

RUNS: Final = "runs table"
"""What the text that is wrong is called in an error."""

_KEYS: Final = ("point", "seed", "status")
_STATUSES: Final = ("done", "failed")


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """The runs of a sweep.

    Attributes:
        points: the numbers of the points, rising.
        seeds: the seeds, rising.
        settings: one row a point, one column a factor, as written in the experiment's text; the index is the point.
        values: for each outcome a field of points by seeds; NaN where there is no value.
        failed: how many runs failed.
    """

    points: tuple[int, ...]
    seeds: tuple[int, ...]
    settings: pd.DataFrame
    values: Mapping[str, Floats]
    failed: int


def read_runs(runs: pd.DataFrame, outcomes: Sequence[str], factors: Sequence[str] = ()) -> Sweep:
    """The runs of some outcomes, with the settings of some factors.

    Args:
        runs: one row a run: ``point``, the factors, ``seed``, ``status`` (done or failed), and the outcomes.
        outcomes: which columns are outcomes.
        factors: which columns are factors.

    Raises:
        InputError: if a column is missing or not numeric, a run stands there twice, a factor varies within a point, or no run is
            done; with everything that is wrong.
    """
    columns = [str(name) for name in runs.columns]
    problems = [
        Problem(kind, repr(name), ", ".join(columns), did_you_mean(name, columns))
        for kind, names in (("columns", _KEYS), ("outcomes", outcomes), ("factors", factors))
        for name in names
        if name not in columns
    ]
    if not outcomes:
        problems.append(Problem("outcomes", "none", "at least one outcome"))
    if problems:
        raise refuse_runs(*problems)
    if problems := [*_wrong_rows(runs), *_wrong_outcomes(runs, outcomes), *_wrong_factors(runs, factors)]:
        raise refuse_runs(*problems)
    points, place = np.unique(runs["point"].to_numpy(np.int64), return_inverse=True)
    seeds, which = np.unique(runs["seed"].to_numpy(np.int64), return_inverse=True)
    done = runs["status"].to_numpy() == "done"
    values = {}
    for name in outcomes:
        field = np.full((points.size, seeds.size), np.nan)
        field[place[done], which[done]] = runs[name].to_numpy(np.float64, na_value=np.nan)[done]
        values[name] = field
    first = runs.drop_duplicates("point").set_index("point").sort_index()
    return Sweep(tuple(points.tolist()), tuple(seeds.tolist()), first[list(factors)], values, int(np.count_nonzero(~done)))


def refuse_runs(*problems: Problem) -> InputError:
    """The error that a runs table, or what is asked of it, cannot be accepted."""
    return InputError(RUNS, problems)


def _wrong_rows(runs: pd.DataFrame) -> list[Problem]:
    found = []
    statuses = [str(status) for status in pd.unique(runs["status"]) if status not in _STATUSES]
    found += [Problem("status", repr(status), ", ".join(_STATUSES), did_you_mean(status, _STATUSES)) for status in statuses]
    twice = runs[runs.duplicated(["point", "seed"])]
    if len(twice):
        point, seed = twice.iloc[0][["point", "seed"]]
        found.append(Problem("seed", f"point {point} with seed {seed} in two rows ({len(twice)} rows too many)", "each run once"))
    if not (runs["status"] == "done").any():
        found.append(Problem("status", f"no run that is done, of {len(runs)}", "at least one"))
    return found


def _wrong_outcomes(runs: pd.DataFrame, outcomes: Sequence[str]) -> list[Problem]:
    return [
        Problem(f"outcomes.{name}", f"a column of {runs[name].dtype}", "numbers")
        for name in outcomes
        if not pd.api.types.is_numeric_dtype(runs[name].dtype) or pd.api.types.is_bool_dtype(runs[name].dtype)
    ]


def _wrong_factors(runs: pd.DataFrame, factors: Sequence[str]) -> list[Problem]:
    found = []
    for name in factors:
        varies = runs.groupby("point")[name].nunique(dropna=False) > 1
        if varies.any():
            found.append(Problem(f"factors.{name}", f"more than one level at point {varies.idxmax()}", "one level at each point"))
    return found


def is_number(level: Any) -> bool:
    """Whether a level is a finite number; true and false are words."""
    return not isinstance(level, bool | np.bool_) and isinstance(level, Real | np.number) and bool(np.isfinite(float(level)))


def numbers_of(settings: pd.DataFrame, factors: Sequence[str], purpose: str) -> Floats:
    """The settings of some factors as numbers, points by factors.

    Args:
        settings: one row a point. factors: which. purpose: what they are wanted for, for the error.

    Raises:
        InputError: if a level is no number, naming the factor and its levels.
    """
    problems = []
    for name in factors:
        words = [level for level in pd.unique(settings[name]) if not is_number(level)]
        if words:
            told = ", ".join(repr(word) for word in words)
            allowed = f"numbers, for {purpose}; leave these points out, or this factor"
            problems.append(Problem(f"factors.{name}", f"the level{'s' if len(words) > 1 else ''} {told}", allowed))
    if problems:
        raise refuse_runs(*problems)
    return np.column_stack([settings[name].to_numpy(np.float64) for name in factors])


def complete_seeds(values: Floats) -> npt.NDArray[np.bool_]:
    """Which seeds have a value at every point: what stands on them compares like with like."""
    return np.asarray(~np.isnan(values).any(axis=0))


def grid_of(settings: pd.DataFrame, factors: Sequence[str]) -> tuple[list[list[Any]], npt.NDArray[np.int64]]:
    """The levels of each factor, in the order in which the points first name them, and each point's place among them.

    Raises:
        InputError: unless every combination of levels stands at exactly one point.
    """
    levels = [pd.unique(settings[name]).tolist() for name in factors]
    places = np.column_stack(
        [pd.Index(own).get_indexer(settings[name]) for own, name in zip(levels, factors, strict=True)]
    ).astype(np.int64)
    wanted, found = int(np.prod([len(own) for own in levels])), len(np.unique(places, axis=0))
    if found < wanted or len(places) > found:
        told = f"{len(places)} points at {found} of {wanted} combinations of {', '.join(factors)}"
        raise refuse_runs(Problem("factors", told, "a full grid: each combination of levels at exactly one point"))
    return levels, places
