"""Days, quiet ones too; and filings, step by step."""

import pandas as pd

from sim.measurement import Tables


def column(table: pd.DataFrame, name: str) -> list[object]:
    return table[name].tolist()


def test_every_day_has_a_row(measured: Tables) -> None:
    days = measured.days
    assert column(days, "day") == list(range(10))
    assert column(days, "date")[::9] == ["2024-03-04", "2024-03-13"]
    assert column(days, "weekday") == [1, 2, 3, 4, 5, 6, 7, 1, 2, 3]
    # Friday 8 March is a public holiday in Kazakhstan.
    assert [day for day in range(10) if not days["working"][day]] == [4, 5, 6]


def test_days_know_law_and_emergency(measured: Tables) -> None:
    assert column(measured.days, "law") == [0] * 5 + [1] * 5
    assert column(measured.days, "law_changed") == [day == 5 for day in range(10)]
    assert column(measured.days, "emergency") == [True, True] + [False] * 8  # it began before the first day


def test_days_count_what_happened(measured: Tables) -> None:
    expected = {
        "opportunities": [2, 2, 0, 3, 1, 2, 1, 1, 0, 0],
        "waited": [1, 0, 0, 0, 0, 0, 0, 1, 0, 0],
        "planned": [1, 2, 0, 3, 1, 2, 2, 0, 0, 0],
        "filings": [1, 1, 0, 2, 1, 2, 1, 0, 0, 0],
        "answers": [0, 1, 1, 0, 1, 2, 1, 1, 0, 0],
        "refusals": [0, 1, 0, 0, 0, 1, 1, 0, 0, 0],
        "appeals": [0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
        "phantom_bookings": [0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
        "called_off": [0, 0, 0, 0, 0, 1, 0, 1, 0, 0],
        "prevented": [0, 0, 0, 0, 0, 0, 0, 0, 1, 0],
        "held": [0, 0, 1, 1, 1, 0, 2, 0, 0, 2],
        "attendance": [0, 0, 4, 5, 4, 0, 2, 0, 0, 3],
        "officers": [0, 0, 8, 1, 2, 0, 4, 0, 0, 0],
        "terminated": [0, 0, 1, 0, 0, 0, 1, 0, 0, 0],
        "dispersed": [0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
        "arrests": [0, 0, 2, 0, 0, 0, 0, 0, 0, 0],
        "punished": [0, 0, 3, 0, 0, 0, 1, 0, 0, 0],
        "fines": [0, 0, 80, 0, 0, 0, 16, 0, 0, 0],
        "jail_days": [0, 0, 5, 0, 0, 0, 0, 0, 0, 0],
        "organiser_fines": [0, 0, 0, 200, 0, 0, 0, 0, 0, 0],
        "organiser_jail_days": [0, 0, 10, 0, 0, 0, 0, 0, 0, 0],
        "covered": [0, 0, 1, 0, 1, 0, 0, 0, 0, 1],
        "media_closed": [0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
        "shocks": [0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        "shock_size": [0, 0.25, 0, 0, 0, 0, 0, 0, 0, 0],
    }
    assert {name: column(measured.days, name) for name in expected} == expected


def test_filings_are_told_step_by_step(measured: Tables) -> None:
    steps = measured.filings[["filing", "assembly", "step_number", "step", "day"]]
    assert steps.to_numpy().tolist() == [
        [0, 0, 1, "filed", 0],
        [0, 0, 2, "answered", 1],
        [1, 2, 1, "filed", 1],
        [1, 2, 2, "answered", 2],
        [2, 3, 1, "filed", 3],
        [2, 3, 2, "answered", 4],
        [3, 5, 1, "filed", 3],
        [3, 5, 2, "answered", 5],
        [4, 6, 1, "filed", 4],
        [4, 6, 2, "answered", 5],
        [4, 6, 3, "appealed", 5],
        [4, 6, 4, "appeal_decided", 7],
        [5, 7, 1, "filed", 5],
        [6, 8, 1, "filed", 5],
        [6, 8, 2, "answered", 6],
        [7, 8, 1, "filed", 6],
        [7, 8, 2, "answered", 7],
    ]


def test_every_step_repeats_what_was_filed(measured: Tables) -> None:
    rows = measured.filings[measured.filings["filing"] == 4]
    common = [
        "attempt",
        "stance",
        "phantom",
        "procedure",
        "declared",
        "site",
        "for_day",
        "for_date",
        "notice",
        "in_time",
        "due_day",
    ]
    once = [1, "opposition", False, "permit", 20, "Town Hall Square", 8, "2024-03-12", 4, True, 7]
    assert rows[common].to_numpy().tolist() == [once] * 4


def test_the_facts_of_a_step_stand_on_its_row_only(measured: Tables) -> None:
    rows = measured.filings[measured.filings["filing"] == 4]
    assert column(rows, "answer") == ["", "refused", "", ""]
    assert column(rows, "ground") == ["", "place_taken", "", ""]
    assert column(rows, "pretext") == [False, True, False, False]
    assert column(rows, "appeal_to") == ["", "", "court", ""]
    assert rows["appeal_due_day"].dropna().tolist() == [7]
    assert column(rows, "reversed") == column(rows, "decided_in_time") == [False, False, False, True]
    grounds = measured.answers.set_index("filing")["ground"]
    assert (grounds[6], grounds[7]) == ("none", "")  # refused without a ground; passed over in silence
    offer = measured.answers.set_index("filing").loc[0, ["offered_site", "offered_day"]]
    assert offer.tolist() == ["Field behind the depot", 4]
