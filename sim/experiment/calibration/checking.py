"""Checks of a posterior: draws from it are run, and their patterns held against the bands, calibrated on and held out alike."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.experiment.calibration.chance import Chance
from sim.experiment.calibration.goals import Goal
from sim.experiment.calibration.matching import Matched, Values
from sim.experiment.calibration.posterior import INTERVAL, Posterior
from sim.experiment.calibration.seeds import mean_over_seeds, seed_variance
from sim.experiment.sensitivity.table import Floats

__all__ = ["FAIL", "NO_VALUE", "PASS", "UNCLEAR", "checked", "drawn_for_check", "emulators_of"]

PASS, FAIL, UNCLEAR, NO_VALUE = "pass", "fail", "unclear", "no value"
"""The interval lies in the band; outside it; across an end of it; or too few draws have a value."""

_FEWEST = 2


def drawn_for_check(posterior: Posterior, number: int, sample: int) -> Floats:
    """Points of the unit cube drawn from the posterior, by weight."""
    return posterior.x[Chance(sample, "calibration/check").among(posterior.weights, number)]


def checked(goals: Sequence[Goal], shipped: Values, drawn: Values, matched: Matched, x: Floats) -> pd.DataFrame:
    """Every pattern of every place under the posterior.

    Args:
        goals: all of them. shipped: values at the shipped parameters (one point). drawn: values at the draws. matched: the waves.
        x: the draws, as points of the unit cube.

    Returns:
        one row a goal: ``place``, ``pattern``, ``statistic``, ``unit``, ``use`` (calibrated on or held out), ``band_low``,
        ``band_high``, ``shipped`` (mean of its seeds), ``value`` (median over draws, each the mean of its seeds), ``low`` and
        ``high`` (90 % of draws), ``in_band`` (share of draws in the band), ``verdict`` by that interval, ``centre_verdict``
        (pass or fail by ``value``), ``emulated`` (median of what the emulators said of the same draws; empty of what is held
        out), ``emulator_error`` (root mean square of the draws' values less what was emulated, in standard deviations foretold:
        about 1 if the emulator knows what it does not know), ``seed_sd`` (between single runs), ``draws`` with a value,
        ``reached`` (share of the waves' points, of those with a value, in the band), ``nearest`` (the value of such a point
        nearest to the middle of the band), ``grade`` and ``source``.
    """
    emulators = {goal.name: emulator for goal, emulator in matched.last.judge.goals}
    rows = []
    for goal in goals:
        values = mean_over_seeds(drawn[goal.name])
        there = values[~np.isnan(values)]
        enough = len(there) >= _FEWEST
        tails = (1 - INTERVAL) / 2
        low, value, high = np.quantile(there, [tails, 0.5, 1 - tails]).tolist() if enough else [math.nan] * 3
        emulated = error = math.nan
        if goal.name in emulators and enough:
            mean, variance = emulators[goal.name].predict(x)
            emulated = float(goal.off_scale(np.median(mean, keepdims=True))[0])
            apart = (goal.on_scale(values) - mean) / np.sqrt(variance)
            error = float(np.sqrt(np.nanmean(apart**2)))
        rows.append(
            {
                "place": goal.place,
                "pattern": goal.pattern,
                "statistic": goal.short,
                "unit": goal.unit,
                "use": "calibrated on" if goal.fitted else "held out",
                "band_low": goal.low,
                "band_high": goal.high,
                "shipped": float(mean_over_seeds(shipped[goal.name])[0]),
                "value": value,
                "low": low,
                "high": high,
                "in_band": float(goal.met(there).mean()) if enough else math.nan,
                "verdict": _verdict(goal, low, high) if enough else NO_VALUE,
                "centre_verdict": (PASS if goal.low <= value <= goal.high else FAIL) if enough else NO_VALUE,
                "emulated": emulated,
                "emulator_error": error,
                "seed_sd": math.sqrt(seed_variance(shipped[goal.name], drawn[goal.name])),
                "draws": len(there),
                **_reached(goal, matched),
                "grade": goal.grade,
                "source": goal.source,
            }
        )
    return pd.DataFrame(rows)


def emulators_of(matched: Matched) -> pd.DataFrame:
    """How well each goal was emulated, after each wave.

    Returns:
        one row a wave and goal: ``wave``, ``place``, ``pattern``, ``points`` (with a value), ``q2``, ``inflation``, ``noise_sd``
        (what no number of points takes away), ``band_sd`` (of observation and discrepancy) and ``granted_sd`` (discrepancy that
        had to be granted; empty if none), all on the scale of comparison, and ``status``: emulated, cannot be met, or too few
        values.
    """
    rows = []
    for wave in matched.waves:
        known = {goal.name: emulator for goal, emulator in wave.judge.goals}
        for goal in matched.goals:
            emulator = known.get(goal.name)
            granted = wave.judge.widened.get(goal.name, math.nan)
            status = "too few values" if emulator is None else "emulated" if math.isnan(granted) else "cannot be met"
            rows.append(
                {
                    "wave": wave.number,
                    "place": goal.place,
                    "pattern": goal.pattern,
                    "points": emulator.points if emulator else 0,
                    "q2": emulator.q2 if emulator else math.nan,
                    "inflation": emulator.inflation if emulator else math.nan,
                    "noise_sd": math.sqrt(emulator.noise) if emulator else math.nan,
                    "band_sd": goal.sd,
                    "granted_sd": granted,
                    "status": status,
                }
            )
    return pd.DataFrame(rows)


def _reached(goal: Goal, matched: Matched) -> dict[str, float]:
    """How many of the points that were run meet a goal, whether it was calibrated on or not, and how near they come."""
    found = [mean_over_seeds(wave.values[goal.name]) for wave in matched.waves if goal.name in wave.values]
    values = np.concatenate([*found, np.empty(0)])
    values = values[~np.isnan(values)]
    if not len(values):
        return {"reached": math.nan, "nearest": math.nan}
    nearest = np.abs(goal.on_scale(values) - goal.middle).argmin()
    return {"reached": float(goal.met(values).mean()), "nearest": float(values[nearest])}


def _verdict(goal: Goal, low: float, high: float) -> str:
    if goal.low <= low and high <= goal.high:
        return PASS
    return FAIL if high < goal.low or low > goal.high else UNCLEAR
