"""What is varied, what is not, and at which points."""

from typing import Any

import numpy as np
import pytest

from sim.errors import InputError
from sim.experiment.resting import RestingPlan, assumptions_of, plan_resting
from sim.experiment.uncertainty import Drawn
from sim.experiment.uncertainty.changing import value_at
from sim.scenario import Scenario
from tests.conftest import small_scenario


def posterior(values: list[list[float]], keys: tuple[str, ...] = ("behaviour.sigma", "police.style"), town: str = "") -> Drawn:
    """Draws of two parameters, the last of which has half of the weight."""
    names = [f"p{place}" for place in range(len(keys))]
    weights = np.array([*[0.5 / (len(values) - 1)] * (len(values) - 1), 0.5])
    return Drawn(dict(zip(names, keys, strict=True)), dict.fromkeys(names, town), np.array(values), weights)


JOINTLY = posterior([[0.1, 0.9], [0.3, 0.6], [0.5, 0.2]])


@pytest.fixture(scope="module")
def plan(small: Scenario, without_threshold: Scenario) -> RestingPlan:
    return plan_resting(small, without_threshold, ["attendance"], points=40, posterior=JOINTLY)


def planned(a: Scenario, b: Scenario, **more: Any) -> RestingPlan:
    return plan_resting(a, b, ["attendance"], **{"points": 20, **more})


# -- what is varied ----------------------------------------------------------------------------------------------------------


def test_every_assumption_is_varied_and_nothing_else(small: Scenario) -> None:
    varied, held = assumptions_of(small, small, 0.25)
    by_name, fixed = {one.name: one for one in varied}, {one.name: one for one in held}
    assert not by_name.keys() & fixed.keys()
    assert {"traits.reluctance_mean", "behaviour.sigma", "choices.effort_cost", "police.threat.march", "press.outlets"} <= set(
        by_name
    )
    assert {one.name.partition(".")[0] for one in varied} == {
        *("traits", "behaviour", "choices", "organisers", "authority", "court", "police", "press")
    }
    assert fixed["organisers.stance.loyal"].why == "a share of several that sum to 1"
    assert fixed["traits.deference_full"].why == "it is no assumption"
    assert fixed["traits.deference_full"].source.startswith("Demoscope")
    assert all(one.source.startswith("assumption") for one in varied)


def test_how_far_it_is_varied(small: Scenario) -> None:
    """By a quarter of its range, to twice its value at most, and never out of its range."""
    varied = {one.name: one for one in assumptions_of(small, small, 0.25)[0]}
    ends = {name: (one.least, one.most) for name, one in varied.items()}
    assert ends["behaviour.followers_local"] == pytest.approx((0.25, 0.75))  # 0.5 of 0 to 1
    assert ends["organisers.means"] == pytest.approx((0.5, 10.0))  # 5 of 0.5 to 1000
    assert ends["authority.discretion_permit"] == pytest.approx((0.75, 1.0))  # 1 of 0 to 1
    assert ends["press.outlets"] == pytest.approx((1, 15))  # 8 of 1 to 30
    assert varied["press.outlets"].whole
    assert varied["choices.most_parts"].whole
    assert not varied["police.threat.rally"].whole
    wide = {one.name: one for one in assumptions_of(small, small, 1.0)[0]}
    assert (wide["behaviour.followers_local"].least, wide["behaviour.followers_local"].most) == (0.0, 1.0)
    assert wide["organisers.means"].most == pytest.approx(25.0)


def test_what_is_compared_is_not_varied(small: Scenario) -> None:
    varied, held = assumptions_of(small, small_scenario({"police.style": 0.1}), 0.25)
    assert "police.style" not in {one.name for one in varied}
    (style,) = (one for one in held if one.name == "police.style")
    assert style.why.startswith("A and B differ in it")
    assert style.value == small.police.style


def test_a_number_that_cannot_be_another_is_held() -> None:
    scenario = small_scenario({"choices.most_parts": 1})
    _, held = assumptions_of(scenario, scenario, 0.05)
    assert {one.why for one in held if one.name == "choices.most_parts"} == {"no other value lies so near"}


# -- at which points ---------------------------------------------------------------------------------------------------------


def test_both_scenarios_have_the_same_values_at_a_point(plan: RestingPlan) -> None:
    for point, (one, other) in enumerate(plan.pairs):
        row = plan.points.iloc[point]
        for name in ("traits.reluctance_mean", "authority.silence.loyal", "press.outlets", "police.style"):
            assert value_at(one, name) == value_at(other, name) == row[name]
        assert one.law == plan.a.law
        assert other.law == plan.b.law
        assert one.organisers.stance == plan.a.organisers.stance
    assert plan.points["press.outlets"].dtype == np.int64


