"""Known truth: what an analyst of event data would conclude of a reform, against its true effect.

Event data hold what the press reported. That few events are reported, and not those that are typical, is reporting bias (Earl,
Martin, McCarthy and Soule 2004, Annual Review of Sociology 30; Weidmann 2016, American Journal of Political Science 60). Worst is
a reform that changes what is reported besides what happens, for that does not cancel when years are held against years. Here both
are known. The true effect is the mean difference of pairs, runs that share their seed. An analyst has one history: years before
the reform and other years after it, hence runs with different seeds, and of these the press-based catalogue only.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.experiment.city_years import DRAWS, Histories, histories, jackknife_interval, share_interval
from sim.experiment.effects import CONFIDENCE, paired
from sim.experiment.rate_tests import negative_binomial_p, poisson_p, welch_p
from sim.experiment.reporting import Reported, reported
from sim.experiment.sensitivity.table import Floats

__all__ = ["YEARS", "misjudged", "significance", "type_errors"]

YEARS: Final = (1, 3, 5)
"""Years on either side of the reform."""

_MISJUDGED: Final = (
    *("outcome", "data", "years", "true_before", "true_after", "effect", "effect_low", "effect_high"),
    *("seen_before", "seen_after", "estimate", "bias", "bias_low", "bias_high", "ratio", "ratio_low", "ratio_high"),
    *("wrong_sign", "wrong_sign_low", "wrong_sign_high", "no_difference", "spread"),
    *("histories", "seeds", "left_out", "note"),
)
_SIGNIFICANCE: Final = (
    *("outcome", "data", "years", "test", "significant", "significant_low", "significant_high"),
    *("wrong_significant", "wrong_significant_low", "wrong_significant_high", "exaggeration"),
    *("histories", "seeds", "left_out", "note"),
)

_ROUNDING: Final = 1e-12
"""Differences that are this close to 0, relative to the values."""

type Holds = npt.NDArray[np.bool_]


def misjudged(
    runs: pd.DataFrame, factor: str, before: Any, by: Sequence[str] = (), *, years: Sequence[int] = YEARS, draws: int = DRAWS
) -> pd.DataFrame:
    """How far, and how often in the wrong direction, analysts of event data misjudge a reform.

    Args:
        runs: the runs table of a full grid.
        factor: the reform: the factor whose levels are laws. before: its level before; each other level is a reform.
        by: the other factors; each of their combinations is a setting.
        years: on either side. draws: histories that are drawn where there are too many to go through.

    Returns:
        one row a setting, reform, outcome (:data:`~sim.experiment.reporting.SEEN`), data
        (:data:`~sim.experiment.reporting.DATA`) and number of years: the factors, ``outcome``, ``data``, ``years``, then

        - ``true_before``, ``true_after``, ``effect`` with ``effect_low`` and ``effect_high``: the truth, over pairs (paired t);
        - ``seen_before``, ``seen_after``, ``estimate``: means of what the data show, and the mean of the analysts' estimates;
        - ``bias``: estimate - effect (paired t interval over seeds), and ``ratio``: estimate / effect (jackknife interval; NaN
          where the sign of the effect is not known);
        - ``wrong_sign``: share of histories whose estimate has the other sign than the effect (jackknife interval), and
          ``no_difference``: share of those whose estimate is 0;
        - ``spread``: standard deviation of the estimates between histories;
        - ``histories``, ``seeds``, ``left_out`` (seeds without a value), and ``note``: in words, what to beware of.

        Bias and ratio are those of any number of years: more years make an analyst surer, not righter. With data ``one_rate`` the
        estimate over ``true_before`` is the relative change of what is observed, so these are the errors of an analyst who
        trusts only changes in per cent.

    Raises:
        InputError: if the runs table cannot be read, is no full grid, or has too few seeds for so many years.
    """
    rows = []
    for case in reported(runs, factor, before, by, years):
        for span in years:
            enough = histories(case.seeds, span, draws) if case.seeds >= 2 * span else None
            for data, one, other, _ in case.data():
                found = _told(case, enough, one, other) if enough else _untold(case)
                rows.append({**case.named, "data": data, "years": span, **found})
    return _table(rows, [factor, *by, *_MISJUDGED], ["data", "note"])


def significance(
    runs: pd.DataFrame, factor: str, before: Any, by: Sequence[str] = (), *, years: Sequence[int] = YEARS, draws: int = DRAWS
) -> pd.DataFrame:
    """How often analysts find a significant effect of a reform on events or attendance (5 %, two-sided), and what it is worth.

    Args:
        runs, factor, before, by, years, draws: as for :func:`misjudged`.

    Returns:
        one row a setting, reform, outcome, data, number of years and ``test``: of events ``poisson`` and, with several years,
        ``negative_binomial``; of attendance, with several years, ``welch`` (one year on either side does not tell how much years
        differ, and persons do not come one by one). See :mod:`~sim.experiment.rate_tests`. Then ``significant``: share of
        histories; ``wrong_significant``: share of these with the wrong sign, the type S error; both with a jackknife interval;
        ``exaggeration``: mean size of these estimates over that of the effect, the type M error (:func:`type_errors`);
        ``histories``, ``seeds``, ``left_out`` and ``note``.

    Raises:
        InputError: as of :func:`misjudged`.
    """
    rows = []
    for case in reported(runs, factor, before, by, years):
        for span in years:
            if not case.is_total or case.seeds < 2 * span:
                continue
            found = histories(case.seeds, span, draws)
            for data, one, other, ratio in case.data():
                for test, p in _tests(case, found, data, one, other, ratio):
                    named = {**case.named, "data": data, "years": span, "test": test}
                    rows.append({**named, **_judged(case, found, one, other, p < 1 - CONFIDENCE)})
    return _table(rows, [factor, *by, *_SIGNIFICANCE], ["data", "test", "note"])


def type_errors(estimates: Floats, significant: Holds, effect: float) -> tuple[float, float]:
    """Type S and type M error (Gelman and Carlin 2014, Perspectives on Psychological Science 9).

    Of the significant estimates, the share with the wrong sign, and by which factor they exaggerate: their mean size over that of
    the true effect. NaN if none is significant, or there is no effect.
    """
    found = estimates[significant]
    if not found.size or effect == 0:
        return math.nan, math.nan
    return float((found * effect < 0).mean()), float(np.abs(found).mean() / abs(effect))


def _told(case: Reported, found: Histories, one: Floats, other: Floats) -> dict[str, Any]:
    """What the analysts of all histories say."""
    estimates = _estimates(found, one, other)
    bias = paired(case.effects, other - one)
    wrong = _wrong(case, found, estimates)
    low, high = share_interval(*wrong, found.years)
    ratio = _of_effect(case, one, other) if case.sign_is_known else (math.nan,) * 3
    return {
        **_truth(case),
        "seen_before": float(one.mean()),
        "seen_after": float(other.mean()),
        "estimate": float(_unless_rounding(other.mean() - one.mean(), one, other)),
        **dict(zip(("bias", "bias_low", "bias_high"), (float(_unless_rounding(end, one, other)) for end in bias), strict=True)),
        **dict(zip(("ratio", "ratio_low", "ratio_high"), ratio, strict=True)),
        "wrong_sign": wrong[0],
        "wrong_sign_low": low,
        "wrong_sign_high": high,
        "no_difference": found.shares(estimates == 0)[0],
        "spread": float(estimates.std()),
        "histories": len(estimates),
        **_counts(case),
        "note": "" if case.sign_is_known else "the sign of the true effect is not known",
    }


def _untold(case: Reported) -> dict[str, Any]:
    return {**(_truth(case) if case.seeds else {}), "histories": 0, **_counts(case), "note": "too few seeds have a value"}


def _judged(case: Reported, found: Histories, one: Floats, other: Floats, significant: Holds) -> dict[str, Any]:
    """What is found significant, and how far that misleads."""
    estimates = _estimates(found, one, other)
    often = found.shares(significant)
    wrong = _wrong(case, found, estimates, significant)
    low, high = share_interval(*often, found.years)
    wrong_low, wrong_high = share_interval(*wrong, found.years)
    return {
        "significant": often[0],
        "significant_low": low,
        "significant_high": high,
        "wrong_significant": wrong[0],
        "wrong_significant_low": wrong_low,
        "wrong_significant_high": wrong_high,
        "exaggeration": type_errors(estimates, significant, case.effect.mean)[1],
        "histories": len(estimates),
        **_counts(case),
        "note": "" if case.sign_is_known else "the sign of the true effect is not known",
    }


def _tests(case: Reported, found: Histories, data: str, one: Floats, other: Floats, ratio: float) -> Iterator[tuple[str, Floats]]:
    """The tests of an analyst with such data. Counts are tested as they were counted; rates come in by their ratio."""
    if case.named["outcome"] == "attendance":
        if found.years > 1:
            yield "welch", welch_p(one[found.before], other[found.after])
        return
    counted = case.true if data == "complete" else case.seen
    years = counted[0][found.before], counted[1][found.after]
    yield "poisson", poisson_p(*years, ratio)
    if found.years > 1:
        yield "negative_binomial", negative_binomial_p(*years, ratio)


def _estimates(found: Histories, one: Floats, other: Floats) -> Floats:
    """What each analyst says: the difference of means."""
    return np.asarray(_unless_rounding(other[found.after].mean(axis=1) - one[found.before].mean(axis=1), one, other), np.float64)


def _unless_rounding(differences: Any, one: Floats, other: Floats) -> Any:
    """Differences, 0 where rounding alone makes them differ from it: it would else give them a sign."""
    return np.where(np.abs(differences) <= _ROUNDING * max(one.max(), other.max()), 0.0, differences)


def _wrong(case: Reported, found: Histories, estimates: Floats, among: Holds | None = None) -> tuple[float, Floats]:
    """The share of histories with the wrong sign, and the same without each seed, which the true effect then lacks as well."""
    up, down = found.shares(estimates > 0, among), found.shares(estimates < 0, among)
    effects = case.effects
    without = effects.sum() - effects
    whole = down[0] if effects.sum() > 0 else up[0] if effects.sum() < 0 else math.nan
    return whole, np.where(without > 0, down[1], np.where(without < 0, up[1], np.nan))


def _of_effect(case: Reported, one: Floats, other: Floats) -> tuple[float, float, float]:
    """Estimate over effect, with its interval."""
    estimates, effects = other - one, case.effects
    whole = float(estimates.sum() / effects.sum())
    return whole, *jackknife_interval(whole, (estimates.sum() - estimates) / (effects.sum() - effects))


def _truth(case: Reported) -> dict[str, Any]:
    effect = case.effect
    true = {"true_before": float(case.true[0].mean()), "true_after": float(case.true[1].mean())}
    return {**true, **dict(zip(("effect", "effect_low", "effect_high"), effect, strict=True))}


def _counts(case: Reported) -> dict[str, Any]:
    return {"seeds": case.seeds, "left_out": case.left_out}


def _table(rows: list[dict[str, Any]], columns: list[str], words: list[str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(["outcome", *words], "str"))
