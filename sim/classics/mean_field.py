"""A mean field of the engine's own turnout: one equation for a town of people who differ by chance only.

Everybody is asked, nobody is away, incomes are equal. If a share r of people goes, somebody hears it from g ties: Poisson,
with mean ``degree * hears * r``, since each tie who goes tells one with chance ``hears``. By :mod:`sim.behaviour.turnout` they go
if ::

    theta - concern - noise  <  asked + pull + sigma * g / (g + kappa) - fine * p(r)
    p(r) = belief * (1 - exp(-risk * officers / r))

with theta normal, concern uniform, noise logistic, officers counted per head and the fine in months of income. With H the
distribution of the left-hand side, the town ends where it starts from nobody: at the least ::

    r = F(r) = sum_g Poisson(g; degree * hears * r) H(asked + pull + sigma * g / (g + kappa) - fine * p(r))

F rises, since both the ties and the safety in numbers do. On a random graph this is exact in the limit of many people: there,
those whom I know do not know each other, and how many of their other ties go is Poisson with the same mean.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import mesa
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.interpolate import CubicSpline
from scipy.special import gammaln, ndtr, xlogy

from sim.behaviour.arrays import Rates
from sim.behaviour.parameters import Behaviour
from sim.classics.classic import Check, Classic, Finding, Option
from sim.classics.crowd import Threat, turnout
from sim.classics.fixed_point import least_fixed_point
from sim.classics.graphs import random_ties
from sim.population.draws import bells, shares
from sim.population.traits import Traits
from sim.streams import MAX_SEED, Streams

__all__ = ["CLASSIC", "MeanField", "reluctance", "run", "town_turnout"]

Floats = npt.NDArray[np.float64]

_HOW: Final = Behaviour()
_WHO: Final = Traits()

BELIEF: Final = 0.5
"""Share of unlawful assemblies believed to be punished (assumption, as in the main model's police practice)."""

EQUATION: Final = "r = F(r)"
_TOWNS: Final = (1000, 4000, 16_000, 64_000)
"""Sizes of the engine's towns, persons; the option ``people`` cuts them off."""


@cache
def reluctance(noise: float) -> CubicSpline[np.float64]:
    """H: the distribution of theta - concern - noise, with the main model's own traits.

    The mean over concern, uniform on 0..c, is ``(sd / c) (A(x + c) - A(x))`` with A the integral of the normal distribution; that
    over the noise is a sum over a fine grid. It is kept as a spline, exact to nine digits.

    Args:
        noise: scale of the logistic noise.
    """
    points = np.linspace(-5.0, 5.0, 1001)
    steps = np.linspace(-32.0, 32.0, 513)
    weights = 0.25 / np.cosh(steps / 2.0) ** 2
    weights /= weights.sum()
    mean, sd, most = _WHO.reluctance_mean, _WHO.reluctance_sd, max(_WHO.concern_max, 1e-9)
    at = (points[:, None] + noise * steps - mean) / sd
    return CubicSpline(points, (sd / most) * (_area(at + most / sd) - _area(at)) @ weights)


def _area(x: Floats) -> Floats:
    """The integral of the normal distribution up to x."""
    found: Floats = x * ndtr(x) + np.exp(-x * x / 2.0) / math.sqrt(2.0 * math.pi)
    return found


class MeanField(mesa.Model):
    """A town as one number: the share of people who go. A step is one look of everybody at everybody else.

    Args:
        options: of this classic, by name.
        safety: whether the risk falls as the crowd grows; if not, it stays that of a town in which everybody goes.

    Attributes:
        share: who goes. history: the share after each step, from 0.
    """

    def __init__(self, options: Mapping[str, Any], *, safety: bool = True, rng: int = 1) -> None:
        super().__init__(rng=rng)
        self.options, self.safety, self.share, self.history = options, safety, 0.0, [0.0]
        self.most_told = float(options["degree"] * options["hears"])
        self.told = np.arange(math.ceil(self.most_told + 10.0 * math.sqrt(self.most_told)) + 20, dtype=np.float64)
        self.push = _HOW.asked + options["pull"] + options["sigma"] * self.told / (self.told + _HOW.kappa)
        self.reluctance = reluctance(_HOW.noise)

    def risk(self, share: Floats) -> Floats:
        """The chance of sanction that one sees when such a share goes."""
        officers = self.options["officers"] / 100.0
        crowd = np.maximum(share, 1e-12) if self.safety else np.ones_like(share)
        found: Floats = -BELIEF * np.expm1(-_HOW.risk * officers / crowd)
        return found

    def next(self, share: Floats) -> Floats:
        """F: the share who would go if such a share went."""
        mean = self.most_told * share[:, None]
        poisson = np.exp(xlogy(self.told, mean) - mean - gammaln(self.told + 1.0))
        goes = self.reluctance(np.clip(self.push - self.options["fine"] * self.risk(share)[:, None], -5.0, 5.0))
        found: Floats = np.clip((poisson * goes).sum(axis=1), 0.0, 1.0)
        return found

    def step(self) -> None:
        """Everybody looks at once."""
        now = float(self.next(np.array([self.share]))[0])
        self.running, self.share = now - self.share > 1e-12, max(now, self.share)
        self.history.append(self.share)

    def solve(self) -> float:
        """Where it ends, by root finding."""
        return least_fixed_point(self.next)

    def error(self, share: float, people: int) -> float:
        """The standard error of the share in a town of so many people: their own chance, passed on by the crowd."""
        near = np.array([max(share - 1e-5, 0.0), share + 1e-5])
        slope = float(np.diff(self.next(near))[0] / np.diff(near)[0])
        return math.sqrt(share * (1.0 - share) / people) / max(1.0 - slope, 0.05)


def town_turnout(options: Mapping[str, Any], people: int, seed: int) -> float:
    """The share who go in a town of the engine's: people of drawn traits on a random graph, under the same law."""
    streams = Streams(seed)
    theta, concern = np.empty(people, np.float32), np.empty(people, np.float32)
    bells(streams.key("reluctance"), _WHO.reluctance_mean, _WHO.reluctance_sd, False, math.inf, 0, theta)
    shares(streams.key("concern"), 0, 0.0, _WHO.concern_max, 0, concern)
    rates = Rates(options["sigma"], _HOW.kappa, _HOW.noise, _HOW.asked, options["hears"], _HOW.risk, 1.0, 1.0, 1.0)
    threat = Threat(options["fine"], options["officers"] / 100.0 * people, BELIEF)
    ties = random_ties(people, options["degree"], streams)
    return turnout(ties, theta, concern + np.float32(options["pull"]), rates, threat, seed).size / people


def run(options: Mapping[str, Any], seed: int) -> Finding:
    """The map and its fixed point, the town's answer to fines, and how the engine's towns come near as they grow."""
    jump = critical_fine(options)
    tables = {
        "map": _maps(options, jump),
        "fines": _fines(options, jump),
        "engine": _engine(options, jump, seed),
        "towns": _towns(options, seed),
        "jump": pd.DataFrame({"fine": [jump]}),
    }
    return Finding(tuple(_checks(options, tables, seed)), tables)


def critical_fine(options: Mapping[str, Any]) -> float:
    """The fine, in months of income, at which the crowd collapses; not a number if it only dwindles.

    It is where the crowd falls by more than half over a ten-thousandth of a month.
    """
    grid = _grid(options)
    at = [_solved(options, fine) for fine in grid]
    falls = [k for k in range(len(grid) - 1) if at[k + 1] < 0.5 * at[k]]
    if not falls:
        return math.nan
    low, high = float(grid[falls[0]]), float(grid[falls[0] + 1])
    most, least = at[falls[0]], at[falls[0] + 1]
    while high - low > 1e-5:
        middle = (low + high) / 2.0
        share = _solved(options, middle)
        if share > math.sqrt(most * max(least, 1e-12)):
            low, most = middle, share
        else:
            high, least = middle, share
    return low if least < 0.5 * most else math.nan


def _grid(options: Mapping[str, Any]) -> Floats:
    """Fines that are looked at, months of income."""
    return np.linspace(0.0, max(4.0, 1.5 * options["fine"]), 41)


def _maps(options: Mapping[str, Any], jump: float) -> pd.DataFrame:
    fines = sorted({0.0, options["fine"], *([] if math.isnan(jump) else [round(1.15 * jump, 2)])})
    at = np.concatenate([np.geomspace(1e-5, 0.01, 60), np.linspace(0.01, 1.0, 199)[1:]])
    return pd.concat(
        [pd.DataFrame({"fine": fine, "share": at, "next": MeanField({**options, "fine": fine}).next(at)}) for fine in fines],
        ignore_index=True,
    )


def _fines(options: Mapping[str, Any], jump: float) -> pd.DataFrame:
    """What a fine does, with safety in numbers and without."""
    at = _grid(options)
    if not math.isnan(jump):
        at = np.unique(np.concatenate([at, jump + np.array([-1e-4, 1e-4])]))
    rows = [(fine, *(_solved(options, fine, safety=safety) for safety in (True, False))) for fine in at]
    return pd.DataFrame(rows, columns=["fine", "share", "without_safety"])


def _solved(options: Mapping[str, Any], fine: float, *, safety: bool = True) -> float:
    return MeanField({**options, "fine": float(fine)}, safety=safety).solve()


def _engine(options: Mapping[str, Any], jump: float, seed: int) -> pd.DataFrame:
    """The engine's town at some fines, none of them close to the jump."""
    reach = 2.0 if math.isnan(jump) else jump
    people = min(options["people"], 16_000)
    rows = []
    for fine in reach * np.array([0.0, 0.3, 0.6, 0.8, 1.2, 1.5, 2.0]):
        share = town_turnout({**options, "fine": float(fine)}, people, seed)
        rows.append((fine, people, share, _solved(options, fine)))
    return pd.DataFrame(rows, columns=["fine", "people", "share", "theory"])


def _towns(options: Mapping[str, Any], seed: int) -> pd.DataFrame:
    """Towns of several sizes: their mean share, how they differ, and the error that chance should make."""
    model = MeanField(options)
    theory = model.solve()
    rows = []
    for people in sorted({min(size, options["people"]) for size in _TOWNS}):
        found = [town_turnout(options, people, _another(seed, town)) for town in range(options["towns"])]
        rows.append((people, len(found), np.mean(found), np.std(found, ddof=1), theory, model.error(theory, people)))
    return pd.DataFrame(rows, columns=["people", "towns", "share", "sd", "theory", "error"])


def _another(seed: int, town: int) -> int:
    """The seed of one of the towns."""
    return (seed + 1_000_003 * town) % (MAX_SEED + 1)


def _checks(options: Mapping[str, Any], tables: Mapping[str, pd.DataFrame], seed: int) -> list[Check]:
    model = MeanField(options)
    theory = model.solve()
    while model.running:
        model.step()
    alone = {**options, "sigma": 0.0, "fine": 0.0}
    people = min(options["people"], 64_000)
    known = float(reluctance(_HOW.noise)(_HOW.asked + options["pull"]))
    error = math.sqrt(known * (1.0 - known) / people)
    checks = [
        Check("share who go, steps of the Mesa model against root finding", theory, model.share, 1e-6, EQUATION),
        Check("share who go if ties and law count for nothing, engine", known, town_turnout(alone, people, seed), 4 * error, "H"),
    ]
    jump = float(tables["jump"]["fine"].iloc[0])
    close = abs(options["fine"] - jump) < 0.2 * jump  # there, chance decides for each town on which side of the jump it is
    for row in [] if close else tables["towns"].to_dict("records"):
        within = 4.0 * row["error"] / math.sqrt(row["towns"]) + 2.0 / row["people"]
        what = f"share who go in {row['towns']} towns of {row['people']:,}, engine"
        checks.append(Check(what, theory, row["share"], within, f"{EQUATION}; 4 standard errors"))
    rows = tables["engine"]
    farthest = float(np.abs(rows["share"] - rows["theory"]).max())
    worst = max(
        MeanField({**options, "fine": fine}).error(share, 1) for fine, share in zip(rows["fine"], rows["theory"], strict=True)
    )
    within = 4.0 * worst / math.sqrt(rows["people"].iloc[0]) + 2.0 / rows["people"].iloc[0]
    return [*checks, Check("engine's share less theory over all fines, farthest", 0.0, farthest, within, EQUATION)]


CLASSIC: Final = Classic(
    name="mean-field",
    title="A mean field of our own turnout equation",
    citation=(
        "The turnout equation of this model: docs/model.md, sim/behaviour/turnout.py.",
        (
            "In the manner of Brock, William A., and Steven N. Durlauf. 2001. Discrete Choice with Social Interactions. "
            "Review of Economic Studies 68(2): 235-260."
        ),
    ),
    teaches=(
        "In a town where people differ by chance only, the whole model of turnout is one equation in one number: what share "
        "would go if such a share went? The engine's towns come to its solution as they grow. A fine deters little while the "
        "crowd is large, since each runs a small risk; past a critical fine nobody is safe in a crowd that does not come, and it "
        "collapses."
    ),
    options=(
        Option("pull", 0.2, "concern that everyone adds, as after a shock, utility", (-0.5, 1.0)),
        Option("fine", 1.0, "fine for coming, months of income", (0.0, 10.0)),
        Option("officers", 2.0, "police, per 100 people of the town", (0.0, 50.0)),
        Option("degree", 20.0, "mean number of ties", (1.0, 100.0)),
        Option("hears", _HOW.hears, "chance that a tie who goes tells one of it", (0.0, 1.0)),
        Option("sigma", _HOW.sigma, "pull of ties who are going, utility", (0.0, 1.5)),
        Option("people", 64_000, "people in the largest town of the engine", (1000, 1_000_000)),
        Option("towns", 8, "towns of each size", (2, 100)),
    ),
    run=run,
)
