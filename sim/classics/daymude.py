"""Dissent and self-censorship (Daymude, Axelrod and Forrest 2025), where the excess at a threshold is known exactly.

Who desires to dissent by d (0 to 1) and does a gains b a, and is observed with chance v + (1 - v) a. What passes the tolerance t
is fined if it is observed: by s whatever it was (``uniform``), or by s (a - t) (``proportional``). ::

    uniform:       d if d <= t, or if b > (1 - v) s and d >= d_u = (b t + v s) / (b - (1 - v) s); else t
    proportional:  d if d <= max(t, d_p), else max(t, d_p), where d_p = (t + (b - v s) / ((1 - v) s)) / 2

So under a uniform fine, which is a notch, all between t and d_u do exactly t: the excess there is F(d_u) - F(t).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import mesa
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from sim.classics.classic import Check, Classic, Finding, Option
from sim.classics.daymude_recovery import recovered, threshold_of
from sim.streams import Streams

__all__ = ["CLASSIC", "DESIRES", "Dissident", "Fine", "Society", "desired", "indifferent", "run"]

_STEPS: Final = 1000
"""Acts that are tried between none and what is desired, beside these two and the tolerance."""

PAPER: Final = "Daymude, Axelrod and Forrest 2025"
KNOWN: Final = "brute force, independent of this code"
"""Of d_u and d_p at four settings, computed once from the paper's utility before this was written."""


type Floats = npt.NDArray[np.float64]


class _UpToOne:
    """A distribution cut off at 1, the most that can be desired."""

    def __init__(self, whole: Any) -> None:
        self._whole, self._top = whole, float(whole.cdf(1.0))

    def cdf(self, value: float) -> float:
        """Share of desires of at most so much."""
        return min(float(self._whole.cdf(value)) / self._top, 1.0)

    def ppf(self, ranks: Floats) -> Floats:
        """The desires of such ranks."""
        desires: Floats = self._whole.ppf(ranks * self._top)
        return desires


DESIRES: Final[Mapping[str, _UpToOne]] = {
    "uniform": _UpToOne(stats.uniform()),
    "beta": _UpToOne(stats.beta(2.0, 3.0)),
    "lognormal": _UpToOne(stats.lognorm(0.6, scale=0.35)),
}
"""How desires are spread. Beta is of 2 and 3; lognormal has a median of .35 and a log standard deviation of .6 before it is cut
off at 1: assumptions."""


@dataclass(frozen=True, slots=True)
class Fine:
    """What an authority does, and how bold those are who face it.

    Attributes:
        boldness, surveillance, tolerance, severity: b, v, t and s. kind: ``uniform`` or ``proportional``.
    """

    boldness: float
    surveillance: float
    tolerance: float
    severity: float
    kind: str = "uniform"

    def utility(self, act: Floats) -> Floats:
        """What an act is worth."""
        observed = self.surveillance + (1.0 - self.surveillance) * act
        above = act > self.tolerance
        fine = self.severity * (act - self.tolerance if self.kind == "proportional" else 1.0)
        return self.boldness * act - np.where(above, observed * fine, 0.0)

    def act(self, desire: Floats) -> Floats:
        """The best act by the formula; the lesser of two that are worth the same."""
        bound = max(self.tolerance, indifferent(self))
        if self.kind == "proportional":
            return np.minimum(desire, bound)
        return np.where((desire <= self.tolerance) | (desire > bound), desire, self.tolerance)

    def tried(self, desire: float) -> float:
        """The best act by trying: none, what is desired, what is tolerated, and a thousand between; the least of the best."""
        acts = np.append(np.linspace(0.0, desire, _STEPS + 1), min(self.tolerance, desire))
        worth = self.utility(acts)
        return float(acts[worth >= worth.max() - 1e-12].min())


def indifferent(fine: Fine) -> float:
    """The desire from which on one defies a uniform fine (d_u), or the most that is done under a proportional one (d_p).

    Infinite if nobody ever defies it, or if nothing is too much.
    """
    b, v, t, s = fine.boldness, fine.surveillance, fine.tolerance, fine.severity
    hidden = (1.0 - v) * s
    if fine.kind == "uniform":
        return (b * t + v * s) / (b - hidden) if b > hidden else math.inf
    if hidden == 0.0:
        return math.inf if b >= v * s else t
    return (t + (b - v * s) / hidden) / 2.0


