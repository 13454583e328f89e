"""Towns of both kinds, each built once, and cases in which between them everything happens that can."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from sim.experiment.agreement import first_disagreement
from sim.model import ProtestModel
from sim.population import Town as EngineTown
from sim.population import build_town
from sim.record import Record
from sim.reference import ReferenceModel, Town, found_town
from sim.scenario import Scenario, load_scenario

STANCES = ("loyal", "social", "opposition")
SHOCKS = [
    {"date": "2018-12-20", "issue": "power", "size": 0.05, "title": "Before the run", "source": "invented"},
    {"date": "2019-03-11", "issue": "power", "size": 0.3, "title": "An election", "source": "invented"},
    {"date": "2019-04-01", "issue": "power", "size": 0.1, "title": "Another", "source": "invented"},
    {"date": "2019-04-20", "issue": "welfare", "size": -0.1, "title": "A relief", "source": "invented"},
]
BUSY: Mapping[str, Any] = {
    "town.people.adults": 1_000,
    "scenario.start": "2019-03-01",
    "scenario.days": 120,
    "shocks": SHOCKS,
    "organisers.per_100k": 500,
    "organisers.opportunities": 90,
    "organisers.following_most": 0.3,
    "choices.legality": 0.5,
    "choices.effort_cost": 0.8,
    "authority.wish_to_refuse": {"loyal": 0.2, "social": 0.4, "opposition": 0.7},
    "police.style": 0.7,
    "police.misconduct": 0.1,
    "court.identified": 0.05,
    "press.freedom": 0.8,
    "town.people.foreigners": 0.1,
}
"""A small town in which much happens: five organisers, a reason to act every four days for each, mixed practice."""


class Towns:
    """The towns of both models, each built once."""

    def __init__(self) -> None:
        self._built: dict[tuple[str, int], tuple[EngineTown, Town]] = {}

    def of(self, scenario: Scenario, seed: int) -> tuple[EngineTown, Town]:
        about = (scenario.town, scenario.traits, len(scenario.issues))
        key = (f"{scenario.town.model_dump_json()} {scenario.traits.model_dump_json()} {len(scenario.issues)}", seed)
        if key not in self._built:
            self._built[key] = build_town(*about, seed), found_town(*about, seed)
        return self._built[key]

    def models(self, scenario: Scenario, seed: int) -> tuple[ProtestModel, ReferenceModel]:
        """Both models on their first morning."""
        engine, reference = self.of(scenario, seed)
        return ProtestModel(scenario, rng=seed, town=engine), ReferenceModel(scenario, rng=seed, town=reference)

    def record(self, scenario: Scenario, seed: int) -> Record:
        """The record that both models leave; the test fails where they part."""
        engine, reference = self.models(scenario, seed)
        parted = first_disagreement(scenario, seed, models=(engine, reference))
        assert parted is None, str(parted)
        assert engine.record.to_bytes() == reference.record.to_bytes()
        return reference.record


@dataclass(frozen=True)
class Case:
    """A scenario and a seed.

    Attributes:
        law: the law, with reforms. seed: the seed. changes: by dotted key, on top of :data:`BUSY`.
    """

    law: str
    seed: int
    changes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def scenario(self) -> Scenario:
        return load_scenario("seminar", {**BUSY, "law": self.law, **self.changes})


def _all(share: float) -> dict[str, float]:
    return dict.fromkeys(STANCES, share)


GOOD_WILL: Mapping[str, Any] = {
    "authority.wish_to_refuse": _all(0.02),
    "authority.silence": _all(0.02),
    "authority.lawless": 0.0,
    "police.style": 0.2,
}
ILL_WILL: Mapping[str, Any] = {
    "authority.wish_to_refuse": _all(0.9),
    "authority.silence": _all(0.2),
    "authority.offers": 0.5,
    "authority.cuts": 0.5,
    "police.style": 1.0,
    "police.prevents": 0.3,
    "police.misconduct": 0.3,
    "press.closes": 0.5,
    "press.caution": 0.1,
}
"""Practice at its worst, within the ranges to sweep."""

EMERGENCIES = [
    {"since": "2019-02-01", "until": "2019-03-05", "source": "invented"},
    {"since": "2019-05-01", "until": "2019-05-12", "source": "invented"},
]
OPEN = {"choices.legality": 0.0, "choices.giving_up_cost": 2.0}
"""Organisers with no taste for legality, who do not like to give up."""

NARROW = {f"town.sites.{n}.capacity": 12 for n in range(6)}
"""Sites that hold hardly anybody."""

BY_TURNS = [
    {"date": date, "title": law, "law": law}
    for date, law in (
        ("2019-03-09", "kazakhstan/1995"),
        ("2019-03-16", "no-law"),
        ("2019-03-23", "hong-kong/cap-245"),
        ("2019-03-30", "no-law"),
        ("2019-04-06", "kazakhstan/2020-act"),
        ("2019-04-20", "kazakhstan/2020-bill + threshold-50"),
        ("2019-05-04", "kyrgyzstan/2012"),
        ("2019-05-11", "kazakhstan/1995"),
        ("2019-06-01", "russia/2014"),
    )
]
"""A law for every week: what was planned under one is due under another."""

CASES: Mapping[str, Case] = {
    "no law": Case("no-law", 1),
    "bill, a threshold of 20": Case("kazakhstan/2020-bill", 1, {"law.threshold": 20, "town.people.minors_brought": 0.1}),
    "bill, ill will, an emergency": Case("kazakhstan/2020-bill + threshold-50", 1, {**ILL_WILL, "emergencies": EMERGENCIES}),
    "bill, honoured, a threshold of 10, many foreigners": Case(
        "kazakhstan/2020-bill",
        14,
        {"law.threshold": 10, **GOOD_WILL, "town.people.foreigners": 0.4, "police.misconduct": 1.0, "court.punished": 1.0},
    ),
    "bill, narrow sites": Case("kazakhstan/2020-bill + threshold-50", 2, {**NARROW, "law.exempt.kinds": ["residents"]}),
    "permit": Case("kazakhstan/1995", 3, {"emergencies": EMERGENCIES}),
    "permit, ill will, the defiant": Case("kazakhstan/1995", 3, {**ILL_WILL, **OPEN}),
    "act of 2020, exclusive slots": Case(
        "kazakhstan/2020-act",
        4,
        {"town.people.adults": 2_000, "choices.rivalry": 5.0, "choices.filing_cost": 0.0, "choices.effort_cost": 3.0},
    ),
    "Russia by form": Case("russia/2014", 4, {**ILL_WILL, "choices.appeal_cost": 0.0}),
    "Russia, narrow sites": Case("russia/2014", 5, {**NARROW, **GOOD_WILL}),
    "Belarus": Case("belarus", 5, {"law.threshold": 25, "town.people.minors_brought": 0.1, **OPEN}),
    "notification honoured": Case("germany/federal", 6, GOOD_WILL),
    "notification, ill will": Case("germany/federal", 6, {**ILL_WILL, "law.refusal.grounds.direct_danger.breadth": 1.0}),
    "Singapore, one person": Case("singapore/2009", 6, {"police.style": 1.0}),
    "Moldova, by court only": Case("moldova/2008", 7, ILL_WILL),
    "Armenia, substitutes": Case("armenia/2011", 7, {"behaviour.sigma": -0.4, "behaviour.hears": 0.5}),
    "Washington, narrow sites": Case("washington-dc/nps", 7, {**ILL_WILL, **NARROW, "law.filing.delivery": "3 days"}),
    "Britain": Case("united-kingdom/1986", 8, {**ILL_WILL, "choices.moving": 0.6}),
    "Hong Kong, appeals that suspend": Case(
        "hong-kong/cap-245", 8, {**ILL_WILL, "choices.appeal_cost": 0.0, "law.appeal.suspensive": True, "court.reversal": 0.9}
    ),
    "substitutes under the bill": Case(
        "kazakhstan/2020-bill + threshold-50", 9, {"behaviour.sigma": -0.5, "behaviour.hears": 0.6, "police.per_100k": 2000}
    ),
    "a law for every week": Case("no-law", 30, {**ILL_WILL, "reforms": BY_TURNS}),
    "a law for every week, pedantic": Case(
        "no-law",
        21,
        {"town.people.adults": 3_000, "reforms": BY_TURNS, "authority.formalism": 1.0, "authority.silence": _all(0.0)},
    ),
    "a hamlet where everybody comes": Case(
        "kazakhstan/2020-bill + threshold-50",
        12,
        {
            "town.people.adults": 300,
            "traits.reluctance_mean": 0.7,
            "organisers.yield_lawful": 1.0,
            "organisers.yield_unlawful": 1.0,
            "organisers.following_least": 3,
            "behaviour.hears": 1.0,
            "choices.effort_cost": 0.0,
            "choices.learning_turnout": 1.0,
            "choices.forecast_error": 1.0,
        },
    ),
    "a larger town": Case(
        "singapore/2009",
        13,
        {
            "town.people.adults": 5_000,
            "organisers.following_exponent": 0.7,
            "law.refusal.grounds.nuisance.breadth": 1.0,
            "authority.wish_to_refuse": _all(0.9),
            "police.per_100k": 2000,
        },
    ),
}
"""Laws of every kind in small towns, each with a practice and a town of its own."""


@pytest.fixture(scope="session")
def towns() -> Towns:
    return Towns()


@pytest.fixture(scope="session")
def cases() -> Mapping[str, Case]:
    return CASES


@pytest.fixture(scope="session")
def case() -> type[Case]:
    """Makes a case: ``case(law, seed, changes)``."""
    return Case


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever asks for ``name_of_case`` is run for every case."""
    if "name_of_case" in metafunc.fixturenames:
        metafunc.parametrize("name_of_case", CASES)
