"""Cascades on networks: theory against known numbers, and the engine against theory and against a plain Mesa model."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.classics.crowd import needed_of_ties, those_who_go
from sim.classics.granovetter import critical, equilibrium, spread_out
from sim.classics.graphs import complete_ties, random_ties
from sim.classics.networks import Cascade
from sim.classics.networks_theory import critical_spread, final_share, normal_response, uniform_response, window
from sim.streams import Streams

SETTINGS = settings(max_examples=40, deadline=None, derandomize=True)


@SETTINGS
@given(st.integers(2, 60), st.floats(0.0, 12.0), st.integers(0, 1000))
def test_a_random_graph_is_a_network(people: int, degree: float, seed: int) -> None:
    """Symmetric, nobody tied to themselves, no tie twice, rows ascending; more ties with a higher mean."""
    ties = random_ties(people, degree, Streams(seed))
    pairs = {(i, int(j)) for i in range(people) for j in ties.of(i)}
    assert len(pairs) == ties.neighbours.size
    assert all((j, i) in pairs and i != j for i, j in pairs)
    assert all(np.all(np.diff(ties.of(i)) > 0) for i in range(people))
    assert ties.neighbours.dtype == np.int32


def test_degrees_of_a_random_graph_are_poisson() -> None:
    degrees = random_ties(20_000, 10.0, Streams(3)).degrees
    assert degrees.mean() == pytest.approx(10.0, abs=4 * np.sqrt(2 * 10.0 / 20_000))
    assert degrees.var() == pytest.approx(10.0, rel=0.06)
    assert np.abs(np.corrcoef(degrees, np.arange(20_000))[0, 1]) < 0.03, "early and late numbers have as many"


def test_all_see_all() -> None:
    assert complete_ties(3).neighbours.tolist() == [1, 2, 0, 2, 0, 1]
    assert random_ties(5, 4.0, Streams(1)).neighbours.tolist() == complete_ties(5).neighbours.tolist()
    assert complete_ties(1).neighbours.size == 0


@pytest.mark.parametrize(
    ("fraction", "degree", "needed"),
    [(0.2, 5, 1), (0.18, 5, 1), (0.21, 5, 2), (1.0, 4, 4), (1.2, 4, 5), (0.0, 4, 0), (-1.0, 4, 0)],
)
def test_a_fraction_of_ties_is_rounded_up(fraction: float, degree: int, needed: int) -> None:
    assert needed_of_ties(np.full(degree + 1, fraction), complete_ties(degree + 1)).tolist() == [needed] * (degree + 1)


def test_who_has_no_ties_goes_only_if_nobody_is_needed() -> None:
    alone = random_ties(4, 0.0, Streams(1))
    assert needed_of_ties(np.array([-0.1, 0.0, 0.1, 0.9]), alone).tolist() == [0, 0, 1, 1]


@SETTINGS
@given(st.integers(5, 80), st.floats(0.5, 8.0), st.floats(0.05, 0.4), st.floats(0.05, 0.6), st.integers(0, 1000))
def test_the_engine_and_the_mesa_model_agree_on_every_person(
    n: int, degree: float, mean: float, spread: float, seed: int
) -> None:
    ties = random_ties(n, degree, Streams(seed))
    needed = needed_of_ties(spread_out(n, mean, spread), ties)
    assert those_who_go(ties, needed, seed).tolist() == Cascade(ties, needed).run().tolist()


@pytest.mark.parametrize(("degree", "spread"), [(10, 10.25), (20, 11.24), (50, 11.83)])
def test_where_the_crowd_jumps(degree: int, spread: float) -> None:
    assert 100 * critical_spread(degree, 0.25) == pytest.approx(spread, abs=5e-3)


def test_with_ever_more_ties_it_is_as_if_all_saw_all() -> None:
    complete = critical(0.25)[0]
    gaps = [complete - critical_spread(degree, 0.25) for degree in (10, 30, 80)]
    assert gaps == sorted(gaps, reverse=True)
    assert 100 * gaps[-1] < 0.3
    assert final_share(100, normal_response(0.25, 0.5)) == pytest.approx(equilibrium(0.25, 0.5), abs=5e-3)


@pytest.mark.parametrize(
    ("degree", "start", "share"), [(2, 0.001, 0.7970), (4, 0.001, 0.9802), (8, 0.001, 0.0023), (8, 0.01, 0.9997)]
)
def test_one_threshold_for_all(degree: int, start: float, share: float) -> None:
    assert final_share(degree, uniform_response(0.18), start) == pytest.approx(share, abs=1e-4)


@pytest.mark.parametrize(
    ("threshold", "ends"),
    [
        (0.18, (1.02, 5.76)),
        (0.20, (1.02, 5.76)),
        (0.22, (1.114, 3.86)),
        (0.25, (1.114, 3.86)),
        (0.15, (1.0, 7.48)),
        (0.1, (1.0, 13.66)),
    ],
)
def test_watts_window(threshold: float, ends: tuple[float, float]) -> None:
    assert window(threshold) == pytest.approx(ends, abs=5e-3)


def test_nobody_sets_off_a_cascade_where_thresholds_are_high() -> None:
    assert window(0.26) is None


@pytest.mark.parametrize("ratio", [0.85, 1.15, 2.5])
def test_the_engine_ends_where_theory_says(ratio: float) -> None:
    spread = ratio * critical_spread(10, 0.25)
    ties = random_ties(20_000, 10, Streams(5))
    share = those_who_go(ties, needed_of_ties(spread_out(20_000, 0.25, spread), ties)).size / 20_000
    assert share == pytest.approx(final_share(10, normal_response(0.25, spread)), abs=0.01)


@SETTINGS
@given(st.floats(1.0, 12.0), st.floats(0.1, 0.4), st.floats(0.03, 0.5), st.floats(0.0, 0.2))
def test_higher_thresholds_never_make_more_go(degree: float, mean: float, spread: float, more: float) -> None:
    shares = [final_share(degree, normal_response(at, spread)) for at in (mean, mean + more)]
    assert shares[1] <= shares[0] + 1e-9
