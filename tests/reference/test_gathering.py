"""Turnout by definition: what the rounds end in is a fixed point, the least, and no other order ends elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from sim.reference import ReferenceModel, gathering
from sim.reference.citizen import Mind
from sim.reference.gathering import Call, crowd_of, perceived_risk, who_comes

CALM = {
    "scenario.days": 60,
    "behaviour.sigma": 0.8,
    "behaviour.hears": 0.4,
    "behaviour.risk": 3.0,
    "police.per_100k": 2000,
    "police.style": 0.0,
    "police.misconduct": 0.0,
    "police.prevents": 0.0,
    "court.identified": 0.0,
    "court.organisers_liable": 0.0,
}
"""Ties pull strongly and police are many, but nobody is arrested or punished: in the evening all feel as in the afternoon."""


@pytest.fixture(scope="module")
def model(towns: Any, case: Any) -> ReferenceModel:
    scenario = case("kazakhstan/2020-bill + threshold-50", 1, CALM).scenario
    return ReferenceModel(scenario, rng=1, town=towns.of(scenario, 1)[1])


@pytest.fixture(scope="module")
def calls(model: ReferenceModel) -> list[Call]:
    """The last gatherings of two months, on one day."""
    found: list[Call] = []
    while model.running:
        model.run_for(1)
        found = [one.call for one in model.held_today if one.call is not None] or found
        if model.today >= 40 and model.held_today and any(call.threat[False, False][0] for call in found):
            break
    assert found
    return found


def numbers(minds: list[Mind]) -> set[int]:
    return {mind.citizen.number for mind in minds if mind.going}


def test_nobody_who_would_go_stays_away(model: ReferenceModel, calls: list[Call]) -> None:
    for call in calls:
        minds = who_comes(model, call)
        risk = perceived_risk(model, call, crowd_of(minds))
        assert {mind.going for mind in minds} == {True, False}
        for mind in minds:
            assert mind.going is mind.citizen.would_go(mind, call, risk)


@pytest.mark.parametrize("backwards", [False, True])
def test_asked_one_by_one_in_any_order_the_same_people_go(model: ReferenceModel, calls: list[Call], backwards: bool) -> None:
    for call in calls:
        minds = gathering._who_hears_first(model, call)
        joined = True
        while joined:
            joined = False
            for mind in sorted(minds.values(), key=lambda mind: mind.citizen.number, reverse=backwards):
                risk = perceived_risk(model, call, crowd_of(minds.values()))
                if not mind.going and mind.citizen.would_go(mind, call, risk):
                    gathering._join(call, minds, [mind])
                    joined = True
        by_rounds = who_comes(model, call)
        assert numbers(list(minds.values())) == numbers(by_rounds)
        assert len(minds) == len(by_rounds), "the same people heard of it"


def test_with_complements_the_waves_end_where_the_rounds_do(model: ReferenceModel, calls: list[Call]) -> None:
    for call in calls:
        minds = gathering._who_hears_first(model, call)
        gathering._waves(model, call, minds)
        assert numbers(list(minds.values())) == numbers(who_comes(model, call))


def test_more_officers_or_a_dearer_sanction_never_bring_more(model: ReferenceModel, calls: list[Call]) -> None:
    """Topkis: turnout of one assembly falls in officers, for every seed."""
    for call in calls:
        before, officers = numbers(who_comes(model, call)), call.officers
        call.officers = 10 * officers + 50.0
        fewer = numbers(who_comes(model, call))
        call.officers = officers
        assert fewer <= before


def test_nobody_is_told_and_the_leader_comes_alone(model: ReferenceModel, calls: list[Call]) -> None:
    call = calls[0]
    before = call.reach, call.audience, call.leader
    leader = next(organiser.leader.number for organiser in model.organisers)
    call.reach, call.audience, call.leader = 0.0, 0, leader
    came = who_comes(model, call)
    call.reach, call.audience, call.leader = before
    assert leader in numbers(came)
    assert all(mind.told > 0 for mind in came if mind.citizen.number != leader), "others hear of it from those who go"