def test_points_are_a_latin_hypercube(plan: RestingPlan) -> None:
    for one in plan.assumptions:
        if one.drawn == "evenly" and not one.whole:
            slices = (plan.points[one.name] - one.least) / (one.most - one.least) * 40
            assert sorted(np.minimum(np.floor(slices), 39).astype(int)) == list(range(40)), one.name


def test_calibrated_parameters_come_jointly_by_their_weight(plan: RestingPlan) -> None:
    assert [one.name for one in plan.assumptions if one.drawn == "posterior"] == ["behaviour.sigma", "police.style"]
    rows = plan.points[["behaviour.sigma", "police.style"]].to_numpy()
    assert rows == pytest.approx(JOINTLY.values[plan.points["draw"]])
    assert np.bincount(plan.points["draw"]).tolist() == [10, 10, 20]


def test_a_posterior_of_another_town_sets_nothing_here(small: Scenario, without_threshold: Scenario) -> None:
    elsewhere = planned(small, without_threshold, posterior=posterior([[0.1, 0.9], [0.3, 0.6]], town="berlin"))
    assert all(one.drawn == "evenly" for one in elsewhere.assumptions)


def test_seeds_are_a_points_own_and_more_of_them_leave_the_first(small: Scenario, without_threshold: Scenario) -> None:
    two, three = (planned(small, without_threshold, seeds=seeds, first=5) for seeds in (2, 3))
    assert two.seeds_of(3) == [8, 28]
    assert three.seeds_of(3) == [8, 28, 48]
    assert two.name == three.name
    assert {(point, side, seed) for point, side, _, seed in two.tasks()} < {(p, s, seed) for p, s, _, seed in three.tasks()}
    assert two.runs == len(list(two.tasks())) == 80
    seeds = [seed for _, side, _, seed in three.tasks() if side == "A"]
    assert len(set(seeds)) == len(seeds)


def test_the_same_question_has_the_same_points(small: Scenario, without_threshold: Scenario) -> None:
    one, other = (planned(small, without_threshold) for _ in range(2))
    assert one.points.equals(other.points)
    assert one.name == other.name
    assert planned(small, without_threshold, spread=0.2).name != one.name
    assert planned(small, small_scenario({"law.threshold": 50})).name != one.name


def test_a_cut_leaves_no_less_than_its_least() -> None:
    """Both are assumptions here, and their ranges overlap."""
    changes = {"authority.cut_least": 0.45, "authority.cut_most": 0.5}
    found = planned(small_scenario(changes), small_scenario({**changes, "law.threshold": "none"}), points=60).points
    assert (found["authority.cut_least"] <= found["authority.cut_most"]).all()
    assert found["authority.cut_least"].max() > 0.55
    assert found["authority.cut_most"].min() < 0.4


# -- what is refused ---------------------------------------------------------------------------------------------------------


def test_everything_wrong_is_told_at_once(small: Scenario) -> None:
    other = small_scenario({"town.people.adults": 7000})
    keys = ("behaviour.sigmma", "police.style")
    with pytest.raises(InputError) as caught:
        plan_resting(
            small,
            other,
            ["atendance", "events_held", "events_held"],
            points=10,
            seeds=1,
            spread=1.5,
            first=-1,
            posterior=posterior([[0.1, 0.2], [0.2, 0.3]], keys),
        )
    told = str(caught.value)
    assert "SCENARIO_B: found seminar, in A seminar town, changed; allowed: a scenario in the town of A" in told
    assert "outcome: found the unknown 'atendance'" in told
    assert "did you mean 'attendance'?" in told
    assert "outcome: found 'events_held' a second time; allowed: each once" in told
    assert "points: found 10; allowed: 20 or more" in told
    assert "seeds: found 1; allowed: 2 or more, or noise cannot be told from assumptions" in told
    assert "spread: found 1.5; allowed: a share of each range, above 0 and at most 1" in told
    assert "seed: found -1; allowed: a whole number from 0" in told
    assert "posterior: found the unknown key 'behaviour.sigmma'" in told
    assert "did you mean 'behaviour.sigma'?" in told


def test_one_scenario_twice(small: Scenario) -> None:
    with pytest.raises(InputError, match="found seminar, which says what A says; allowed: a scenario that differs from A"):
        planned(small, small)


def test_a_value_that_scenarios_refuse_is_told_with_its_name(small: Scenario, without_threshold: Scenario) -> None:
    with pytest.raises(InputError, match=r"point \d+, police\.style: found 1\.7"):
        planned(small, without_threshold, posterior=posterior([[0.1, 1.7], [0.2, 0.3]]))
