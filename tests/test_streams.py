"""Chance: the generator's published answers, and draws that depend on the question alone."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.streams import MAX_SEED, Streams, event_code, normal, philox, uniform, unit, words

ONES = 0xFFFFFFFF


@pytest.mark.parametrize(
    ("key", "counter", "answer"),
    [
        pytest.param((0, 0), (0, 0, 0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8), id="zeros"),
        pytest.param((ONES, ONES), (ONES, ONES, ONES, ONES), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD), id="ones"),
        pytest.param(
            (0xA4093822, 0x299F31D0),
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
            id="digits-of-pi",
        ),
    ],
)
def test_known_answers_of_random123(key: tuple[int, int], counter: tuple[int, ...], answer: tuple[int, ...]) -> None:
    assert philox(np.uint64(key[0] | key[1] << 32), *map(np.uint64, counter)) == answer


def test_who_what_and_slot_fill_the_counter() -> None:
    key = Streams(1).key("any")
    what = 0x0123456789ABCDEF
    parts = map(np.uint64, (7, what & ONES, what >> 32, 3))
    assert words(key, 7, np.uint64(what), 3) == philox(key, *parts)


@pytest.mark.parametrize(("word", "number"), [(0, 2.0**-33), (ONES, 1.0 - 2.0**-33), (1 << 31, 0.5 + 2.0**-33)])
def test_a_word_becomes_a_number_strictly_between_0_and_1(word: int, number: float) -> None:
    assert unit(np.uint64(word)) == number


def draws(stream: str, n: int = 20_000, what: int = 0, slot: int = 0) -> np.ndarray:
    streams = Streams(1)
    return np.array([streams.uniform(stream, who, what, slot) for who in range(n)])


@pytest.mark.parametrize(("draw", "law"), [(Streams.uniform, "uniform"), (Streams.normal, "norm")])
def test_draws_follow_their_law(draw: Callable[[Streams, str, int], float], law: str) -> None:
    """The p-values of many streams are themselves uniform: none need be large, but small ones must not be frequent."""
    p_values = [stats.kstest([draw(Streams(seed), "noise", who) for who in range(1_000)], law).pvalue for seed in range(100)]
    assert stats.kstest(p_values, "uniform").pvalue > 0.01


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"stream": "other"}, id="streams"),
        pytest.param({"stream": "noise", "what": 1}, id="questions"),
        pytest.param({"stream": "noise", "what": 1 << 40}, id="far-questions"),
        pytest.param({"stream": "noise", "slot": 1}, id="slots"),
    ],
)
def test_draws_are_independent_between(other: dict[str, int | str]) -> None:
    correlation = np.corrcoef(draws("noise"), draws(**other))[0, 1]  # type: ignore[arg-type]
    assert abs(correlation) < 3.0 / math.sqrt(20_000)


def test_neighbours_are_independent() -> None:
    series = draws("noise")
    assert abs(np.corrcoef(series[1:], series[:-1])[0, 1]) < 3.0 / math.sqrt(20_000)


def test_seeds_are_independent() -> None:
    one, two = ([Streams(seed).uniform("noise", who) for who in range(20_000)] for seed in (1, 2))
    assert abs(np.corrcoef(one, two)[0, 1]) < 3.0 / math.sqrt(20_000)


@given(st.permutations(range(8)))
def test_the_order_of_asking_does_not_matter(order: list[int]) -> None:
    streams = Streams(5)
    asked = {who: streams.uniform("noise", who) for who in order}
    assert [asked[who] for who in range(8)] == [Streams(5).uniform("noise", who) for who in range(8)]


def test_one_stream_leaves_another_alone() -> None:
    streams = Streams(3)
    before = streams.normal("ties", 4, 2)
    for who in range(100):
        streams.uniform("noise", who)
    assert streams.normal("ties", 4, 2) == before


def test_python_and_machine_code_draw_the_same() -> None:
    streams = Streams(9)
    key = streams.key("noise")
    assert streams.uniform("noise", 3, 4, 5) == uniform(key, 3, np.uint64(4), 5)
    assert streams.normal("noise", 3, 4, 5) == normal(key, 3, np.uint64(4), 5)


@pytest.mark.parametrize("seed", [-1, MAX_SEED + 1, 1.0, "1", True, None])
def test_what_is_no_seed(seed: object) -> None:
    with pytest.raises(ValueError, match=r"a seed is a whole number from 0 to 2\*\*53 - 1"):
        Streams(seed)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", [0, MAX_SEED])
def test_the_first_and_the_last_seed(seed: int) -> None:
    assert 0.0 < Streams(seed).uniform("noise", 0) < 1.0


@given(st.tuples(st.integers(0, (1 << 24) - 1), st.integers(0, (1 << 32) - 1), st.integers(0, 255)))
def test_event_codes_tell_their_parts(parts: tuple[int, int, int]) -> None:
    code = event_code(*parts)
    assert (code >> 40, code >> 8 & 0xFFFFFFFF, code & 0xFF) == parts
    assert code < 1 << 64


@pytest.mark.parametrize("parts", [(-1, 0, 0), (1 << 24, 0, 0), (0, 1 << 32, 0), (0, 0, 256)])
def test_what_has_no_event_code(parts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no code for organiser"):
        event_code(*parts)
