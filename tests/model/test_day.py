"""The day, in order: what enters into force at dawn rules that day, the desk comes first, and nothing acts backwards."""

import datetime
from collections import defaultdict
from typing import Any

import pytest

from sim.law import load_law
from sim.model.model import DAWN, DAY, DESK
from sim.record import (
    AppealDecided,
    Arrested,
    Covered,
    Dispersed,
    EmergencyBegan,
    EmergencyEnded,
    Filed,
    Happening,
    Held,
    LawChanged,
    LimitPassed,
    Planned,
    PressClosed,
    Prevented,
    Record,
    Sanctioned,
    Shocked,
    Terminated,
    Waited,
)
from sim.scenario import Scenario

START = datetime.date(2019, 3, 1)
DAYS = 42

PARTS = {
    LawChanged: 1,
    EmergencyBegan: 1,
    EmergencyEnded: 1,
    Shocked: 1,
    AppealDecided: 2,
    Planned: 3,
    Waited: 3,
    Held: 4,
    Prevented: 4,
    LimitPassed: 4,
    Terminated: 4,
    Dispersed: 4,
    Arrested: 4,
    Sanctioned: 5,
    Covered: 6,
    PressClosed: 6,
}
"""The part of the day in which something happens; what is not here can happen in several (an answer sets many things going)."""


def before(record: Record, day: int) -> list[Happening]:
    return [happening for happening in record if happening.day < day]


def on(record: Record, day: int, *kinds: type[Happening]) -> list[Any]:
    return [happening for happening in record if happening.day == day and (not kinds or isinstance(happening, kinds))]


def date(day: int) -> str:
    return str(START + datetime.timedelta(day))


def reform(day: int, law: str) -> list[dict[str, str]]:
    return [{"date": date(day), "title": "A reform", "law": law}]


def emergency(since: int, until: int) -> dict[str, str]:
    return {"since": date(since), "until": date(until), "source": "invented"}


def shock(day: int, size: float, issue: str = "power") -> dict[str, Any]:
    return {"date": date(day), "issue": issue, "size": size, "title": "Something happens", "source": "invented"}


# -- the order ---------------------------------------------------------------------------------------------------------------


def test_the_order_is_written_once() -> None:
    assert 0.0 < DAWN < DESK < 1.0
    assert [name for name, _ in DAY] == ["plans", "street", "court", "news"]


def test_every_day_keeps_the_order(records: dict[str, Record]) -> None:
    for law, record in records.items():
        parts = defaultdict(list)
        for happening in record:
            if type(happening) in PARTS and getattr(happening, "offence", "") != "announcing":  # found out when it is filed
                parts[happening.day].append(PARTS[type(happening)])
        for day, found in parts.items():
            assert found == sorted(found), f"{law}, day {day}"
    used = {type(happening) for record in records.values() for happening in record}
    assert {Shocked, Planned, Held, Terminated, Arrested, Sanctioned, Covered} <= used, "too quiet a town"


def test_answers_come_before_plans_and_plans_before_the_street(records: dict[str, Record]) -> None:
    for record in records.values():
        for day in range(DAYS):
            kinds = [happening.kind for happening in on(record, day)]
            answers = [place for place, kind in enumerate(kinds) if kind == "answered"]
            plans = [place for place, kind in enumerate(kinds) if kind in {"planned", "waited"}]
            held = [place for place, kind in enumerate(kinds) if kind in {"held", "prevented"}]
            assert max(answers, default=-1) < min(plans, default=len(kinds))
            assert max(plans, default=-1) < min(held, default=len(kinds))


def test_leave_given_on_the_morning_of_the_day_is_leave(under: Any, lived: Any) -> None:
    """Filed the day before, as the law of Germany lets those who could not know earlier; answered before the street."""
    never = {"loyal": 0.0, "social": 0.0, "opposition": 0.0}
    practice = {"authority__wish_to_refuse": never, "authority__silence": never, "authority__formalism": 0.0}
    record = lived(under(law="germany/federal", choices__occasion_median=1.0, **practice)).record
    held = {one.assembly: one for one in record.of(Held)}
    on_the_day = [one for one in on_the_last_morning(record) if one in held]
    assert on_the_day, "nothing was answered on its day"
    assert all(held[assembly].lawful_at_start for assembly in on_the_day)


def on_the_last_morning(record: Record) -> list[int]:
    """Assemblies that were given leave on the day for which it was filed."""
    dates = {filed.filing: filed.date for filed in record.of(Filed)}
    answered = [happening for happening in record if happening.kind == "answered" and happening.allowed]
    return [one.assembly for one in answered if one.day == dates[one.filing]]


