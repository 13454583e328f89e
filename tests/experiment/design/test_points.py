"""Designs: counts, orders, and what each promises about where its points lie."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import qmc

from sim.errors import ModelError
from sim.experiment.design.factors import Factor
from sim.experiment.design.points import Sample, drawn, grid, number_of_points, one_at_a_time


def ranged(number: int) -> list[Factor]:
    return [Factor(f"x{place}", (f"a.{place}",), "X", range=(0, 10)) for place in range(number)]


def levelled(*levels: tuple[object, ...]) -> list[Factor]:
    return [Factor(f"x{place}", (f"a.{place}",), "X", levels=one) for place, one in enumerate(levels)]  # type: ignore[arg-type]


def coordinates(sample: Sample) -> np.ndarray:
    assert sample.coordinates is not None
    return sample.coordinates


# -- combinations of levels -----------------------------------------------------------------------------------------------------


def test_a_grid_runs_through_its_factors_as_nested_loops_do() -> None:
    assert grid(levelled((1, 2), ("a", "b", "c"))).rows == [(1, "a"), (1, "b"), (1, "c"), (2, "a"), (2, "b"), (2, "c")]


def test_a_level_at_the_end_of_the_first_factor_leaves_the_numbers_of_points() -> None:
    few, more = (grid(levelled(first, (3, 4, 5))).rows for first in ((1, 2), (1, 2, 9)))
    assert more[: len(few)] == few


def test_one_at_a_time_moves_one() -> None:
    rows = one_at_a_time(levelled((1, 2, 3), ("a", "b")), (2, "a")).rows
    assert rows == [(2, "a"), (1, "a"), (3, "a"), (2, "b")]


@given(st.lists(st.integers(2, 5), min_size=1, max_size=4))
def test_counts_of_combinations(lengths: list[int]) -> None:
    factors = levelled(*(tuple(range(length)) for length in lengths))
    assert len(set(grid(factors).rows)) == int(np.prod(lengths))
    assert len(set(one_at_a_time(factors, [0] * len(lengths)).rows)) == 1 + sum(lengths) - len(lengths)


# -- points that are drawn ------------------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(points=st.integers(2, 60), factors=st.integers(1, 5), sample=st.integers(0, 2**53 - 1))
def test_a_latin_hypercube_has_one_point_in_each_slice_of_each_factor(points: int, factors: int, sample: int) -> None:
    slices = np.floor(coordinates(drawn("latin-hypercube", ranged(factors), points, sample)) * points).astype(int)
    for column in slices.T:
        assert sorted(column) == list(range(points))


@settings(max_examples=15, deadline=None)
@given(power=st.integers(1, 7), sample=st.integers(0, 1000))
def test_sobol_points_fill_every_box_of_equal_volume(power: int, sample: int) -> None:
    """In two dimensions Sobol' points are a (0, m, 2)-net: every dyadic box of volume 2**-m holds one, scrambled or not."""
    found = coordinates(drawn("sobol-sequence", ranged(2), 2**power, sample))
    for wide in range(power + 1):
        boxes = np.floor(found * [2**wide, 2 ** (power - wide)]).astype(int)
        assert len({tuple(box) for box in boxes}) == 2**power


def test_sobol_points_are_more_even_than_chance() -> None:
    found = coordinates(drawn("sobol-sequence", ranged(3), 256, 1))
    chance = np.random.default_rng(1).random((256, 3))
    assert qmc.discrepancy(found) < qmc.discrepancy(chance) / 10


def test_saltelli_crosses_two_samples() -> None:
    """Rows of a block: A; A with one column of B, for each; B with one column of A, for each; B (Saltelli 2002)."""
    pytest.importorskip("SALib")
    factors, base = 3, 8
    found = coordinates(drawn("sobol", ranged(factors), base, 1)).reshape(base, 2 * factors + 2, factors)
    for block in found:
        a, b = block[0], block[-1]
        for column in range(factors):
            mixed = np.where(np.arange(factors) == column, [b, a], [a, b])
            assert block[1 + column].tolist() == mixed[0].tolist()
            assert block[1 + factors + column].tolist() == mixed[1].tolist()
    ends = np.hstack([found[:, 0], found[:, -1]])
    for column in np.floor(ends * base).astype(int).T:
        assert sorted(column) == list(range(base)), "the base sample is no Sobol' sequence"


def test_saltelli_without_interactions() -> None:
    pytest.importorskip("SALib")
    assert (
        len(drawn("sobol", ranged(3), 8, 1, second_order=False).rows)
        == 8 * 5
        == number_of_points("sobol", 3, 8, second_order=False)
    )


@settings(max_examples=15, deadline=None)
@given(points=st.integers(2, 12), factors=st.integers(1, 6), sample=st.integers(0, 1000))
def test_morris_moves_each_factor_once_on_each_trajectory(points: int, factors: int, sample: int) -> None:
    pytest.importorskip("SALib")
    found = coordinates(drawn("morris", ranged(factors), points, sample))
    assert set(np.unique(found * 3)) <= {0.0, 1.0, 2.0, 3.0}
    for trajectory in found.reshape(points, factors + 1, factors):
        moves = np.diff(trajectory, axis=0)
        assert np.count_nonzero(moves, axis=1).tolist() == [1] * factors
        assert np.count_nonzero(moves, axis=0).tolist() == [1] * factors
        assert np.abs(moves[moves != 0]) == pytest.approx(2 / 3)


@pytest.mark.parametrize("levels", [2, 3, 4])
def test_every_morris_step_changes_the_level_and_every_level_is_seen(levels: int) -> None:
    pytest.importorskip("SALib")
    rows = drawn("morris", levelled(tuple("abcd"[:levels]), (1, 2)), 40, 1).rows
    assert {row[0] for row in rows} == set("abcd"[:levels])
    for start in range(0, len(rows), 3):
        assert all(one != other for one, other in itertools.pairwise(rows[start : start + 3]))


@pytest.mark.parametrize(("design", "points"), [("latin-hypercube", 7), ("sobol-sequence", 8), ("sobol", 8), ("morris", 5)])
def test_a_sample_is_the_same_each_time_and_another_sample_is_another(design: str, points: int) -> None:
    if design in {"sobol", "morris"}:
        pytest.importorskip("SALib")
    one, again, other = (drawn(design, ranged(3), points, sample) for sample in (1, 1, 2))
    assert coordinates(one).tobytes() == coordinates(again).tobytes()
    assert coordinates(one).tobytes() != coordinates(other).tobytes()
    assert one.rows == again.rows
    assert len(one.rows) == number_of_points(design, 3, points)


def test_the_numbers_of_a_sample() -> None:
    """They guard against drift: if another numpy or scipy gives other points, that is to be known."""
    latin, sobol = (
        coordinates(drawn(design, ranged(2), points, 1)) for design, points in (("latin-hypercube", 3), ("sobol-sequence", 2))
    )
    assert latin.round(6).tolist() == [[0.5192, 0.219861], [0.218086, 0.667396], [0.708678, 0.571207]]
    assert sobol.round(6).tolist() == [[0.34469, 0.471056], [0.72174, 0.609525]]
    rows = drawn("latin-hypercube", ranged(2), 3, 1).rows
    assert np.array(rows) == pytest.approx(10 * latin, rel=1e-9)


@pytest.mark.parametrize("design", ["sobol", "morris"])
def test_without_salib_it_is_said_how_to_get_it(design: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, f"SALib.sample.{design}", None)
    with pytest.raises(ModelError, match=rf'"{design}" needs SALib.*pip install "protestlaw\[sensitivity\]"'):
        drawn(design, ranged(2), 4, 1)
