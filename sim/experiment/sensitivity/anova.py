"""How much of what an outcome does on a grid is due to each factor, to factors together, and to noise of replication.

The functional ANOVA of the point means (Efron and Stein 1981, Annals of Statistics 9; Sobol 1993) on a full grid whose levels
weigh alike: the mean of each combination of levels, less what its parts explain already. Terms are orthogonal, so their variances
add up to that of the point means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.errors import Problem
from sim.experiment.effects import mean_interval
from sim.experiment.sensitivity.table import Floats, Sweep, complete_seeds, grid_of, read_runs, refuse_runs

__all__ = ["HIGHER", "NOISE", "interactions", "main_effects", "variance_shares"]

NOISE: Final = "replication noise"
"""The term of what would vanish with infinitely many seeds."""

HIGHER: Final = "higher interactions"
"""The term of all interactions of three factors and more."""


def variance_shares(runs: pd.DataFrame, factors: Sequence[str], outcomes: Sequence[str]) -> pd.DataFrame:
    """The variance of the point means, split among factors, pairs of factors, higher interactions and noise.

    With few seeds, noise looks like an effect. For a term with values ``e(p, s)`` at points p with seeds s, the variance
    ``mean over p of e(p, .)^2`` is too large by ``mean over p of var over s of e(p, s) / S``, exactly on average and however
    points share coin tosses, since seeds are independent. That much is taken from each term and told as noise; the shares of all
    terms and of the noise add up to one. A share a little below 0 means none.

    Args:
        runs: the runs table of a full grid.
        factors: its factors, with two levels or more.
        outcomes: which columns are outcomes.

    Returns:
        one row an outcome and term: ``outcome``, ``term`` (a factor; two, joined by `` x ``; :data:`HIGHER` with three factors or
        more; :data:`NOISE`), ``variance`` and ``share`` with noise taken out, ``share_raw`` with noise in it, ``seeds`` (those
        with a value at every point) and ``left_out`` (the others). With fewer than two seeds noise cannot be told apart:
        ``variance`` and ``share`` are NaN. Where all point means are equal the shares are NaN.

    Raises:
        InputError: if the table cannot be read, or the points are no full grid.
    """
    sweep, levels, places = _grid(runs, factors, outcomes)
    shape = tuple(map(len, levels))
    rows = []
    for name in outcomes:
        field, left_out = _field(sweep, name, places, shape)
        seeds = field.shape[-1]
        parts = dict(_terms(field, factors)) if seeds else {}
        raw = {term: float((part.mean(axis=-1) ** 2).mean()) for term, part in parts.items()}
        noise = {term: float(part.var(axis=-1, ddof=1).mean()) / seeds if seeds > 1 else np.nan for term, part in parts.items()}
        total = sum(raw.values()) or np.nan
        found = [(term, raw[term] - noise[term], raw[term]) for term in parts]
        found.append((NOISE, sum(noise.values()), np.nan))
        for term, variance, before in found:
            told = {"outcome": name, "term": term, "variance": variance, "share": variance / total}
            rows.append({**told, "share_raw": before / total, "seeds": seeds, "left_out": left_out})
    return pd.DataFrame(rows, columns=["outcome", "term", "variance", "share", "share_raw", "seeds", "left_out"])


def main_effects(runs: pd.DataFrame, factors: Sequence[str], outcomes: Sequence[str]) -> pd.DataFrame:
    """The average main effect of each level: the mean at it, over all levels of the other factors, less the grand mean.

    Found seed by seed, with the t interval over seeds. Arguments and errors as in :func:`variance_shares`.

    Returns:
        one row an outcome, factor and level: ``outcome``, ``factor``, ``level``, ``mean``, ``effect`` with its 95 % interval
        ``low`` to ``high``, and ``seeds``.
    """
    sweep, levels, places = _grid(runs, factors, outcomes)
    rows = []
    for name in outcomes:
        field, _ = _field(sweep, name, places, tuple(map(len, levels)))
        for axis, factor in enumerate(factors):
            means = field.mean(axis=_other(len(factors), axis))
            effects = means - means.mean(axis=0)
            for place, level in enumerate(levels[axis]):
                told = mean_interval(effects[place])._asdict()
                told["effect"] = told.pop("mean")
                mean = mean_interval(means[place]).mean
                rows.append({"outcome": name, "factor": factor, "level": level, "mean": mean, **told, "seeds": means.shape[-1]})
    return pd.DataFrame(rows, columns=["outcome", "factor", "level", "mean", "effect", "low", "high", "seeds"])


def interactions(runs: pd.DataFrame, factors: Sequence[str], outcomes: Sequence[str]) -> pd.DataFrame:
    """What two levels do together beyond what each does alone, for every two factors.

    ``mean(i, j) - mean(i) - mean(j) + grand mean``, seed by seed, with the t interval over seeds. Arguments and errors as in
    :func:`variance_shares`.

    Returns:
        one row an outcome and pair of levels: ``outcome``, ``factor``, ``level``, ``other``, ``other_level``, ``mean``,
        ``interaction`` with its 95 % interval ``low`` to ``high``, and ``seeds``.
    """
    sweep, levels, places = _grid(runs, factors, outcomes)
    if len(factors) < 2:
        raise refuse_runs(Problem("factors", f"{factors[0]} alone", "at least two factors, for what they do together"))
    rows = []
    for name in outcomes:
        field, _ = _field(sweep, name, places, tuple(map(len, levels)))
        for one, other in combinations(range(len(factors)), 2):
            means = field.mean(axis=_other(len(factors), one, other))
            beyond = means - means.mean(axis=0) - means.mean(axis=1, keepdims=True) + means.mean(axis=(0, 1))
            for i, level in enumerate(levels[one]):
                for j, other_level in enumerate(levels[other]):
                    told = mean_interval(beyond[i, j])._asdict()
                    told["interaction"] = told.pop("mean")
                    where = {"factor": factors[one], "level": level, "other": factors[other], "other_level": other_level}
                    rows.append(
                        {"outcome": name, **where, "mean": mean_interval(means[i, j]).mean, **told, "seeds": means.shape[-1]}
                    )
    columns = ["outcome", "factor", "level", "other", "other_level", "mean", "interaction", "low", "high", "seeds"]
    return pd.DataFrame(rows, columns=columns)


def _grid(
    runs: pd.DataFrame, factors: Sequence[str], outcomes: Sequence[str]
) -> tuple[Sweep, list[list[object]], npt.NDArray[np.int64]]:
    """The runs of a full grid, the levels of its factors and each point's place among them."""
    if not factors:
        raise refuse_runs(Problem("factors", "none", "at least one factor"))
    sweep = read_runs(runs, outcomes, factors)
    levels, places = grid_of(sweep.settings, factors)
    single = [name for name, own in zip(factors, levels, strict=True) if len(own) < 2]
    if single:
        raise refuse_runs(*(Problem(f"factors.{name}", "one level", "at least two levels") for name in single))
    return sweep, levels, places


def _field(sweep: Sweep, name: str, places: npt.NDArray[np.int64], shape: tuple[int, ...]) -> tuple[Floats, int]:
    """An outcome by levels of all factors and complete seeds, and how many seeds are left out."""
    values = sweep.values[name]
    complete = complete_seeds(values)
    field = np.full((*shape, int(complete.sum())), np.nan)
    field[tuple(places.T)] = values[:, complete]
    return field, int((~complete).sum())


def _terms(field: Floats, factors: Sequence[str]) -> Iterator[tuple[str, Floats]]:
    """The terms seed by seed, each spread over the whole grid; they and the grand mean add up to the field."""
    number = len(factors)
    left = field - field.mean(axis=tuple(range(number)), keepdims=True)
    for size in (1, 2):
        found = {}
        for chosen in combinations(range(number), size):
            part = left.mean(axis=_other(number, *chosen), keepdims=True)
            found[chosen] = np.broadcast_to(part, field.shape)
        for chosen, part in found.items():
            yield " x ".join(factors[axis] for axis in chosen), part
            left = left - part
    if number > 2:
        yield HIGHER, left


def _other(number: int, *chosen: int) -> tuple[int, ...]:
    return tuple(axis for axis in range(number) if axis not in chosen)
