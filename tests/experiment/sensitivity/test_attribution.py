"""Attribution: Shapley's axioms, a game worked out by hand, and orders that are only sampled."""

import math
from itertools import permutations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.errors import InputError
from sim.experiment.effects import mean_interval
from sim.experiment.sensitivity import attribute, orders_of, subsets_needed, values_of
from sim.experiment.sensitivity.attribution import TOTAL, Subset
from tests.experiment.sensitivity.made import noise, table_of

FOUR = ("fine", "notice", "places", "threshold")
MANY = tuple(f"provision {number}" for number in range(10))

type Game = dict[Subset, npt.NDArray[np.float64]]


def game(values: npt.NDArray[np.float64]) -> Game:
    return dict(zip(subsets_needed(FOUR), values, strict=True))


games = arrays(np.float64, (16, 3), elements=st.floats(-1000, 1000)).map(game)


@settings(max_examples=40)
@given(games)
def test_the_parts_add_up_to_the_total_with_each_seed(values: Game) -> None:
    for seed in range(3):
        own = {some: found[seed : seed + 1] for some, found in values.items()}
        parts = attribute(own, FOUR).set_index("provision")["shapley"]
        assert parts.drop(TOTAL).sum() == pytest.approx(parts[TOTAL], abs=1e-8)
        assert parts[TOTAL] == own[frozenset(FOUR)][0] - own[frozenset()][0]


@settings(max_examples=40)
@given(games)
def test_it_is_the_mean_over_all_orders(values: Game) -> None:
    exact = attribute(values, FOUR)
    slow = attribute(values, FOUR, list(permutations(FOUR)))
    np.testing.assert_allclose(exact["shapley"], slow["shapley"], atol=1e-8)
    np.testing.assert_allclose(exact["low"], slow["low"], atol=1e-6)


@settings(max_examples=40)
@given(games)
def test_what_does_nothing_gets_nothing(values: Game) -> None:
    idle = {some: values[some - {"fine"}] for some in values}
    row = attribute(idle, FOUR).set_index("provision").loc["fine"]
    assert row[["shapley", "low", "high", "revert", "add"]].tolist() == pytest.approx([0] * 5, abs=1e-9)


@settings(max_examples=40)
@given(games)
def test_equals_are_treated_alike(values: Game) -> None:
    """Fine and notice count the same in every company."""
    swap = {"fine": "notice", "notice": "fine"}
    even = {some: values[some] + values[frozenset(swap.get(name, name) for name in some)] for some in values}
    found = attribute(even, FOUR).set_index("provision")
    for column in ("shapley", "low", "high", "revert", "add"):
        assert found.loc["fine", column] == pytest.approx(found.loc["notice", column], abs=1e-8)


@settings(max_examples=20)
@given(games, games)
def test_the_parts_of_a_sum_are_the_sums_of_the_parts(one: Game, other: Game) -> None:
    both = attribute({some: one[some] + other[some] for some in one}, FOUR)["shapley"]
    np.testing.assert_allclose(both, attribute(one, FOUR)["shapley"] + attribute(other, FOUR)["shapley"], atol=1e-8)


def test_the_glove_game_as_in_the_books() -> None:
    """One left glove, two right ones; a pair is worth 1: 2/3 for the left, 1/6 for each right."""
    gloves = ("left", "right 1", "right 2")
    values = {some: np.full(2, float("left" in some and len(some) > 1)) for some in subsets_needed(gloves)}
    found = attribute(values, gloves).set_index("provision")
    assert found["shapley"].tolist() == pytest.approx([2 / 3, 1 / 6, 1 / 6, 1])
    assert found["revert"].tolist() == [1, 0, 0, 1]
    assert found["add"].tolist() == [0, 0, 0, 1]
    assert found["order_error"].tolist() == [0, 0, 0, 0]


def test_the_interval_is_over_seeds() -> None:
    """Two provisions that add up: each one's part with each seed is what it adds."""
    adds = np.array([[1.0, 2.0, 6.0], [-1.0, 0.0, 5.0]])
    names = ("fine", "notice")
    values = {some: 7 + sum((adds[names.index(name)] for name in some), np.zeros(3)) for some in subsets_needed(names)}
    found = attribute(values, names).set_index("provision")
    for place, name in enumerate(names):
        for columns in (["shapley", "low", "high"], ["revert", "revert_low", "revert_high"], ["add", "add_low", "add_high"]):
            assert tuple(found.loc[name, columns]) == pytest.approx(mean_interval(adds[place]))
    assert tuple(found.loc[TOTAL, ["shapley", "low", "high"]]) == pytest.approx(mean_interval(adds.sum(axis=0)))


