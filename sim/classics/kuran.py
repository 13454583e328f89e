"""Kuran's revolutions that surprise (1991): people hide what they want until enough others show it.

Everyone has a revolutionary threshold: the size of the public opposition, in per cent, from which they stop hiding their own and
join. It is private, so nobody, the dissidents included, can see how near the country is. Two countries that look alike, with one
person in ten in the opposition, answer one and the same small change in one person with a revolution and with hardly anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import mesa
import numpy as np
import pandas as pd

from sim.classics.classic import Check, Classic, Finding, Option
from sim.classics.crowd import those_who_go
from sim.classics.graphs import complete_ties

__all__ = ["CLASSIC", "COUNTRIES", "Citizen", "Country", "run"]

COUNTRIES: Final[Mapping[str, tuple[int, ...]]] = {
    "A": (0, 20, 20, 30, 40, 50, 60, 70, 80, 100),
    "B": (0, 20, 30, 40, 50, 60, 70, 80, 90, 100),
}
"""Revolutionary thresholds of ten people, in per cent of the ten."""

PAPER: Final = "Kuran 1991"


class Citizen(mesa.Agent):
    """One who would like the government gone, and says so when it is safe.

    Attributes:
        threshold: the public opposition, in per cent, at which they join it. opposes: whether they have joined.
    """

    def __init__(self, model: Country, threshold: float) -> None:
        super().__init__(model)
        self.threshold, self.opposes = threshold, False

    def consider(self, opposition: float) -> None:
        """Look at the public opposition."""
        self.opposes = self.opposes or opposition >= self.threshold


class Country(mesa.Model):
    """People who see the public opposition and nothing else of each other.

    Attributes:
        opposition: the public opposition, per cent. history: the same after each step, from 0.
    """

    def __init__(self, thresholds: Sequence[float], *, rng: int = 1) -> None:
        super().__init__(rng=rng)
        for threshold in thresholds:
            Citizen(self, threshold)
        self.opposition, self.history = 0.0, [0.0]

    def step(self) -> None:
        """Everybody looks at the opposition of the day before."""
        self.agents.do("consider", self.opposition)
        now = 100.0 * sum(citizen.opposes for citizen in self.agents) / len(self.agents)
        self.running, self.opposition = now > self.opposition, now
        self.history.append(now)

    def run(self) -> float:
        """Until nobody joins: the public opposition, per cent."""
        while self.running:
            self.step()
        return self.opposition


def changed(thresholds: Sequence[int], person: int, to: int) -> tuple[int, ...]:
    """The same people, one of them (counted from 1) with another threshold."""
    return (*thresholds[: person - 1], to, *thresholds[person:])


def run(options: Mapping[str, Any], seed: int) -> Finding:  # noqa: ARG001  # nothing here is left to chance
    """Both countries before and after one person changes, and what each other single change would do."""
    paths, ends, singles = [], [], []
    for country, thresholds in COUNTRIES.items():
        after = changed(thresholds, options["person"], options["to"])
        for when, people in (("before", thresholds), ("after", after)):
            model = Country(people)
            ends.append((country, when, " ".join(map(str, people)), model.run(), _engine(people)))
            paths += [(country, when, step, opposition) for step, opposition in enumerate(model.history)]
        for person in range(1, len(thresholds) + 1):
            lowered = max(thresholds[person - 1] - options["shift"], 0)
            singles.append(
                (country, person, thresholds[person - 1], lowered, Country(changed(thresholds, person, lowered)).run())
            )
    outcomes = pd.DataFrame(ends, columns=["country", "when", "thresholds", "opposition", "engine"])
    tables = {
        "outcomes": outcomes,
        "paths": pd.DataFrame(paths, columns=["country", "when", "step", "opposition"]),
        "singles": pd.DataFrame(singles, columns=["country", "person", "threshold", "lowered", "opposition"]),
    }
    return Finding(tuple(_checks(outcomes, options)), tables)


def _engine(thresholds: Sequence[int]) -> float:
    """The public opposition by the engine's turnout, per cent: so many of ten others, rounded up."""
    people = len(thresholds)
    needed = -(-np.array(thresholds, np.int64) * people // 100)
    return 100.0 * those_who_go(complete_ties(people), needed).size / people


def _checks(outcomes: pd.DataFrame, options: Mapping[str, Any]) -> list[Check]:
    checks = []
    paper = (options["person"], options["to"]) == (2, 10)
    known = {("A", "before"): 10.0, ("A", "after"): 90.0, ("B", "before"): 10.0, ("B", "after"): 20.0}
    for row in outcomes.to_dict("records"):
        if paper or row["when"] == "before":
            what = f"public opposition in country {row['country']} {row['when']}, %"
            checks.append(Check(what, known[row["country"], row["when"]], row["opposition"], 0.0, PAPER))
    differ = float(np.abs(outcomes["opposition"] - outcomes["engine"]).max())
    return [*checks, Check("Mesa model less engine, farthest, %", 0.0, differ, 0.0, "exact")]


CLASSIC: Final = Classic(
    name="kuran",
    title="Now out of never: revolutions that surprise",
    citation=(
        (
            "Kuran, Timur. 1991. Now Out of Never: The Element of Surprise in the East European Revolution of 1989. "
            "World Politics 44(1): 7-48."
        ),
        (
            "Kuran, Timur. 1989. Sparks and Prairie Fires: A Theory of Unanticipated Political Revolution. "
            "Public Choice 61(1): 41-74."
        ),
    ),
    teaches=(
        "Public opinion hides private preferences, so a country can be one person away from a revolution and look as quiet as "
        "one that is not. The same small change in the same person brings nine in ten into the streets in one country and two in "
        "ten in the other; most single changes do nothing. Revolutions are easy to explain afterwards and hard to foresee."
    ),
    options=(
        Option("person", 2, "whose threshold changes, counted from the most willing", (1, 10)),
        Option("to", 10, "their new threshold, % of the people", (0, 100)),
        Option("shift", 10, "how far each single threshold is lowered in turn, percentage points", (1, 100)),
    ),
    run=run,
)
