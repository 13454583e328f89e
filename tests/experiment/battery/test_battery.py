"""The battery: verdicts, which patterns concern a city, and what rests on what."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.experiment.battery import VERDICTS, Battery, battery, of_scenario, verdict
from sim.experiment.battery.scenarios import inhabitants_of, regimes_of
from sim.measurement.patterns import PATTERNS, Events, Stretch
from sim.measurement.patterns.sizes import hill
from sim.scenario import load_scenario
from tests.conftest import small_scenario
from tests.measurement.patterns.made import MONDAY, events

NAN = math.nan


@pytest.mark.parametrize(
    ("value", "low", "high", "band", "expected"),
    [
        (2.0, 1.9, 2.1, (1.8, 2.4), "pass"),
        (2.0, 1.8, 2.4, (1.8, 2.4), "pass"),
        (2.0, 1.7, 2.1, (1.8, 2.4), "unclear"),
        (2.0, 1.0, 3.0, (1.8, 2.4), "unclear"),
        (1.5, 1.4, 1.79, (1.8, 2.4), "fail"),
        (2.6, 2.41, 2.7, (1.8, 2.4), "fail"),
        (2.0, NAN, NAN, (1.8, 2.4), "unclear"),
        (2.0, 1.9, 2.1, None, "no band"),
        (NAN, NAN, NAN, (1.8, 2.4), "no value"),
        (NAN, NAN, NAN, None, "no value"),
    ],
)
def test_verdicts(value: float, low: float, high: float, band: Any, expected: str) -> None:
    assert expected in VERDICTS
    assert verdict(value, low, high, band) == expected


def city(runs: int = 4, **columns: Any) -> Events:
    """Runs of a city in which an event of a size takes place on most days."""
    drawn = np.random.default_rng(3)
    parts = []
    for number in range(runs):
        days = np.sort(drawn.integers(0, 364, 150))
        sizes = np.round(50.0 * (1.0 - drawn.random(150)) ** (-1 / 1.1))
        parts.append(pd.DataFrame({"stretch": number, "day": days, "held": 1.0, "attended": sizes, **columns}))
    return Events.of(pd.concat(parts), [Stretch(MONDAY, 364)] * runs)


def rows(done: Battery) -> dict[str, dict[str, Any]]:
    return {row["pattern"]: row for row in done.table.to_dict("records")}  # type: ignore[misc]


def test_values_are_those_of_all_runs_together_and_each_run_is_told() -> None:
    made = city()
    found = battery(made, "city", "A city", ["N"], town="nowhere", seeds=[7, 8, 9, 10])
    row = rows(found)["P1a"]
    sizes = made.held["attended"].to_numpy()
    assert row["value"] == hill(sizes, 100.0)
    assert row["low"] < row["value"] < row["high"]
    assert (row["band_low"], row["band_high"], row["grade"]) == (1.8, 2.45, "A")
    runs = found.runs[found.runs["pattern"] == "P1a"]
    assert runs["seed"].tolist() == [7, 8, 9, 10]
    assert runs["value"].tolist() == [PATTERNS["P1a"](made.taking([number])) for number in range(4)]
    assert (found.groups, found.held) == (4, 600)


def test_one_run_has_no_interval_and_no_verdict_but_unclear() -> None:
    found = battery(city(1), "city", "A city", ["N"], seeds=[1])
    assert set(found.table["verdict"]) <= {"unclear", "no value", "no band"}
    assert rows(found)["P2a"]["why"] == "no interval: too few runs or days"
    assert found.groups == 0


def test_a_record_has_intervals_over_blocks_of_time() -> None:
    found = battery(city(1), "city", "A city", ["N"])
    row = rows(found)["P2a"]
    assert found.groups == 10
    assert math.isfinite(row["low"])
    assert (row["use"], row["set_by"]) == ("observed", "")
    assert len(found.runs) == 0


@pytest.mark.parametrize(
    ("regimes", "there", "absent"),
    [
        (["N"], {"P4a", "P10a", "P13a", "P15a", "P2a"}, {"P12", "P13b", "P15b", "P19"}),
        (["P"], {"P12", "P13b", "P15b", "P2a"}, {"P4a", "P10a", "P13a", "P15a", "P19"}),
        (["L"], {"P10a", "P2a"}, {"P4a", "P12"}),
        ([], {"P2a"}, {"P4a", "P10a", "P12"}),
        (["P", "squatting"], {"P19", "P12"}, {"P4a"}),
    ],
)
def test_which_patterns_concern_a_city(regimes: list[str], there: set[str], absent: set[str]) -> None:
    found = set(battery(city(1), "city", "A city", regimes).table["pattern"])
    assert there <= found
    assert not absent & found


@pytest.mark.parametrize(("each_day", "expected"), [(0, {"P9a"}), (1, set()), (10, {"P9c"}), (30, set())])
def test_the_fano_factor_is_held_against_cities_as_busy(each_day: int, expected: set[str]) -> None:
    days = np.repeat(np.arange(364), each_day) if each_day else np.arange(0, 364, 3)
    found = battery(events(days), "city", "A city", [])
    assert set(found.table["pattern"]) & {"P9a", "P9c"} == expected


def test_what_is_not_known_is_said() -> None:
    found = rows(battery(city(1), "city", "A city", ["N"]))
    assert found["P4a"]["verdict"] == "no value"
    assert found["P4a"]["why"] == "not known: declared"
    assert found["P15a"]["why"] == "the city's inhabitants are not known"
    few = rows(battery(events(range(0, 364, 30), attended=[5.0] * 13), "city", "A city", ["N"]))
    assert few["P1a"]["why"] == "too few events of the kind it is about"


def test_a_share_stays_a_share() -> None:
    made = city(2, arrests=np.where(np.arange(150) < 1, 3.0, 0.0))
    found = rows(battery(made, "city", "A city", ["N"], seeds=[1, 2]))
    assert 0 <= found["P10a"]["low"] <= found["P10a"]["high"] <= 1
    assert found["P1d"]["low"] == 0
    assert -1 <= found["P3"]["low"] < 0 < found["P3"]["high"] <= 1
    assert found["P2a"]["high"] <= 1


def test_regimes_and_inhabitants_of_scenarios() -> None:
    berlin, almaty = load_scenario("berlin"), load_scenario("almaty-1995-law")
    assert (regimes_of(berlin), regimes_of(almaty)) == (("N",), ("P",))
    assert regimes_of(load_scenario("almaty-1995-law", {"law": "kazakhstan/2020-act", "scenario.counterfactual": True})) == (
        "P",
        "squatting",
    )
    assert regimes_of(berlin, "P") == ("P",)
    assert regimes_of(small_scenario()) == ()
    assert inhabitants_of(berlin) == 3_769_495
    assert inhabitants_of(load_scenario("berlin", {"town.people.adults": 3_162_489 // 3})) == pytest.approx(3_769_495 / 3)
    assert inhabitants_of(small_scenario()) is None


def test_a_scenario_is_run_and_told_and_told_alike_again() -> None:
    scenario = small_scenario({"town.town.name": "berlin"})
    one = of_scenario(scenario, [3, 1], 1)
    assert one.regimes == ("N",)
    assert one.runs["seed"].unique().tolist() == [3, 1]
    assert set(one.table["use"]) == {"calibrated on", "held out"}
    assert rows(one)["P15a"]["set_by"].startswith("the calibration")
    again = of_scenario(scenario, [3, 1], 1)
    pd.testing.assert_frame_equal(one.table, again.table)
    assert one.count("pass") + one.count("fail") + one.count("unclear") + one.count("no band") + one.count("no value") == len(
        one.table
    )
    assert one.count("unclear", use="held out") + one.count("unclear", use="calibrated on") == one.count("unclear")