def test_sampled_orders_come_near_and_say_how_near() -> None:
    """Ten provisions with worth n^2 for n of them, and a weight of its own for each: parts 10 + weight."""
    weights = np.arange(10.0)
    orders = orders_of(MANY, 60)
    values = {
        some: np.full(2, len(some) ** 2 + sum(weights[MANY.index(name)] for name in some))
        for some in subsets_needed(MANY, orders)
    }
    found = attribute(values, MANY, orders).set_index("provision")
    np.testing.assert_allclose(found["shapley"].drop(TOTAL), 10 + weights)  # an order and its reverse: exact for n^2
    np.testing.assert_allclose(found["order_error"], 0, atol=1e-12)
    cubed = {some: np.full(2, float(len(some) ** 3)) for some in values}
    rough = attribute(cubed, MANY, orders).set_index("provision").drop(TOTAL)
    assert rough["shapley"].sum() == pytest.approx(1000)
    assert (rough["order_error"] > 0).all()
    assert (np.abs(rough["shapley"] - 100) < 4 * rough["order_error"]).all()


def test_orders_come_in_pairs_and_always_the_same() -> None:
    orders = orders_of(MANY, 8)
    assert orders == orders_of(MANY, 8)
    assert len(set(orders)) == 8
    assert all(sorted(order) == sorted(MANY) for order in orders)
    assert all(one == other[::-1] for one, other in zip(orders[::2], orders[1::2], strict=True))


def test_what_must_be_run() -> None:
    assert subsets_needed(("a", "b")) == [frozenset(), frozenset("a"), frozenset("b"), frozenset("ab")]
    assert len(subsets_needed(FOUR)) == 16
    few = subsets_needed(MANY, orders_of(MANY, 4))
    assert {frozenset(), frozenset(MANY), *(frozenset({name}) for name in MANY)} <= set(few)
    assert {frozenset(MANY) - {name} for name in MANY} <= set(few)


def test_a_seed_without_a_value_somewhere_is_left_out() -> None:
    values = game(noise(16, 4))
    values[frozenset({"fine"})][2] = math.nan
    found = attribute(values, FOUR)
    assert set(zip(found["seeds"], found["left_out"], strict=True)) == {(3, 1)}
    assert found["shapley"].notna().all()


def test_values_come_from_a_runs_table() -> None:
    y = noise(4, 3)
    subsets = {0: frozenset[str](), 1: frozenset({"a"}), 2: frozenset({"b"}), 3: frozenset({"a", "b"})}
    found = values_of(table_of({"law": [0, 1, 2, 3]}, {"y": y}), "y", subsets)
    np.testing.assert_array_equal(found[frozenset({"b"})], y[2])
    with pytest.raises(InputError, match=r"no run of point 9 .1 points without."):
        values_of(table_of({"law": [0]}, {"y": y[:1]}), "y", {0: frozenset(), 9: frozenset("a")})


def test_what_cannot_be_attributed() -> None:
    values = game(noise(16, 2))
    del values[frozenset({"fine", "notice"})]
    with pytest.raises(InputError, match=r"values: found nothing for fine \+ notice; allowed: a value for every mixture"):
        attribute(values, FOUR)
    with pytest.raises(InputError, match=r"provisions: found 10: 1,024 mixtures; allowed: at most 8, or sampled orders"):
        subsets_needed(MANY)
    with pytest.raises(InputError, match="orders: found 5; allowed: an even number from 4"):
        orders_of(MANY, 5)
    with pytest.raises(InputError, match="provisions: found a, a; allowed: at least one name, each once"):
        subsets_needed(("a", "a"))
    with pytest.raises(InputError, match="arrays of 2, 3 seeds; allowed: the same seeds everywhere"):
        attribute({**game(noise(16, 2)), frozenset(): noise(1, 3)[0]}, FOUR)
    with pytest.raises(InputError, match="orders: found fine, notice; allowed: orders of fine, notice, places, threshold"):
        attribute(game(noise(16, 2)), FOUR, [("fine", "notice")])
