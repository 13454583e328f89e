"""Does it look like real protest? Values of a few runs against the bands of ``pattern_targets.json``.

A first look: plain estimators on pooled seeds, no intervals. Run from the top of a checkout::

    python -m experiments.patterns            # 10 seeds of Almaty under the law of 1995, 2 of Berlin
    python -m experiments.patterns 20 4       # more of each
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.experiment import simulate
from sim.measurement import Tables

TARGETS = json.loads(Path(__file__).with_name("pattern_targets.json").read_text(encoding="utf-8"))["patterns"]

INHABITANTS = {"almaty": 1_854_598, "berlin": 3_769_495}
"""Residents of all ages, as the town texts have them: the rates of P15 are per inhabitant, the model's people are adults."""


WARM_UP = 59
"""Days left out where time patterns are measured: nothing was planned before the first day, so the first weeks fill up."""


def _held(tables: Tables) -> pd.DataFrame:
    return tables.held.assign(filed=tables.held["filed_day"].notna())


def _hill(sizes: np.ndarray, least: float) -> float:
    tail = sizes[sizes >= least]
    return 1.0 + len(tail) / np.log(tail / least).sum() if len(tail) > 10 else math.nan


def _gini(sizes: np.ndarray) -> float:
    ranked = np.sort(sizes)
    n = len(ranked)
    return float(2 * (np.arange(1, n + 1) * ranked).sum() / (n * ranked.sum()) - (n + 1) / n)


def _ratio(held: pd.DataFrame) -> pd.Series:
    group = held[held["filed"] & (held["form"] != "single_picket")]
    return group["turnout"] / group["declared"]


def _slope(held: pd.DataFrame) -> float:
    group = held[held["filed"] & (held["form"] != "single_picket")]
    return float(np.polyfit(np.log(group["declared"]), np.log(group["turnout"]), 1)[0])


def _monthly(held: pd.DataFrame) -> float:
    month = pd.to_datetime(held["date"]).dt.month
    by_month = held.groupby([held["seed"], month])["turnout"].agg(["size", "sum"])
    return float(by_month["size"].corr(by_month["sum"]))


def _fano(days: pd.DataFrame) -> float:
    weekly = days.assign(week=days["day"] // 7).groupby(["seed", "week"])["held"].sum()
    return float(weekly.var() / weekly.mean())


def _first_answers(runs: dict[str, pd.DataFrame]) -> pd.DataFrame:
    told = runs["assemblies"].dropna(subset=["filed_day", "answered_day"])
    return told[told["attempts"] == 1]


def values(runs: dict[str, pd.DataFrame], town: str, seeds: int) -> dict[str, float]:
    """The value of every pattern that a pool of runs can show; which regime must meet it is said by the targets."""
    held, days, assemblies = runs["held"], runs["days"], runs["assemblies"]
    settled = held[held["day"] >= WARM_UP]
    sizes = held["turnout"].to_numpy(float)
    ratio, first = _ratio(held), _first_answers(runs)
    filed = assemblies[assemblies["filed_day"].notna()]
    arrests = held.loc[held["arrests"] > 0, "arrests"].to_numpy(float)
    opposition = filed[(filed["stance"] == "opposition") & (filed["answer"] != "")]
    small = held[~held["lawful_at_start"] & (held["turnout"] < 200)]
    large = held[held["turnout"] > 10_000]
    rate = len(held) / seeds / INHABITANTS[town] * 1e5
    unfiled = held["strategy"].isin(["unannounced", "spontaneous"])
    return {
        "P1a": _hill(sizes, 100),
        "P1b": float(np.log(sizes).std()),
        "P2a": _gini(sizes),
        "P2b": float(np.sort(sizes)[-max(1, len(sizes) // 100) :].sum() / sizes.sum()),
        "P3": _monthly(settled),
        "P4a": float(ratio.median()),
        "P4b": float(np.log(ratio).std()),
        "P4c": float((ratio > 1.1).mean()),
        "P4d": float((ratio > 2).mean()),
        "P4e": _slope(held),
        "P5": float((filed["fate"].isin(["called_off", "prevented"])).sum() / (filed["fate"] != "pending").sum()),
        "P6a": float(filed["notice"].median()),
        "P6b": float((filed["notice"] <= 7).mean()),
        "P6c": float((filed["notice"] <= 2).mean()),
        "P7a": float((first["answered_day"] - first["filed_day"]).median()),
        "P7b": float((first["day"] - first["answered_day"] <= 3).mean()),
        "P8": float((pd.to_datetime(held["date"]).dt.day_of_week == 5).mean()),
        "P9a": _fano(days[days["day"] >= WARM_UP]),
        "P10a": float((held["arrests"] > 0).mean()),
        "P10b": float(np.median(arrests)) if len(arrests) else math.nan,
        "P10c": _hill(arrests, 16),
        "P10d": float(np.polyfit(np.log(held.loc[held["arrests"] > 0, "turnout"]), np.log(arrests), 1)[0])
        if len(arrests) > 10
        else math.nan,
        "P11": float(held["punished_detained"].sum() / max(1, held["arrests"].sum())),
        "P12": float(opposition["answer"].isin(["refused", "silence_refused"]).mean()),
        "P13a": float((unfiled | ~held["lawful_at_start"]).mean()),
        "P13b": float((~held["lawful_at_start"]).mean()),
        "P14": float((filed["answer"] == "refused").mean()),
        "P15a": rate,
        "P15b": rate,
        "P16": float(((held["arrests"] > 0) | held["terminated"] | held["dispersed"]).mean()),
        "P17a": float(large["officers"].sum() / large["turnout"].sum()) if len(large) else math.nan,
        "P17b": float(small["officers"].sum() / max(1, small["turnout"].sum())),
    }


def pooled(scenario: str, seeds: int) -> dict[str, pd.DataFrame]:
    """The tables of some runs, one below the other, with their seed."""
    parts: dict[str, list[pd.DataFrame]] = {"assemblies": [], "held": [], "days": []}
    for seed in range(1, seeds + 1):
        tables: Any = simulate(scenario, seed).tables
        print(f"{scenario}, seed {seed}: {len(tables.held)} held", file=sys.stderr)
        found: dict[str, Callable[[], pd.DataFrame]] = {
            "assemblies": lambda t=tables: t.assemblies,
            "held": lambda t=tables: _held(t),
            "days": lambda t=tables: t.days,
        }
        for name, table in found.items():
            parts[name].append(table().assign(seed=seed))
    return {name: pd.concat(frames, ignore_index=True) for name, frames in parts.items()}


def main(almaty: int = 10, berlin: int = 2) -> None:
    """Print value against band for every pattern the two cities can show."""
    arms = {
        "P": values(pooled("almaty-1995-law", almaty), "almaty", almaty),
        "N": values(pooled("berlin", berlin), "berlin", berlin),
    }
    print(f"{'id':6}{'pattern':62}{'band':>16}{'Berlin':>10}{'':6}{'Almaty':>10}")
    for target in TARGETS:
        low, high = target["band"]
        row = f"{target['id']:6}{target['stat'][:60]:62}{f'{low:g} to {high:g}':>16}"
        for arm in ("N", "P"):
            value = arms[arm].get(target["id"], math.nan)
            asked = target["regime"] == "any" or arm in target["regime"] or (arm == "N" and "L" in target["regime"])
            verdict = "" if not asked or math.isnan(value) else "in" if low <= value <= high else "OUT"
            row += f"{value:>10.3g} {verdict:5}" if asked else f"{'-':>10} {'':5}"
        print(row)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
