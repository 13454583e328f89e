"""Terms and days: the calendar against cases worked by hand (theorem 8), and what is to come leaves what was alone (9)."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sim.calendar import Calendar
from sim.record import EmergencyBegan, Filed, LawChanged, Planned, Record, Shocked

SETTINGS = settings(max_examples=25, deadline=None, derandomize=True, phases=[Phase.generate])
"""Nothing is shrunk: that would take minutes, and a world is told by its law, edits and seed."""


def calendar(place: str, year: int = 2020) -> Calendar:
    country, _, part = place.partition("-")
    return Calendar(datetime.date(year, 1, 1), 366, country, part or None)


# -- 8. worked by hand ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "start", "amount", "unit", "end"),
    [
        # Kazakhstan. Nauryz is 21 to 23 March; in 2020 the 21st and 22nd were a weekend and were made up for on the 24th and 25th
        # (Law on holidays, article 5; the Ministry of Labour's calendar of 2020: rest from 21 to 25 March).
        pytest.param("KZ", "2020-03-20", 1, "working days", "2020-03-26", id="kz-nauryz-on-a-weekend"),
        pytest.param("KZ", "2020-03-16", 5, "working days", "2020-03-26", id="kz-a-week-that-ends-in-nauryz"),  # 17-20, 26
        # New Year is 1 and 2 January, Orthodox Christmas the 7th; in 2020 Friday the 3rd was a day off for Sunday the 5th.
        pytest.param("KZ", "2019-12-30", 3, "working days", "2020-01-08", id="kz-new-year"),  # 31 December, 6 and 8 January
        pytest.param("KZ", "2019-12-31", 10, "working days", "2020-01-20", id="kz-ten-days-into-the-year"),  # 6, 8-10, 13-17, 20
        # May 2020: the 1st, the 7th, the 8th (for Monday the 11th, which was worked) and the 9th (a Saturday).
        pytest.param("KZ", "2020-04-30", 5, "working days", "2020-05-12", id="kz-may"),  # 4, 5, 6, 11, 12
        # Berlin. 8 May 2020 was a holiday of that one year (75 years after the liberation; Berlin's holiday law of 2019).
        pytest.param("DE-BE", "2020-05-07", 1, "working days", "2020-05-11", id="berlin-a-holiday-of-one-year"),
        pytest.param("DE-BB", "2020-05-07", 1, "working days", "2020-05-08", id="brandenburg-not"),
        # Easter was on 12 April 2020: Good Friday the 10th, Monday the 13th.
        pytest.param("DE-BE", "2020-04-09", 2, "working days", "2020-04-15", id="berlin-easter"),  # 14, 15
        # Christmas: 25 and 26 December (Friday, Saturday); New Year's Day was a Friday.
        pytest.param("DE-BE", "2020-12-23", 5, "working days", "2020-12-31", id="berlin-christmas"),  # 24, 28, 29, 30, 31
        pytest.param("DE-BE", "2020-12-30", 2, "working days", "2021-01-04", id="berlin-new-year"),  # 31 December, 4 January
        # Armenia. 31 December and 1 to 7 January are days off, 28 January is the day of the army (Law on holidays, 2001).
        pytest.param("AM", "2018-12-28", 1, "working days", "2019-01-08", id="armenia-new-year"),
        pytest.param("AM", "2019-01-25", 2, "working days", "2019-01-30", id="armenia-day-of-the-army"),  # 29, 30
        pytest.param("AM", "2019-04-23", 3, "working days", "2019-04-29", id="armenia-24-april"),  # 25, 26, 29
        # England. The early May holiday of 2020 was moved from Monday the 4th to Friday the 8th.
        pytest.param("GB-ENG", "2020-05-01", 5, "working days", "2020-05-11", id="england-a-holiday-moved"),  # 4, 5, 6, 7, 11
        # Boxing Day 2020 was a Saturday, made up for on Monday the 28th.
        pytest.param("GB-ENG", "2020-12-24", 1, "working days", "2020-12-29", id="england-boxing-day"),
        # A leap year: 29 February 2020 was a Saturday; of 2024 a Thursday.
        pytest.param("DE-BE", "2020-02-28", 1, "working days", "2020-03-02", id="leap-day-on-a-saturday"),
        pytest.param("DE-BE", "2024-02-28", 2, "working days", "2024-03-01", id="leap-day-on-a-thursday"),
        pytest.param("DE-BE", "2023-02-27", 2, "working days", "2023-03-01", id="no-leap-day"),
        pytest.param("KZ", "2020-02-28", 2, "days", "2020-03-01", id="days-over-a-leap-day"),
        pytest.param("KZ", "2020-02-27", 72, "hours", "2020-03-01", id="hours-over-a-leap-day"),
        # Over the end of the year in calendar days, clear days and hours, holidays or not.
        pytest.param("KZ", "2019-12-30", 10, "days", "2020-01-09", id="days-over-new-year"),
        pytest.param("KZ", "2019-12-30", 6, "clear days", "2020-01-06", id="clear-days-over-new-year"),
        pytest.param("DE-BE", "2020-12-31", 48, "hours", "2021-01-02", id="48-hours-over-new-year"),
        pytest.param("DE-BE", "2020-12-31", 49, "hours", "2021-01-03", id="49-hours-over-new-year"),
    ],
)
def test_a_term_ends_where_a_hand_ends_it(place: str, start: str, amount: int, unit: str, end: str) -> None:
    days = calendar(place, int(start[:4]))
    assert days.date(days.forward(days.day(datetime.date.fromisoformat(start)), amount, unit)) == datetime.date.fromisoformat(end)


@pytest.mark.parametrize(
    ("place", "held", "amount", "unit", "latest"),
    [
        # Berlin's 48 hours, Kazakhstan's 5 and 10 working days, Armenia's 7 days, England's 6 clear days.
        pytest.param("DE-BE", "2021-01-01", 48, "hours", "2020-12-30", id="berlin-48-hours-before-new-year"),
        pytest.param("KZ", "2020-03-28", 5, "working days", "2020-03-17", id="kz-5-over-nauryz"),  # 27, 26, 20, 19, 18 remain
        pytest.param("KZ", "2020-03-25", 5, "working days", "2020-03-13", id="kz-5-before-a-holiday"),  # 20, 19, 18, 17, 16
        # 8 and 6 January, 31, 30, 27, 26, 25, 24, 23 and 20 December remain.
        pytest.param("KZ", "2020-01-08", 10, "working days", "2019-12-19", id="kz-10-over-new-year"),
        pytest.param("KZ", "2020-05-12", 5, "working days", "2020-04-30", id="kz-5-through-may"),  # 12, 11, 6, 5, 4
        pytest.param("AM", "2019-01-08", 7, "days", "2019-01-01", id="armenia-7-days"),
        pytest.param("GB-ENG", "2020-03-03", 6, "clear days", "2020-02-25", id="england-6-clear-days-over-a-leap-day"),
        pytest.param("DE-BE", "2020-03-02", 1, "working days", "2020-02-28", id="over-a-leap-day"),
        pytest.param("DE-BE", "2020-04-14", 1, "working days", "2020-04-09", id="berlin-before-easter"),
    ],
)
def test_the_last_day_to_file_is_where_a_hand_finds_it(place: str, held: str, amount: int, unit: str, latest: str) -> None:
    days = calendar(place, int(held[:4]))
    assert days.date(days.back(days.day(datetime.date.fromisoformat(held)), amount, unit)) == datetime.date.fromisoformat(latest)


def by_counting(days: Calendar, day: int, amount: int, unit: str, step: int) -> int:
    """A term counted on one's fingers, day by day: forward with a step of 1, back with one of -1."""
    if unit != "working days":
        full = {"days": amount, "clear days": amount + 1, "hours": -(-amount // 24)}[unit]
        return day + step * full

    def works(one: int) -> bool:
        date = days.date(one)
        return date.weekday() < 5 and date not in days.holidays

    while not works(day):
        day -= 1
    while amount:
        day += step
        amount -= works(day)
    return day


def test_filings_are_in_time_and_answers_due_by_the_count(some_worlds: Any, until: Any) -> None:
    """Theorem 8, in the model: for every filing under every law, in every country, and whatever holidays it meets."""
    seen = Counter[str]()

    @settings(SETTINGS, max_examples=40)
    @given(some_worlds())
    def holds(world: Any) -> None:
        model, law = world.model(), world.scenario.law
        rows = {row.procedure: [one for one in law.procedures if one.procedure == row.procedure] for row in law.procedures}
        late = law.spontaneous is not None and law.spontaneous.short_notice
        for one in model.run_for().of(Filed):
            terms = {(row.notice, row.notice_from, row.decision, row.decision_from) for row in rows[one.procedure]}
            if len(terms) > 1:
                continue  # which of several rows it was is not on record
            ((notice, notice_from, decision, decision_from),) = terms
            date = one.date - (notice_from == "announcement")
            kept = one.day <= by_counting(model.calendar, date, notice.amount, notice.unit, -1)
            assert one.in_time is (kept or late)
            due = None
            if decision and decision_from == "filing":
                due = by_counting(model.calendar, one.day, decision.amount, decision.unit, 1)
            elif decision:
                due = max(one.day + 1, by_counting(model.calendar, one.date, decision.amount, decision.unit, -1))
            assert one.due == due
            seen["filed"] += 1
            seen["working days"] += notice.unit == "working days"
            seen["over a holiday"] += any(not model.calendar.working(day) for day in range(one.day, one.date))

    until(holds, lambda: {name for name in ("filed", "working days", "over a holiday") if seen[name] <= 20})


# -- 9. what is to come leaves alone what was ------------------------------------------------------------------------------------


def before(record: Record, day: int) -> list[str]:
    """What the record says of the days before."""
    return [line for line, one in zip(record.lines(), record, strict=True) if one.day < day]


def test_what_is_to_come_changes_nothing_before_its_day(some_worlds: Any, some_laws: Any) -> None:
    """Theorem 9: a reform to any law, an emergency and a shock, on any day; nobody acts on what is not yet so."""
    seen = Counter[str]()

    @settings(SETTINGS, max_examples=30)
    @given(some_worlds(), some_laws(), st.integers(0, 19), st.floats(-1.0, 1.0))
    def holds(world: Any, law: Any, day: int, size: float) -> None:
        about = world.scenario.scenario
        day = min(day, about.days - 1)
        date = about.start + datetime.timedelta(day)
        calm = world.record()
        reform = {"date": date, "title": "A reform", "law": law}
        emergency = {"since": date, "until": date + datetime.timedelta(3), "source": "a test"}
        shock = {"date": date, "issue": "welfare", "size": size, "title": "A shock", "source": "a test"}
        for kind, changes in {
            LawChanged: {"reforms": (reform,)},
            EmergencyBegan: {"emergencies": (emergency,)},
            Shocked: {"shocks": (*world.scenario.shocks, shock)},
        }.items():
            record = world.with_(**changes).record()
            assert before(record, day) == before(calm, day), kind
            assert any(one.day == day for one in record.of(kind)), kind
            seen[kind.__name__] += len(set(record.lines()) - set(calm.lines())) > 1
        seen["planned before"] += any(one.day < day <= one.date for one in calm.of(Planned))

    holds()
    assert min(seen.values()) >= 3, "nothing came of it in any world"


def test_of_two_reforms_the_second_changes_nothing_before_its_day(some_worlds: Any, some_laws: Any) -> None:
    """Theorem 9 once more, with a law that is not the first: what was in force until then does not matter."""

    @settings(SETTINGS, max_examples=10)
    @given(some_worlds(), some_laws(), some_laws(), st.integers(1, 5), st.integers(6, 9))
    def holds(world: Any, one: Any, other: Any, first: int, second: int) -> None:
        start = world.scenario.scenario.start
        reforms = [
            {"date": start + datetime.timedelta(day), "title": "A reform", "law": law}
            for day, law in ((first, one), (second, other))
        ]
        alone, both = (world.with_(reforms=tuple(reforms[:n])).record() for n in (1, 2))
        assert before(both, second) == before(alone, second)

    holds()
