"""Choosing and learning, against known distributions."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.behaviour.choice import best, blend, gumbel, normal_above, posterior_mean
from sim.streams import Streams

CHOICES = 20_000
PAYOFFS = st.lists(st.floats(-10.0, 10.0), min_size=1, max_size=8)


def coins(options: int, n: int = CHOICES) -> np.ndarray:
    """Gumbel numbers for n choices among so many options."""
    streams = Streams(11)
    return np.array([[gumbel(streams.uniform("choice", who, 0, option)) for option in range(options)] for who in range(n)])


@pytest.mark.parametrize("temperature", [0.3, 1.0, 3.0])
def test_choices_are_logit(temperature: float) -> None:
    """Chances are the softmax of payoff over temperature (McFadden 1974)."""
    payoffs = [0.0, 0.5, -0.5, 1.0]
    chosen = np.bincount([best(payoffs, noise, temperature) for noise in coins(4).tolist()], minlength=4)
    weights = np.exp(np.array(payoffs) / temperature)
    assert stats.chisquare(chosen, CHOICES * weights / weights.sum()).pvalue > 0.001


def test_gumbel_numbers_follow_their_law() -> None:
    assert stats.kstest(coins(1).ravel(), "gumbel_r").pvalue > 0.01


@settings(deadline=None, derandomize=True)
@given(PAYOFFS, st.integers(0, 1_000))
def test_without_noise_the_best_is_taken_of_equals_the_first(payoffs: list[float], seed: int) -> None:
    noise = np.random.default_rng(seed).gumbel(size=len(payoffs)).tolist()
    assert best(payoffs, noise, 0.0) == payoffs.index(max(payoffs))


@settings(deadline=None, derandomize=True)
@given(PAYOFFS, st.integers(0, 1_000), st.floats(0.05, 5.0))
def test_what_is_not_chosen_does_not_matter(payoffs: list[float], seed: int, temperature: float) -> None:
    """Every option keeps its coin: without one that was not taken, the same is taken (independence of irrelevant options)."""
    noise = np.random.default_rng(seed).gumbel(size=len(payoffs)).tolist()
    taken = best(payoffs, noise, temperature)
    for gone in set(range(len(payoffs))) - {taken}:
        kept = [place for place in range(len(payoffs)) if place != gone]
        assert kept[best([payoffs[k] for k in kept], [noise[k] for k in kept], temperature)] == taken


def test_an_option_worth_nothing_at_all_is_never_taken() -> None:
    assert {best([-math.inf, 0.0], noise, 1.0) for noise in coins(2, 200).tolist()} == {1}


@pytest.mark.parametrize(
    ("prior", "strength", "yes", "seen", "mean"),
    [(0.3, 4.0, 0.0, 0.0, 0.3), (0.5, 2.0, 1.0, 1.0, 2 / 3), (0.2, 5.0, 0.0, 5.0, 0.1), (0.0, 1.0, 9.0, 9.0, 0.9)],
)
def test_beliefs_are_beta_means(prior: float, strength: float, yes: float, seen: float, mean: float) -> None:
    assert posterior_mean(prior, strength, yes, seen) == pytest.approx(mean, rel=1e-12)
    if 0.0 < prior < 1.0:
        after = stats.beta(prior * strength + yes, (1.0 - prior) * strength + seen - yes)
        assert after.mean() == pytest.approx(mean, rel=1e-12)


@pytest.mark.parametrize(("old", "new", "weight", "moved"), [(0.2, 1.0, 0.0, 0.2), (0.2, 1.0, 1.0, 1.0), (1.0, 0.0, 0.25, 0.75)])
def test_a_belief_moves_by_its_weight(old: float, new: float, weight: float, moved: float) -> None:
    assert blend(old, new, weight) == pytest.approx(moved, rel=1e-12)


@settings(deadline=None, derandomize=True)
@given(st.floats(-5.0, 5.0), st.floats(-5.0, 5.0), st.floats(0.1, 5.0))
def test_a_normal_number_lies_above_a_limit_as_often_as_it_should(limit: float, mean: float, sd: float) -> None:
    assert normal_above(limit, mean, sd) == pytest.approx(stats.norm.sf(limit, mean, sd), rel=1e-9, abs=1e-15)


@pytest.mark.parametrize(("mean", "chance"), [(0.9, 0.0), (1.0, 0.0), (1.1, 1.0)])
def test_a_number_without_spread_lies_above_or_does_not(mean: float, chance: float) -> None:
    assert normal_above(1.0, mean, 0.0) == chance
