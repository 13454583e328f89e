"""Attribution: what each provision adds to the total effect of moving from one law to another.

A provision does one thing alone and another beside others, so there is no single share of it. Three answers are told: what it
does when it is the first to be adopted (add one at a time), what is lost when it alone is taken back in the end (revert one at a
time), and the mean of what it does over all orders of adoption (Shapley 1953, A value for n-person games), the only one that adds
up to the total, treats equals alike and gives nothing to what does nothing. ``v(S)`` is an outcome under law A with the
provisions S as in law B.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from math import factorial
from typing import Any, Final

import numpy as np
import pandas as pd

from sim.errors import Problem
from sim.experiment.effects import mean_interval
from sim.experiment.sensitivity.table import Floats, read_runs, refuse_runs
from sim.streams import Streams

__all__ = ["MOST_EXACT", "TOTAL", "Subset", "attribute", "orders_of", "subsets_needed", "values_of"]

MOST_EXACT: Final = 8
"""Provisions up to which all 2^k mixtures of two laws are run; with more, sampled orders."""

TOTAL: Final = "total"
"""The row of the total effect."""

type Subset = frozenset[str]

_COLUMNS: Final = [
    "provision",
    "shapley",
    "low",
    "high",
    "order_error",
    "revert",
    "revert_low",
    "revert_high",
    "add",
    "add_low",
    "add_high",
    "seeds",
    "left_out",
]


def orders_of(provisions: Sequence[str], number: int) -> list[tuple[str, ...]]:
    """Orders of adoption, sampled from a stream: each with its reverse, which halves or betters the error (Mitchell et al. 2022).

    Raises:
        InputError: if fewer than two pairs of orders are asked for, or an odd number.
    """
    _named_once(provisions)
    if number < 4 or number % 2:
        raise refuse_runs(Problem("orders", str(number), "an even number from 4: each order comes with its reverse"))
    found: list[tuple[str, ...]] = []
    for pair in range(number // 2):
        drawn = Streams(0).uniforms("orders of provisions", len(provisions), pair)
        order = tuple(provisions[place] for place in np.argsort(drawn, kind="stable"))
        found += [order, order[::-1]]
    return found


def subsets_needed(provisions: Sequence[str], orders: Sequence[Sequence[str]] | None = None) -> list[Subset]:
    """The mixtures that must be run: all, or those met on the way in some orders; smaller ones first.

    Those for adding and reverting one at a time are always among them.

    Raises:
        InputError: if there are too many provisions for all mixtures and no orders are given.
    """
    _named_once(provisions)
    if orders is None:
        if len(provisions) > MOST_EXACT:
            allowed = f"at most {MOST_EXACT}, or sampled orders"
            raise refuse_runs(Problem("provisions", f"{len(provisions)}: {2 ** len(provisions):,} mixtures", allowed))
        sizes = range(len(provisions) + 1)
    else:
        sizes = range(0)
    found = {frozenset(some) for size in sizes for some in combinations(provisions, size)}
    found |= {frozenset(order[:size]) for order in orders or () for size in range(len(provisions) + 1)}
    whole = frozenset(provisions)
    found |= {frozenset(), whole, *(frozenset({name}) for name in provisions), *(whole - {name} for name in provisions)}
    return sorted(found, key=lambda some: (len(some), [name in some for name in provisions][::-1]))


def values_of(runs: pd.DataFrame, outcome: str, subset_of: Mapping[int, Subset]) -> dict[Subset, Floats]:
    """An outcome of each mixture, seed by seed, from a runs table.

    Args:
        runs: the runs table. outcome: which column. subset_of: which provisions are as in law B at each point.

    Raises:
        InputError: if the table cannot be read, or has no run of a point.
    """
    sweep = read_runs(runs, [outcome])
    missing = sorted(set(subset_of) - set(sweep.points))
    if missing:
        raise refuse_runs(
            Problem("point", f"no run of point {missing[0]} ({len(missing)} points without)", "runs of every mixture")
        )
    return {
        frozenset(subset_of[point]): sweep.values[outcome][place]
        for place, point in enumerate(sweep.points)
        if point in subset_of
    }


def attribute(
    values: Mapping[Subset, Floats], provisions: Sequence[str], orders: Sequence[Sequence[str]] | None = None
) -> pd.DataFrame:
    """What each provision adds, seed by seed.

    Exactly, ``sum over S without i of |S|! (k - |S| - 1)! / k! (v(S + i) - v(S))``; from sampled orders, the mean over orders of
    what i adds to those before it (Castro, Gomez and Tejada 2009, Computers & Operations Research 36). With each seed the values
    of all provisions add up to the total either way.

    Args:
        values: ``v(S)`` by subset, one number a seed, the seeds in one order; NaN where there is none.
        provisions: their names.
        orders: sampled orders (:func:`orders_of`); all orders if left out.

    Returns:
        one row a provision, then :data:`TOTAL`: ``shapley``, ``revert`` (``v(all) - v(all but i)``) and ``add``
        (``v(i) - v(none)``), each with its 95 % t interval over seeds; ``order_error``, the standard error from having sampled
        orders (0 if none were); ``seeds``, and those ``left_out`` since a mixture has no value with them.

    Raises:
        InputError: if a mixture is missing, arrays differ in length, or the orders are none of these provisions.
    """
    needed = subsets_needed(provisions, orders)
    strange = [order for order in orders or () if sorted(order) != sorted(provisions)]
    lengths = {np.size(found) for found in values.values()}
    problems = [
        Problem("values", f"nothing for {_called(some, provisions)}", "a value for every mixture needed")
        for some in needed
        if some not in values
    ]
    problems += [Problem("orders", ", ".join(order), f"orders of {', '.join(provisions)}") for order in strange[:1]]
    if len(lengths) > 1:
        problems.append(Problem("values", f"arrays of {', '.join(map(str, sorted(lengths)))} seeds", "the same seeds everywhere"))
    if problems:
        raise refuse_runs(*problems)
    stacked = np.array([values[some] for some in needed], np.float64)
    sound = ~np.isnan(stacked).any(axis=0)
    of = dict(zip(needed, stacked[:, sound], strict=True))
    whole, none = frozenset(provisions), frozenset[str]()
    parts, errors = _sampled(of, provisions, orders) if orders else (_exact(of, provisions), np.zeros(len(provisions)))
    counts = {"seeds": int(sound.sum()), "left_out": int((~sound).sum())}
    rows: list[dict[str, Any]] = []
    for name, part, error in zip(provisions, parts, errors, strict=True):
        revert, add = of[whole] - of[whole - {name}], of[frozenset({name})] - of[none]
        rows.append({"provision": name, **_told(part, revert, add), "order_error": error, **counts})
    total = of[whole] - of[none]
    rows.append({"provision": TOTAL, **_told(total, total, total), "order_error": 0.0, **counts})
    return pd.DataFrame(rows, columns=_COLUMNS)


def _exact(of: Mapping[Subset, Floats], provisions: Sequence[str]) -> list[Floats]:
    number = len(provisions)
    found = []
    for name in provisions:
        part = np.zeros_like(of[frozenset()])
        for some in of:
            if name not in some:
                weight = factorial(len(some)) * factorial(number - len(some) - 1) / factorial(number)
                part = part + weight * (of[some | {name}] - of[some])
        found.append(part)
    return found


def _sampled(
    of: Mapping[Subset, Floats], provisions: Sequence[str], orders: Sequence[Sequence[str]]
) -> tuple[list[Floats], Floats]:
    """The mean over orders, and its standard error from the spread between pairs of orders."""
    added = np.empty((len(provisions), len(orders), of[frozenset()].size))
    for number, order in enumerate(orders):
        for place, name in enumerate(order):
            added[provisions.index(name), number] = of[frozenset(order[: place + 1])] - of[frozenset(order[:place])]
    means = added.mean(axis=2) if added.shape[2] else np.full(added.shape[:2], np.nan)
    paired = len(orders) % 2 == 0 and all(tuple(a) == tuple(b[::-1]) for a, b in zip(orders[::2], orders[1::2], strict=True))
    units = (means[:, ::2] + means[:, 1::2]) / 2 if paired else means
    error = units.std(axis=1, ddof=1) / math.sqrt(units.shape[1]) if units.shape[1] > 1 else np.full(len(provisions), np.nan)
    return list(added.mean(axis=1)), error


def _told(shapley: Floats, revert: Floats, add: Floats) -> dict[str, float]:
    found = {}
    for name, part in (("shapley", shapley), ("revert", revert), ("add", add)):
        stem = "" if name == "shapley" else f"{name}_"
        found[name], found[f"{stem}low"], found[f"{stem}high"] = mean_interval(part)
    return found


def _called(some: Subset, provisions: Sequence[str]) -> str:
    return " + ".join(name for name in provisions if name in some) or "no provision"


def _named_once(provisions: Sequence[str]) -> None:
    if not provisions or len(set(provisions)) < len(provisions) or TOTAL in provisions:
        allowed = f"at least one name, each once, none of them {TOTAL!r}"
        raise refuse_runs(Problem("provisions", ", ".join(provisions) or "none", allowed))
