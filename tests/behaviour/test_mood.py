"""What an assembly leaves behind: moods that fade before they rise, and arrests that nest."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.behaviour.arrays import Columns, Moods
from sim.behaviour.mood import pick, stir, stir_ties
from sim.population.people import People
from sim.population.ties import Ties
from sim.streams import Streams, event_code

FEAR_HALF_LIFE, ANGER_HALF_LIFE = 30.0, 14.0
KEY = Streams(4).key("police/who")
EVENT = np.uint64(event_code(2, 17))
CROWDS = st.sets(st.integers(0, 2**31 - 1), min_size=1, max_size=60).map(lambda some: np.array(sorted(some), np.int32))


def calm(n: int = 4) -> Moods:
    return Moods.of(n)


def known(indptr: list[int], neighbours: list[int]) -> Columns:
    """Ties as a town keeps them; of the traits nothing is read."""
    arrays = (np.array(indptr, np.int64), np.array(neighbours, np.int32))
    for array in arrays:
        array.flags.writeable = False
    n = len(indptr) - 1
    zeros = np.zeros(n, np.float32)
    people = People.of(
        district=np.zeros(n, np.uint8),
        income=zeros,
        theta=zeros,
        risk_aversion=zeros,
        deference=zeros,
        media=zeros,
        foreigner=np.zeros(n, np.bool_),
        concern=zeros[None, :],
    )
    return Columns.of(people, Ties(*arrays))


def shake(moods: Moods, who: list[int], day: int, fear: float, anger: float) -> None:
    stir(np.array(who, np.int32), day, fear, anger, FEAR_HALF_LIFE, ANGER_HALF_LIFE, moods)


def test_moods_fade_each_in_its_time_before_they_rise() -> None:
    moods = calm()
    shake(moods, [1], 10, 0.4, 0.8)
    shake(moods, [1], 40, 0.1, 0.0)
    assert moods.fear.tolist() == pytest.approx([0.0, 0.4 / 2 + 0.1, 0.0, 0.0])
    assert moods.anger.tolist() == pytest.approx([0.0, 0.8 * 0.5 ** (30 / 14), 0.0, 0.0])
    assert moods.stamp.tolist() == [0, 40, 0, 0]


def test_stirring_by_nothing_only_lets_time_pass() -> None:
    moods = calm()
    shake(moods, [2], 5, 0.5, 0.5)
    shake(moods, [2], 35, 0.0, 0.0)
    assert moods.fear[2] * 0.5 ** (30 / FEAR_HALF_LIFE) == pytest.approx(0.5 * 0.5 ** (60 / FEAR_HALF_LIFE))


def test_who_is_named_twice_feels_it_twice_and_nobody_more_than_1() -> None:
    moods = calm()
    shake(moods, [0, 0, 3], 1, 0.4, 0.6)
    assert moods.fear.tolist() == pytest.approx([0.8, 0.0, 0.0, 0.4])
    assert moods.anger.tolist() == pytest.approx([1.0, 0.0, 0.0, 0.6])


def test_ties_feel_it_once_for_each_friend_concerned() -> None:
    """0 - 1 - 2 in a row, 3 alone: 0 and 2 were arrested, so 1 fears for two; the arrested know nobody else."""
    moods, ties = calm(), known([0, 1, 3, 4, 4], [1, 0, 2, 1])
    stir_ties(np.array([0, 2], np.int32), 9, 0.1, 0.2, FEAR_HALF_LIFE, ANGER_HALF_LIFE, moods, ties)
    assert moods.fear.tolist() == pytest.approx([0.0, 0.2, 0.0, 0.0])
    assert moods.anger.tolist() == pytest.approx([0.0, 0.4, 0.0, 0.0])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(CROWDS, st.integers(0, 70), st.integers(0, 70))
def test_more_arrests_are_a_superset_of_fewer(people: np.ndarray, one: int, other: int) -> None:
    fewer, more = (pick(people, number, KEY, EVENT).tolist() for number in sorted((one, other)))
    assert set(fewer) <= set(more) <= set(people.tolist())
    for number, chosen in zip(sorted((one, other)), (fewer, more), strict=True):
        assert len(chosen) == min(number, people.size)
        assert chosen == sorted(set(chosen))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(CROWDS, st.integers(1, 60), st.data())
def test_someones_coin_does_not_depend_on_who_else_is_there(people: np.ndarray, number: int, data: st.DataObject) -> None:
    """When others leave, those who were picked and stayed are picked again."""
    stays = data.draw(st.sets(st.sampled_from(people.tolist()), min_size=1))
    before = set(pick(people, number, KEY, EVENT).tolist())
    after = set(pick(np.array(sorted(stays), np.int32), number, KEY, EVENT).tolist())
    assert before & stays <= after


def test_everyone_is_picked_equally_often() -> None:
    people, picked = np.arange(40, dtype=np.int32), np.zeros(40)
    for day in range(1_500):
        picked[pick(people, 10, KEY, np.uint64(event_code(1, day)))] += 1
    assert stats.chisquare(picked).pvalue > 0.01


def test_a_higher_number_does_not_protect() -> None:
    """The citizen's number only parts equal coins."""
    people = np.array([5, 2**31 - 1], np.int32)
    first = [pick(people, 1, KEY, np.uint64(event_code(3, day)))[0] for day in range(200)]
    assert 60 < first.count(5) < 140
