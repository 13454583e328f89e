"""Sobol indices: which factors an outcome's variance comes from, with the noise of replication told apart.

The estimators are SALib's (first and total order: Saltelli et al. 2010, Computer Physics Communications 181; second order:
Saltelli 2002, the same 145; centring: Sobol et al. 2007), applied to the means over seeds. Those means still hold noise, which
makes every total index too large and every share too small. Each estimator is a mean of products ``x y`` of what is seen at two
points or of two differences; with R seeds, ``cov(x, y) / R`` too much stands in the product of two means, exactly on average and
however points share coin tosses, since seeds are independent of each other. The mended indices leave that out: they are those of
the mean of infinitely many seeds. Being a ratio, an index of few seeds may still be off where noise has the larger part; the
intervals are wide then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.errors import Problem
from sim.experiment.effects import CONFIDENCE
from sim.experiment.sensitivity.bootstrap import percentile_interval, resampled
from sim.experiment.sensitivity.libraries import library
from sim.experiment.sensitivity.saltelli import Blocks, check_blocks
from sim.experiment.sensitivity.table import Floats, read_runs, refuse_runs
from sim.streams import Streams

__all__ = ["sobol_indices"]

_RESAMPLES: Final = 500
"""Bootstrap samples of blocks."""

_COLUMNS: Final = [
    "outcome",
    "order",
    "factor",
    "other",
    "index_raw",
    "raw_low",
    "raw_high",
    "index",
    "low",
    "high",
    "noise_share",
    "mean_noise_share",
    "variance",
    "seeds",
    "blocks",
    "left_out",
]

type Products = Callable[[Floats, Floats], Floats]


def sobol_indices(
    runs: pd.DataFrame, factors: Sequence[str], outcomes: Sequence[str], *, second_order: bool = True
) -> pd.DataFrame:
    """First, total and second order indices of a Saltelli design.

    Args:
        runs: the runs table; its points stand in the order of the design.
        factors: the factors, in the order of the design.
        outcomes: which columns are outcomes.
        second_order: whether the design has the points for the second order (2 k + 2 a block instead of k + 2).

    Returns:
        one row an outcome and index: ``order`` (``first``, ``total`` or ``second``), ``factor`` and ``other`` (of the second
        order); ``index_raw`` of the means over seeds by SALib with its interval ``raw_low`` to ``raw_high``; ``index``, mended of
        noise, with its percentile interval ``low`` to ``high`` (all 95 %, from resampling blocks of the design; that the seeds
        are a sample too is not in it). ``noise_share`` is the share that the noise of a single run has in the variance of single
        runs, variance within points over total, after what a seed does to all points alike; ``mean_noise_share`` the share it
        keeps in the variance of the means over seeds. ``variance`` is that of the outcome over the factors' space, mended
        likewise: an index times it is a part of variance. With one seed noise is unknown, and what is mended of it NaN.
        ``blocks`` were analysed; ``left_out`` were not, since a run in them failed or has no value. An outcome that never varies
        has NaN everywhere.

    Raises:
        InputError: if the table cannot be read, or its points are no such design.
        ModelError: if SALib is not installed.
    """
    if len(factors) < 2:
        raise refuse_runs(Problem("factors", ", ".join(factors) or "none", "at least two factors"))
    sweep = read_runs(runs, outcomes, factors)
    step = check_blocks(sweep.settings, factors, second_order=second_order)
    rows = []
    for name in outcomes:
        blocks = Blocks.of(sweep.values[name], len(factors), step)
        told = {"outcome": name, "seeds": len(sweep.seeds), "blocks": len(blocks.values)}
        told["left_out"] = len(sweep.points) // step - len(blocks.values)
        rows += [{**told, **row} for row in _indices(blocks, factors, second_order=second_order)]
    return pd.DataFrame(rows, columns=_COLUMNS).astype({"other": "str"})


def _indices(blocks: Blocks, factors: Sequence[str], *, second_order: bool) -> Iterator[dict[str, Any]]:
    number = len(factors)
    wanted: list[tuple[str, int, int | None]] = [(order, one, None) for order in ("first", "total") for one in range(number)]
    wanted += [("second", one, other) for one, other in combinations(range(number), 2)] if second_order else []
    varies = len(blocks.values) > 1 and bool(np.ptp(blocks.values.mean(axis=2)) > 0)
    raw = _by_salib(blocks, factors, second_order=second_order) if varies else None
    mended = varies and blocks.values.shape[2] > 1
    shares = _noise(blocks) if mended else dict.fromkeys(("noise_share", "mean_noise_share", "variance"), np.nan)
    chosen = resampled(len(blocks.values), _RESAMPLES) if mended else None
    for order, one, other in wanted:
        row: dict[str, Any] = {"order": order, "factor": factors[one], "other": "" if other is None else factors[other], **shares}
        if raw is not None:
            value, half = raw(order, one, other)
            row |= {"index_raw": value, "raw_low": value - half, "raw_high": value + half}
        if chosen is not None:
            whole = np.arange(len(blocks.values))[None, :]
            row["index"] = float(_index(blocks, order, one, other, whole, _less_noise)[0])
            row["low"], row["high"] = percentile_interval(_index(blocks, order, one, other, chosen, _less_noise))
        yield row


def _by_salib(
    blocks: Blocks, factors: Sequence[str], *, second_order: bool
) -> Callable[[str, int, int | None], tuple[float, float]]:
    """SALib's indices of the means over seeds, and the half widths of their intervals."""
    analyze = library("SALib.analyze.sobol", "the analysis of Sobol indices").analyze
    problem = {"num_vars": len(factors), "names": list(factors), "bounds": [[0.0, 1.0]] * len(factors)}
    seed = int(Streams(0).key("bootstrap"))  # SALib draws by itself; so it draws the same each time
    found = analyze(
        problem,
        blocks.values.mean(axis=2).ravel(),
        calc_second_order=second_order,
        num_resamples=_RESAMPLES,
        conf_level=CONFIDENCE,
        seed=seed,
    )

    def told(order: str, one: int, other: int | None) -> tuple[float, float]:
        name = {"first": "S1", "total": "ST", "second": "S2"}[order]
        place = one if other is None else (one, other)
        return float(found[name][place]), float(found[f"{name}_conf"][place])

    return told


