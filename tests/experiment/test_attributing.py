"""Attributing: the parts add up to the whole, one provision has all of it, and what was run is not run again."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.errors import InputError, ModelError
from sim.experiment import simulate
from sim.experiment.attributing import Attribution, AttributionPlan, attribute_laws, plan_attribution
from sim.experiment.attributing.plan import ADOPTED
from sim.experiment.effects import mean_interval
from sim.experiment.store import Count
from sim.law import Regime, load_law
from sim.measurement import INDICATORS
from sim.scenario import Scenario, load_scenario

BILL = "kazakhstan/2020-bill"
REFORMED = f"{BILL} + threshold-50 + fines-50-mci + no-designated-places"
FREED = f"{BILL} + no-threshold"
OUTCOMES = ["events_held", "attendance", "lawful_share_start"]
SEEDS = 3


def laws(*names: str) -> dict[str, Regime]:
    return {name: load_law(name) for name in names}


@pytest.fixture(scope="module")
def plan(small: Scenario) -> AttributionPlan:
    """Two steps: three groups of provisions, then four."""
    return plan_attribution(small, laws(BILL, REFORMED, FREED), OUTCOMES, SEEDS)


@pytest.fixture(scope="module")
def done(plan: AttributionPlan, tmp_path_factory: pytest.TempPathFactory) -> Attribution:
    return attribute_laws(plan, tmp_path_factory.mktemp("whole"), 1)


def parts(done: Attribution) -> Iterator[tuple[pd.DataFrame, pd.Series]]:
    """The provisions of each step and outcome, and the total."""
    for _, rows in done.table.groupby(["step", "outcome"], sort=False):
        yield rows[rows["provision"] != "total"], rows[rows["provision"] == "total"].iloc[0]


# -- what is planned ---------------------------------------------------------------------------------------------------------


def test_every_mixture_is_a_point_and_says_what_it_is(plan: AttributionPlan) -> None:
    first, second = plan.steps
    assert first.name == f"{BILL} -> {REFORMED}"
    assert first.provisions == ("threshold", "places", "sanctions")
    assert (first.orders, first.merged) == (None, ())
    assert len(plan.points) == 2 ** len(first.provisions) + 2 ** len(second.provisions)
    assert plan.points["point"].tolist() == list(range(len(plan.points)))
    for step in plan.steps:
        for point, mixture in plan.points_of(step).items():
            row = plan.points.iloc[point]
            assert row["step"] == step.name
            assert frozenset(filter(None, row["adopted"].split(ADOPTED))) == mixture
            assert plan.scenarios[point].law.fingerprint == step.between.make(mixture).fingerprint


def test_mixtures_that_say_the_same_law_are_run_once(plan: AttributionPlan) -> None:
    """The end of the first step is the beginning of the second; taking two reforms back is on the way there and on the way on."""
    first, second = (plan.points_of(step) for step in plan.steps)
    assert plan.scenarios[max(first)] is plan.scenarios[min(second)]
    different = {scenario.fingerprint for scenario in plan.scenarios}
    assert plan.runs == len(different) * SEEDS < len(plan.points) * SEEDS


def test_everything_but_the_law_is_the_scenarios_own(plan: AttributionPlan, small: Scenario) -> None:
    said = small.model_dump(exclude={"law", "scenario"})
    for scenario in plan.scenarios:
        assert scenario.model_dump(exclude={"law", "scenario"}) == said
        assert scenario.scenario.counterfactual


def test_many_provisions_take_sampled_orders(small: Scenario) -> None:
    found = plan_attribution(small, laws("kazakhstan/1995", BILL), OUTCOMES, 1)
    (step,) = found.steps
    assert len(step.provisions) > 8
    assert step.merged == ("threshold + procedures",)
    assert step.orders is not None
    assert len(step.orders) == 20
    assert 2 * len(step.provisions) < len(step.mixtures) < 2 ** len(step.provisions)
    fewer = plan_attribution(small, laws("kazakhstan/1995", BILL), OUTCOMES, 1, orders=4)
    assert set(fewer.steps[0].mixtures) < set(step.mixtures)  # so that more orders go on from fewer
    assert fewer.name == found.name


def test_orders_are_sampled_only_where_that_needs_fewer_mixtures(small: Scenario) -> None:
    found = plan_attribution(small, laws(BILL, REFORMED), OUTCOMES, 1, orders=100)
    assert found.steps[0].orders is None
    assert len(found.points) == 8


def test_tables_may_be_split_and_joined(small: Scenario) -> None:
    found = plan_attribution(small, laws(BILL, REFORMED), OUTCOMES, 1, split=["sanctions"], together=[("threshold", "places")])
    (step,) = found.steps
    assert step.provisions == ("threshold + places", "sanctions.participant")
    assert step.merged == ()  # they were asked to move together


def test_other_settings_are_another_attribution(plan: AttributionPlan, small: Scenario) -> None:
    own = laws(BILL, REFORMED, FREED)
    assert plan_attribution(small, own, ["attendance"], [7]).name == plan.name
    assert plan_attribution(small, own, OUTCOMES, SEEDS, together=[("threshold", "places")]).name != plan.name
    shorter = small.model_copy(update={"scenario": small.scenario.model_copy(update={"days": 59})})
    assert plan_attribution(shorter, own, OUTCOMES, SEEDS).name != plan.name


# -- what comes of it --------------------------------------------------------------------------------------------------------


def test_the_parts_add_up_to_the_whole(done: Attribution) -> None:
    for rows, total in parts(done):
        assert rows["shapley"].sum() == pytest.approx(total["shapley"], abs=1e-9)
        assert (rows["seeds"] == SEEDS).all()
    assert done.table["shapley"].abs().max() > 0


def test_the_total_is_the_paired_effect_of_the_law(done: Attribution, small: Scenario) -> None:
    """As two plain runs under the two laws tell it."""
    differences = []
    for seed in range(1, SEEDS + 1):
        one, other = (
            simulate(small.model_copy(update={"law": load_law(name)}), seed).indicators["attendance"] for name in (BILL, REFORMED)
        )
        differences.append(other - one)
    row = done.table.set_index(["step", "outcome", "provision"]).loc[(done.plan.steps[0].name, "attendance", "total")]
    assert tuple(row[["shapley", "low", "high"]]) == pytest.approx(mean_interval(np.array(differences)))


def test_add_and_revert_are_differences_of_runs(done: Attribution) -> None:
    step = done.plan.steps[0]
    means = done.runs[done.runs["step"] == step.name].groupby("adopted")["attendance"].mean()
    row = done.table.set_index(["step", "outcome", "provision"]).loc[(step.name, "attendance", "places")]
    add = means["places"] - means[""]
    revert = means["threshold; places; sanctions"] - means["threshold; sanctions"]
    assert (row["add"], row["revert"], row["interaction"]) == pytest.approx((add, revert, revert - add))


def test_what_is_clear_leaves_out_0(done: Attribution) -> None:
    table = done.table
    assert (table["clear"] == ((table["whole_low"] > 0) | (table["whole_high"] < 0))).all()
    assert table[["whole_low", "whole_high"]].to_numpy() == pytest.approx(table[["low", "high"]].to_numpy())


def test_a_step_of_one_provision_gives_all_to_it(small: Scenario, tmp_path: Path) -> None:
    found = attribute_laws(plan_attribution(small, laws(BILL, f"{BILL} + no-designated-places"), OUTCOMES, 2), tmp_path, 1)
    assert found.count.total == 4
    columns = ["shapley", "low", "high", "revert", "add"]
    for rows, total in parts(found):
        assert rows["provision"].tolist() == ["places"]
        assert rows.iloc[0][columns].tolist() == total[columns].tolist()
        assert rows.iloc[0]["interaction"] == 0


def test_sampled_orders_add_up_too_and_widen_the_interval(small: Scenario, tmp_path: Path) -> None:
    plan = plan_attribution(small, laws(BILL, "kazakhstan/1995"), ["attendance"], 2, orders=4)
    assert (len(plan.steps[0].provisions), len(plan.steps[0].orders or ()), len(plan.points)) == (11, 4, 56)
    found = attribute_laws(plan, tmp_path, 1)
    ((rows, total),) = parts(found)
    assert rows["shapley"].sum() == pytest.approx(total["shapley"])
    uncertain = rows[rows["order_error"] > 0]
    assert len(uncertain)
    assert (uncertain["whole_high"] > uncertain["high"]).all()
    sure = rows[rows["order_error"] == 0]
    assert sure["whole_high"].to_numpy() == pytest.approx(sure["high"].to_numpy())


def test_the_table_of_runs(done: Attribution) -> None:
    runs = done.runs
    assert list(runs.columns) == ["point", "step", "adopted", "scenario", "seed", "status", "error", *INDICATORS]
    assert len(runs) == len(done.plan.points) * SEEDS
    assert runs[["point", "seed"]].to_numpy().tolist() == sorted(runs[["point", "seed"]].to_numpy().tolist())
    assert set(runs["status"]) == {"done"}
    assert len(done.failures) == 0


# -- going on ----------------------------------------------------------------------------------------------------------------


def test_what_was_interrupted_goes_on_to_the_same_end(plan: AttributionPlan, done: Attribution, tmp_path: Path) -> None:
    def stop(count: Count) -> None:
        if count.there == 7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        attribute_laws(plan, tmp_path, 1, stop)
    resumed = attribute_laws(plan, tmp_path, 1)
    assert resumed.count.before == 7
    pd.testing.assert_frame_equal(resumed.table, done.table, check_exact=True)
    pd.testing.assert_frame_equal(resumed.runs, done.runs, check_exact=True)


def test_more_seeds_need_only_their_own_runs(small: Scenario, tmp_path: Path) -> None:
    own = laws(BILL, f"{BILL} + no-designated-places")
    attribute_laws(plan_attribution(small, own, OUTCOMES, 1), tmp_path, 1)
    assert attribute_laws(plan_attribution(small, own, ["attendance"], 2), tmp_path, 1).count == (4, 0, 4, 2)
    assert attribute_laws(plan_attribution(small, own, OUTCOMES, 2), tmp_path, 1, again=True).count.before == 0


# -- runs that fail ----------------------------------------------------------------------------------------------------------


def broken(plan: AttributionPlan, points: set[int], seed: int) -> AttributionPlan:
    """The same plan, in which some runs fail: their seed is none."""

    class Broken(type(plan)):  # type: ignore[misc]
        def tasks(self) -> Iterator[tuple[int, Scenario, int]]:
            for point, scenario, own in plan.tasks():
                yield point, scenario, -1 if point in points and own == seed else own

    return Broken(plan.base, plan.laws, plan.steps, plan.outcomes, plan.seeds, plan.points, plan.scenarios)


def test_a_seed_with_a_failed_run_is_left_out_and_counted(small: Scenario, tmp_path: Path) -> None:
    plan = plan_attribution(small, laws(BILL, f"{BILL} + no-designated-places"), ["attendance"], SEEDS)
    found = attribute_laws(broken(plan, {1}, 2), tmp_path, 1)
    assert found.count == (6, 1, 6, 0)
    assert found.failures["error"].str.contains("seed is a whole number").all()
    assert found.failures["adopted"].tolist() == ["places"]
    assert found.failures["traceback"].str.contains("Traceback").all()
    assert set(found.table["seeds"]) == {2}
    assert np.isfinite(found.table["shapley"]).all()


def test_nothing_done_is_told_with_the_first_error(small: Scenario, tmp_path: Path) -> None:
    plan = plan_attribution(small, laws(BILL, f"{BILL} + no-designated-places"), ["attendance"], 1)
    with pytest.raises(ModelError, match=r"none of 2 runs was done; the first failed: .*seed is a whole number"):
        attribute_laws(broken(plan, {0, 1}, 1), tmp_path, 1)


# -- what is refused ---------------------------------------------------------------------------------------------------------


def test_all_that_is_wrong_is_told_at_once(small: Scenario) -> None:
    with pytest.raises(InputError) as caught:
        plan_attribution(load_scenario("seminar-reform"), laws(BILL), ["atendance", "events_held", "events_held"], 2, orders=5)
    told = str(caught.value)
    assert "attribute: 5 problems" in told
    assert "LAW: found 1 law; allowed: two laws or more, each once" in told
    assert "SCENARIO: found seminar-reform, with reforms on 2019-07-01; allowed: a scenario without reforms" in told
    assert "outcome: found the unknown 'atendance'; allowed: events_held" in told
    assert "did you mean 'attendance'?" in told
    assert "outcome: found 'events_held' a second time; allowed: each once" in told
    assert "orders: found 5; allowed: an even number from 4" in told
    with pytest.raises(InputError, match="outcome: found none; allowed: at least one indicator"):
        plan_attribution(small, laws(BILL, REFORMED), [], 2)


def test_laws_that_do_not_differ(small: Scenario) -> None:
    same = {"one": load_law(BILL), "other": load_law(BILL)}
    with pytest.raises(ModelError, match="do not differ: there is nothing between them"):
        plan_attribution(small, same, OUTCOMES, 2)


def test_a_step_of_another_plan(plan: AttributionPlan, small: Scenario) -> None:
    other = plan_attribution(small, laws(BILL, REFORMED), OUTCOMES, 1)
    with pytest.raises(ValueError, match="is no step of this plan"):
        plan.points_of(other.steps[0])
