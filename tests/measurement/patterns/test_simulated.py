"""Simulated assemblies as an observer has them: true to the tables of the runs."""

import numpy as np
import pytest

from sim.experiment import Replications, repeat
from sim.measurement.patterns import PATTERNS, WARM_UP, simulated
from sim.scenario import Scenario
from tests.conftest import small_scenario


@pytest.fixture(scope="module")
def shocked() -> Scenario:
    shocks = [
        {"date": "2019-07-01", "issue": "housing", "size": 0.2, "title": "A shock", "source": "made up"},
        {"date": "2019-07-09", "issue": "housing", "size": -0.2, "title": "A relief", "source": "made up"},
    ]
    issue = small_scenario().issues[0].name
    return small_scenario({"shocks": [{**shock, "issue": issue} for shock in shocks], "scenario.days": 90})


@pytest.fixture(scope="module")
def done(shocked: Scenario) -> Replications:
    return repeat(shocked, [4, 2], 1)


def test_events_are_those_of_the_tables(shocked: Scenario, done: Replications) -> None:
    rows = done.tables["assemblies"]
    made = simulated(done.tables, shocked, [4, 2], 9_000.0)
    known = rows[rows["fate"] != "pending"]
    assert len(made.table) == len(known) < len(rows)
    assert len(made.held) == (rows["fate"] == "held").sum() > 20
    assert made.held["attended"].sum() == rows["turnout"].sum()
    assert made.held["arrests"].sum() == rows["arrests"].sum()
    assert [len(made.taking([number]).held) for number in (0, 1)] == [
        ((rows["seed"] == seed) & (rows["fate"] == "held")).sum() for seed in (4, 2)
    ]
    assert made.known == frozenset(made.table.columns) - {"stretch", "day"}
    assert all(stretch.settled == WARM_UP for stretch in made.stretches)
    assert len(made.shocks) == 1  # a relief raises no wave


def test_shares_are_those_of_the_indicators(shocked: Scenario, done: Replications) -> None:
    """One run: the patterns that are indicators too have their values."""
    own = done.tables["indicators"].set_index("seed").loc[4]
    made = simulated(done.tables, shocked, [4, 2]).taking([0])
    assert PATTERNS["P16"](made) == pytest.approx(own["intervention_share"])
    assert PATTERNS["P13b"](made) == pytest.approx(1.0 - own["lawful_share_start"])
    assert PATTERNS["P5"](made) == pytest.approx(own["not_held_rate"])


def test_notice_and_decisions_are_those_of_the_first_filing(shocked: Scenario, done: Replications) -> None:
    made = simulated(done.tables, shocked, [4, 2])
    rows = done.tables["assemblies"]
    known = rows[rows["fate"] != "pending"].reset_index(drop=True)
    filed = known["notice"].notna().to_numpy()
    assert filed.any()
    assert made.table.loc[filed, "notice"].tolist() == known.loc[filed, "notice"].tolist()
    assert made.table.loc[~filed, "notice"].isna().all()
    filings = done.tables["filings"]
    first = filings[(filings["attempt"] == 1) & (filings["step"] == "answered")]
    spoken = first[~first["answer"].str.startswith("silence")].merge(known[["seed", "assembly"]])
    assert made.table["decision_lag"].notna().sum() == len(spoken) > 0
    assert (made.table["decision_lag"] + made.table["decision_lead"] == made.table["notice"])[
        made.table["decision_lag"].notna()
    ].all()
    answered = filings[filings["step"] == "answered"].merge(known[["seed", "assembly"]])
    assert np.nansum(made.table["answers"]) == len(answered)
    assert np.nansum(made.table["refusals"]) == answered["answer"].isin(["refused", "silence_refused"]).sum()