class Dissident(mesa.Agent):
    """One who wishes to dissent.

    Attributes:
        desire: by how much. act: by how much it does.
    """

    def __init__(self, model: Society, desire: float) -> None:
        super().__init__(model)
        self.desire, self.act = desire, desire

    def choose(self) -> None:
        """Try what could be done, and do the best of it."""
        self.act = self.model.fine.tried(self.desire)


class Society(mesa.Model):
    """Dissidents under an authority, who do not watch each other: one step settles it.

    Attributes:
        fine: what they face.
    """

    def __init__(self, fine: Fine, desires: Floats) -> None:
        super().__init__(rng=0)  # Mesa wants one; nothing is drawn from it
        self.fine = fine
        for desire in desires.tolist():
            Dissident(self, desire)

    def step(self) -> None:
        """Everybody chooses."""
        self.agents.do("choose")

    def acts(self) -> Floats:
        """What everybody does."""
        return np.asarray(self.agents.get("act"))


def desired(kind: str, people: int, seed: int, sample: int = 0) -> Floats:
    """Desires of a sample of people (stream ``daymude/desire``)."""
    streams = Streams(seed)
    ranks = [streams.uniform("daymude/desire", i, sample) for i in range(people)]
    return DESIRES[kind].ppf(np.asarray(ranks))


def run(options: Mapping[str, Any], seed: int) -> Finding:
    """What is done under the fine, tried and by the formula; and what the bunching estimator makes of it."""
    fine = Fine(options["boldness"], options["surveillance"], options["tolerance"], options["severity"], options["fine"])
    spread, people = DESIRES[options["desires"]], options["people"]
    desires = desired(options["desires"], people, seed)
    society = Society(fine, desires)
    society.step()
    acts = pd.DataFrame({"desire": desires, "act": society.acts(), "formula": fine.act(desires)})
    checks = [*_known_checks(), *_choice_checks(fine, spread, acts)]
    tables = {"acts": acts, "law": pd.DataFrame([{"tolerance": fine.tolerance, "bound": indifferent(fine), "fine": fine.kind}])}
    if estimable(fine):
        tables |= _estimates(fine, options, seed)
        checks += _estimator_checks(tables["intervals"], tables["placebo"])
    return Finding(tuple(checks), tables)


def estimable(fine: Fine) -> bool:
    """Whether there is a hole above the tolerance that ends within the estimator's reach, which is twice the threshold."""
    return fine.kind == "uniform" and fine.tolerance < indifferent(fine) <= 2.0 * fine.tolerance


def excess(fine: Fine, spread: _UpToOne) -> float:
    """The share of people who do exactly what is tolerated because of the fine: F(d_u) - F(t)."""
    bound = indifferent(fine)
    return spread.cdf(bound) - spread.cdf(fine.tolerance) if bound > fine.tolerance else 0.0


def _estimates(fine: Fine, options: Mapping[str, Any], seed: int) -> dict[str, pd.DataFrame]:
    """Samples with the fine, at its tolerance; and the same people without it, there and at half and at one and a half of it."""

    def with_fine(sample: int) -> Floats:
        return fine.act(desired(options["desires"], options["people"], seed, sample + 1))

    def without(sample: int) -> Floats:
        return desired(options["desires"], options["people"], seed, sample + 1)

    samples, at = options["samples"], threshold_of(fine.tolerance)
    nothing = (threshold_of(fine.tolerance / 2.0), at, threshold_of(fine.tolerance * 1.5))
    return {
        "intervals": recovered(samples, with_fine, (at,), excess(fine, DESIRES[options["desires"]])),
        "placebo": recovered(samples, without, nothing, 0.0),
    }


