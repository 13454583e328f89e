"""An organiser takes the best of its ways with their coins, or waits: an error-components logit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.behaviour.choice import best, gumbel
from sim.behaviour.deliberation import choose
from sim.behaviour.ways import DAYS, DUTY, EXPECTED, FACTS, PHANTOM, SITE, WAY, Board
from sim.streams import Streams

KEY = Streams(3).key("organiser/whether")
NUMBERS = st.floats(-5.0, 5.0)


def board(temperature: float, within: float, organiser: int = 7, day: int = 30) -> Board:
    facts = np.zeros(1, FACTS)
    facts["temperature"], facts["temperature_within"] = temperature, within
    facts["organiser"], facts["day"] = organiser, day
    nothing = np.zeros(1, np.int64)
    return Board(facts, np.zeros(1, SITE), np.zeros(1, DUTY), np.zeros(1, DAYS), *(nothing,) * 5)


def ways(worth: list[float], noise: list[float], phantoms: list[bool]) -> np.ndarray:
    found = np.zeros(len(worth), WAY)
    found["worth"], found["noise"] = worth, noise
    found["strategy"] = [PHANTOM if phantom else EXPECTED for phantom in phantoms]
    return found


def whether(organiser: int, day: int) -> list[float]:
    return [gumbel(Streams(3).uniform("organiser/whether", organiser, day << 8, act)) for act in (0, 1)]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(NUMBERS, NUMBERS, st.booleans()), min_size=1, max_size=12),
    NUMBERS,
    st.floats(0.05, 3.0),
    st.floats(0.01, 1.0),
)
def test_the_best_way_is_taken_if_acting_is_better_than_waiting(
    options: list[tuple[float, float, bool]], waiting: float, temperature: float, within: float
) -> None:
    worth, noise, phantoms = ([0.0, *(one[part] for one in options)] for part in range(3))
    real = [n for n, phantom in enumerate(phantoms) if not phantom]  # the first always is
    expected = real[best([worth[n] for n in real], [noise[n] for n in real], within)]
    acting = worth[expected] + within * noise[expected]
    taken, acts, most, *coins = choose(ways(worth, noise, phantoms), waiting, KEY, board(temperature, within))
    assert (taken, most) == (expected, acting)
    assert coins == whether(7, 30)
    assert acts == (best([waiting, acting], coins, temperature) == 1)


def test_of_equals_the_first_is_taken() -> None:
    assert choose(ways([1.0, 2.0, 2.0], [0.0] * 3, [False] * 3), 0.0, KEY, board(0.5, 0.2))[0] == 1


@pytest.mark.parametrize(("waiting", "acts"), [(-100.0, True), (100.0, False)])
def test_who_has_much_more_from_one_does_it(waiting: float, acts: bool) -> None:
    assert choose(ways([0.0], [0.0], [False]), waiting, KEY, board(0.5, 0.2))[1] == acts