def _less_noise(x: Floats, y: Floats) -> Floats:
    """The product of two means over seeds, block by block, without what noise adds: the mean over pairs of unequal seeds."""
    seeds = x.shape[1]
    return np.asarray((x.sum(axis=1) * y.sum(axis=1) - (x * y).sum(axis=1)) / (seeds * (seeds - 1)), np.float64)


def _with_noise(x: Floats, y: Floats) -> Floats:
    """The product of two means over seeds, block by block."""
    return np.asarray(x.mean(axis=1) * y.mean(axis=1), np.float64)


def _index(blocks: Blocks, order: str, one: int, other: int | None, chosen: npt.NDArray[np.int64], products: Products) -> Floats:
    """An index in each sample of blocks: SALib's formulas, with another product of means."""
    a, b = blocks.a, blocks.b

    def first(factor: int) -> Floats:
        return products(b, blocks.ab(factor) - a)

    if order == "first":
        part = first(one)
    elif order == "total":
        moved = a - blocks.ab(one)
        part = products(moved, moved) / 2
    else:
        assert other is not None
        part = products(blocks.ba(one), blocks.ab(other)) - products(a, b) - first(one) - first(other)
    variance = _variance(blocks, chosen, products)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = part[chosen].mean(axis=1) / variance
    return np.where(variance > 0, found, np.nan)


def _variance(blocks: Blocks, chosen: npt.NDArray[np.int64], products: Products) -> Floats:
    """The variance at the points of A and B, in each sample of blocks."""
    a, b = blocks.a, blocks.b
    squares = (products(a, a) + products(b, b)) / 2
    means = (a.mean(axis=1) + b.mean(axis=1)) / 2
    return np.asarray(squares[chosen].mean(axis=1) - means[chosen].mean(axis=1) ** 2, np.float64)


def _noise(blocks: Blocks) -> dict[str, float]:
    """The share of noise in the variance of single runs and of means over seeds, at the points of A and B."""
    values = np.concatenate([blocks.a, blocks.b])
    points, seeds = values.shape
    values = values - values.mean(axis=0)
    means = values.mean(axis=1)
    within = float(((values - means[:, None]) ** 2).sum()) / ((points - 1) * (seeds - 1))
    between = float(means.var(ddof=1))  # holds within / seeds
    single = between + within * (1 - 1 / seeds)
    variance = float(_variance(blocks, np.arange(len(blocks.values))[None, :], _less_noise)[0])
    return {
        "noise_share": within / single,
        "mean_noise_share": within / seeds / between if between else np.nan,
        "variance": variance,
    }
