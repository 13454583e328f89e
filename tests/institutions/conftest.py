"""A busy little town, in which everything happens often; and a single assembly, in which nothing else does."""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from sim.institutions import Organiser
from sim.institutions.docket import Assembly, Filing, Plan
from sim.institutions.options import Occasion
from sim.model import ProtestModel
from sim.model.planning import enter
from sim.population import Town, build_town
from sim.record import Changed, Filed, Happening, Held, Planned
from sim.scenario import Scenario, load_scenario

BUSY = Path(__file__).parent / "busy.toml"

TOWN_HALL, MARKET, HIGH_STREET, RIVER_PARK, SPEAKERS_CORNER, FIELD = range(6)
"""Sites of the seminar town. The bill's plan designates River Park and the field behind the depot."""

STANCES = ("loyal", "social", "opposition")

HONOURED = {
    "authority.wish_to_refuse": dict.fromkeys(STANCES, 0.0),
    "authority.silence": dict.fromkeys(STANCES, 0.0),
    "authority.formalism": 0.0,
    "authority.defects": 0.0,
    "authority.lawless": 0.0,
    "authority.phantom": 0.0,
    "authority.honours_silence": 1.0,
}
"""An authority that finds nothing wrong with anything."""

QUIET = {
    **HONOURED,
    "organisers.opportunities": 0.0,
    "shocks": [],
    "choices.effort_cost": 0.0,
    "choices.giving_up_cost": 3.0,
    "choices.temperature": 0.05,
    "police.prevents": 0.0,
    "police.misconduct": 0.0,
    "court.organisers_liable": 0.0,
    "court.identified": 0.0,
    "town.people.minors_brought": 0.0,
}
"""A town in which nothing happens by itself, and whoever means to hold something holds it. Nobody has children to bring."""


class Seen:
    """What a run left behind, as tests look at it."""

    def __init__(self, model: ProtestModel) -> None:
        self.model, self.record = model, model.record

    def of[H: Happening](self, *kinds: type[H]) -> list[H]:
        """The happenings of some kinds."""
        return list(self.record.of(*kinds))

    @functools.cached_property
    def planned(self) -> dict[int, Planned]:
        """Every plan, by assembly."""
        return {plan.assembly: plan for plan in self.of(Planned)}

    @functools.cached_property
    def held(self) -> dict[int, Held]:
        """Every assembly held."""
        return {held.assembly: held for held in self.of(Held)}

    @functools.cached_property
    def last_plan(self) -> dict[int, Planned | Changed]:
        """What each assembly was in the end."""
        return {plan.assembly: plan for plan in self.of(Planned, Changed)}

    @functools.cached_property
    def unlawful(self) -> dict[int, Held]:
        """Every assembly held that was unlawful at start."""
        return {number: held for number, held in self.held.items() if not held.lawful_at_start}

    @functools.cached_property
    def strategies(self) -> Counter[str]:
        """How often each strategy was taken."""
        return Counter(plan.strategy for plan in self.planned.values())

    @functools.cached_property
    def exempt(self) -> set[int]:
        """The assemblies that became gatherings outside the law."""
        return {number for number, plan in self.last_plan.items() if plan.exempt_kind}

    def filings(self) -> dict[int, Filed]:
        """Every filing, by its number."""
        return {filing.filing: filing for filing in self.of(Filed)}

    def name(self, assembly: int) -> tuple[int, int, int]:
        """Who planned it, on which opportunity, which part: the same under every law."""
        plan = self.planned[assembly]
        return plan.organiser, plan.opportunity, plan.part


class Lab:
    """Scenarios, towns and runs, each made once."""

    def __init__(self) -> None:
        self._towns: dict[tuple[str, int], Town] = {}
        self._seen: dict[str, Seen] = {}

    def scenario(self, changes: Mapping[str, Any] | None = None) -> Scenario:
        """The busy town, with changes."""
        return load_scenario(BUSY, changes)

    def model(self, scenario: Scenario, seed: int = 1) -> ProtestModel:
        """A model on its first morning."""
        key = (f"{scenario.town.model_dump_json()} {scenario.traits.model_dump_json()} {len(scenario.issues)}", seed)
        if key not in self._towns:
            self._towns[key] = build_town(scenario.town, scenario.traits, len(scenario.issues), seed)
        return ProtestModel(scenario, rng=seed, town=self._towns[key])

    def run(self, changes: Mapping[str, Any] | None = None, seed: int = 1) -> Seen:
        """A finished run of the busy town with changes."""
        key = json.dumps([changes, seed], sort_keys=True, default=str)
        if key not in self._seen:
            self._seen[key] = self.finished(self.scenario(changes), seed)
        return self._seen[key]

    def finished(self, scenario: Scenario, seed: int = 1) -> Seen:
        """A finished run of a scenario."""
        model = self.model(scenario, seed)
        model.run_for()
        return Seen(model)


