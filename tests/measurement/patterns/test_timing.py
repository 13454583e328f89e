"""Time: clustering, months, Saturdays, rates, and how a wave ends."""

import datetime
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sim.measurement.patterns import PATTERNS, Events, Shock, Stretch
from sim.measurement.patterns.timing import fano, half_life_in_weeks
from tests.measurement.patterns.made import MONDAY, events


def test_fano_is_1_for_poisson_and_more_for_clusters() -> None:
    drawn = np.random.default_rng(1)
    assert fano(drawn.poisson(5.0, 50_000).astype(float)) == pytest.approx(1.0, abs=0.03)
    # A negative binomial with mean m and size r has variance m + m**2 / r.
    clustered = drawn.negative_binomial(2.0, 2.0 / 7.0, 50_000).astype(float)
    assert fano(clustered) == pytest.approx(1.0 + 5.0 / 2.0, rel=0.05)
    assert fano(np.full(20, 4.0)) == 0.0
    assert math.isnan(fano(np.zeros(20)))
    assert math.isnan(fano(np.ones(7)))


def test_weeks_are_whole_ones_only() -> None:
    """A last week of one day says nothing: it would look like a quiet week."""
    each_day = events(range(365), 365)
    assert PATTERNS["P9a"](each_day) == 0.0
    assert PATTERNS["P9c"](each_day) == 0.0


def test_what_has_not_settled_says_nothing_of_time() -> None:
    days = np.arange(100, 364)
    assert PATTERNS["P9a"](events(days, settled=105)) == 0.0
    assert PATTERNS["P9a"](events(days)) > 1.0


def test_events_per_100k() -> None:
    made = events(range(73), 73, inhabitants=200_000.0)
    assert PATTERNS["P15a"](made) == pytest.approx(365 / 2)
    assert PATTERNS["P15b"](made) == PATTERNS["P15a"](made)
    assert PATTERNS["P15a"](events(range(73), 73, settled=43, inhabitants=200_000.0)) == pytest.approx(365 / 2)
    assert math.isnan(PATTERNS["P15a"](events(range(73), 73)))


def test_only_what_was_held_counts() -> None:
    made = events(range(72), 72, held=[1.0, 0.0] * 36, inhabitants=100_000.0)
    assert PATTERNS["P15a"](made) == pytest.approx(365 / 2)


@pytest.mark.parametrize("start", [MONDAY, datetime.date(2019, 5, 17)])
def test_one_day_in_seven_is_a_saturday(start: datetime.date) -> None:
    made = events(range(70), 70, start=start)
    assert PATTERNS["P8"](made) == pytest.approx(1 / 7)
    saturdays = [day for day in range(70) if (start + datetime.timedelta(day)).weekday() == 5]
    assert PATTERNS["P8"](events(saturdays, 70, start=start)) == 1.0


def test_a_series_is_no_one_off_event() -> None:
    saturdays = events([5, 12, 19, 21], 28, one_off=[0.0, 0.0, 1.0, 1.0])
    assert PATTERNS["P8"](saturdays) == 0.5
    assert PATTERNS["P8"](events([5, 12, 19, 21], 28)) == 0.75


def test_months_of_count_and_attendance_against_pandas() -> None:
    drawn = np.random.default_rng(2)
    days = np.sort(drawn.integers(0, 365, 400))
    attended = np.round(np.exp(drawn.normal(3, 1, 400)))
    dates = pd.Timestamp(MONDAY) + pd.to_timedelta(days, unit="D")
    by = pd.Series(attended).groupby(dates.month).agg(["size", "sum"])
    made = events(days, 365, attended=attended)
    assert PATTERNS["P3"](made) == pytest.approx(by["size"].corr(by["sum"]))


