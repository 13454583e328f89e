"""What all figures of a sweep rest on: words that fit, places along an axis, names beside points."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.experiment.design import Factor
from sim.interface.sweeping.drawings.labels import Box, label_box, place_labels
from sim.interface.sweeping.drawings.means import Means
from sim.interface.sweeping.drawings.scales import is_numeric, places_of
from sim.interface.sweeping.drawings.words import Quantity, level_words, number, uncertainty, wrapped
from tests.interface.sweeping.made import THRESHOLD, made, runs_of


@pytest.mark.parametrize(
    ("level", "said"),
    [(1000, "1,000"), (66.66666667, "66.67"), (20.0, "20"), (0.00001, "1e−05"), (True, "true"), ("none", "none"), (-3, "−3")],
)
def test_a_level_in_words(level: str | float | bool, said: str) -> None:
    assert level_words(level) == said


@given(st.text(alphabet="abc/-+ ", max_size=120), st.integers(5, 30), st.integers(1, 4))
def test_a_wrapped_text_fits_and_loses_nothing_unsaid(text: str, width: int, lines: int) -> None:
    found = wrapped(text, width, lines)
    assert all(len(line) <= width for line in found.split("\n"))
    assert found.count("\n") < lines
    kept = "".join(found.split())
    assert kept == "".join(text.split()) or found.endswith("...")


def test_a_name_breaks_after_a_stroke_before_it_breaks_anywhere() -> None:
    assert wrapped("hong-kong/public-order-ordinance-1967", 20) == "hong-kong/public-\norder-ordinance-1967"
    assert wrapped("Unique participants", 4, whole=True) == "Unique\nparticipants"


def test_numbers_have_no_negative_zero_and_a_real_minus() -> None:
    assert [number(one) for one in (-0.0, -1250.0, 0.1)] == ["0", "−1,250", "0.1"]
    assert Quantity.of("fines", [2_500_000.0]).cell(2_500_000.0) == "2.50"
    assert Quantity.of("fines", [2_500_000.0]).unit == "million currency"
    assert Quantity.of("lawful_share_start").of_difference == "percentage points"


def test_uncertainty_in_words() -> None:
    assert uncertainty((5, 5)) == "95 % intervals: simulation uncertainty over 5 seeds, not the real world"
    assert uncertainty((0, 0)) == "No run has a value"


LEVELS = st.lists(st.integers(0, 5000), min_size=2, max_size=12, unique=True)


@given(
    LEVELS, st.lists(st.sampled_from(["none", "unlimited", "a-level-of-a-long-name"]), unique=True, max_size=2), st.floats(2, 6)
)
def test_numbers_stand_in_order_from_0_to_1_and_words_beyond_them_all_labelled(
    numbers: list[int], words: list[str], inches: float
) -> None:
    places = places_of(Factor("x", ("x",), "X", levels=(*numbers, *words)), inches)
    assert [level for level in places.levels if is_numeric(level)] == sorted(numbers)
    assert list(places.levels[len(numbers) :]) == words
    assert (np.diff(places.positions) > 0).all()
    inside = places.positions[places.numbers]
    assert (inside[0], inside[-1]) == (pytest.approx(0), pytest.approx(1))
    assert (places.positions[len(numbers) :] > 1.1).all()
    assert set(range(len(numbers), len(places.levels))) <= set(places.shown)


def test_a_range_stands_as_its_text_says() -> None:
    logarithmic = Factor("x", ("x",), "X", levels=(1.0, 10.0, 100.0), range=(1.0, 100.0), scale="log")
    assert places_of(logarithmic, 3).positions.tolist() == pytest.approx([0, 0.5, 1])
    linear = Factor("x", ("x",), "X", levels=(0.0, 50.0, 100.0), range=(0.0, 100.0))
    assert places_of(linear, 3).positions.tolist() == pytest.approx([0, 0.5, 1])


def test_days_are_no_ratios_only_because_the_first_of_them_crowd() -> None:
    days = Factor("notice", ("n",), "Notice", levels=(0, 1, 2, 3, 5, 7, 10, 15, 20))
    assert places_of(days, 3).positions.tolist() == pytest.approx([day / 20 for day in (0, 1, 2, 3, 5, 7, 10, 15, 20)])


def test_names_beside_points_cover_neither_each_other_nor_a_point() -> None:
    points = [(20.0, 20.0), (30.0, 24.0), (150.0, 20.0), (152.0, 90.0)]
    names = ["Permit threshold", "Fine", "Style of the police", "Anger"]
    frame = Box(0, 0, 170, 120)
    placed = place_labels(points, names, frame)
    boxes = [label_box(point, name, one) for point, name, one in zip(points, names, placed, strict=True)]
    assert not any(one.shared(other) for one, other in itertools.combinations(boxes, 2))
    assert all(box.shared(frame) == pytest.approx(box.area) for box in boxes)
    assert not any(box.shared(Box(x - 3, y - 3, x + 3, y + 3)) for box in boxes for x, y in points)


def test_means_leave_out_what_failed_and_know_1_from_true() -> None:
    design = made((THRESHOLD,))
    means = Means.of(design, runs_of(design, lambda point, seed: float(point * seed), failed=[(1, 3)]))
    assert means.at("attendance", {"threshold": 50}).mean == pytest.approx(1.5)
    assert means.at("attendance", {"threshold": 50.0}) == means.at_point("attendance", 1)
    assert np.isnan(means.at("attendance", {"threshold": True}).mean)
    assert (means.failed, means.runs, means.seeds()) == (1, 12, (2, 3))