@dataclass
class One:
    """A town in which one organiser has one thing in mind, and nothing else happens.

    Attributes:
        model: the town. organiser: who. occasion: why.
    """

    model: ProtestModel
    organiser: Organiser
    occasion: Occasion

    def plan(self, size: int = 40, **how: Any) -> Plan:
        """A plan to hold something of a declared size, filed for if the law asks it."""
        usual = {"form": "rally", "site": RIVER_PARK, "date": self.occasion.date, "strategy": "expected", "declared": size}
        made = Plan(**(usual | how))
        kind = self.model.town.spec.sites[made.site].kind
        made = replace(made, row=self.model.regime.row(made.form, self.organiser.legal_form, kind, made.declared))
        return made if "files" in how else replace(made, files=made.owes_filing)

    def enter(self, plan: Plan, part: int = 0) -> Assembly:
        """Enter a plan on the agenda, and file for it today."""
        return enter(self.model, self.organiser, self.occasion, plan, part)

    def hold(self, size: int = 40, **how: Any) -> Seen:
        """What comes of a plan, after its day."""
        plan = self.plan(size, **how)
        self.enter(plan)
        self.model.run_for(plan.date - int(self.model.time) + 1)
        return Seen(self.model)

    def assembly(self, opportunity: int = 0, plan: Plan | None = None, *, part: int = 0) -> Assembly:
        """An assembly that is on no agenda; its name (of another opportunity, or another part) gives it coins of its own."""
        plan, occasion = plan or self.plan(), replace(self.occasion, day=opportunity)
        self.model.occasions[self.organiser.number, opportunity] = occasion
        today = self.model.today
        return Assembly(opportunity, self.organiser, opportunity, part, plan, 50.0, occasion.appeal, today, today)

    def filing(self, assembly: Assembly | None = None, **how: Any) -> Filing:
        """A filing for an assembly, made today."""
        assembly = assembly or self.assembly()
        plan, today = assembly.plan, self.model.today
        usual: dict[str, Any] = {"number": 0, "attempt": 1, "row": plan.row, "filed": today, "due": today + 3, "complete": True}
        usual |= {"declared": plan.declared, "site": plan.site, "date": plan.date, "in_time": True}
        assembly.filing = Filing(assembly=assembly, **(usual | how))
        return assembly.filing

    def filings(self, number: int, plan: Plan | None = None, **how: Any) -> Iterator[Filing]:
        """So many filings that differ by nothing but their coins; whoever made them does nothing about the answer."""
        for opportunity in range(number):
            assembly = self.assembly(opportunity, plan)
            assembly.fate = "pending"
            yield self.filing(assembly, **how)


@pytest.fixture(scope="session")
def lab() -> Lab:
    return Lab()


@pytest.fixture(scope="session")
def honoured() -> dict[str, Any]:
    """Practice in which every filing is honoured."""
    return dict(HONOURED)


@pytest.fixture
def one(lab: Lab) -> Any:
    """Makes a town for one assembly: ``one(changes, seed=1, legal_form="informal", stance="opposition", lead=20)``."""

    def make(
        changes: Mapping[str, Any] | None = None,
        *,
        seed: int = 1,
        legal_form: str = "informal",
        stance: str = "opposition",
        lead: int = 20,
        appeal: float = 0.0,
        form: str = "rally",
    ) -> One:
        shares = {"legal_form": _all(legal_form, ("informal", "association", "party", "suspended_party", "foreign_funded"))}
        shares["stance"] = _all(stance, STANCES)
        scenario = lab.scenario({**QUIET, **{f"organisers.{key}": value for key, value in shares.items()}, **(changes or {})})
        model = lab.model(scenario, seed)
        organiser = max(model.organisers, key=lambda who: who.followers.size)
        occasion = Occasion(0, lead, form, RIVER_PARK, appeal, appeal, 0.0, 1.0, reactive=lead <= 2)
        model.occasions[organiser.number, 0] = occasion
        return One(model, organiser, occasion)

    return make


def _all(word: str, words: tuple[str, ...]) -> dict[str, float]:
    return {other: float(other == word) for other in words}
