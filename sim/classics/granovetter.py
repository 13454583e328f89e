"""Granovetter's threshold model (1978): who riots depends on who riots already.

Everyone has a threshold: the number of others who must riot before they do. With N people and F the share whose threshold is at
most so many, the crowd grows as r(t + 1) = N F(r(t)) from r(0) = 0 and ends at the least r = N F(r).

Convention: thresholds are real numbers, a threshold of r or less is met by r others, those of 0 or less need nobody; F is the
normal distribution itself, neither cut off at 0 nor rounded to whole people.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import mesa
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import optimize
from scipy.special import ndtr, ndtri

from sim.classics.classic import Check, Classic, Finding, Option
from sim.classics.crowd import those_who_go
from sim.classics.fixed_point import least_fixed_point
from sim.classics.graphs import complete_ties
from sim.kernels import jit
from sim.population.ties import Ties
from sim.streams import Streams, normal

__all__ = ["CLASSIC", "Person", "Riot", "counted", "critical", "equilibrium", "jump", "large_riots", "run", "spread_out"]

PAPER: Final = "Granovetter 1978"
MATHS: Final = "tangency: Phi(z) - z phi(z) = mean, spread = phi(z), crowd = mean + z spread"

MEAN: Final = 25.0
"""The mean threshold of Granovetter's example, per 100 people."""


class Person(mesa.Agent):
    """One of a crowd.

    Attributes:
        threshold: how many must riot before this one does. riots: whether it does.
    """

    def __init__(self, model: Riot, threshold: float) -> None:
        super().__init__(model)
        self.threshold, self.riots = threshold, False

    def look(self, rioters: int) -> None:
        """See so many riot, and join if they are enough."""
        self.riots = self.riots or rioters >= self.threshold


class Riot(mesa.Model):
    """A crowd in which everybody sees everybody; it begins with nobody and stops when nobody joins any more.

    Attributes:
        rioters: how many riot. history: how many did after each step.
    """

    def __init__(self, thresholds: Sequence[float], *, rng: int = 1) -> None:
        super().__init__(rng=rng)
        for threshold in thresholds:
            Person(self, threshold)
        self.rioters, self.history = 0, [0]

    def step(self) -> None:
        """Everybody looks at once."""
        self.agents.do("look", self.rioters)
        now = sum(person.riots for person in self.agents)
        self.running, self.rioters = now > self.rioters, now
        self.history.append(now)

    def run(self) -> int:
        """Until nobody joins: how many riot."""
        while self.running:
            self.step()
        return self.rioters


def counted(thresholds: npt.ArrayLike) -> int:
    """How many riot in the end, by counting: the next of the most willing joins if as many riot as they need."""
    ranked = np.sort(np.asarray(thresholds, np.float64))
    (unmet,) = np.nonzero(ranked > np.arange(ranked.size))
    return int(unmet[0]) if unmet.size else int(ranked.size)


def equilibrium(mean: float, spread: float) -> float:
    """The share that riots of very many people whose thresholds, as shares, are normal."""
    return least_fixed_point(lambda share: ndtr((share - mean) / spread))


def critical(mean: float) -> tuple[float, float]:
    """The spread at which the crowd jumps, and its share just before, by the condition that r = F(r) is a touch."""
    z = optimize.brentq(lambda z: ndtr(z) - z * _density(z) - mean, -8.0, 0.0, xtol=1e-14)
    return _density(z), mean + z * _density(z)


def _density(z: float) -> float:
    return math.exp(-z * z / 2.0) / math.sqrt(2.0 * math.pi)


def jump(mean: float) -> float:
    """The same spread by halving: below it few riot, above it most do."""
    few, most = 0.2 * mean, 1.2 * mean
    while most - few > 1e-9:
        middle = (few + most) / 2.0
        few, most = (middle, most) if equilibrium(mean, middle) < mean else (few, middle)
    return most


