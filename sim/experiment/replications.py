"""How many pairs are enough: for an interval of a wished width, and for a test of a wished power; from a pilot.

Formulas for pairs and for unpaired runs: Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, 2nd edition, and
Law (2015), Simulation Modeling and Analysis, 9.4 and 10.2. A pilot of few pairs knows its standard deviation badly, so each
number is told twice: for the standard deviation found, and for the upper end of what it may well be.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.special import chdtri, nctdtr, stdtrit

from sim.errors import ModelError, Problem
from sim.experiment.contrasts import contrasts
from sim.experiment.effects import CONFIDENCE
from sim.experiment.sensitivity.table import Floats, read_runs, refuse_runs

__all__ = ["MOST", "pairs_for_power", "pairs_for_width", "plan_pairs", "power", "sd_upper", "too_few"]

MOST: Final = 1_000_000
"""Pairs beyond which none are counted: such a wish is told as infinite."""

_COLUMNS: Final = [
    "point",
    "outcome",
    "pilot_pairs",
    "sd",
    "sd_high",
    "half_width",
    "pairs_for_width",
    "pairs_for_width_high",
    "unpaired_for_width",
    "difference",
    "power",
    "pairs_for_power",
    "pairs_for_power_high",
    "unpaired_for_power",
]


def sd_upper(sd: float, values: int) -> float:
    """The one-sided 95 % upper bound of the sd of normal values: ``sd sqrt((n - 1) / chi2(0.05, n - 1))``."""
    return sd * math.sqrt((values - 1) / float(chdtri(values - 1, CONFIDENCE))) if values > 1 else math.nan


def pairs_for_width(sd: float, half_width: float, *, groups: int = 1) -> float:
    """The least n with ``t(0.975, df) sd / sqrt n <= half_width``: the pairs for a 95 % interval of that half width.

    Args:
        sd: standard deviation of the differences of pairs; of unpaired runs ``sqrt(var a + var b)``.
        half_width: half the width wished, in the outcome's unit.
        groups: 1 for pairs (df = n - 1), 2 for unpaired runs (n under each, df = 2 (n - 1)).

    Returns:
        a whole number from 2; infinite beyond :data:`MOST`; NaN if the standard deviation is.
    """
    _positive(half_width=half_width)
    return _least(lambda n: float(stdtrit(groups * (n - 1), 0.5 + CONFIDENCE / 2)) * sd / math.sqrt(n) <= half_width, sd)


def power(sd: float, difference: float, pairs: int, *, groups: int = 1) -> float:
    """How often a two-sided t test at 5 % tells a difference from 0, if it is that large.

    ``P(|T| > t(0.975, df))`` with T of the noncentral t distribution, its noncentrality ``sqrt(n) difference / sd``. Arguments as
    in :func:`pairs_for_power`.
    """
    freedom = groups * (pairs - 1)
    least = float(stdtrit(freedom, 0.5 + CONFIDENCE / 2))
    away = math.sqrt(pairs) * abs(difference) / sd if sd else math.inf
    if away > 30:  # beyond doubt, and beyond what the distribution is computed for
        return 1.0
    wrong_way = float(nctdtr(freedom, away, -least)) if away < 7 else 0.0  # at most Phi(-7); beyond, scipy may give NaN
    return float(1 - nctdtr(freedom, away, least)) + wrong_way


def pairs_for_power(sd: float, difference: float, wished: float = 0.8, *, groups: int = 1) -> float:
    """The least n for which :func:`power` is as wished.

    Args:
        sd: standard deviation of the differences of pairs; of unpaired runs ``sqrt(var a + var b)``.
        difference: the difference that is to be found, in the outcome's unit.
        wished: how often it is to be found.
        groups: 1 for pairs, 2 for unpaired runs (n under each).

    Returns:
        a whole number from 2; infinite beyond :data:`MOST`; NaN if the standard deviation is.
    """
    _positive(difference=abs(difference))
    if not 0.05 < wished < 1:
        raise ModelError(f"a power is a share above 0.05, which chance alone gives, and below 1; found {wished:g}")
    return _least(lambda n: power(sd, difference, n, groups=groups) >= wished, sd)


def _positive(**wishes: float) -> None:
    for name, wish in wishes.items():
        if not (math.isfinite(wish) and wish > 0):
            raise ModelError(f"{name.replace('_', ' ')}: found {wish:g}; allowed: a number above 0")


def _least(enough: Callable[[int], bool], sd: float) -> float:
    """The least whole number from 2 that is enough, if more of them stay enough."""
    if math.isnan(sd):
        return math.nan
    high = 2
    while not enough(high):
        if high >= MOST:
            return math.inf
        high = min(2 * high, MOST)
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return float(max(high, 2))


def plan_pairs(
    pilot: pd.DataFrame,
    baseline: int,
    *,
    half_widths: Mapping[str, float] | None = None,
    differences: Mapping[str, float] | None = None,
    wished_power: float = 0.8,
) -> pd.DataFrame:
    """The pairs needed at every point, from a pilot.

    Args:
        pilot: the runs table of a pilot, a few seeds at every point.
        baseline: the point to which the others are compared.
        half_widths: by outcome, half the width of the 95 % interval wished.
        differences: by outcome, the difference that is to be found.
        wished_power: how often it is to be found.

    Returns:
        one row a point and outcome: ``pilot_pairs``, ``sd`` of their differences and ``sd_high`` (:func:`sd_upper`);
        ``half_width`` with ``pairs_for_width``, the same if the standard deviation is that high, and ``unpaired_for_width`` (runs
        under each of the two); ``difference`` and ``power`` likewise. NaN where nothing was wished, or fewer than two pairs of
        the pilot have a value.

    Raises:
        InputError: if the table cannot be read, nothing is wished, or of an outcome that is not there.
        ModelError: if a wish is no positive number.
    """
    widths, wished = dict(half_widths or {}), dict(differences or {})
    outcomes = list(dict.fromkeys([*widths, *wished]))
    if not outcomes:
        raise refuse_runs(Problem("half_widths", "no wish", "a half width or a difference for at least one outcome"))
    _positive(**widths, **{name: abs(value) for name, value in wished.items() if name not in widths})
    sweep = read_runs(pilot, outcomes)
    rows = []
    if baseline not in sweep.points:
        raise refuse_runs(Problem("baseline", f"point {baseline}, of which there is no run", ", ".join(map(str, sweep.points))))
    for place, point in enumerate(sweep.points):
        for name in outcomes if point != baseline else ():
            a, b = sweep.values[name][sweep.points.index(baseline)], sweep.values[name][place]
            told = _needed(a, b, widths.get(name), wished.get(name), wished_power)
            rows.append({"point": point, "outcome": name, **told})
    return pd.DataFrame(rows, columns=_COLUMNS)


def _needed(a: Floats, b: Floats, half_width: float | None, difference: float | None, wished: float) -> dict[str, Any]:
    both = ~(np.isnan(a) | np.isnan(b))
    one, other = a[both], b[both]
    pairs = int(both.sum())
    sd = float((other - one).std(ddof=1)) if pairs > 1 else math.nan
    apart = math.sqrt(float(one.var(ddof=1) + other.var(ddof=1))) if pairs > 1 else math.nan
    high = sd_upper(sd, pairs)
    found: dict[str, Any] = {"pilot_pairs": pairs, "sd": sd, "sd_high": high}
    if half_width is not None:
        found["half_width"] = half_width
        found["pairs_for_width"] = pairs_for_width(sd, half_width)
        found["pairs_for_width_high"] = pairs_for_width(high, half_width)
        found["unpaired_for_width"] = pairs_for_width(apart, half_width, groups=2)
    if difference is not None:
        found |= {"difference": difference, "power": wished}
        found["pairs_for_power"] = pairs_for_power(sd, difference, wished)
        found["pairs_for_power_high"] = pairs_for_power(high, difference, wished)
        found["unpaired_for_power"] = pairs_for_power(apart, difference, wished, groups=2)
    return found


def too_few(runs: pd.DataFrame, baseline: int, differences: Mapping[str, float]) -> tuple[str, ...]:
    """What a finished sweep has too few replications for: a warning for each outcome whose intervals are wider than was asked.

    Args:
        runs: the runs table.
        baseline: the point to which the others are compared.
        differences: by outcome, the difference that is to be told from none. The half width of an interval must not be above it.

    Returns:
        one sentence an outcome that has such a point, with the widest interval and the pairs it would need; empty if all is well.

    Raises:
        InputError, ModelError: as :func:`plan_pairs`.
    """
    if not differences:
        raise refuse_runs(Problem("differences", "none", "a difference for at least one outcome"))
    _positive(**{name: abs(value) for name, value in differences.items()})
    table = contrasts(runs, baseline, list(differences), resamples=1)
    return tuple(
        warning
        for name, own in table.groupby("outcome", sort=False)
        if (warning := _warning(str(name), own, abs(differences[str(name)])))
    )


def _warning(name: str, table: pd.DataFrame, difference: float) -> str:
    half = ((table["high"] - table["low"]) / 2).to_numpy(np.float64)
    unknown, wide = np.isnan(half), half > difference
    said = []
    if wide.any():
        worst = int(np.nanargmax(half))
        pairs = int(table["pairs"].iloc[worst])
        sd = half[worst] * math.sqrt(pairs) / float(stdtrit(pairs - 1, 0.5 + CONFIDENCE / 2))
        needed = pairs_for_width(sd, difference)
        more = f"about {needed:,.0f} pairs" if math.isfinite(needed) else f"more than {MOST:,} pairs"
        where = f"at {int(wide.sum())} of {len(half)} points"
        widest = f"the widest, at point {table['point'].iloc[worst]}, is +- {half[worst]:.3g}"
        said.append(
            f"intervals are wider than the difference asked (+- {difference:g}) {where}; "
            f"{widest} with {pairs} pairs and needs {more}"
        )
    if unknown.any():
        said.append(f"{int(unknown.sum())} of {len(half)} points have fewer than two pairs with a value, and no interval")
    return f"{name}: {'; '.join(said)}." if said else ""
