"""What is written again in plain Python is what the engine compiles."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.behaviour import choice, decay
from sim.reference.formulas import believed, left, logit_choice, lognormal_passes, moved_towards, single

SHARES = st.floats(0.001, 0.999)


@given(days=st.integers(0, 4_000), half_life=st.floats(0.5, 1_000))
def test_what_is_left_has_the_engines_last_bit(days: int, half_life: float) -> None:
    assert left(days, half_life) == decay.left(days, half_life)


def test_where_pythons_power_would_not_do() -> None:
    """The case for which ``exp2`` is written: here ``2.0 ** x`` is the next number."""
    days, half_life = 672, 80.8800567447692
    assert left(days, half_life) == decay.left(days, half_life)


@given(st.lists(st.tuples(st.floats(-50, 50), SHARES), min_size=1, max_size=12), st.floats(0, 5))
def test_a_logit_choice_is_the_engines(options: list[tuple[float, float]], temperature: float) -> None:
    worth, coins = [one for one, _ in options], [coin for _, coin in options]
    assert logit_choice(worth, coins, temperature) == choice.best(worth, [choice.gumbel(coin) for coin in coins], temperature)


def test_of_equal_options_the_first_is_taken() -> None:
    assert logit_choice([1.0, 1.0, 0.0], [0.5, 0.5, 0.5], 0.0) == 0


@given(SHARES, st.floats(0.5, 50), st.floats(0, 100), st.floats(0, 100))
def test_beliefs_are_the_engines(prior: float, strength: float, yes: float, seen: float) -> None:
    assert believed(prior, strength, yes, seen) == choice.posterior_mean(prior, strength, yes, seen)
    assert moved_towards(prior, yes, 0.2) == choice.blend(prior, yes, 0.2)


@given(st.integers(1, 5_000), st.floats(1, 5_000), st.floats(0, 1.5))
def test_the_chance_of_an_overrun_is_the_engines(limit: int, median: float, log_sd: float) -> None:
    assert lognormal_passes(limit, median, log_sd) == choice.normal_above(math.log(limit), math.log(median), log_sd)


def test_single_precision_is_rounded_and_rounding_again_changes_nothing() -> None:
    assert single(0.1) != 0.1
    assert single(0.1) == pytest.approx(0.1, rel=1e-7)
    assert single(single(0.1)) == single(0.1)
