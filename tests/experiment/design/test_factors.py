"""Factors: values at a part of the way, steps, and how they are written into a text."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.experiment.design.factors import Factor, same_level


def ranged(low: float, high: float, **more: object) -> Factor:
    return Factor("x", ("police.style",), "X", range=(low, high), **more)  # type: ignore[arg-type]


def test_levels_have_equal_slices() -> None:
    factor = Factor("x", ("law.threshold",), "X", levels=(20, 50, "none"))
    assert [factor.at(part) for part in (0.0, 0.33, 1 / 3, 0.66, 2 / 3, 1.0)] == [20, 20, 50, 50, "none", "none"]


def test_a_range_is_walked_along_its_scale() -> None:
    assert [ranged(0, 200).at(part) for part in (0.0, 0.25, 1.0)] == [0.0, 50.0, 200.0]
    assert [ranged(1, 100, scale="log").at(part) for part in (0.0, 0.5, 1.0)] == [1.0, 10.0, 100.0]


def test_whole_numbers_of_a_range_have_equal_slices() -> None:
    found = [ranged(1, 4, whole=True).at(part / 800) for part in range(801)]
    assert [found.count(number) for number in (1, 2, 3, 4)] == [200, 200, 200, 201]
    assert all(type(number) is int for number in found)


def test_whole_numbers_on_a_log_scale_have_slices_as_long_as_their_ratio() -> None:
    """Of 1 to 9 the share of 1 is log 2 / log 10."""
    found = [ranged(1, 9, whole=True, scale="log").at(part / 10_000) for part in range(10_000)]
    assert found.count(1) / 10_000 == pytest.approx(math.log10(2), abs=1e-4)
    assert found.count(9) / 10_000 == pytest.approx(math.log10(10 / 9), abs=2e-4)


@given(
    low=st.integers(1, 1000),
    width=st.integers(1, 1000),
    whole=st.booleans(),
    scale=st.sampled_from(["linear", "log"]),
    parts=st.lists(st.floats(0, 1), min_size=2, max_size=2),
)
def test_values_stay_in_the_range_and_never_fall(low: int, width: int, whole: bool, scale: str, parts: list[float]) -> None:
    factor = ranged(low, low + width, whole=whole, scale=scale)
    one, other = (factor.at(part) for part in sorted(parts))
    assert low <= one <= other <= low + width  # type: ignore[operator]
    assert (factor.at(0.0), factor.at(1.0)) == (low, low + width)


@given(st.floats(0, 1))
def test_a_value_survives_our_csv_files(part: float) -> None:
    value = ranged(0, 7).at(part)
    assert float(f"{value:.10g}") == value


@pytest.mark.parametrize("part", [-0.1, 1.1, math.nan])
def test_there_is_nothing_outside_of_the_way(part: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        ranged(0, 1).at(part)


@pytest.mark.parametrize(
    ("factor", "steps", "found"),
    [
        (ranged(0, 1), 11, (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)),
        (ranged(1, 1000, scale="log"), 4, (1.0, 10.0, 100.0, 1000.0)),
        (ranged(10, 500, whole=True, scale="log"), 3, (10, 71, 500)),
        (ranged(0, 2, whole=True), 5, (0, 1, 2)),
        (ranged(0, 2), 0, ()),
    ],
)
def test_steps(factor: Factor, steps: int, found: tuple[float, ...]) -> None:
    assert factor.stepped(steps) == found
    assert [type(one) for one in factor.stepped(steps)] == [type(one) for one in found]


@pytest.mark.parametrize(
    ("level", "said"),
    [
        (20, "20 MCI"),
        (12.5, "12.5 MCI"),
        (20.0, "20 MCI"),
        (1e-7, "0.0000001 MCI"),
        ("0.25 wages", "0.25 wages"),
        (1200, "1200 MCI"),
    ],
)
def test_numbers_are_written_as_laws_write_them(level: float | str, said: str) -> None:
    factor = Factor("fine", ("law.sanctions.participant.fine", "law.sanctions.organiser.fine"), "Fine", written="{} MCI")
    assert factor.settings(level) == {"law.sanctions.participant.fine": said, "law.sanctions.organiser.fine": said}


def test_a_named_level_sets_what_it_says() -> None:
    factor = Factor(
        "practice", ("police.style",), "Practice", levels=("own", "mild"), named={"own": {}, "mild": {"police.style": 0.1}}
    )
    assert (factor.settings("own"), factor.settings("mild")) == ({}, {"police.style": 0.1})
    assert not factor.numeric


def test_truth_values_are_no_numbers() -> None:
    assert same_level(1, 1.0)
    assert not same_level(1, True)
    assert not Factor("x", ("a",), "X", levels=(True, False)).numeric
    assert Factor("x", ("a",), "X", levels=(1, 2.5)).numeric
    assert not Factor("x", ("a",), "X", levels=(50, "none")).numeric