def test_months_that_were_not_watched_whole_are_left_out() -> None:
    drawn = np.random.default_rng(3)
    days, attended = np.sort(drawn.integers(0, 365, 300)), drawn.integers(1, 90, 300).astype(float)
    whole = PATTERNS["P3"](events(days, 365, attended=attended))
    late = np.append(days, np.full(40, 370))  # six days of the next January, full of events
    assert PATTERNS["P3"](events(late, 371, attended=np.append(attended, np.ones(40)))) == whole
    assert math.isnan(PATTERNS["P3"](events(days[days < 200], 200, attended=attended[days < 200])))


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ([12, 12, 7, 5, 5, 4, 3, 2, 2, 2, 2, 2, 2], 2.0),
        ([2, 22, 11, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], 1.0),
        ([20] * 13, 13.0),
    ],
)
def test_weeks_from_the_peak_to_half_of_it(after: list[float], expected: float) -> None:
    assert half_life_in_weeks(np.array(after, float), 2.0, 1.0) == expected


def test_a_peak_must_stand_out() -> None:
    assert math.isnan(half_life_in_weeks(np.full(13, 3.9), 2.0, 1.0))


@given(st.integers(2, 9), st.floats(0.2, 0.9))
def test_a_wave_that_fades_by_a_factor_is_half_gone_when_it_must_be(usual: int, factor: float) -> None:
    after = usual + 1000.0 * factor ** np.arange(13)
    expected = math.ceil(math.log(0.5) / math.log(factor) - 1e-9)
    assert half_life_in_weeks(after, float(usual), 1.0) == min(expected, 13)


def wave(counts: list[int], shock_week: int, topic: str = "housing") -> Events:
    """Events by week, on the first days of each, with a shock at the beginning of one week."""
    days = [7 * week + number % 7 for week, many in enumerate(counts) for number in range(many)]
    shock = Shock(MONDAY + datetime.timedelta(7 * shock_week), "housing")
    return events(days, 7 * len(counts), topic=[topic] * len(days), shocks=[shock])


def test_the_wave_after_a_shock() -> None:
    made = wave([1] * 8 + [5, 11, 6, 3, *[2] * 10], 8)
    assert PATTERNS["P18"](made) == 1.0
    assert PATTERNS["P18b"](made) == pytest.approx(2.0 / ((5 + 11 + 6 + 3) / 4))


def test_no_wave_on_another_topic_too_early_or_too_late() -> None:
    counts = [1] * 8 + [5, 11, 6, 3, *[2] * 10]
    for made in (wave(counts, 8, "rights"), wave(counts, 1), wave(counts, 10)):
        assert math.isnan(PATTERNS["P18"](made))
        assert math.isnan(PATTERNS["P18b"](made))


def test_shocks_that_overlap_are_left_out() -> None:
    made = wave([1] * 8 + [5, 11, 6, 3, *[2] * 10], 8)
    near = Shock(MONDAY + datetime.timedelta(7 * 12), "housing")
    both = Events.of(made.table[["stretch", "day", "held", "topic"]], made.stretches, None, [*made.shocks, near])
    assert math.isnan(PATTERNS["P18"](both))


# -- stretches ---------------------------------------------------------------------------------------------------------------


def test_daily_counts_taking_and_leaving_out() -> None:
    table = pd.DataFrame({"stretch": [0, 0, 1, 1, 1], "day": [0, 9, 3, 3, 5], "held": [1, 1, 1, 1, 0]})
    made = Events.of(table, [Stretch(MONDAY, 10, 1), Stretch(MONDAY, 6)])
    assert [some.tolist() for some in made.daily()] == [[0] * 8 + [1], [0, 0, 0, 2, 0, 0]]
    assert made.weekly_rate == pytest.approx(3 * 7 / 15)
    assert [some.tolist() for some in made.taking([1]).daily()] == [[0, 0, 0, 2, 0, 0]]


@settings(max_examples=40)
@given(st.integers(0, 20), st.integers(0, 20))
def test_days_left_out_are_gone_and_the_others_keep_their_dates(one: int, other: int) -> None:
    first, last = min(one, other), max(one, other) + 1
    assume(last - first < 21)
    made = events(range(21), 21)
    rest = made.without(first, last)
    assert sum(stretch.days for stretch in rest.stretches) == 21 - (last - first)
    expected = [day for day in range(21) if not first <= day < last]
    assert sorted((rest.dates - pd.Timestamp(MONDAY)).dt.days) == expected
    if expected:
        assert rest.weekly_rate == 7.0
