"""Amounts with their unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.law import Duration, Money, Size
from sim.law.amounts import TIME_UNITS

DURATIONS = st.builds(Duration, st.integers(0, 999), st.sampled_from(TIME_UNITS))
MONEY = st.builds(
    Money, st.integers(0, 10**9).map(lambda cents: cents / 100), st.sampled_from(["MCI", "KZT", "wages", "base units"])
)
ENDS = st.one_of(st.just("threshold"), st.integers(1, 9999))
SIZES = st.builds(Size, st.one_of(st.just(0), ENDS), st.one_of(st.none(), ENDS)).filter(
    lambda size: "threshold" in (size.least, size.below) or size.below is None or size.least < size.below
)


@given(DURATIONS)
def test_a_duration_reads_as_it_is_written(duration):
    assert Duration.parse(str(duration)) == duration


@given(MONEY)
def test_money_reads_as_it_is_written(money):
    assert Money.parse(str(money)) == money


@given(SIZES)
def test_a_size_reads_as_it_is_written(size):
    assert Size.parse(str(size)) == size


@pytest.mark.parametrize(
    ("text", "least", "usual"),
    [
        ("5 working days", 5, 7),
        ("10 working days", 10, 14),
        ("1 day", 1, 1),
        ("48 hours", 2, 2),
        ("6 clear days", 7, 7),
        ("30 hours", 2, 1.25),
    ],
)
def test_a_duration_takes_days(text, least, usual):
    duration = Duration.parse(text)
    assert (duration.least_days, duration.usual_days) == (least, usual)


def test_one_of_a_thing_is_singular():
    assert [str(Duration(1, unit)) for unit in TIME_UNITS] == ["1 working day", "1 day", "1 clear day", "1 hour"]


@pytest.mark.parametrize("text", ["20 MCI", "10,000 RUB", "0.25 wages", "100 base units", "300,000.5 RUB"])
def test_money_has_a_number_and_a_unit(text):
    assert str(Money.parse(text)) == text


@pytest.mark.parametrize("text", ["20", "MCI", "-1 MCI", "10,00 RUB", "1.5.2 RUB", "20  MCI", "20 МРП1", 20, None])
def test_what_is_not_money_is_refused(text):
    with pytest.raises(ValueError, match="a number from 0 and a unit"):
        Money.parse(text)


@pytest.mark.parametrize("text", ["", " ", "up to 50", "from below 50", "below", "from 30below 100", 50, None])
def test_what_is_not_a_size_is_refused(text):
    with pytest.raises(ValueError, match="below 50"):
        Size.parse(text)


@pytest.mark.parametrize(
    ("text", "threshold", "inside", "outside"),
    [
        ("below threshold", 250, [1, 249], [250, 3000]),
        ("from threshold", 250, [250, 3000], [1, 249]),
        ("below threshold", None, [1, 250, 10**6], []),
        ("from threshold", None, [], [1, 250, 10**6]),
        ("from threshold below 1000", 250, [250, 999], [249, 1000]),
        ("from 30 below 100", None, [30, 99], [29, 100]),
        ("any", 0, [0, 10**6], []),
    ],
)
def test_a_size_is_a_range_of_persons(text, threshold, inside, outside):
    least, below = Size.parse(text).resolve(threshold)
    assert all(least <= size < below for size in inside)
    assert not any(least <= size < below for size in outside)
