"""What an answer rests on, from the runs: kept as they end, failed ones left out and told."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.errors import ModelError
from sim.experiment import Run, simulate
from sim.experiment.resting import Resting, RestingPlan, plan_resting, rest_on
from sim.experiment.resting.resting import MAIN, NOISE, REST
from sim.experiment.store import Count
from sim.measurement import INDICATORS
from sim.population import Town
from sim.scenario import Scenario
from tests.conftest import small_scenario

OUTCOMES = ["attendance"]
POINTS = 22


def tiny(threshold: object) -> Scenario:
    return small_scenario({"town.people.adults": 2000, "scenario.days": 30, "law.threshold": threshold})


@pytest.fixture(scope="module")
def plan() -> RestingPlan:
    return plan_resting(tiny(250), tiny(20), OUTCOMES, points=POINTS)


@pytest.fixture(scope="module")
def done(plan: RestingPlan, tmp_path_factory: pytest.TempPathFactory) -> Resting:
    return rest_on(plan, tmp_path_factory.mktemp("whole"), 1)


def test_the_tables_are_whole(done: Resting, plan: RestingPlan) -> None:
    runs = done.runs
    assert list(runs.columns) == ["point", "side", "scenario", "seed", "status", "error", *INDICATORS]
    assert len(runs) == plan.runs == 4 * POINTS
    assert len(done.assumptions) == len(OUTCOMES) * len(plan.assumptions)
    for _, rows in done.assumptions.groupby("outcome"):
        assert set(rows["assumption"]) == {one.name for one in plan.assumptions}
        assert rows["rank"].tolist() == list(range(1, len(rows) + 1))
        assert rows["by_chance"].is_monotonic_increasing
    assert done.signs["outcome"].tolist() == OUTCOMES
    assert done.signs[["points", "pairs", "left_out"]].to_numpy().tolist() == [[POINTS, 2 * POINTS, 0]]
    assert not len(done.failures)


def test_the_mean_difference_is_that_of_plain_runs(done: Resting, plan: RestingPlan) -> None:
    point = 3
    rows = done.runs[done.runs["point"] == point]
    for seed in plan.seeds_of(point):
        for side, scenario in zip("AB", plan.pairs[point], strict=True):
            row = rows[(rows["seed"] == seed) & (rows["side"] == side)]
            assert row["attendance"].item() == simulate(scenario, seed).indicators["attendance"]
    by_side = done.runs.groupby("side")["attendance"].mean()
    assert done.signs["mean"].iloc[0] == pytest.approx(by_side["B"] - by_side["A"])


def test_a_budget_is_whole(done: Resting) -> None:
    for _, rows in done.budget.groupby("outcome"):
        assert rows["part"].tolist() == [NOISE, MAIN, REST]
        assert rows["share"].sum() == pytest.approx(1.0)
        assert 0 <= rows["share"].iloc[0] <= 1


def test_what_was_interrupted_goes_on_to_the_same_end(plan: RestingPlan, done: Resting, tmp_path: Path) -> None:
    def stop(count: Count) -> None:
        if count.there == 7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rest_on(plan, tmp_path, 1, stop)
    resumed = rest_on(plan, tmp_path, 1)
    assert resumed.count.before == 7
    for name in ("assumptions", "budget", "signs", "regions", "runs"):
        pd.testing.assert_frame_equal(getattr(resumed, name), getattr(done, name), check_exact=True)


def test_a_run_that_fails_is_a_row_and_its_pair_is_left_out(
    plan: RestingPlan, done: Resting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(scenario: Scenario, seed: int, town: Town | None = None) -> Run:
        if seed in (*plan.seeds_of(5), plan.seeds_of(6)[0]) and scenario.law.threshold_value == 20:
            raise ArithmeticError("made to fail")
        return simulate(scenario, seed, town)

    monkeypatch.setattr("sim.experiment.running.worker.simulate", failing)
    found = rest_on(plan, tmp_path, 1)
    assert found.failures[["point", "side"]].to_numpy().tolist() == [[5, "B"], [5, "B"], [6, "B"]]
    assert found.signs[["points", "pairs", "left_out"]].to_numpy().tolist() == [[POINTS - 1, 2 * POINTS - 3, 3]]
    assert np.isfinite(found.signs["mean"]).all()
    assert found.signs["mean"].iloc[0] != done.signs["mean"].iloc[0]


def test_nothing_is_said_of_too_few_points(plan: RestingPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spared = {seed for point in range(4) for seed in plan.seeds_of(point)}

    def failing(scenario: Scenario, seed: int, town: Town | None = None) -> Run:
        if seed not in spared:
            raise ArithmeticError("made to fail")
        return simulate(scenario, seed, town)

    monkeypatch.setattr("sim.experiment.running.worker.simulate", failing)
    with pytest.raises(ModelError, match="nothing can be said of attendance: 4 of 22 points have a pair with a value"):
        rest_on(plan, tmp_path, 1)
