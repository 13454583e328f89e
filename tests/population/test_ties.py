"""Ties: a proper network for every town, and the shape asked for in a large one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from sim.population import Ties, TieSpec, build_ties
from sim.population import ties as module
from sim.streams import Streams

SIZES = [5_000, 8_000, 7_000]
N = sum(SIZES)


def matrix(ties: Ties) -> sparse.csr_matrix:
    n = ties.indptr.size - 1
    return sparse.csr_matrix((np.ones(ties.neighbours.size), ties.neighbours, ties.indptr), shape=(n, n))


def transitivity(ties: Ties) -> float:
    """Global clustering: closed paths of two ties among all paths of two ties."""
    a = matrix(ties)
    return float((a @ a).multiply(a).sum() / (ties.degrees * (ties.degrees - 1)).sum())


def ends(ties: Ties) -> tuple[np.ndarray, np.ndarray]:
    return np.repeat(np.arange(ties.indptr.size - 1), ties.degrees), ties.neighbours


@pytest.fixture(scope="module")
def network() -> Ties:
    return build_ties(Streams(1), TieSpec(), SIZES)


specs = st.builds(
    TieSpec,
    mean=st.floats(0.1, 60),
    long_share=st.floats(0, 1),
    density=st.floats(0.05, 1),
    log_sd=st.floats(0, 1.5),
    cutoff=st.floats(1, 50),
)


@given(specs, st.lists(st.integers(0, 60), min_size=1, max_size=5).filter(any), st.integers(0, 2**53 - 1))
@settings(max_examples=150, deadline=None)
def test_every_town_has_a_proper_network(spec: TieSpec, sizes: list[int], seed: int) -> None:
    ties = build_ties(Streams(seed), spec, sizes)
    n = sum(sizes)
    assert (ties.indptr.dtype, ties.neighbours.dtype) == (np.int64, np.int32)
    assert ties.indptr[0] == 0
    assert ties.indptr.size == n + 1
    assert ties.indptr[-1] == ties.neighbours.size
    for citizen in range(n):
        row = ties.of(citizen)
        assert (np.diff(row) > 0).all(), "ascending, and nobody twice"
        assert citizen not in row
        assert ((row >= 0) & (row < n)).all()
    assert (matrix(ties) != matrix(ties).T).nnz == 0


def test_the_mean_is_the_one_asked_for(network: Ties) -> None:
    assert network.degrees.mean() == pytest.approx(12.0, rel=0.02)


@pytest.mark.parametrize(
    "spec",
    [
        TieSpec(mean=5),
        TieSpec(mean=20),
        TieSpec(long_share=0),
        TieSpec(long_share=1),
        TieSpec(density=0.2),
        TieSpec(density=1),
        TieSpec(log_sd=0),
        TieSpec(log_sd=1, cutoff=5),
    ],
    ids=str,
)
def test_the_mean_holds_whatever_else_is_asked_for(spec: TieSpec) -> None:
    assert build_ties(Streams(2), spec, SIZES).degrees.mean() == pytest.approx(spec.mean, rel=0.02)


def test_degrees_have_a_heavy_tail(network: Ties) -> None:
    """Those of a random graph are Poisson: variance 12, and none above 35."""
    degrees = network.degrees
    assert degrees.var() > 5 * degrees.mean()
    assert np.quantile(degrees, 0.999) > 5 * degrees.mean()
    assert np.median(degrees) < degrees.mean()
    assert degrees.max() < 2 * 10 * degrees.mean(), "cut off"


def test_without_spread_of_activity_the_tail_is_light() -> None:
    degrees = build_ties(Streams(1), TieSpec(log_sd=0), SIZES).degrees
    assert degrees.var() < degrees.mean()


def test_friends_are_friends_of_friends(network: Ties) -> None:
    """In a random graph two friends know each other with chance 12 / 20,000."""
    assert 0.1 < transitivity(network) < 0.3
    assert transitivity(network) > 100 * network.degrees.mean() / N


def test_clustering_grows_with_density_and_falls_with_long_ties() -> None:
    def with_(**changes: float) -> float:
        return transitivity(build_ties(Streams(1), TieSpec(**changes), SIZES))

    assert with_(density=0.2) < with_(density=0.5) < with_(density=0.9)
    assert with_(long_share=0.6) < with_(long_share=0.2) < with_(long_share=0.0)


@pytest.mark.parametrize("share", [0.0, 0.2, 0.6, 1.0])
def test_long_ties_are_the_share_asked_for(share: float) -> None:
    """Of long ties, those that leave their district are one less the sum of squares of the districts' shares."""
    ties = build_ties(Streams(1), TieSpec(long_share=share), SIZES)
    home = np.repeat(np.arange(3), SIZES)
    one, other = ends(ties)
    leaving = 1.0 - sum((size / N) ** 2 for size in SIZES)
    assert (home[one] != home[other]).mean() == pytest.approx(share * leaving, abs=0.01)


def test_local_ties_are_near() -> None:
    one, other = ends(build_ties(Streams(1), TieSpec(long_share=0), [N]))
    distance = np.abs(one - other)
    assert np.median(np.minimum(distance, N - distance)) < 20


def test_the_active_are_tied_in_proportion_and_look_further() -> None:
    ties = build_ties(Streams(1), TieSpec(long_share=0), [N])
    one, other = ends(ties)
    distance = np.minimum(np.abs(one - other), N - np.abs(one - other))
    busy = ties.degrees[one] > 36
    assert np.median(distance[busy]) > 2 * np.median(distance[ties.degrees[one] < 12])


def test_the_town_hangs_together(network: Ties) -> None:
    _, part = sparse.csgraph.connected_components(matrix(network), directed=False)
    assert np.bincount(part).max() > 0.99 * N


def test_the_same_seed_gives_the_same_bytes(network: Ties) -> None:
    again, other = build_ties(Streams(1), TieSpec(), SIZES), build_ties(Streams(2), TieSpec(), SIZES)
    assert again.neighbours.tobytes() == network.neighbours.tobytes()
    assert again.indptr.tobytes() == network.indptr.tobytes()
    assert other.neighbours.tobytes() != network.neighbours.tobytes()


def test_the_list_of_ties_grows_when_the_guess_was_short(network: Ties, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = module._draw

    def short(*args: object) -> object:
        return draw(*args[:8], 1, *args[9:])  # type: ignore[arg-type]

    monkeypatch.setattr(module, "_draw", short)
    assert build_ties(Streams(1), TieSpec(), SIZES).neighbours.tobytes() == network.neighbours.tobytes()


@pytest.mark.parametrize("sizes", [[1], [0, 1], [2], [1, 1]])
def test_hardly_anybody(sizes: list[int]) -> None:
    ties = build_ties(Streams(1), TieSpec(), sizes)
    assert ties.degrees.max() <= sum(sizes) - 1
