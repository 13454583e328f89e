"""The reference model as a Mesa user meets it."""

from __future__ import annotations

from typing import Any

import mesa
import pytest

from sim.errors import ModelError
from sim.reference import ReferenceModel
from sim.reference.model import DAY


@pytest.fixture
def model(towns: Any, case: Any) -> ReferenceModel:
    """A thousand people on the first of ten mornings."""
    scenario = case("kazakhstan/2020-bill + threshold-50", 1, {"scenario.days": 10, "shocks": []}).scenario
    return towns.models(scenario, 1)[1]


def test_one_agent_is_one_person_and_officials_are_agents_too(model: ReferenceModel) -> None:
    kinds = {kind.__name__: len(agents) for kind, agents in model.agents_by_type.items()}
    officials = {"Authority": 1, "Court": 1, "Police": 1, "Press": 8}
    assert kinds == {"Citizen": 1_000, "Organiser": 5, **officials}
    assert all(isinstance(citizen, mesa.Agent) for citizen in model.citizens)
    assert [citizen.number for citizen in model.citizens] == list(range(1_000))


def test_ties_are_citizens(model: ReferenceModel) -> None:
    assert all(citizen in tie.ties for citizen in model.citizens[:100] for tie in citizen.ties)


def test_the_day_has_the_parts_of_the_design() -> None:
    assert [name for name, _ in DAY] == ["morning", "calendar", "desk", "plans", "street", "court", "news"]


def test_everyone_is_stepped_daily_and_feelings_fade(model: ReferenceModel) -> None:
    citizen = next(one for one in model.citizens if not any(one in organiser.followers for organiser in model.organisers))
    citizen.is_stirred(fear=0.5, anger=0.8)
    citizen.is_punished(1_000.0)
    citizen.is_away(3)
    behaviour, before = model.conduct.behaviour, (citizen.fear_today, citizen.anger_today, citizen.debt_today)
    assert not citizen.free
    model.run_for(4)
    assert citizen.free
    assert citizen.fear_today == pytest.approx(0.5 * 0.5 ** (3 / behaviour.fear_half_life))
    assert citizen.anger_today == pytest.approx(0.8 * 0.5 ** (3 / behaviour.anger_half_life))
    assert citizen.debt_today == pytest.approx(1_000 * 0.5 ** (3 / behaviour.debt_half_life))
    assert before == pytest.approx((0.5, 0.8, 1_000.0))


def test_feelings_do_not_pass_one(model: ReferenceModel) -> None:
    citizen = model.citizens[0]
    for _ in range(3):
        citizen.is_stirred(fear=0.5, anger=0.6)
    assert (citizen.fear, citizen.anger) == (1.0, 1.0)


def test_a_run_ends_with_its_scenario(model: ReferenceModel) -> None:
    model.run_for()
    assert (model.running, model.today) == (False, 9)
    with pytest.raises(ModelError, match="the scenario ends after 10 days"):
        model.run_for(1)


def test_a_town_belongs_to_its_text_and_seed(model: ReferenceModel) -> None:
    with pytest.raises(ModelError, match="founded with another seed, from another text"):
        ReferenceModel(model.conduct, rng=2, town=model.town)
