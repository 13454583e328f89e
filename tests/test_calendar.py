"""The calendar: legal terms counted by hand, and what holds for every day."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.calendar import Calendar

ALMATY = Calendar(datetime.date(2019, 1, 1), 365, "KZ")
BERLIN = Calendar(datetime.date(2019, 1, 1), 365, "DE", "BE")
PLAIN = Calendar(datetime.date(2019, 1, 1), 365)
DAYS = st.integers(-60, 420)
TERMS = st.integers(0, 40)
CALENDARS = st.sampled_from([ALMATY, BERLIN, PLAIN])
SETTINGS = settings(max_examples=200, deadline=None, derandomize=True)


def day(text: str, calendar: Calendar = ALMATY) -> int:
    return calendar.day(datetime.date.fromisoformat(text))


def working_days(calendar: Calendar, after: int, until: int) -> int:
    """How many there are after one day, up to and with another."""
    return sum(calendar.working(one) for one in range(after + 1, until + 1))


# -- worked by hand ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "off",
    [
        pytest.param("2018-12-31", id="a-bridge-before-the-run"),
        pytest.param("2019-01-07", id="orthodox-christmas"),
        pytest.param("2019-03-08", id="womens-day"),
        pytest.param("2019-03-21", id="nauryz"),
        pytest.param("2019-03-22", id="nauryz-second-day"),
        pytest.param("2019-03-23", id="nauryz-on-a-saturday"),
        pytest.param("2019-03-25", id="nauryz-made-up-for-on-monday"),
        pytest.param("2019-05-10", id="a-bridge-to-victory-day"),
        pytest.param("2019-07-08", id="the-capitals-day-made-up-for"),
        pytest.param("2019-09-14", id="a-saturday"),
        pytest.param("2019-09-15", id="a-sunday"),
        pytest.param("2020-01-02", id="after-the-run"),
    ],
)
def test_days_off_in_kazakhstan(off: str) -> None:
    assert not ALMATY.working(day(off))


@pytest.mark.parametrize("on", ["2019-01-03", "2019-03-20", "2019-03-26", "2019-05-02", "2019-05-08", "2019-12-31", "2020-01-06"])
def test_working_days_in_kazakhstan(on: str) -> None:
    assert ALMATY.working(day(on))


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        pytest.param("2019-02-04", 5, "2019-02-11", id="an-ordinary-week"),
        pytest.param("2019-03-20", 1, "2019-03-26", id="over-nauryz"),
        pytest.param("2019-03-20", 5, "2019-04-01", id="over-nauryz-and-a-weekend"),
        pytest.param("2019-04-30", 5, "2019-05-13", id="through-the-holidays-of-may"),  # 2, 3, 6, 8 and 13 May
        pytest.param("2019-08-29", 1, "2019-09-02", id="over-constitution-day"),
        pytest.param("2019-12-27", 3, "2020-01-06", id="over-the-end-of-the-year"),  # 30 and 31 December, 6 January
        pytest.param("2019-02-09", 5, "2019-02-15", id="from-a-saturday"),  # Monday to Friday
        pytest.param("2019-02-10", 1, "2019-02-11", id="from-a-sunday"),
    ],
)
def test_working_days_forward(start: str, amount: int, end: str) -> None:
    assert ALMATY.date(ALMATY.forward(day(start), amount, "working days")) == datetime.date.fromisoformat(end)


@pytest.mark.parametrize(
    ("held", "amount", "latest"),
    [
        pytest.param("2019-02-11", 5, "2019-02-04", id="an-ordinary-week"),
        pytest.param("2019-02-16", 5, "2019-02-08", id="a-saturday-counts-from-friday"),
        pytest.param("2019-03-30", 5, "2019-03-19", id="over-nauryz"),  # the 29th, 28th, 27th, 26th and 20th remain
        pytest.param("2019-05-11", 5, "2019-04-29", id="through-the-holidays-of-may"),  # 8, 6, 3, 2 May and 30 April remain
        pytest.param("2019-01-08", 5, "2018-12-26", id="over-the-start-of-the-year"),  # 8, 4, 3 January, 28 and 27 December
        pytest.param("2019-03-25", 0, "2019-03-20", id="no-term-at-all-on-a-day-off"),
    ],
)
def test_working_days_back(held: str, amount: int, latest: str) -> None:
    assert ALMATY.date(ALMATY.back(day(held), amount, "working days")) == datetime.date.fromisoformat(latest)


def test_womens_day_is_berlins_own() -> None:
    """A public holiday of Berlin since 2019, and of no other state of Germany then."""
    friday = day("2019-03-08")
    elsewhere = [Calendar(datetime.date(2019, 1, 1), 365, "DE", state) for state in (None, "BY", "HH")]
    assert not BERLIN.working(friday)
    assert all(calendar.working(friday) for calendar in elsewhere)
    assert Calendar(datetime.date(2018, 1, 1), 365, "DE", "BE").working(day("2018-03-08", PLAIN) - day("2018-01-01", PLAIN))
    assert BERLIN.forward(friday - 1, 1, "working days") == friday + 3
    assert elsewhere[1].forward(friday - 1, 1, "working days") == friday


def test_easter_in_berlin() -> None:
    assert BERLIN.date(BERLIN.forward(day("2019-04-18"), 1, "working days")) == datetime.date(2019, 4, 23)
    assert BERLIN.date(BERLIN.back(day("2019-04-23"), 2, "working days")) == datetime.date(2019, 4, 17)


@pytest.mark.parametrize(
    ("amount", "unit", "days"),
    [
        (10, "days", 10),
        (0, "days", 0),
        (6, "clear days", 7),
        (0, "clear days", 1),
        (48, "hours", 2),
        (47, "hours", 2),
        (25, "hours", 2),
        (24, "hours", 1),
        (1, "hours", 1),
        (0, "hours", 0),
    ],
)
def test_other_units_are_calendar_days(amount: int, unit: str, days: int) -> None:
    assert ALMATY.forward(80, amount, unit) == 80 + days
    assert ALMATY.back(80, amount, unit) == 80 - days


def test_an_unknown_unit_is_named() -> None:
    with pytest.raises(ValueError, match="no unit of time is called 'weeks'"):
        ALMATY.forward(0, 1, "weeks")


def test_further_days_off() -> None:
    shut = Calendar(datetime.date(2019, 1, 1), 10, extra=[datetime.date(2019, 1, 2)])
    assert [shut.working(one) for one in range(4)] == [True, False, True, True]
    assert shut.holidays == (datetime.date(2019, 1, 2),)


# -- for every day -----------------------------------------------------------------------------------------------------------


@SETTINGS
@given(CALENDARS, DAYS)
def test_days_are_dates(calendar: Calendar, one: int) -> None:
    date = calendar.date(one)
    assert calendar.day(date) == one
    assert calendar.weekday(one) == date.weekday()
    assert calendar.working(one) is (date.weekday() < 5 and date not in calendar.holidays)


@SETTINGS
@given(CALENDARS, DAYS, st.integers(1, 40))
def test_a_term_of_working_days_holds_as_many(calendar: Calendar, start: int, amount: int) -> None:
    end = calendar.forward(start, amount, "working days")
    assert calendar.working(end)
    assert working_days(calendar, start, end) == amount


@SETTINGS
@given(CALENDARS, DAYS, TERMS)
def test_the_latest_day_is_the_latest_working_day_after_which_the_term_remains(
    calendar: Calendar, held: int, amount: int
) -> None:
    latest = calendar.back(held, amount, "working days")
    assert calendar.working(latest)
    assert working_days(calendar, latest, held) == amount
    later = range(latest + 1, held + 1)
    assert not [one for one in later if calendar.working(one) and working_days(calendar, one, held) >= amount]


@SETTINGS
@given(CALENDARS, DAYS, DAYS, TERMS)
def test_in_time_is_the_same_from_either_end(calendar: Calendar, filed: int, held: int, amount: int) -> None:
    """On a working day: filed no later than the term before the assembly, if and only if the term is over by then."""
    if calendar.working(filed):
        assert (filed <= calendar.back(held, amount, "working days")) is (calendar.forward(filed, amount, "working days") <= held)


@SETTINGS
@given(CALENDARS, DAYS, TERMS, st.sampled_from(["working days", "days", "clear days", "hours"]))
def test_there_and_back(calendar: Calendar, start: int, amount: int, unit: str) -> None:
    """From a working day one comes back to it; calendar days always do."""
    if unit != "working days" or calendar.working(start):
        assert calendar.back(calendar.forward(start, amount, unit), amount, unit) == start


@SETTINGS
@given(CALENDARS, DAYS, st.integers(0, 20), st.integers(0, 20))
def test_terms_of_working_days_add_up(calendar: Calendar, start: int, one: int, other: int) -> None:
    after = calendar.forward(calendar.forward(start, one, "working days"), other, "working days")
    assert after == calendar.forward(start, one + other, "working days")
