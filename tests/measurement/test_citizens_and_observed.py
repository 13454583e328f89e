"""Citizens by income, district and status; and what a catalogue of events would hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.measurement import Tables
from sim.measurement.citizens import income_quintile


def test_outcomes_by_income(measured: Tables) -> None:
    rows = measured.citizens[measured.citizens["group"] == "income_quintile"].set_index("level")
    assert rows["people"].tolist() == [2, 2, 2, 2, 2]
    assert rows["participants"].tolist() == [2, 2, 2, 2, 1]
    assert rows["attendances"].tolist() == [5, 5, 3, 3, 1]
    assert rows["arrests"].tolist() == [0, 1, 0, 0, 1]
    assert rows["sanctions"].tolist() == [0, 2, 0, 1, 1]
    assert rows["fines"].tolist() == [0, 50, 0, 16, 30]
    assert rows["fines_wages"].tolist() == [0, 1.25, 0, 0.2, 0.3]
    assert rows["jail_days"].tolist() == [0, 5, 0, 0, 0]
    assert rows["expelled"].tolist() == [0, 0, 0, 0, 1]


def test_outcomes_by_district_and_status(measured: Tables) -> None:
    rows = measured.citizens.set_index(["group", "level"])
    assert rows.loc["district", "people"].to_dict() == {"Centre": 3, "Riverside": 3, "Station": 2, "Hillside": 2}
    assert rows.loc["district", "attendances"].to_dict() == {"Centre": 8, "Riverside": 5, "Station": 3, "Hillside": 1}
    assert rows.loc["status", "arrests"].to_dict() == {"citizen": 1, "foreigner": 1}
    assert rows.loc[("everyone", "all"), "participants"] == 9


def test_every_group_holds_everyone(measured: Tables) -> None:
    columns = ["people", "participants", "attendances", "arrests", "sanctions", "fines", "fines_wages", "jail_days", "expelled"]
    sums = measured.citizens.groupby("group")[columns].sum()
    for group in sums.index:
        assert sums.loc[group].tolist() == pytest.approx(sums.loc["everyone"].tolist())


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=200))
def test_quintiles_are_fifths(incomes: list[int]) -> None:
    income = np.array(incomes, np.float32)
    quintile = income_quintile(income)
    order = np.argsort(income, kind="stable")
    assert np.all(np.diff(quintile[order].astype(int)) >= 0)
    assert all(len(set(quintile[income == value])) == 1 for value in income)
    if len(set(incomes)) == len(incomes) and len(incomes) % 5 == 0:
        assert np.bincount(quintile, minlength=5).tolist() == [len(incomes) // 5] * 5


def test_the_press_sees_what_it_reported(measured: Tables) -> None:
    assert measured.observed.to_numpy().tolist() == [
        [
            "KZ00001",
            "2024-03-06",
            2024,
            "Protest with intervention",
            "Protesters (social)",
            "KZ",
            "A seminar town",
            "Market Square",
            "wages",
            12,
            "10-99",
            "dispersal",
            2,
            1,
        ],
        [
            "KZ00002",
            "2024-03-08",
            2024,
            "Peaceful protest",
            "Protesters (opposition; party)",
            "KZ",
            "A seminar town",
            "Field behind the depot",
            "power",
            5,
            "1-9",
            "none",
            1,
            0,
        ],
        [
            "KZ00003",
            "2024-03-13",
            2024,
            "Peaceful protest",
            "Protesters (social)",
            "KZ",
            "A seminar town",
            "Market Square",
            "wages",
            1200,
            "1000-9999",
            "none",
            1,
            10,
        ],
    ]
