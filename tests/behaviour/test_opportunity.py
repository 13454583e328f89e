"""When organisers have a reason to act: at the rate they should, and with the same coin under every law."""

import math
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.behaviour.decay import left
from sim.behaviour.opportunity import arising, set_off, times_of
from sim.streams import Streams

KEY = Streams(8).key("opportunity")
ORGANISERS, DAYS = 200, 365
RNG = np.random.default_rng(1)
RATES = RNG.lognormal(-4.5, 0.6, ORGANISERS)
ISSUE = RNG.integers(0, 3, ORGANISERS)
ORDINARY = np.ones(3)


def on(day: int, factor: np.ndarray = ORDINARY, rates: np.ndarray = RATES) -> list[int]:
    return arising(KEY, day, rates, factor, ISSUE[: rates.size]).tolist()


def test_the_rate_is_recovered() -> None:
    """Opportunities in a year: for each organiser and day the chance of at least one of a Poisson process."""
    chance = 1.0 - np.exp(-RATES)
    found = sum(len(on(day)) for day in range(DAYS))
    spread = math.sqrt(DAYS * (chance * (1.0 - chance)).sum())
    assert found == pytest.approx(DAYS * chance.sum(), abs=4 * spread)


def test_the_busy_are_busy() -> None:
    rates = np.repeat([0.0, 0.1, 5.0], [50, 100, 50])
    counts = np.bincount(np.concatenate([on(day, rates=rates) for day in range(DAYS)]), minlength=ORGANISERS)
    assert counts[:50].max(initial=0) == 0
    assert counts[50:150].mean() == pytest.approx(DAYS * (1.0 - math.exp(-0.1)), rel=0.05)
    assert counts[150:].mean() == pytest.approx(DAYS * (1.0 - math.exp(-5.0)), rel=0.01)


def test_they_come_rising_and_stay_what_they_are() -> None:
    first = arising(KEY, 0, RATES * 30, ORDINARY, ISSUE)
    kept = first.tolist()
    arising(KEY, 1, RATES * 30, ORDINARY, ISSUE)
    assert first.tolist() == kept == sorted(set(kept)) != []
    assert first.dtype == np.int32


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.integers(0, 2), st.floats(0.0, 30.0))
def test_what_stirs_people_adds_occasions_and_takes_none_away(day: int, issue: int, rise: float) -> None:
    """Coupled: on one day a greater factor gives a superset, and leaves those with other issues alone."""
    factor = ORDINARY.copy()
    factor[issue] += rise
    ordinary, stirred = set(on(day)), set(on(day, factor))
    assert ordinary <= stirred
    assert {int(ISSUE[organiser]) for organiser in stirred - ordinary} <= {issue}


def test_a_factor_matters() -> None:
    stirred = ORDINARY * 20
    assert sum(len(on(day, stirred)) for day in range(30)) > 5 * sum(len(on(day)) for day in range(30))


def test_further_organisers_change_nothing_for_those_there_are() -> None:
    assert all(on(day, rates=RATES[:70]) == [one for one in on(day) if one < 70] for day in range(60))


def test_another_seed_has_other_days() -> None:
    other = Streams(9).key("opportunity")
    assert [arising(other, day, RATES, ORDINARY, ISSUE).tolist() for day in range(20)] != [on(day) for day in range(20)]


@pytest.mark.parametrize("half_life", [0.5, 1.0, 3.0, 14.0])
def test_what_was_heard_of_sets_off_its_share_once(half_life: float) -> None:
    """The weights of the days after it sum to 1, and half of it is over after a half-life."""
    days = range(1, 400)
    weights = [set_off(float(left(day, half_life)), half_life) for day in days]
    assert sum(weights) == pytest.approx(1.0)
    if half_life == int(half_life):
        assert sum(weights[: int(half_life)]) == pytest.approx(0.5)


def test_incidents_come_at_their_rate_and_at_random() -> None:
    """Counts of a Poisson process: mean and variance are rate times length; a longer while begins with a shorter one."""
    streams = Streams(3)
    counts = []
    for who in range(400):
        coin = partial(streams.uniform, "incident/gap", who)
        times = list(times_of(0.1, 100.0, coin))
        assert [number for number, _ in times] == list(range(len(times)))
        assert times == list(times_of(0.1, 250.0, coin))[: len(times)]
        counts.append(len(times))
    assert np.mean(counts) == pytest.approx(10.0, abs=4 * math.sqrt(10.0 / 400))
    assert np.var(counts) == pytest.approx(10.0, rel=0.3)


def test_without_a_rate_there_are_none() -> None:
    assert list(times_of(0.0, 1000.0, lambda _: 0.5)) == []
