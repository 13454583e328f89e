"""Until when scenarios agree: from the start, until the first thing dated that only one of them has, or for ever."""

import datetime
from typing import Any

import pytest

from sim.scenario import Scenario, agree_until, load_scenario
from sim.scenario.agreement import differences

REFORM = {"date": "2019-07-01", "title": "Another law", "law": "no-law"}
LATER = {**REFORM, "date": "2019-08-01", "law": "kazakhstan/2020-bill"}
ONE = {"since": "2019-05-01", "until": "2019-05-31", "source": "invented"}
OTHER = {"since": "2019-05-31", "until": "2019-06-10", "source": "invented"}
SHOCK = {"date": "2019-06-01", "issue": "power", "size": 0.1, "title": "A shock", "source": "invented"}
BEFORE = {**SHOCK, "date": "2018-12-01"}
COUNTED = {"scenario.counterfactual": True, "shocks": []}


def day(month: int, of_month: int) -> int:
    return (datetime.date(2019, month, of_month) - datetime.date(2019, 1, 1)).days


def of(**changes: Any) -> Scenario:
    return load_scenario("almaty-1995-law", {**COUNTED, **{key.replace("__", "."): value for key, value in changes.items()}})


@pytest.mark.parametrize(
    ("a", "b", "until"),
    [
        ({}, {}, None),
        ({}, {"scenario__title": "Another", "scenario__benchmark": "no-law", "police__source": "counted"}, None),
        ({}, {"scenario__days": 100}, 100),
        ({}, {"scenario__start": "2019-01-02"}, 0),
        ({}, {"law": "no-law"}, 0),
        ({}, {"police__style": 0.1}, 0),
        ({}, {"authority__silence.loyal": 0.9}, 0),
        ({}, {"town__people.adults": 5000}, 0),
        ({}, {"reforms": [REFORM]}, day(7, 1)),
        ({"reforms": [REFORM]}, {"reforms": [{**REFORM, "title": "By another name"}]}, None),
        ({"reforms": [REFORM]}, {"reforms": [REFORM, LATER]}, day(8, 1)),
        ({"reforms": [REFORM]}, {"reforms": [{**REFORM, "law": "kazakhstan/2020-bill"}]}, day(7, 1)),
        ({"reforms": [{**REFORM, "date": "2019-01-01"}]}, {}, 0),
        ({"reforms": [REFORM]}, {"scenario__days": 181}, 181),
        ({"emergencies": [ONE]}, {}, day(5, 1)),
        ({"emergencies": [ONE]}, {"emergencies": [{**ONE, "until": "2019-06-30"}]}, day(6, 1)),
        ({"emergencies": [ONE, OTHER]}, {"emergencies": [OTHER, ONE]}, None),
        ({"emergencies": [{**ONE, "since": "2018-12-01"}]}, {"emergencies": [{**ONE, "since": "2019-01-01"}]}, None),
        ({"emergencies": [{**ONE, "since": "2018-11-01", "until": "2018-12-01"}]}, {}, None),
        ({"emergencies": [ONE]}, {"emergencies": [ONE, {**OTHER, "since": "2020-03-01", "until": "2020-04-01"}]}, None),
        ({"shocks": [SHOCK]}, {}, day(6, 1)),
        ({"shocks": [SHOCK]}, {"shocks": [{**SHOCK, "title": "By another name"}]}, None),
        ({"shocks": [SHOCK]}, {"shocks": [{**SHOCK, "size": 0.2}]}, day(6, 1)),
        ({"shocks": [BEFORE]}, {}, 0),
        ({"shocks": [SHOCK, {**SHOCK, "date": "2019-09-01"}]}, {"shocks": [{**SHOCK, "date": "2019-09-01"}, SHOCK]}, day(9, 1)),
        ({"shocks": [SHOCK], "reforms": [REFORM]}, {}, day(6, 1)),
    ],
    ids=str,
)
def test_until_when(a: dict[str, Any], b: dict[str, Any], until: int | None) -> None:
    assert agree_until(of(**a), of(**b)) == agree_until(of(**b), of(**a)) == until


def test_an_emergency_that_begins_as_another_ends_is_told_in_the_order_of_the_text() -> None:
    """The two would be written into the record in another order at one dawn."""
    meets = {**OTHER, "since": "2019-06-01"}
    assert agree_until(of(emergencies=[ONE, meets]), of(emergencies=[meets, ONE])) == day(6, 1)


def test_the_keys_are_named() -> None:
    a, b = of(), of(law="kazakhstan/1995 + no-threshold", police__style=0.1, reforms=[REFORM])
    found = differences(a, b)
    assert found["police.style"] == 0
    assert found["reforms"] == day(7, 1)
    assert any(key.startswith("law.") for key in differences(of(), of(law="no-law")))


def test_one_fingerprint_agrees_for_ever() -> None:
    a, b = of(reforms=[REFORM], emergencies=[ONE], shocks=[SHOCK]), of(reforms=[REFORM], emergencies=[ONE], shocks=[SHOCK])
    assert a.fingerprint == b.fingerprint
    assert differences(a, b) == {}