def spread_out(people: int, mean: float, spread: float) -> npt.NDArray[np.float64]:
    """Thresholds, as shares, that stand for a normal distribution without chance: its quantiles (i + 1/2) / people."""
    return mean + spread * ndtri((np.arange(people) + 0.5) / people)


@jit
def _large(key: Any, people: int, mean: float, spread: float, draws: int) -> int:
    """In how many of the draws of ``people`` thresholds more than half riot."""
    large = 0
    needing = np.empty(people + 1, np.int64)
    for draw in range(draws):
        needing[:] = 0
        for i in range(people):
            threshold = math.ceil(mean + spread * normal(key, i, draw))
            if threshold <= people:
                needing[max(threshold, 0)] += 1
        crowd, met, rising = 0, 0, True
        while rising:  # all whose threshold is met by those who riot so far
            before = crowd
            while met <= before:
                crowd += needing[met]
                met += 1
            rising = crowd > before
        large += 2 * crowd > people
    return large


def large_riots(people: int, mean: float, spread: float, draws: int, seed: int) -> float:
    """How often more than half riot when thresholds are drawn (stream ``riot thresholds``); all in persons."""
    return float(_large(Streams(seed).key("riot thresholds"), people, mean, spread, draws)) / draws


def run(options: Mapping[str, Any], seed: int) -> Finding:
    """The ladder, the jump, and how chance blurs it in a crowd of a hundred."""
    mean, people = options["mean"] / 100.0, options["people"]
    spreads = np.unique(np.concatenate([np.linspace(2.0, 60.0, 117), critical(mean)[0] * 100.0 + np.array([-0.02, 0.0, 0.01])]))
    curve = pd.DataFrame({"spread": spreads, "rioters": [100.0 * equilibrium(mean, spread / 100.0) for spread in spreads]})
    town = complete_ties(people)
    dots = [5.0, 8.0, 10.0, 11.0, 12.0, 13.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0]
    engine = pd.DataFrame({"spread": dots, "rioters": [_engine(town, mean, spread / 100.0) for spread in dots]})
    engine["theory"] = [100.0 * equilibrium(mean, spread / 100.0) for spread in dots]
    sampled = _sampled(options, seed)
    ladders = _ladders()
    checks = [*_ladder_checks(ladders), *_jump_checks(mean), *_engine_checks(engine, mean, people)]
    if options["mean"] == MEAN:
        checks += [*_published_checks(), *_sampling_checks(options, seed)]
    return Finding(tuple(checks), {"curve": curve, "engine": engine, "sampled": sampled, "ladders": ladders})


def _engine(town: Ties, mean: float, spread: float) -> float:
    people = int(town.degrees.size)
    shares = spread_out(people, mean, spread)
    needed = np.where(shares <= 0.0, 0, np.ceil(shares * people)).astype(np.int64)
    return 100.0 * those_who_go(town, needed).size / people


