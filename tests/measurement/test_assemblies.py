"""The table of assemblies: one row each, one fate each."""

from collections.abc import Callable

import pytest

from sim.errors import ModelError
from sim.measurement import Tables, tables
from sim.population import Town
from sim.record import Answered, CalledOff, Happening, Held, Planned, Prevented, Record
from sim.scenario import Scenario

Plan = Callable[..., Planned]


def recorded(*happenings: Happening) -> Record:
    log = Record()
    for happening in happenings:
        log.add(happening)
    return log


def held(day: int, assembly: int) -> Held:
    return Held(day, assembly, 3, 1, 0, 0, True, (), (4,))


def test_every_planned_assembly_has_a_row_and_a_fate(measured: Tables) -> None:
    fates = measured.assemblies["fate"].tolist()
    held, off = "held", "called_off"
    assert fates == [held, held, held, off, held, held, "prevented", "pending", off, held, held]
    assert measured.assemblies["fate_reason"].tolist() == [
        "",
        "",
        "",
        "phantom",
        "",
        "",
        "organiser_detained",
        "",
        "refused",
        "",
        "",
    ]


EXPECTED = {
    0: {
        "organiser": 0,
        "opportunity_day": 0,
        "stance": "opposition",
        "legal_form": "party",
        "issue": "power",
        "strategy": "expected",
        "form": "rally",
        "exempt_kind": "",
        "site": "Field behind the depot",
        "site_kind": "remote",
        "planned_day": 0,
        "planned_date": "2024-03-04",
        "day": 4,
        "date": "2024-03-08",
        "filed_day": 0,
        "answered_day": 1,
        "answered_date": "2024-03-05",
        "notice": 4,
        "attempts": 1,
        "owed_filing": True,
        "filed_in_time": False,
        "declared": 10,
        "answer": "refused",
        "ground": "public_order",
        "pretext": False,
        "allowed": 10,
        "offered": True,
        "last_change": "accept_offer",
        "turnout": 4,
        "adults": 3,
        "minors": 1,
        "reached": 8,
        "lawful_at_start": True,
        "lawful_throughout": True,
        "breached": "",
        "officers": 2,
        "covered": True,
        "outlets": 1,
        "reported_size": 5,
    },
    1: {
        "filed_date": "",
        "answer": "",
        "owed_filing": True,
        "filed_in_time": False,
        "lawful_at_start": False,
        "lawful_throughout": False,
        "breached": "no_filing;wrong_place;not_leaving",
        "terminated": True,
        "termination_reason": "unlawful",
        "dispersed": True,
        "arrests": 2,
        "punished": 3,
        "punished_detained": 2,
        "expelled": 1,
        "fines": 80.0,
        "fines_wages": 1.55,
        "jail_days": 5,
        "organiser_sanctions": 1,
        "organiser_fine": 0.0,
        "organiser_jail_days": 10,
        "against_text": False,
    },
    2: {
        "turnout": 5,
        "lawful_at_start": True,
        "lawful_throughout": False,
        "breached": "passed_limit",
        "limits_passed": "declared",
        "over_limit": True,
        "terminated": False,
        "organiser_fine": 200.0,
        "against_text": False,
    },
    4: {"owed_filing": False, "procedure": "exempt", "attempts": 0, "turnout": 1, "against_text": False},
    5: {
        "answer": "silence_allowed",
        "lawful_at_start": True,
        "lawful_throughout": False,
        "breached": "",
        "dispersed": False,
        "against_text": True,
    },
    6: {
        "answer": "refused",
        "ground": "place_taken",
        "pretext": True,
        "allowed": 20,
        "appealed": True,
        "appeal_reversed": True,
        "appeal_in_time": True,
        "turnout": 0,
        "lawful_at_start": False,
    },
    8: {
        "attempts": 2,
        "notice": 3,
        "filed_day": 5,
        "day": 9,
        "answer": "silence_refused",
        "ground": "",
        "pretext": False,
        "allowed": 0,
        "last_change": "file_again",
    },
    9: {
        "part": 0,
        "threshold": 250,
        "declared_first": 249,
        "limits_passed": "threshold",
        "over_limit": False,
        "breached": "",
        "lawful_throughout": True,
    },
    10: {"part": 1, "site_kind": "square", "district": "Centre", "reported_size": 1200},
}


@pytest.mark.parametrize("assembly", EXPECTED)
def test_a_row_says_what_happened(measured: Tables, assembly: int) -> None:
    row = measured.assemblies.set_index("assembly").loc[assembly]
    assert {name: row[name] for name in EXPECTED[assembly]} == pytest.approx(EXPECTED[assembly])


def test_what_is_not_known_is_missing_and_not_nothing(measured: Tables) -> None:
    rows = measured.assemblies.set_index("assembly")
    missing = rows[["filed_day", "answered_day", "notice", "allowed", "reported_size"]].isna().sum(axis=1)
    assert missing[[0, 1, 2, 4, 7]].tolist() == [0, 4, 1, 5, 3]
    assert rows["threshold"].isna().tolist() == [True] * 7 + [False] * 4  # the reform came on day 5


TWO_FATES = {
    "held twice": [held(1, 0), held(1, 0)],
    "held and called off": [held(1, 0), CalledOff(1, 0, "refused")],
    "called off and prevented": [CalledOff(1, 0, "refused"), Prevented(1, 0, "organiser_detained")],
}


@pytest.mark.parametrize("fates", TWO_FATES.values(), ids=TWO_FATES)
def test_two_fates_are_an_error(planned: Plan, scenario: Scenario, town: Town, fates: list[Happening]) -> None:
    with pytest.raises(ModelError, match="assembly 0 has two fates"):
        tables(recorded(planned(0, 0, 1), *fates), scenario, town)


def test_other_contradictions_are_errors(planned: Plan, scenario: Scenario, town: Town) -> None:
    with pytest.raises(ModelError, match=r"assembly 0 has no fate, though its day \(1\) has passed"):
        tables(recorded(planned(0, 0, 1)), scenario, town)
    with pytest.raises(ModelError, match="assembly 0 was held on day 2, and planned for day 1"):
        tables(recorded(planned(0, 0, 1), held(2, 0)), scenario, town)
    with pytest.raises(ModelError, match="assembly 7, which was never planned"):
        tables(recorded(CalledOff(0, 7, "refused")), scenario, town)
    with pytest.raises(ModelError, match="assembly 0 was planned twice"):
        tables(recorded(planned(0, 0, 20), planned(0, 0, 20)), scenario, town)
    with pytest.raises(ModelError, match="a run of 10 days ends on day 9"):
        tables(recorded(planned(10, 0, 20)), scenario, town)


def test_filings_must_have_been_made(planned: Plan, scenario: Scenario, town: Town) -> None:
    answer = Answered(1, 3, 0, "allowed", None, False, 20, None, None)
    with pytest.raises(ModelError, match="filing 3 was answered, but never filed"):
        tables(recorded(planned(0, 0, 20), answer), scenario, town)


def test_a_run_may_be_measured_before_its_end(planned: Plan, scenario: Scenario, town: Town) -> None:
    found = tables(recorded(planned(0, 0, 4)), scenario, town, days=3)
    assert (found.assemblies["fate"].tolist(), len(found.days)) == (["pending"], 3)
