"""The plan of an attribution: one scenario, two laws or more, and every run that is needed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import pandas as pd

from sim.errors import InputError, Problem, did_you_mean
from sim.experiment.attributing.steps import Step, step_between
from sim.experiment.runs import as_seeds
from sim.experiment.sensitivity.attribution import Subset
from sim.law import Regime
from sim.measurement import INDICATORS
from sim.scenario import Scenario

__all__ = ["ADOPTED", "ORDERS", "AttributionPlan", "plan_attribution"]

ORDERS: Final = 20
"""Orders of adoption that are sampled if nothing is said: with eleven provisions about 170 of 2,048 mixtures are run."""

ADOPTED: Final = "; "
"""What stands between the provisions of a mixture."""


@dataclass(frozen=True, slots=True, eq=False)
class AttributionPlan:
    """What is to be run.

    Attributes:
        base: the scenario: its town, people and practice are those of every run, its law of none.
        laws: two laws or more, by the names they were asked for with.
        steps: from each law to the next.
        outcomes: the indicators whose change is attributed.
        seeds: the seeds; runs of two mixtures with one seed are a pair.
        points: one row a mixture of a step: ``point`` (its number, from 0), ``step``, and ``adopted``, the provisions that are as
            in law B.
        scenarios: the scenario of each point. Where two mixtures say the same law, they share one.
    """

    base: Scenario
    laws: Mapping[str, Regime]
    steps: tuple[Step, ...]
    outcomes: tuple[str, ...]
    seeds: tuple[int, ...]
    points: pd.DataFrame = field(repr=False)
    scenarios: tuple[Scenario, ...] = field(repr=False)

    @property
    def name(self) -> str:
        """Which attribution it is. The digits at its end stand for all that the scenario and the laws say, and for the groups.

        Seeds, outcomes and the number of orders are no part of it: more of them need further runs, not others.
        """
        said = [[self.under(name).fingerprint for name in self.laws], [step.provisions for step in self.steps]]
        digest = hashlib.sha256(json.dumps(said).encode()).hexdigest()
        return f"attribution in {self.base.name}: {' -> '.join(self.laws)} ({digest[:8]})"

    @property
    def runs(self) -> int:
        """How many runs are needed: mixtures that say the same law are run once."""
        return len({id(scenario) for scenario in self.scenarios}) * len(self.seeds)

    def tasks(self) -> Iterator[tuple[int, Scenario, int]]:
        """Every run that is wanted: point, scenario, seed. Those with one seed stand together."""
        for seed in self.seeds:
            for point, scenario in enumerate(self.scenarios):
                yield point, scenario, seed

    def points_of(self, step: Step) -> dict[int, Subset]:
        """The points of a step, each with the provisions that are as in law B there."""
        first = 0
        for one in self.steps:
            if one is step:
                return {first + place: mixture for place, mixture in enumerate(step.mixtures)}
            first += len(one.mixtures)
        raise ValueError(f"{step.name} is no step of this plan")

    def under(self, law: str) -> Scenario:
        """The scenario under one of the laws as it is."""
        return _under(self.base, self.laws[law])


def plan_attribution(
    base: Scenario,
    laws: Mapping[str, Regime],
    outcomes: Sequence[str],
    seeds: Sequence[int] | int,
    *,
    split: Collection[str] = (),
    together: Sequence[Collection[str]] = (),
    orders: int | None = None,
) -> AttributionPlan:
    """Plan what is to be run to attribute the difference of laws to their provisions.

    Args:
        base: the scenario in which they are compared; its own law counts for nothing.
        laws: two laws or more, by name, in order: the difference of each to the next is attributed.
        outcomes: indicators (:data:`sim.measurement.INDICATORS`).
        seeds: the seeds, or their number.
        split: tables of provisions to tell apart (``limits``, ``sanctions``).
        together: tables of provisions to move together, for fewer mixtures.
        orders: how many orders of adoption are sampled, an even number from 4, where they need fewer mixtures than there are;
            by default :data:`ORDERS` where a step has too many provisions for all mixtures, and all orders elsewhere.

    Raises:
        InputError: if there are fewer than two laws, an outcome does not exist, the scenario has reforms, or the orders are no
            such number; with everything that is wrong.
        ModelError: if two laws do not differ, a seed is none, or ``split`` or ``together`` name what cannot be.
        LawError: if a mixture makes no law.
    """
    if problems := list(_problems(base, laws, outcomes, orders)):
        raise InputError("attribute", problems)
    wanted = tuple(as_seeds(seeds))
    steps = tuple(
        step_between(a, b, orders or ORDERS, split=split, together=together, fewer=orders is not None)
        for a, b in pairwise(laws.items())
    )
    scenarios: list[Scenario] = []
    rows: list[tuple[int, str, str]] = []
    made: dict[str, Scenario] = {}
    for step in steps:
        for mixture in step.mixtures:
            law = step.between.make(mixture)
            scenarios.append(made.setdefault(law.fingerprint, step.between.scenario(base, mixture)))
            rows.append((len(rows), step.name, ADOPTED.join(step.adopted(mixture))))
    points = pd.DataFrame(rows, columns=["point", "step", "adopted"]).astype({"point": "int64", "step": "str", "adopted": "str"})
    return AttributionPlan(base, dict(laws), steps, tuple(outcomes), wanted, points, tuple(scenarios))


def _problems(base: Scenario, laws: Mapping[str, Regime], outcomes: Sequence[str], orders: int | None) -> Iterator[Problem]:
    if len(laws) < 2:
        yield Problem("LAW", f"{len(laws)} law{'' if len(laws) == 1 else 's'}", "two laws or more, each once")
    if base.reforms:
        dates = ", ".join(str(reform.date) for reform in base.reforms)
        allowed = "a scenario without reforms, which would replace the laws that are named here"
        yield Problem("SCENARIO", f"{base.name}, with reforms on {dates}", allowed)
    if not outcomes:
        yield Problem("outcome", "none", "at least one indicator")
    for place, name in enumerate(outcomes):
        if name not in INDICATORS:
            yield Problem("outcome", f"the unknown {name!r}", ", ".join(INDICATORS), did_you_mean(name, INDICATORS))
        elif name in outcomes[:place]:
            yield Problem("outcome", f"{name!r} a second time", "each once")
    if orders is not None and (orders < 4 or orders % 2):
        yield Problem("orders", str(orders), "an even number from 4: each order comes with its reverse")


def _under(base: Scenario, law: Regime) -> Scenario:
    """A scenario under another law; it is counterfactual unless the law is its own."""
    if law.fingerprint == base.law.fingerprint:
        return base
    about = base.scenario.model_copy(update={"counterfactual": True})
    return base.model_copy(update={"law": law, "scenario": about})
