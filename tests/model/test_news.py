"""What is public: reports and moods that fade, beliefs that follow what was seen, and the law's standing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.behaviour import Behaviour, OrganiserBehaviour
from sim.model.news import Fading, News

BEHAVIOUR = Behaviour(news_half_life=7.0, legitimacy_half_life=180.0, legitimacy_step=0.1, learning=0.25)


def news(belief: float = 0.5) -> News:
    return News(BEHAVIOUR, OrganiserBehaviour(), 2, belief)


def test_what_was_added_fades_by_half_in_its_time() -> None:
    report = Fading(7.0)
    assert report.on(0) == report.on(400) == 0.0
    report.add(10, 0.8)
    assert [report.on(day) for day in (10, 17, 24)] == pytest.approx([0.8, 0.4, 0.2])
    report.add(24, 0.3)
    assert report.on(24) == pytest.approx(0.5)
    assert report.on(31) == pytest.approx(0.25)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 300), st.floats(0.0, 1.0)), max_size=10), st.integers(300, 600))
def test_it_is_the_sum_of_what_is_left_of_each(added: list[tuple[int, float]], day: int) -> None:
    report = Fading(12.0)
    for when, amount in sorted(added):
        report.add(when, amount)
    assert report.on(day) == pytest.approx(sum(amount * 0.5 ** ((day - when) / 12.0) for when, amount in added), abs=1e-12)


def test_looking_does_not_change_it() -> None:
    report = Fading(7.0)
    report.add(0, 1.0)
    before = report.on(30)
    for day in range(30):
        report.on(day)
    assert report.on(30) == before


def test_moods_are_of_an_issue_and_fear_is_of_all() -> None:
    town = news()
    town.concern[0].add(5, 0.3)
    town.anger[1].add(5, 0.2)
    assert (town.mood(0, 5), town.mood(1, 5)) == pytest.approx((0.3, 0.2))
    town.fear.add(5, 0.1)
    assert (town.mood(0, 5), town.mood(1, 5)) == pytest.approx((0.2, 0.1))
    assert town.mood(0, 12) == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("punished", "coverage", "belief"), [(True, 1.0, 0.625), (False, 1.0, 0.375), (True, 0.5, 0.5625), (False, 0.0, 0.5)]
)
def test_beliefs_move_towards_what_was_seen_as_far_as_it_was_seen(punished: bool, coverage: float, belief: float) -> None:
    town = news(0.5)
    town.believe(punished=punished, coverage=coverage)
    assert town.belief == pytest.approx(belief)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.booleans(), st.floats(0.0, 1.0)), max_size=60), st.floats(0.0, 1.0))
def test_a_belief_stays_a_share(seen: list[tuple[bool, float]], belief: float) -> None:
    town = news(belief)
    for punished, coverage in seen:
        town.believe(punished=punished, coverage=coverage)
    assert 0.0 <= town.belief <= 1.0


def test_the_laws_standing_starts_at_1_and_comes_back_to_it() -> None:
    town = news()
    assert town.legitimacy(0) == town.legitimacy(1_000) == 1.0
    town.judge(10, fair=True, coverage=1.0)
    assert town.legitimacy(10) == pytest.approx(1.1)
    town.judge(10, fair=False, coverage=0.5)
    assert town.legitimacy(10) == pytest.approx(1.05)
    assert town.legitimacy(190) == pytest.approx(1.025)


def test_the_laws_standing_never_falls_below_nothing() -> None:
    town = news()
    for day in range(30):
        town.judge(day, fair=False, coverage=1.0)
    assert town.legitimacy(30) == 0.0


def test_nothing_is_known_at_first() -> None:
    town = news(0.3)
    assert town.belief == 0.3
    assert town.punished == [0.0, 0.0]
    assert town.leave["social", "permit"] == [0.0, 0.0]
    assert [heard.on(9) for heard in town.heard] == [0.0, 0.0]
