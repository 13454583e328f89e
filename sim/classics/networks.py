"""Thresholds on networks: people see their ties, not the whole crowd (Watts 2002; Gleeson and Cahalane 2007).

Granovetter's normal thresholds, as fractions of one's ties, on random graphs of ever more ties; and Watts's cascades, where
everybody has the same threshold and a few start.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import mesa
import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.classics.classic import Check, Classic, Finding, Option
from sim.classics.crowd import needed_of_ties, those_who_go
from sim.classics.granovetter import critical, equilibrium, spread_out
from sim.classics.graphs import random_ties
from sim.classics.networks_theory import critical_spread, final_share, normal_response, uniform_response, window
from sim.population.ties import Ties
from sim.streams import Streams

__all__ = ["CLASSIC", "Cascade", "run"]

MEAN: Final = 25.0
THRESHOLD: Final = 18.0
DEGREES: Final = (10, 20, 50)
"""Mean degrees at which normal thresholds are tried."""

SEEDED: Final = ((2, 0.1), (4, 0.1), (8, 0.1), (8, 1.0))
"""Mean degrees, and per cent who start, at which equal thresholds are tried."""

WATTS: Final = "Watts 2002, condition for a cascade"
THEORY: Final = "Gleeson & Cahalane 2007"


class Cascade(mesa.Model):
    """People on a network, as arrays: one goes for good as soon as enough ties go.

    Attributes:
        ties: who knows whom. needed: how many ties must go. going: who goes.
    """

    def __init__(self, ties: Ties, needed: npt.NDArray[np.int64], *, rng: int = 1) -> None:
        super().__init__(rng=rng)
        self.ties, self.needed, self.going = ties, needed, np.zeros(needed.size, np.bool_)

    def step(self) -> None:
        """Everybody looks at their ties at once."""
        seen = np.concatenate([[0], np.cumsum(self.going[self.ties.neighbours])])
        now = self.going | (seen[self.ties.indptr[1:]] - seen[self.ties.indptr[:-1]] >= self.needed)
        self.running = bool((now != self.going).any())
        self.going = now

    def run(self) -> npt.NDArray[np.int32]:
        """Until nobody joins: who goes."""
        while self.running:
            self.step()
        return np.flatnonzero(self.going).astype(np.int32)


def run(options: Mapping[str, Any], seed: int) -> Finding:
    """The jump on networks of different density, and Watts's window of cascades."""
    tables = {**_normal(options, seed), **_equal(options, seed)}
    checks = [*_jump_checks(tables["jumps"], options), *_window_checks(options), *_share_checks(tables["equal"], options)]
    for name, what in (("engine", "normal thresholds"), ("equal", "equal thresholds")):
        rows = tables[name]
        farthest = float(np.abs(rows["share"] - rows["theory"]).max())
        checks += [
            Check(f"{what}: engine's share less theory, farthest", 0.0, farthest, _tolerance(options), THEORY),
            Check(f"{what}: people who differ between Mesa model and engine", 0, float(rows["differ"].sum()), 0.0, "exact"),
        ]
    return Finding(tuple(checks), tables)


def _tolerance(options: Mapping[str, Any]) -> float:
    """0.01 in a town of 20,000; in smaller ones chance counts for more."""
    return float(0.01 * max(1.0, np.sqrt(20_000 / options["people"])))


def _normal(options: Mapping[str, Any], seed: int) -> dict[str, pd.DataFrame]:
    """Final shares against the spread of normal thresholds: theory, and the engine away from the jump."""
    mean, n = options["mean"] / 100.0, options["people"]
    jumps = [(float(degree), critical_spread(degree, mean)) for degree in (5, 7, *DEGREES, 100)]
    found = dict(jumps)
    curves, dots = [], []
    for degree in DEGREES:
        ties = random_ties(n, degree, Streams(seed))
        for ratio in np.unique(np.concatenate([np.linspace(0.5, 3.0, 51), [0.999, 1.001]])):
            spread = ratio * found[degree]
            curves.append((degree, 100.0 * spread, final_share(degree, normal_response(mean, spread))))
        for ratio in (0.7, 0.85, 0.93, 1.1, 1.5, 2.2, 3.0):
            spread = ratio * found[degree]
            needed = needed_of_ties(spread_out(n, mean, spread), ties)
            theory = final_share(degree, normal_response(mean, spread))
            dots.append((degree, 100.0 * spread, *_docked(ties, needed, seed), theory))
    complete = critical(mean)[0]
    ratios = np.unique(np.concatenate([np.linspace(0.5, 3.0, 101), [0.999, 1.001]]))
    curves += [(n, 100.0 * ratio * complete, equilibrium(mean, ratio * complete)) for ratio in ratios]
    return {
        "curves": pd.DataFrame(curves, columns=["degree", "spread", "share"]),
        "engine": pd.DataFrame(dots, columns=["degree", "spread", "share", "differ", "theory"]),
        "jumps": pd.DataFrame(jumps, columns=["degree", "spread"]).assign(spread=lambda t: 100.0 * t["spread"]),
    }