def _known_checks() -> list[Check]:
    """Where people are indifferent, or stop, at four settings: by trying, and by the formula."""
    checks = []
    for kind, setting, known in (
        ("uniform", (2.0, 0.5, 0.25, 0.5), 0.42857),
        ("uniform", (1.0, 0.2, 0.4, 0.5), 0.83333),
        ("proportional", (1.0, 0.5, 0.25, 1.5), 0.29167),
        ("proportional", (1.0, 0.0, 0.25, 1.0), 0.625),
    ):
        fine = Fine(*setting, kind)
        name = f"{'d_u' if kind == 'uniform' else 'd_p'} at (b, v, t, s) = ({', '.join(f'{x:g}' for x in setting)})"
        checks.append(Check(f"{name}, formula", known, indifferent(fine), 5e-6, KNOWN))
        checks.append(Check(f"{name}, tried", known, _tried_bound(fine), 1.0 / _STEPS, KNOWN))
    return checks


def _tried_bound(fine: Fine) -> float:
    """The same by trying: the least desire that is expressed although it is fined, by halving; or the most that is done."""
    if fine.kind == "proportional":
        return fine.tried(1.0)
    least, most = fine.tolerance, 1.0
    while most - least > 1e-9:
        middle = (least + most) / 2.0
        least, most = (least, middle) if fine.tried(middle) > fine.tolerance else (middle, most)
    return most


def _choice_checks(fine: Fine, spread: _UpToOne, acts: pd.DataFrame) -> list[Check]:
    people = len(acts)
    apart = float(np.abs(acts["act"] - acts["formula"]).max())
    coarse = 0.0 if fine.kind == "uniform" else float(acts["desire"].max()) / _STEPS
    checks = [Check("acts tried less acts by the formula, farthest", 0.0, apart, coarse + 1e-12, PAPER)]
    if fine.kind == "uniform":
        known = excess(fine, spread)
        found = float(((acts["act"] == fine.tolerance) & (acts["desire"] > fine.tolerance)).mean())
        error = math.sqrt(max(known * (1.0 - known), 1.0 / people) / people)
        checks.append(Check("share who do just what is tolerated", known, found, 4.0 * error, "F(d_u) - F(t)"))
    return checks


def _estimator_checks(intervals: pd.DataFrame, placebo: pd.DataFrame) -> list[Check]:
    samples = len(intervals)
    bias = float((intervals["mass"] - intervals["truth"]).mean())
    missed = [
        Check(
            f"false positives at {threshold}, where there is no threshold (at most .07)", 0.0, float((~rows["holds"]).mean()),
            0.07, f"95 % intervals, {samples} samples",
        )
        for threshold, rows in placebo.groupby("threshold")
    ]  # fmt: skip
    return [
        Check(
            "intervals that hold the excess (at least .93)",
            1.0,
            float(intervals["holds"].mean()),
            0.07,
            f"95 %, {samples} samples",
        ),
        Check("mean estimate of the excess less the excess", 0.0, bias, 0.005, "F(d_u) - F(t)"),
        *missed,
    ]


CLASSIC: Final = Classic(
    name="daymude",
    title="Dissent and self-censorship under a fine (Daymude, Axelrod and Forrest 2025)",
    citation=(
        (
            "Daymude, J. J., Axelrod, R. and Forrest, S. (2025). Strategic analysis of dissent and self-censorship. "
            "Proceedings of the National Academy of Sciences. Preprint arXiv:2509.03731"
        ),
        (
            "Kleven, H. J. and Waseem, M. (2013). Using notches to uncover optimization frictions and structural elasticities. "
            "Quarterly Journal of Economics 128 (2), 669-723."
        ),
    ),
    teaches=(
        "That a threshold in a law shows in what people do: a fine that jumps at a tolerance empties the space above it and "
        "heaps people on it, by an amount that can be written down. So an estimator, the one that reads bunching from declared "
        "sizes, can be asked whether it finds what is there and nothing else."
    ),
    options=(
        Option("boldness", 2.0, "b: gain from an act, per unit", (0.01, 100.0)),
        Option("surveillance", 0.5, "v: chance that an act of nothing is observed", (0.0, 1.0)),
        Option("tolerance", 0.25, "t: the most that is not fined", (0.05, 0.6)),
        Option("severity", 0.5, "s: the fine, in units of gain", (0.0, 100.0)),
        Option("fine", "uniform", "the same whatever passes the tolerance, or in proportion to it", ("uniform", "proportional")),
        Option("desires", "uniform", "how desires are spread", tuple(DESIRES)),
        Option("people", 3000, "in a sample", (200, 20_000)),
        Option("samples", 200, "for the estimator", (20, 2000)),
    ),
    run=run,
)
