"""Who follows: the keenest of those an organiser meets, and more of the same when more are wanted."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.behaviour.following import follow
from sim.streams import Streams, unit, words

KEY = Streams(5).key("organiser/follow")
CITIZENS = 2_000
FIRST, LAST = 500, 900


def concern(seed: int = 0, citizens: int = CITIZENS) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0.0, 0.5, citizens).astype(np.float32)


def following(size: int, *, organiser: int = 3, met: int = 3, local: float = 0.5, of: np.ndarray | None = None) -> list[int]:
    return follow(KEY, organiser, size, met, local, FIRST, LAST, concern() if of is None else of).tolist()


def meetings(organiser: int, place: int, met: int, local: float) -> list[int]:
    """Whom it meets for one place in its following, by the definition."""
    people = []
    for meeting in range(met):
        where, who, _, _ = (float(unit(word)) for word in words(KEY, organiser, np.uint64(place), meeting))
        people.append(FIRST + int(who * (LAST - FIRST)) if where < local else int(who * CITIZENS))
    return people


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 1_000), st.integers(1, 40), st.integers(1, 6), st.floats(0.0, 1.0))
def test_the_keenest_of_those_met_follow(organiser: int, size: int, met: int, local: float) -> None:
    keen = concern()
    wanted = {max(meetings(organiser, place, met, local), key=lambda i: keen[i]) for place in range(size)}
    found = follow(KEY, organiser, size, met, local, FIRST, LAST, keen)
    assert found.tolist() == sorted(wanted)
    assert found.dtype == np.int32


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.integers(1, 300), st.integers(1, 300), st.integers(0, 50))
def test_a_larger_following_holds_the_smaller_one(size: int, further: int, organiser: int) -> None:
    assert set(following(size, organiser=organiser)) <= set(following(size + further, organiser=organiser))


def test_followers_come_rising_each_once_and_not_more_than_wanted() -> None:
    found = following(3_000)
    assert found == sorted(set(found))
    assert len(found) < 3_000, "the same person is met twice, and follows once"


def test_organisers_have_followings_of_their_own() -> None:
    assert following(50, organiser=1) != following(50, organiser=2)


@pytest.mark.parametrize(("met", "mean"), [(1, 0.25), (3, 0.375), (9, 0.45)])
def test_those_who_follow_are_more_concerned_the_more_were_met(met: int, mean: float) -> None:
    """The greatest of m even numbers between 0 and 1/2 has mean m / (m + 1) / 2."""
    keen = concern(citizens=200_000)
    found = follow(KEY, 3, 4_000, met, 0.0, 0, 0, keen)
    assert keen[found].mean() == pytest.approx(mean, abs=0.01)


@pytest.mark.parametrize("local", [0.0, 0.5, 1.0])
def test_the_local_share_lives_in_the_leaders_district(local: float) -> None:
    """With one met, the share is the local one, and of the others those who happen to live there (a fifth of the town)."""
    found = [meeting[0] for place in range(2_000) if (meeting := following_of_one(place, local))]
    at_home = np.mean([FIRST <= i < LAST for i in found])
    assert at_home == pytest.approx(local + (1.0 - local) * 0.2, abs=0.04)


def following_of_one(organiser: int, local: float) -> list[int]:
    return following(1, organiser=organiser, met=1, local=local)