def _sampled(options: Mapping[str, Any], seed: int) -> pd.DataFrame:
    at = critical(options["mean"] / 100.0)[0] * np.array([0.7, 0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15, 1.25, 1.4, 1.6, 1.8])
    rows = []
    for people, draws in ((100, options["draws"]), (10_000, max(options["draws"] // 10, 50))):
        for share in at:
            often = large_riots(people, options["mean"] * people / 100.0, share * people, draws, seed)
            rows.append((people, 100.0 * share, draws, often))
    return pd.DataFrame(rows, columns=["people", "spread", "draws", "large"])


def _ladders() -> pd.DataFrame:
    """The two crowds that differ by one person: by the model, by counting, and by the engine."""
    rows = []
    for called, thresholds in {"0, 1, 2, ..., 99": [*range(100)], "0, 2, 2, 3, ..., 99": [0, 2, *range(2, 100)]}.items():
        goers = those_who_go(complete_ties(100), np.array(thresholds))
        rows.append((called, Riot(thresholds).run(), counted(thresholds), goers.size))
    return pd.DataFrame(rows, columns=["thresholds", "model", "counting", "engine"])


def _ladder_checks(ladders: pd.DataFrame) -> list[Check]:
    checks = []
    for (_, row), known in zip(ladders.iterrows(), (100, 1), strict=True):
        called = f"rioters, thresholds {row['thresholds']}"
        checks += [Check(f"{called}, {who}", known, float(row[who]), 0.0, PAPER) for who in ("model", "engine")]
    return checks


def _jump_checks(mean: float) -> list[Check]:
    spread, before = critical(mean)
    found = 100.0 * equilibrium(mean, spread - 1e-10)
    return [
        Check("spread at the jump, per 100 (halving)", 100.0 * spread, 100.0 * jump(mean), 1e-6, MATHS),
        Check("rioters just before the jump, per 100", 100.0 * before, found, 1e-2, MATHS),
    ]


def _published_checks() -> list[Check]:
    spread, before = (100.0 * value for value in critical(MEAN / 100.0))
    known = {12.20: 5.479, 12.22: 5.976, 12.23: 100.0, 20.0: 99.991, 30.0: 99.34, 50.0: 90.49, 75.0: 74.57, 200.0: 56.20}
    mapped = [
        Check(f"rioters at spread {at:g}, per 100", value, 100.0 * equilibrium(MEAN / 100.0, at / 100.0), 5e-3, "r = N F(r)")
        for at, value in known.items()
    ]
    return [
        Check("spread at the jump as published, per 100", 12.2, spread, 0.05, PAPER),
        Check("rioters just before the jump as published, per 100", 6.0, before, 0.5, PAPER),
        *mapped,
    ]


def _engine_checks(engine: pd.DataFrame, mean: float, people: int) -> list[Check]:
    """Away from the jump; a crowd of few people cannot follow a smooth curve closer than by a person or two."""
    away = engine[np.abs(engine["spread"] / (100.0 * critical(mean)[0]) - 1.0) > 0.05]
    farthest = float(np.abs(away["rioters"] - away["theory"]).max())
    return [Check("engine's crowd less r = N F(r), farthest, per 100", 0.0, farthest, max(1.0, 200.0 / people), "r = N F(r)")]


def _sampling_checks(options: Mapping[str, Any], seed: int) -> list[Check]:
    known = {11.0: 0.03, 12.0: 0.16, 12.2: 0.22, 13.0: 0.43, 15.0: 0.79}
    checks = []
    for spread, share in known.items():
        often = large_riots(100, MEAN, spread, options["draws"], seed)
        error = math.sqrt(share * (1.0 - share) * (1.0 / 400 + 1.0 / options["draws"]))
        what = f"share of drawn crowds of 100 in which most riot, spread {spread:g}"
        checks.append(Check(what, share, often, 4.0 * error, "400 other draws; 4 standard errors"))
    return checks


CLASSIC: Final = Classic(
    name="granovetter",
    title="Threshold models of collective behaviour",
    citation=(
        "Granovetter, Mark. 1978. Threshold Models of Collective Behavior. American Journal of Sociology 83(6): 1420-1443.",
    ),
    teaches=(
        "Crowds that are nearly alike in what people want can end in a riot or in one broken window: what counts is the whole "
        "distribution of thresholds, not its mean. A crowd does not grow smoothly with the spread of thresholds, it jumps. In a "
        "crowd of a hundred, chance decides on which side of the jump it is. The engine's own turnout, with the law switched "
        "off, gives the same crowds."
    ),
    options=(
        Option("mean", MEAN, "mean threshold, per 100 people", (5.0, 45.0)),
        Option("people", 1000, "people in the engine's crowd, who all know each other", (100, 4000)),
        Option("draws", 4000, "drawn crowds of 100 for each spread (a tenth of it of 10,000)", (100, 100_000)),
    ),
    run=run,
)