# -- reforms -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [0, 10, 41])
def test_a_reform_changes_nothing_before_its_day(day: int, under: Any, lived: Any, record: Record) -> None:
    reformed = lived(under(reforms=reform(day, "no-law"))).record
    assert before(reformed, day) == before(record, day)
    assert on(reformed, day)[0] == LawChanged(day, 0)
    assert reformed != record


def test_a_reform_rules_what_is_planned_on_its_first_day(under: Any, lived: Any) -> None:
    """From no law to the law of 1995, under which everything needs a permit."""
    reformed = lived(under(law="no-law", reforms=reform(12, "kazakhstan/1995"))).record
    owed = {day: {one.procedure for one in on(reformed, day, Planned)} for day in range(DAYS)}
    assert owed[12], "nobody planned anything on the day of the reform"
    assert set().union(*(owed[day] for day in range(12))) == {"exempt"}
    assert set().union(*(owed[day] for day in range(12, DAYS))) == {"permit"}
    assert not [filed for filed in reformed.of(Filed) if filed.day < 12]


def test_a_reform_rules_what_is_punished_on_its_first_day(under: Any, lived: Any) -> None:
    """Fines are doubled on a day on which people are fined: they pay double from that day on."""
    fines = {"law": "kazakhstan/1995", "court__jail_share": 0.0, "court__organisers_liable": 1.0, "authority__lawless": 1.0}
    base = lived(under(**fines)).record
    fined = [one for one in base.of(Sanctioned) if one.role in {"organiser", "legal_entity"} and one.fine and not one.repeat]
    day = fined[len(fined) // 2].day
    law = load_law(
        "kazakhstan/1995", {f"sanctions.organiser.{key}": f"{mci} MCI" for key, mci in (("fine", 100), ("fine_least", 40))}
    )
    title = {"date": date(day), "title": "Double fines", "law": law}
    doubled = under(**fines).model_copy(update={"reforms": (title,)})
    after = lived(doubled).record
    assert before(after, day) == before(base, day)
    single = {(one.assembly, one.who): one.fine for one in on(base, day, Sanctioned) if one in fined}
    double = {(one.assembly, one.who): one.fine for one in on(after, day, Sanctioned)}
    assert single
    assert {key: double[key] for key in single} == pytest.approx({key: 2 * fine for key, fine in single.items()}, abs=0.02)


def test_a_reform_rules_where_one_may_stand(under: Any, lived: Any) -> None:
    """Under the law of 1995 there is one place, the field; no law sets any aside."""
    scenario = under(law="no-law", reforms=reform(10, "kazakhstan/1995"))
    sites = scenario.town.sites
    old, new = (lived(scenario, days).places for days in (10, 11))
    assert old.designated == frozenset()
    assert [sites[place].kind for place in new.designated] == ["remote"]
    assert not new.lawful(0, "rally", "permit")


def test_reforms_follow_one_another(under: Any, lived: Any) -> None:
    laws = [*reform(10, "no-law"), *reform(20, "kazakhstan/1995"), *reform(30, "no-law")]
    model = lived(under(reforms=laws))
    assert list(model.record.of(LawChanged)) == [LawChanged(10, 0), LawChanged(20, 1), LawChanged(30, 2)]
    assert model.regime.regime.status == "none"
    owed = {day: {one.procedure for one in on(model.record, day, Planned)} for day in range(DAYS)}
    assert set().union(*(owed[day] for day in [*range(10, 20), *range(30, DAYS)])) == {"exempt"}
    assert set().union(*(owed[day] for day in range(20, 30))) == {"permit"}


def test_the_same_law_enacted_again_only_says_so(under: Any, lived: Any, record: Record) -> None:
    again = lived(under(reforms=reform(17, "kazakhstan/2020-bill"))).record
    assert [one for one in again if one != LawChanged(17, 0)] == list(record)


# -- emergencies -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def strict(under: Any) -> Scenario:
    """Under the law of 1995 an emergency bars all assemblies; the police let them be, so that they are seen."""
    return under(law="kazakhstan/1995", police__style=0.0, police__prevents=0.0)


def barred(record: Record) -> set[int]:
    """The days on which something was held against an emergency."""
    return {one.day for one in record.of(Held) if "emergency" in one.breaches}


def held(record: Record) -> set[int]:
    return {one.day for one in record.of(Held)}


@pytest.mark.parametrize(
    ("spans", "days", "began", "ended"),
    [
        pytest.param([(10, 19)], range(10, 20), [10], [20], id="a-while"),
        pytest.param([(15, 15)], range(15, 16), [15], [16], id="a-day"),
        pytest.param([(-5, 9)], range(10), [0], [10], id="begun-before-the-run"),
        pytest.param([(30, 60)], range(30, DAYS), [30], [], id="beyond-the-run"),
        pytest.param([(-5, 60)], range(DAYS), [0], [], id="all-the-time"),
        pytest.param([(5, 9), (10, 14)], range(5, 15), [5, 10], [10, 15], id="one-after-the-other"),
        pytest.param([(10, 14), (5, 9)], range(5, 15), [5, 10], [10, 15], id="told-in-another-order"),
        pytest.param([(5, 14), (10, 25)], range(5, 26), [5, 10], [15, 26], id="one-into-the-other"),
        pytest.param([(5, 25), (10, 14)], range(5, 26), [5, 10], [15, 26], id="one-within-the-other"),
        pytest.param([(-9, 20), (-5, 4)], range(21), [0, 0], [5, 21], id="both-begun-before-the-run"),
        pytest.param([(-9, -1), (60, 70)], range(0), [], [], id="before-and-after"),
        pytest.param([(-9, -1), (10, 14)], range(10, 15), [10], [15], id="over-on-the-eve-and-another"),
    ],
)
def test_emergencies_bar_while_they_last(
    spans: list[tuple[int, int]], days: range, began: list[int], ended: list[int], strict: Scenario, lived: Any
) -> None:
    tables = [emergency(*span) for span in spans]
    record = lived(strict.model_copy(update={"emergencies": tables})).record
    assert [one.day for one in record.of(EmergencyBegan)] == began
    assert [one.day for one in record.of(EmergencyEnded)] == ended
    assert barred(record) == held(record) & set(days)


def test_an_emergency_changes_nothing_before_it_begins(strict: Scenario, lived: Any) -> None:
    calm = lived(strict).record
    record = lived(strict.model_copy(update={"emergencies": [emergency(20, 25)]})).record
    assert before(record, 20) == before(calm, 20)
    assert on(record, 20)[0] == EmergencyBegan(20)
    assert barred(calm) == set()


# -- shocks ------------------------------------------------------------------------------------------------------------------


def test_shocks_are_recorded_on_their_day(under: Any, lived: Any) -> None:
    shocks = [shock(-30, 0.2), shock(0, 0.1), shock(20, 0.05, "city"), shock(41, -0.1, "welfare")]
    model = lived(under(shocks=shocks))
    assert list(model.record.of(Shocked)) == [Shocked(0, 0, 0.1), Shocked(20, 3, 0.05), Shocked(41, 1, -0.1)]
    assert on(model.record, 0)[0] == Shocked(0, 0, 0.1)


def test_a_shock_changes_nothing_before_its_day(under: Any, lived: Any) -> None:
    calm, shaken = lived(under(shocks=[])).record, lived(under(shocks=[shock(15, 0.4)])).record
    assert before(shaken, 15) == before(calm, 15)
    assert sum(one.adults for one in shaken.of(Held)) > sum(one.adults for one in calm.of(Held))


def test_a_shock_of_no_size_only_says_so(under: Any, lived: Any) -> None:
    calm, shaken = lived(under(shocks=[])).record, lived(under(shocks=[shock(15, 0.0)])).record
    assert [one for one in shaken if one != Shocked(15, 0, 0.0)] == list(calm)


def test_concern_is_what_is_left_of_all_shocks_so_far(under: Any, lived: Any) -> None:
    scenario = under(
        shocks=[shock(-10, 0.2), shock(8, 0.1), shock(20, 0.4, "city"), shock(9, 0.3)], behaviour__shock_slow_share=0.0
    )
    model = lived(scenario, 9)
    assert model.today == 8
    assert model.concern(0, 8) == pytest.approx(0.2 * 0.5 ** (18 / 10) + 0.1)
    assert model.concern(0, 18) == pytest.approx(0.2 * 0.5 ** (28 / 10) + 0.1 * 0.5), "nobody knows of the 9th day's yet"
    assert model.concern(3, 30) == 0.0
    model.run_for(1)
    assert model.concern(0, 9) == pytest.approx(0.2 * 0.5 ** (19 / 10) + 0.1 * 0.5 ** (1 / 10) + 0.3)


def test_reforms_emergencies_and_shocks_of_one_day_come_in_this_order(under: Any, lived: Any) -> None:
    scenario = under(reforms=reform(7, "kazakhstan/1995"), emergencies=[emergency(7, 8)], shocks=[shock(7, 0.1)])
    dawn = on(lived(scenario).record, 7, LawChanged, EmergencyBegan, Shocked)
    assert dawn == [LawChanged(7, 0), EmergencyBegan(7), Shocked(7, 0, 0.1)]
