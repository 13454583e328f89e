"""How much of a response's variance each assumption makes by itself, from whatever points there are.

The first-order Sobol' index of an assumption is the share of the variance that knowing it alone would take away,
``S = Var E[y | x] / Var y``. It is estimated from given data (Plischke, Borgonovo and Smith 2013, Global sensitivity measures
from given data, European Journal of Operational Research 226): no special design is needed, and what is drawn jointly with others
may be. ``E[y | x]`` is a polynomial of the third degree (Lewandowski, Cooke and Duintjer Tebbens 2007, Sample-based estimation of
correlation ratio with polynomial approximation, ACM Transactions on Modeling and Computer Simulation 18(1)). The degree is not
chosen by how well it fits, which would find something in noise; so R^2 less what noise explains (Ezekiel 1930) is right on
average, and may be added up over a hundred assumptions. What has more bends than two is not seen, and counts as unexplained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from sim.experiment.effects import CONFIDENCE
from sim.experiment.resting.chance import CHANCE, SHUFFLES, by_chance
from sim.experiment.resting.curves import Curve, Refits, curve_through, refitted
from sim.experiment.resting.directions import direction, interval_of
from sim.experiment.resting.responses import Responses, resampled_of
from sim.experiment.sensitivity.table import Floats

__all__ = ["DEGREE", "Shares", "first_order", "shares_together"]

DEGREE: Final = 3
"""Degree of the curves."""

_ROOM: Final = 3
"""Points for each column of a curve through several assumptions, at least."""


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """What each assumption makes.

    Attributes:
        table: one row an assumption, in the order of the settings:

            - ``assumption``; ``share``: its first-order index, 0 on average where there is nothing, so that a little below 0
              means none; ``share_low``, ``share_high``: the 95 % interval by bootstrap over points;
            - ``rank_share`` with interval: the same of the ranks of the responses, which a few wild points do not rule;
            - ``by_chance``: how often the greatest share of all, of responses or of their ranks, is as great where these are
              shuffled among the points, ``(1 + as great) / (1 + shuffles)`` (Westfall and Young 1993; Phipson and Smyth 2010);
              ``named``: whether that is 0.05 at most;
            - ``slope`` with interval: how far the response changes along a straight line from the low end to the high end, which
              are the 5 % and 95 % quantiles of what was drawn (``low_end``, ``high_end``); ``direction``: ``rises``, ``falls`` or
              ``unclear``;
            - ``at_low`` and ``at_high``, with intervals: the response on the curve at these ends.
        without: the shares without each point in turn, points by assumptions.
    """

    table: pd.DataFrame
    without: Floats


def first_order(
    settings: pd.DataFrame, responses: Responses, ranks: Responses, *, degree: int = DEGREE, shuffles: int = SHUFFLES
) -> Shares:
    """What each assumption makes by itself.

    Args:
        settings: one row a response, one column an assumption; numbers.
        responses: of these points. ranks: the same, each pair's difference being its rank among all.
        degree: of the curves. shuffles: how many.
    """
    columns = settings.to_numpy(np.float64)
    curves = [curve_through(columns[:, [place]], degree) for place in range(columns.shape[1])]
    chance = by_chance(curves, [responses.mean, ranks.mean], shuffles)
    ratios = [one.variance / one.expected for one in (resampled_of(responses), resampled_of(ranks))]
    rows = []
    for place, (name, curve) in enumerate(zip(settings.columns, curves, strict=True)):
        refits = refitted(curve, responses.mean)
        low, high = interval_of(_moved(curve, responses, refits, ratios[0]))
        found = {"assumption": str(name), "share": _share(curve, responses), "share_low": low, "share_high": high}
        low, high = interval_of(_moved(curve, ranks, refitted(curve, ranks.mean), ratios[1]))
        found |= {"rank_share": _share(curve, ranks), "rank_low": low, "rank_high": high}
        found |= {"by_chance": chance[place], "named": bool(chance[place] <= CHANCE)}
        rows.append(found | direction(curve, responses.mean, refits, columns[:, place]))
    return Shares(pd.DataFrame(rows), np.column_stack([_without_each(curve, responses) for curve in curves]))


def shares_together(
    settings: pd.DataFrame, responses: Responses, shares: Shares, jointly: Sequence[str] = ()
) -> tuple[float, float, float]:
    """The share of all assumptions together, each acting by itself, with its interval.

    Where they are independent their shares add up. Those that were drawn jointly share what they explain; of them one curve in
    all of them is taken, of so low a degree that there are three points for each of its columns.

    The interval is by the jackknife over points (Efron and Stein 1981), which errs on the wide side. The bootstrap would be
    several times as wide: a sample with points twice fits a hundred assumptions better than points that are all different.

    Args:
        settings, responses, shares: as of :func:`first_order`. jointly: assumptions that were drawn jointly.

    Returns:
        the share, and the ends of its interval; NaN if there are too few points for those that were drawn jointly.
    """
    alone = [place for place, name in enumerate(settings.columns) if name not in jointly]
    whole, without = float(shares.table["share"].iloc[alone].sum()), shares.without[:, alone].sum(axis=1)
    if jointly:
        degree = min(DEGREE, len(settings) // (_ROOM * len(jointly)))
        if not degree:
            return np.nan, np.nan, np.nan
        curve = curve_through(settings[list(jointly)].to_numpy(np.float64), degree)
        whole, without = whole + _share(curve, responses), without + _without_each(curve, responses)
    cases = len(without)
    half = float(stdtrit(cases - 1, 0.5 + CONFIDENCE / 2) * np.sqrt((cases - 1) * without.var()))
    return whole, whole - half, whole + half


def _share(curve: Curve, responses: Responses) -> float:
    """The share that a curve explains of the variance without noise; NaN if there is none."""
    if not responses.expected > 0:
        return np.nan
    return float(curve.adjusted(curve.explained(responses.mean))) * float(responses.mean.var(ddof=1)) / responses.expected


def _moved(curve: Curve, responses: Responses, refits: Refits, ratio: Floats) -> Floats:
    """The same of bootstrap samples, with the ratio of the variance to that without noise in each.

    A bootstrap sample's truth is what the curve explains of the points as they are, noise that it fits included; so its shares
    lie about that, and are moved to where the estimate is.
    """
    if not responses.expected > 0:
        return np.full(ratio.size, np.nan)
    raw = curve.explained(responses.mean) * float(responses.mean.var(ddof=1)) / responses.expected
    return np.asarray(curve.adjusted(refits.explained)) * ratio - raw + _share(curve, responses)


def _without_each(curve: Curve, responses: Responses) -> Floats:
    """The share without each point in turn, from what the curve leaves of it and how much it weighs on the curve."""
    cases, away = len(responses.mean), responses.mean - responses.mean.mean()
    left = away - curve.basis @ (curve.basis.T @ away)
    weight = 1 / cases + (curve.basis**2).sum(axis=1)
    unexplained = left @ left - left**2 / np.maximum(1 - weight, 1 / cases)
    total = away @ away - away**2 * cases / (cases - 1)
    freedom = (responses.pairs - 1).sum() - (responses.pairs - 1)
    noise = (responses.within.sum() - responses.within) / np.where(freedom > 0, freedom, np.nan)
    part = ((1 / responses.pairs).sum() - 1 / responses.pairs) / (cases - 1)
    variance = total / (cases - 2)
    expected = variance - noise * part
    return (variance - unexplained / (cases - 2 - curve.freedom)) / np.where(expected > 0, expected, np.nan)