def _docked(ties: Ties, needed: npt.NDArray[np.int64], seed: int) -> tuple[float, int]:
    """The share who go by the engine, and how many people the Mesa model would have otherwise."""
    goers = those_who_go(ties, needed, seed)
    return goers.size / needed.size, int(np.setxor1d(goers, Cascade(ties, needed).run()).size)


def _equal(options: Mapping[str, Any], seed: int) -> dict[str, pd.DataFrame]:
    """Final shares against the mean degree when all have one threshold: theory, and the engine at some degrees."""
    threshold, n = options["threshold"] / 100.0, options["people"]
    response = uniform_response(threshold)
    around = np.unique(np.concatenate([np.linspace(0.5, 10.0, 96), [float(degree) for degree, _ in SEEDED]]))
    curve = [(start, degree, final_share(degree, response, start / 100.0)) for start in (0.1, 1.0) for degree in around]
    dots = []
    for degree, start in SEEDED:
        ties = random_ties(n, degree, Streams(seed))
        needed = needed_of_ties(np.full(n, threshold), ties)
        needed[: max(1, round(n * start / 100.0))] = 0  # numbers mean nothing in a random graph
        dots.append((start, float(degree), *_docked(ties, needed, seed), final_share(degree, response, start / 100.0)))
    return {
        "equal_curve": pd.DataFrame(curve, columns=["start", "degree", "share"]),
        "equal": pd.DataFrame(dots, columns=["start", "degree", "share", "differ", "theory"]),
        "window": pd.DataFrame([window(threshold) or (np.nan, np.nan)], columns=["low", "high"]),
    }


def _jump_checks(jumps: pd.DataFrame, options: Mapping[str, Any]) -> list[Check]:
    """Known jumps, in per cent of one's ties."""
    found = dict(zip(jumps["degree"], jumps["spread"], strict=True))
    if options["mean"] != MEAN:
        return []
    known = {10: 10.25, 20: 11.24, 50: 11.83}
    checks = [Check(f"spread at the jump, mean degree {z}, %", at, found[z], 5e-3, THEORY) for z, at in known.items()]
    return [
        *checks,
        Check("spread at the jump, all see all, %", 12.22, 100.0 * critical(MEAN / 100.0)[0], 5e-3, "Granovetter 1978"),
    ]


def _window_checks(options: Mapping[str, Any]) -> list[Check]:
    known = {10.0: (1.00, 13.66), 15.0: (1.00, 7.48), THRESHOLD: (1.02, 5.76), 20.0: (1.02, 5.76), 25.0: (1.114, 3.86)}
    ends = window(options["threshold"] / 100.0)
    if options["threshold"] not in known or ends is None:
        return []
    low, high = known[options["threshold"]]
    called = f"mean degree from which one person can start a cascade, threshold {options['threshold']:g} %"
    return [
        Check(called, low, ends[0], 5e-3, WATTS),
        Check(called.replace("from", "up to"), high, ends[1], 5e-3, WATTS),
    ]


def _share_checks(equal: pd.DataFrame, options: Mapping[str, Any]) -> list[Check]:
    if options["threshold"] != THRESHOLD:
        return []
    known = (0.7970, 0.9802, 0.0023, 0.9997)
    checks = []
    for (degree, start), share, row in zip(SEEDED, known, equal.to_dict("records"), strict=True):
        what = f"share who go, threshold {THRESHOLD:g} %, mean degree {degree}, {start:g} % start"
        checks.append(Check(what, share, row["theory"], 1e-4, THEORY))
    return checks


CLASSIC: Final = Classic(
    name="networks",
    title="Cascades on networks",
    citation=(
        "Watts, Duncan J. 2002. A Simple Model of Global Cascades on Random Networks. PNAS 99(9): 5766-5771.",
        (
            "Gleeson, James P., and Diarmuid J. Cahalane. 2007. Seed Size Strongly Affects Cascades on Random Networks. "
            "Physical Review E 75: 056103."
        ),
    ),
    teaches=(
        "People see those they know, not the square from above. With few ties, a few who go are a large part of what somebody "
        "sees, so a cascade starts at a smaller spread of thresholds than when all see all; the more ties, the less so. "
        "And one person can only set off a cascade where people have neither too few ties (nobody to tell) nor too many (one who "
        "goes is too small a part). The engine's own turnout gives the same people, one by one."
    ),
    options=(
        Option("mean", MEAN, "mean of normal thresholds, % of one's ties", (10.0, 40.0)),
        Option("threshold", THRESHOLD, "the one threshold of Watts's people, % of their ties", (5.0, 60.0)),
        Option("people", 20_000, "people in the engine's town", (1000, 100_000)),
    ),
    run=run,
)
