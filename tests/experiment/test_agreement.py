"""Lock-step: engine and reference model agree; and where one is tampered with, it is told where, and about whom."""

from __future__ import annotations

from typing import Any

import pytest

from sim.experiment.agreement import first_disagreement
from sim.model import ProtestModel
from sim.record import Arrested, Held, Sanctioned
from sim.reference import ReferenceModel
from sim.scenario import Scenario, load_scenario

CHANGES = {
    "town.people.adults": 800,
    "scenario.days": 40,
    "shocks": [],
    "law": "kazakhstan/1995",
    "organisers.per_100k": 500,
    "organisers.opportunities": 200,
    "organisers.following_most": 0.3,
    "choices.effort_cost": 0.4,
    "choices.legality": 0.0,
    "choices.giving_up_cost": 2.0,
    "police.style": 1.0,
    "court.punished": 1.0,
}
"""Four organisers without a taste for legality under a permit law: arrests from the first week on."""

type Models = tuple[ProtestModel, ReferenceModel]


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("seminar", CHANGES)


@pytest.fixture
def models(scenario: Scenario) -> Models:
    return ProtestModel(scenario, rng=1), ReferenceModel(scenario, rng=1)


def test_they_agree(scenario: Scenario, models: Models) -> None:
    assert first_disagreement(scenario, 1, models=models) is None
    assert models[0].record.digest == models[1].record.digest
    assert any(models[0].record.of(Arrested)), "too little happens"


def test_it_makes_the_models_itself_and_stops_when_told(scenario: Scenario) -> None:
    assert first_disagreement(scenario, 2, days=3) is None


def test_a_citizen_who_would_never_go_is_found_and_shown(scenario: Scenario, models: Models) -> None:
    engine, reference = models
    first = next(held for held in _run(scenario).of(Held) if held.adults > 1)
    for number in first.goers:
        reference.citizens[number].theta = 50.0
    found = first_disagreement(scenario, 1, models=models)
    assert found is not None
    assert isinstance(found.engine, Held)
    assert found.engine == first == list(engine.record)[found.index]
    assert found.engine != found.reference
    said = str(found)
    assert said.startswith(f"day {first.day}, happening {found.index}\nengine:    Held(day={first.day}")
    assert f"assembly {first.assembly} in the engine: not pending" in said
    assert f"assembly {first.assembly} in the reference: {{'strategy': " in said
    assert "organiser " in said
    missing = min(set(first.goers) - set(found.reference.goers if isinstance(found.reference, Held) else ()))
    assert f"citizen {missing} (engine, reference)" in said
    assert "50.0)" in said, "the trait that was tampered with"
    assert f"citizen {missing} at assembly {first.assembly} in the reference: slack" in said


def test_feelings_that_differ_are_found_before_they_show(scenario: Scenario, models: Models) -> None:
    models[1].citizens[7].fear = 0.25
    found = first_disagreement(scenario, 1, models=models)
    assert found is not None
    assert (found.day, found.engine, found.reference) == (0, None, None)
    assert "citizen 7 (engine, reference)" in found.concerned
    assert "'fear': (0.0, 0.25)" in found.concerned


def test_a_court_that_is_milder_is_found_with_the_punished(scenario: Scenario, models: Models) -> None:
    reference = models[1]
    reference.court.practice = reference.court.practice.model_copy(update={"severity": 0.1, "jail_share": 0.0})
    found = first_disagreement(scenario, 1, models=models)
    assert found is not None
    assert isinstance(found.engine, Sanctioned)
    named = "citizen" if found.engine.role in {"participant", "foreigner"} else "organiser"
    assert f"{named} {found.engine.who} (engine, reference)" in str(found)


def _run(scenario: Scenario) -> Any:
    model = ProtestModel(scenario, rng=1)
    return model.run_for()
