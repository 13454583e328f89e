"""The day in words."""

import dataclasses

import pandas as pd
import pytest

from sim.interface.watching.run import Run
from sim.interface.watching.seen import Seen
from sim.interface.watching.telling import of_assembly, of_day
from tests.interface.watching.made import DAYS, lived, small

ROW = {
    "assembly": 3,
    "form": "rally",
    "site": "River Park",
    "stance": "opposition",
    "issue": "power",
    "declared": 120,
    "turnout": 1087,
    "fate": "held",
    "fate_reason": "",
    "strategy": "expected",
    "day": 0,
    "lawful_at_start": True,
    "lawful_throughout": True,
    "attempts": 1,
    "owed_filing": True,
    "answer": "allowed",
    "breached": "",
    "terminated": False,
    "termination_reason": "",
    "dispersed": False,
    "arrests": 0,
}


@pytest.fixture(scope="module")
def first() -> Seen:
    return lived(1).seen


def with_rows(seen: Seen, *rows: dict[str, object]) -> Seen:
    return dataclasses.replace(seen, assemblies=pd.DataFrame([{**ROW, **row} for row in rows]))


def test_before_the_first_day_it_says_what_to_press() -> None:
    told = of_day(Run(small()).seen)
    assert "Tuesday 1 January 2019" in told
    assert f"Before the first of {DAYS} days" in told
    assert "Press Step for a day, or ▶ to play" in told


def test_the_last_day_says_that_it_is_over() -> None:
    told = of_day(lived(DAYS).seen)
    assert f"Day {DAYS} of {DAYS}" in told
    assert "The scenario is over" in told
    assert "is over" not in of_day(lived(DAYS - 1).seen)


def test_a_lawful_assembly() -> None:
    told = of_assembly(ROW, "lawful throughout")
    assert told == "Rally at River Park (opposition, power): declared 120, 1,087 came; lawful throughout."


def test_one_that_the_police_ended() -> None:
    row = {
        **ROW,
        "breached": "passed_limit;not_leaving",
        "terminated": True,
        "termination_reason": "passed_limit",
        "dispersed": True,
        "arrests": 1,
    }
    told = of_assembly(row, "lawful at start, not throughout")
    assert "; lawful at start, not throughout (" in told
    assert told.endswith("The police ended it, since it passed a limit and dispersed it by force. 1 person arrested.")


def test_one_that_was_not_held_and_one_person_alone() -> None:
    row = {**ROW, "form": "single_picket", "declared": 1, "fate": "called_off", "fate_reason": "refused", "turnout": 0}
    assert of_assembly(row, "not held") == "Single picket at River Park (opposition, power): called off, since it was refused."


def test_a_day_counts_what_was_held_and_tells_the_largest_first(first: Seen) -> None:
    rows = [{"assembly": n, "turnout": n + 2, "site": f"Place <{n}>"} for n in range(14)]
    told = of_day(with_rows(first, *rows, {"fate": "prevented", "fate_reason": "organiser_detained", "turnout": 0}))
    assert "Today: 14 assemblies held, 1 not held" in told
    assert told.index("Place &lt;13&gt;") < told.index("Place &lt;12&gt;")
    assert "And 3 smaller ones." in told
    assert "<0>" not in told


def test_assemblies_of_other_days_and_phantoms_are_not_todays(first: Seen) -> None:
    told = of_day(with_rows(first, {"strategy": "phantom", "fate": "called_off", "fate_reason": "phantom"}, {"day": 1}))
    assert "No assembly was to be held today" in told


def test_every_reason_of_the_record_has_words() -> None:
    from sim.measurement.columns import COLUMNS

    levels = {column.name: [word for word in column.levels if word] for column in COLUMNS["assemblies"]}
    for reason in levels["fate_reason"]:
        if reason != "phantom":
            assert of_assembly({**ROW, "fate": "called_off", "fate_reason": reason}, "")
    for reason in levels["termination_reason"]:
        assert of_assembly({**ROW, "terminated": True, "termination_reason": reason}, "")
    for word in levels["breached"]:
        assert "(" in of_assembly({**ROW, "breached": word}, "").split(":")[1]
