"""Every indicator against a number worked out by hand."""

import math

import numpy as np
import pytest

from sim.errors import ModelError
from sim.measurement import INDICATORS, Measured, Tables, chilled, indicators, measure, tables
from sim.population import Town
from sim.record import Held, Record
from sim.scenario import Scenario

BY_HAND = {
    "events_held": 7,
    "events_per_100k": 7 / 10 * 1e5 * 365 / 10,
    "attendance": 18,  # 4 + 4 + 5 + 1 + 1 + 2 + 1
    "unique_participants": 9,
    "poorest_share": 5 / 17,  # of the adults who came
    "mean_turnout": 18 / 7,
    "median_turnout": 2,
    "coverage_rate": 3 / 7,
    "media_closed": 1,
    "lawful_share_start": 6 / 7,  # all but 1
    "lawful_share_throughout": 4 / 7,  # 0, 4, 9, 10
    "lawful_share_attendance": 8 / 18,
    "unauthorised_share": 1 / 7,
    "compliance": 4 / 6,  # 2, 5, 6, 8 of those and 0 (late) and 1 (none)
    "overrun_rate": 1 / 3,  # 2 of 0, 2, 5
    "limit_passed_rate": 2 / 7,  # 2 and, tolerated, 9
    "terminated_share": 2 / 7,
    "text_practice_gap": 1 / 5,  # 5 of 0, 4, 5, 9, 10
    "pretext_share": 2 / 3,
    "refusal_rate": 3 / 7,
    "refusal_rate_loyal": 0,
    "refusal_rate_social": 1 / 3,
    "refusal_rate_opposition": 1,
    "silence_rate": 2 / 7,
    "appeal_rate": 1 / 4,
    "reversal_rate": 1,
    "called_off_after_refusal": 1 / 3,  # 8 of 0, 6, 8
    "not_held_rate": 3 / 6,  # 3, 6, 8 of those and 0, 2, 5
    "phantom_share": 1 / 7,
    "events_prevented": 1,
    "waiting_share": 2 / 12,
    "self_limiting_share": 1 / 10,
    "split_share": 2 / 10,
    "bunching_mass": math.nan,
    "displacement_share": 1 / 7,
    "substitution_share": 1 / 10,
    "arrests_per_1000": 2000 / 18,
    "punished_given_detained": 1,
    "sanctioned_per_1000": 4000 / 18,
    "fines": 296,
    "fines_wages": 1.75,
    "jail_days": 15,
    "officer_days": 15,
    "officers_per_participant": 15 / 18,
    "foreigners_expelled": 1,
    "intervention_share": 1 / 7,  # 1, with two arrests and a dispersal; 2 and 5 were fined, and 5 left when told to
    "observed_events": 3,  # 1, 0, 10
    "observed_attendance": 1217,  # 12 + 5 + 1200; 4 + 4 + 1 came
    "observed_mean_size": 1217 / 3,
    "observed_intervention_share": 1 / 3,
}


@pytest.mark.parametrize("name", INDICATORS)
def test_an_indicator_is_what_it_says(measured: Tables, name: str) -> None:
    assert INDICATORS[name](measured) == pytest.approx(BY_HAND[name], nan_ok=True)


def test_no_indicator_is_left_out() -> None:
    assert list(BY_HAND) == list(INDICATORS)


def test_a_missing_denominator_is_missing(scenario: Scenario, town: Town) -> None:
    found = measure(Record(), scenario, town).indicators
    counts = {"events_held", "events_per_100k", "attendance", "unique_participants", "media_closed", "events_prevented"}
    counts |= {"fines", "fines_wages", "jail_days", "officer_days", "foreigners_expelled", "observed_events"}
    counts.add("observed_attendance")
    assert set(found.index[found == 0]) == counts
    assert set(found.index[found.isna()]) == set(INDICATORS) - counts


def test_a_run_is_measured_in_one_go(record: Record, scenario: Scenario, town: Town, measured: Tables) -> None:
    found = measure(record, scenario, town)
    assert isinstance(found, Measured)
    assert (found.indicators.index.name, found.indicators.dtype) == ("indicator", np.float64)
    assert found.indicators.to_dict() == pytest.approx(BY_HAND, nan_ok=True)
    for name, table in found.by_name().items():
        assert table.equals(measured.by_name()[name])


def test_one_may_ask_for_some(measured: Tables) -> None:
    assert indicators(measured, ["fines", "attendance"]).to_dict() == {"fines": 296, "attendance": 18}
    with pytest.raises(ModelError, match="no indicator is called 'attendence'; did you mean 'attendance'"):
        indicators(measured, ["attendence"])


def test_chilled_turnout_is_what_the_benchmark_has_more(measured: Tables, planned, scenario: Scenario, town: Town) -> None:
    log = Record()
    log.add(planned(0, 0, 1))
    log.add(Held(1, 0, 10, 3, 0, 0, True, (), (0, 8, 9)))
    actual = tables(log, scenario, town)
    found = chilled(actual, measured).set_index(["group", "level"])
    assert found.loc[("everyone", "all"), ["benchmark", "actual", "chilled"]].tolist() == [17, 3, 14]
    assert found.loc["income_quintile", "chilled"].tolist() == [4, 5, 3, 3, -1]
    assert found.loc["income_quintile", "share"].tolist() == pytest.approx([0.8, 1, 1, 1, -1])
    assert np.isnan(chilled(measured, actual).set_index(["group", "level"]).loc[("income_quintile", "2"), "share"])


def test_chilled_turnout_is_of_one_town(measured: Tables) -> None:
    citizens = measured.citizens.assign(people=measured.citizens["people"] + 1)
    other = Tables(**measured.by_name() | {"citizens": citizens})
    with pytest.raises(ModelError, match="two runs of one town"):
        chilled(measured, other)
