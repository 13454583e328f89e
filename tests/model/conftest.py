"""A busy fortnight or six in a small town, in which every rule is used, and runs of it under one law or another."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from sim.model import ProtestModel
from sim.population import Town, build_town
from sim.record import Record
from sim.scenario import Scenario, load_scenario

SEED = 1
BUSY: Mapping[str, Any] = {
    "town.people.adults": 4_000,
    "law": "kazakhstan/2020-bill",
    "scenario.start": "2019-03-01",
    "scenario.days": 42,
    "shocks": [{"date": "2019-03-11", "issue": "power", "size": 0.3, "title": "An election", "source": "invented"}],
    "organisers.per_100k": 500,
    "organisers.incidents": 0.0,
    "organisers.opportunities": 40,
    "organisers.following_most": 0.2,
    "choices.legality": 0.5,
    "authority.wish_to_refuse": {"loyal": 0.2, "social": 0.4, "opposition": 0.7},
    "police.style": 0.7,
    "police.misconduct": 0.1,
    "court.identified": 0.05,
    "press.freedom": 0.8,
}

type Under = Callable[..., Scenario]
type Lived = Callable[..., ProtestModel]


@pytest.fixture(scope="session")
def under() -> Under:
    """The busy scenario with changes, by dotted key."""

    def scenario(**changes: Any) -> Scenario:
        return load_scenario("seminar", {**BUSY, **{key.replace("__", "."): value for key, value in changes.items()}})

    return scenario


@pytest.fixture(scope="session")
def busy(under: Under) -> Scenario:
    """The busy scenario, under the bill of 2020."""
    return under()


@pytest.fixture(scope="session")
def town(busy: Scenario) -> Town:
    """Its town, shared by all runs with the first seed."""
    return build_town(busy.town, busy.traits, len(busy.issues), SEED)


@pytest.fixture(scope="session")
def lived(town: Town) -> Lived:
    """A model that has run, by default to its end."""

    def run(scenario: Scenario, days: int | None = None) -> ProtestModel:
        model = ProtestModel(scenario, rng=SEED, town=town)
        model.run_for(days)
        return model

    return run


@pytest.fixture(scope="session")
def record(busy: Scenario, lived: Lived) -> Record:
    """What happens in the busy scenario with the first seed."""
    return lived(busy).record


@pytest.fixture(scope="session")
def records(record: Record, under: Under, lived: Lived) -> dict[str, Record]:
    """What happens under very different laws."""
    laws = ("no-law", "kazakhstan/1995", "russia/2014", "germany/federal", "singapore/2009")
    return {"kazakhstan/2020-bill": record, **{law: lived(under(law=law)).record for law in laws}}
