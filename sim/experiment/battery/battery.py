"""The battery: every pattern that concerns a city, as a value with its interval, held against the band of real protests."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from sim.experiment.battery.uncertainty import jackknife, without_each
from sim.measurement.patterns import PATTERNS, Events, Pattern, Target, load_targets

__all__ = ["FAIL", "NO_BAND", "NO_VALUE", "PASS", "UNCLEAR", "VERDICTS", "Battery", "battery", "verdict"]

PASS: Final = "pass"
FAIL: Final = "fail"
UNCLEAR: Final = "unclear"
NO_BAND: Final = "no band"
NO_VALUE: Final = "no value"
VERDICTS: Final = (PASS, FAIL, UNCLEAR, NO_BAND, NO_VALUE)
"""The interval lies within the band; outside it; across an end of it, or is not known; there is no band; there is no value."""

OBSERVED: Final = "observed"
"""What stands in the place of calibrated on and held out for a record of what really took place."""

_TABLE: Final = (
    "city",
    "pattern",
    "group",
    "statistic",
    "unit",
    "value",
    "low",
    "high",
    "band_low",
    "band_high",
    "centre",
    "verdict",
    "grade",
    "use",
    "set_by",
    "source",
    "why",
    "method",
)

type Why = Callable[[Sequence[str]], str]
"""Says in words what would have to be known for the columns that are missing."""


@dataclass(frozen=True, slots=True, eq=False)
class Battery:
    """What a city's assemblies say of every pattern that concerns it.

    Attributes:
        name: of the scenario or the file. title: for people. town: of the scenario; empty for a record.
        regimes: those whose patterns concern it. groups: runs or blocks of time that intervals rest on.
        weekly_rate: assemblies held a week. held: how many were held.
        table: one row a pattern, in the order of the targets: ``city`` (the name), ``pattern``, ``group``, ``statistic``,
            ``unit``, ``value`` with its 95 % interval ``low`` to ``high``, ``band_low``, ``band_high``, ``centre``, ``verdict``
            (one of :data:`VERDICTS`), ``grade``, ``use`` (calibrated on, held out, or observed), ``set_by``, ``source``, and
            ``why`` there is no value or no interval, and ``method``: how it is estimated.
        runs: the value of each run alone: ``city``, ``pattern``, ``seed``, ``value``; no rows for a record.
    """

    name: str
    title: str
    town: str
    regimes: tuple[str, ...]
    groups: int
    weekly_rate: float
    held: int
    table: pd.DataFrame
    runs: pd.DataFrame

    def count(self, verdict: str, **having: str) -> int:
        """How many patterns have a verdict, and in other columns what is said."""
        rows = self.table[self.table["verdict"] == verdict]
        for name, value in having.items():
            rows = rows[rows[name] == value]
        return len(rows)


def verdict(value: float, low: float, high: float, band: tuple[float, float] | None) -> str:
    """What a value with its interval says of a band; one of :data:`VERDICTS`."""
    if math.isnan(value):
        return NO_VALUE
    if band is None:
        return NO_BAND
    if math.isnan(low):
        return UNCLEAR
    if band[0] <= low and high <= band[1]:
        return PASS
    return FAIL if high < band[0] or low > band[1] else UNCLEAR


def battery(
    events: Events,
    name: str,
    title: str,
    regimes: Collection[str],
    *,
    town: str = "",
    seeds: Sequence[int] = (),
    why: Why | None = None,
) -> Battery:
    """Hold a city's assemblies against every pattern that concerns it.

    Args:
        events: the assemblies. name: of the scenario or the file. title: for people.
        regimes: those the city stands under (:data:`~sim.measurement.patterns.REGIMES`, ``squatting``); patterns of any regime
            concern all.
        town: of a scenario. seeds: of its runs, one for each stretch; none for a record of what really took place.
        why: says what would have to be known for the columns that are missing.
    """
    left_out = without_each(events) if len(seeds) != 1 else []
    alone = [events.taking([number]) for number in range(len(events.stretches))] if seeds else []
    rate = events.weekly_rate
    rows, runs = [], []
    for target in load_targets().patterns:
        if not target.asks(regimes) or (target.rate and not target.rate[0] <= rate <= target.rate[1]):
            continue
        pattern = PATTERNS[target.id]
        use = target.use(town) if seeds else OBSERVED
        set_by = target.reason(town) if seeds else ""
        rows.append({"city": name, **_row(target, pattern, events, left_out, why), "use": use, "set_by": set_by})
        runs += [(name, target.id, seed, pattern(one)) for seed, one in zip(seeds, alone, strict=True)]
    table = pd.DataFrame(rows, columns=list(_TABLE))
    single = pd.DataFrame(runs, columns=["city", "pattern", "seed", "value"])
    return Battery(name, title, town, tuple(regimes), len(left_out), rate, len(events.held), table, single)


def _row(target: Target, pattern: Pattern, events: Events, left_out: Sequence[Events], why: Why | None) -> dict[str, str | float]:
    """All that is said of one pattern, but for what it is used for."""
    missing = [need for need in pattern.needs if need not in events.known]
    value = math.nan if missing else pattern(events)
    defined = not math.isnan(value)
    found = jackknife(value, [pattern(one) for one in left_out] if defined else [])
    low, high = (math.nan, math.nan) if math.isnan(found.low) else target.possible(found.low, found.high)
    reason = ""
    if missing:
        reason = why(missing) if why else f"not known: {', '.join(missing)}"
    elif not defined:
        no_inhabitants = events.inhabitants is None and target.unit.startswith("per 100,000")
        reason = "the city's inhabitants are not known" if no_inhabitants else "too few events of the kind it is about"
    elif math.isnan(low) and len(left_out) < 2:
        reason = "no interval: too few runs or days"
    elif math.isnan(low):
        reason = "no interval: without one of the runs or blocks it has no value"
    return {
        "pattern": target.id,
        "group": target.group,
        "statistic": target.stat,
        "unit": target.unit,
        "value": value,
        "low": low,
        "high": high,
        "band_low": target.band[0] if target.band else math.nan,
        "band_high": target.band[1] if target.band else math.nan,
        "centre": math.nan if target.centre is None else target.centre,
        "verdict": verdict(value, low, high, target.band),
        "grade": target.grade,
        "source": target.source,
        "why": reason,
        "method": " ".join(pattern.method.split()),
    }
