"""Comparisons: nothing changes where nothing differs, pairs share a town, and numbers of the tables agree with each other."""

import numpy as np
import pytest

from sim.errors import ModelError, UnknownNameError
from sim.experiment import Comparison, compare, repeat, simulate
from sim.experiment.units import CHILLED, TABLES, benchmark_of
from sim.measurement import INDICATORS
from sim.scenario import Scenario, load_scenario


def test_a_scenario_against_itself_differs_by_exactly_nothing(small: Scenario) -> None:
    done = compare(small, small, 2, 1, benchmark=True)
    assert done.names == (f"{small.name} (A)", f"{small.name} (B)")
    for column in ("difference", "low", "high"):
        assert (done.effects[column] == 0).all()
    crossed = done.participants.set_index("outcome")
    assert (crossed.loc[["only_a", "only_b", "net"], ["mean", "low", "high"]] == 0).all(axis=None)


def test_every_indicator_has_a_row_or_is_named_as_undefined(comparison: Comparison) -> None:
    assert {*comparison.effects["indicator"], *comparison.undefined} == {*INDICATORS, *CHILLED}
    assert (comparison.effects["pairs"] <= 3).all()


def test_effects_are_means_of_the_indicators(comparison: Comparison) -> None:
    rows = comparison.tables["indicators"]
    one, other = (rows[rows["scenario"] == name]["attendance"].to_numpy() for name in comparison.names)
    row = comparison.effects.set_index("indicator").loc["attendance"]
    assert row["mean_a"] == pytest.approx(one.mean())
    assert row["difference"] == pytest.approx((other - one).mean())


def test_tables_begin_with_scenario_and_seed(comparison: Comparison) -> None:
    assert set(comparison.tables) == {"indicators", *TABLES}
    for name, table in comparison.tables.items():
        assert list(table.columns[:2]) == ["scenario", "seed"], name
        assert list(dict.fromkeys(table["scenario"])) == list(comparison.names), name
    assert len(comparison.tables["indicators"]) == 6


def test_participants_agree_with_the_table_of_citizens(comparison: Comparison) -> None:
    rows = comparison.tables["citizens"]
    everyone = rows[rows["group"] == "everyone"].groupby("scenario", sort=False)["participants"].mean()
    mean = comparison.participants.set_index(["quintile", "outcome"])["mean"]
    assert mean["all", "only_a"] + mean["all", "both"] == pytest.approx(everyone[comparison.names[0]])
    assert mean["all", "only_b"] + mean["all", "both"] == pytest.approx(everyone[comparison.names[1]])


def test_chilled_turnout_is_the_benchmark_minus_what_came(small: Scenario, comparison: Comparison) -> None:
    hoped, came = (simulate(scenario, 2).tables.everyone["attendances"] for scenario in (benchmark_of(small), small))
    rows = comparison.tables["indicators"].set_index(["scenario", "seed"])
    row = rows.loc[(comparison.names[0], 2)]
    assert row["chilled_turnout"] == hoped - came
    assert row[[f"chilled_turnout_q{fifth}" for fifth in range(1, 6)]].sum() == hoped - came
    assert row["chilled_share"] == pytest.approx((hoped - came) / hoped)


def test_towns_that_differ_are_compared_without_crossings(small: Scenario) -> None:
    other = small.model_copy(update={"traits": small.traits.model_copy(update={"concern_max": 0.4})})
    done = compare(small, other, [5], 1)
    assert len(done.participants) == 0
    assert done.seeds == (5,)


def test_records_are_kept_if_asked_for(small: Scenario, without_threshold: Scenario) -> None:
    done = compare(small, without_threshold, [3], 1, keep_records=True)
    assert done.records[done.names[0], 3] == simulate(small, 3).record
    assert compare(small, without_threshold, [3], 1).records == {}


def test_a_run_is_the_same_whoever_asks(small: Scenario, comparison: Comparison) -> None:
    own = simulate(small, 1).indicators
    rows = comparison.tables["indicators"].set_index(["scenario", "seed"])
    np.testing.assert_array_equal(rows.loc[(comparison.names[0], 1), list(own.index)].to_numpy(float), own.to_numpy(float))


def test_a_summary_counts_the_runs_that_have_a_value(small: Scenario) -> None:
    done = repeat(small, 2, 1, benchmark=True)
    rows = done.summary.set_index("indicator")
    assert rows.loc["events_held", "runs"] == 2
    assert rows.loc["chilled_turnout", "runs"] == 2
    values = done.tables["indicators"]["events_held"]
    assert rows.loc["events_held", "mean"] == values.mean()
    assert rows.loc["events_held", "sd"] == pytest.approx(values.std())


@pytest.mark.parametrize(
    ("seeds", "words"),
    [([], "without a seed"), ([1, 1], "each seed once"), *(([seed], "whole number") for seed in (-1, True, 2**53))],
)
def test_seeds_that_are_none(small: Scenario, seeds: list[int], words: str) -> None:
    with pytest.raises(ModelError, match=words):
        compare(small, small, seeds)


def test_a_scenario_that_is_not_there() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'seminar'"):
        compare("seminaar", "seminar")


def test_the_benchmark_of_a_scenario_is_in_force_all_the_time(small: Scenario) -> None:
    other = benchmark_of(small)
    assert other.law.regime.status == "benchmark"
    assert other.reforms == ()
    assert other.town == load_scenario("seminar", {"town.people.adults": 6000}).town


def test_a_benchmark_that_is_not_there_is_told_before_anything_is_run(small: Scenario) -> None:
    about = small.scenario.model_copy(update={"benchmark": "odhir/2019"})
    with pytest.raises(UnknownNameError, match="Did you mean 'odihr/2019'"):
        compare(small, small.model_copy(update={"scenario": about}), 1, benchmark=True)
