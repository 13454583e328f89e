"""The runs table: a field of points by seeds, whatever the order of its rows."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import InputError
from sim.experiment.sensitivity.table import complete_seeds, is_number, numbers_of, read_runs
from tests.experiment.sensitivity.made import noise, table_of

RUNS = table_of({"fine": [0, 10, "none"]}, {"y": noise(3, 4)})


@settings(max_examples=25)
@given(st.permutations(range(12)))
def test_the_order_of_rows_says_nothing(order: list[int]) -> None:
    found, known = read_runs(RUNS.iloc[order], ["y"], ["fine"]), read_runs(RUNS, ["y"], ["fine"])
    np.testing.assert_array_equal(found.values["y"], known.values["y"])
    assert found.settings["fine"].tolist() == [0, 10, "none"]
    assert (found.points, found.seeds) == ((0, 1, 2), (1, 2, 3, 4))


def test_failed_and_missing_runs_have_no_value_and_are_counted() -> None:
    runs = RUNS.assign(status=["failed", *["done"] * 11])[:-1]
    found = read_runs(runs, ["y"])
    assert found.failed == 1
    assert np.isnan(found.values["y"]).nonzero()[0].tolist() == [0, 2]
    assert complete_seeds(found.values["y"]).tolist() == [False, True, True, False]


def test_a_point_whose_runs_all_failed_stays() -> None:
    found = read_runs(RUNS.assign(status=["failed"] * 4 + ["done"] * 8), ["y"])
    assert found.points == (0, 1, 2)
    assert np.isnan(found.values["y"][0]).all()


def test_large_seeds_and_nullable_columns_are_exact() -> None:
    runs = RUNS.assign(seed=RUNS["seed"] + 2**53 - 5, y=RUNS["y"].astype("Float64").mask(RUNS["point"] == 1))
    found = read_runs(runs, ["y"])
    assert found.seeds == (2**53 - 4, 2**53 - 3, 2**53 - 2, 2**53 - 1)
    assert np.isnan(found.values["y"][1]).all()


@pytest.mark.parametrize(
    ("level", "number"),
    [
        (3, True),
        (0.5, True),
        (np.int64(3), True),
        (True, False),
        (np.True_, False),
        ("3", False),
        (math.nan, False),
        (None, False),
    ],
)
def test_what_is_a_number(level: object, number: bool) -> None:
    assert is_number(level) is number


def test_levels_that_are_no_numbers_are_told_all_at_once() -> None:
    settings = pd.DataFrame({"fine": [0, "none"], "style": ["mild", "harsh"], "notice": [1, 2]})
    with pytest.raises(
        InputError, match=r"(?s)2 problems.*factors.fine: found the level 'none'.*style: found the levels 'mild', 'harsh'"
    ):
        numbers_of(settings, ["fine", "style", "notice"], "a test")
