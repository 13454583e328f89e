"""The battery in words: its sentences, its numbers, and what they may not be taken for."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sim.experiment.battery import Battery
from sim.experiment.battery.battery import FAIL, NO_VALUE, PASS, UNCLEAR
from sim.measurement.patterns import CALIBRATED, HELD_OUT, REGIMES, Target, load_targets

__all__ = ["Row", "band", "interval", "number", "rows_of", "rules", "sentence", "targets_of", "uncertainty", "whose"]

type Row = Mapping[str, Any]

_JUDGED: Final = (PASS, FAIL, UNCLEAR)


def number(value: float, unit: str) -> str:
    """A value to three digits: ``43.1 %`` of a share, ``1,139``, ``0.851``."""
    if math.isnan(value):
        return "-"
    if unit == "share":
        return f"{_digits(100.0 * value)} %"
    return _digits(value)


def _digits(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value + 0.0:.3g}"


def interval(row: Row) -> str:
    """The interval of a row: ``[0.17 to 0.23]``; empty if there is none."""
    if math.isnan(row["low"]):
        return ""
    low, high = (number(row[end], row["unit"]).removesuffix(" %") for end in ("low", "high"))
    return f"[{low} to {high}]"


def band(target: Target) -> str:
    """The band of a pattern: ``0.14 to 0.25``; empty if there is none."""
    if target.band is None:
        return ""
    low, high = (number(end, target.unit) for end in target.band)
    return f"{low.removesuffix(' %')} to {high}"


def rows_of(done: Battery) -> dict[str, Row]:
    """The rows of the table by pattern."""
    return {str(row["pattern"]): {str(key): value for key, value in row.items()} for row in done.table.to_dict("records")}


def targets_of(batteries: Sequence[Battery]) -> list[Target]:
    """The patterns that concern any of some cities, in order."""
    asked = {name for done in batteries for name in done.table["pattern"]}
    return [target for target in load_targets().patterns if target.id in asked]


def whose(done: Battery) -> str:
    """What is told of a city beside its patterns: how much it rests on, and under which regime it stands."""
    regimes = " and ".join(f"{name} ({REGIMES.get(name, 'a slot is free and exclusive')})" for name in done.regimes)
    under = f"regime {regimes}" if regimes else "no regime is known, so only what holds anywhere is asked"
    runs = f" in {len(set(done.runs['seed']))} runs" if len(done.runs) else ""
    return f"{done.title}: {done.held:,} events held{runs}, {number(done.weekly_rate, '')} a week; {under}."


def sentence(done: Battery) -> str:
    """How many patterns pass, fail and are unclear, held-out ones apart."""
    judged = sum(done.count(verdict) for verdict in _JUDGED)
    told = f"Of {judged} patterns with a band that concern it, {_counts(done)}."
    if done.town or HELD_OUT in set(done.table["use"]):
        parts = [f"{use}: {_counts(done, use=use)}" for use in (HELD_OUT, CALIBRATED)]
        told += f" {parts[0][:1].upper()}{parts[0][1:]}; {parts[1]}."
    missing = done.count(NO_VALUE)
    return f"{told} {missing} {'have' if missing > 1 else 'has'} no value." if missing else told


def _counts(done: Battery, **having: str) -> str:
    passed, failed, unclear = (done.count(verdict, **having) for verdict in _JUDGED)
    return f"{passed} pass, {failed} fail, {unclear} {'is' if unclear == 1 else 'are'} unclear"


def uncertainty(done: Battery) -> str:
    """What the intervals of a city are."""
    if done.groups < 2:
        return f"{done.title}: no intervals, so no verdict but unclear; take several runs (--reps)."
    if len(done.runs):
        return f"{done.title}: values of {done.groups} runs together; intervals: 95 %, grouped jackknife over runs."
    return f"{done.title}: intervals: 95 %, grouped jackknife over {done.groups} blocks of time."


def rules(batteries: Sequence[Battery]) -> list[str]:
    """What the words mean, and what they may not be taken for."""
    told = [
        "pass: the interval lies within the band of real protests; fail: outside; unclear: across an end of it, or not known.",
        "Grade of the band: A computed from event data, B official or NGO counts with a clear denominator, C soft.",
    ]
    if any(done.town for done in batteries):
        told += [
            "calibrated on: the source of a parameter names the pattern, so it tests nothing; held out: none does.",
            "The first values of the assumptions were set by hand with the whole battery in sight, so held out is no blind test.",
            "Bands of sizes, filings and arrests are from Germany and the US; that they carry over to Kazakhstan is untested.",
        ]
    return told
