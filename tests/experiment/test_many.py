"""Many runs: the same numbers in the same order whoever does the work, and a town that is built once."""

import numpy as np
import pandas as pd
import pytest

from sim.errors import ModelError
from sim.experiment import simulate
from sim.experiment.many import each_run, run_many
from sim.experiment.running import worker
from sim.measurement import INDICATORS
from sim.population import Town
from sim.scenario import Scenario

Tasks = list[tuple[Scenario, int]]


@pytest.fixture(scope="module")
def tasks(small: Scenario, without_threshold: Scenario) -> Tasks:
    """Two laws on the towns of two seeds, law by law."""
    return [(scenario, seed) for scenario in (small, without_threshold) for seed in (2, 1)]


@pytest.fixture(scope="module")
def alone(tasks: Tasks) -> pd.DataFrame:
    return run_many(tasks, 1)


def test_rows_stand_in_the_order_of_the_tasks(tasks: Tasks, alone: pd.DataFrame) -> None:
    assert list(alone.columns) == ["scenario", "seed", *INDICATORS]
    assert alone["seed"].tolist() == [2, 1, 2, 1]
    for place, (scenario, seed) in enumerate(tasks):
        own = simulate(scenario, seed).indicators.to_numpy()
        np.testing.assert_array_equal(alone.loc[place, list(INDICATORS)].to_numpy(float), own)


def test_two_processes_give_what_one_gives(tasks: Tasks, alone: pd.DataFrame) -> None:
    told: list[tuple[int, int]] = []
    found = dict(each_run(tasks, 2, lambda done, total: told.append((done, total))))
    assert list(found) == [0, 2, 1, 3]
    for place, values in found.items():
        np.testing.assert_array_equal(values, alone.loc[place, list(INDICATORS)].to_numpy(float))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_runs_come_town_by_town(tasks: Tasks) -> None:
    assert [place for place, _ in each_run(tasks, 1)] == [0, 2, 1, 3]


def test_a_town_is_built_once_for_all_laws(tasks: Tasks, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[int] = []

    def noted(scenario: Scenario, seed: int) -> Town:
        built.append(seed)
        return town_for(scenario, seed)

    town_for = worker.town_for
    monkeypatch.setattr(worker, "town_for", noted)
    run_many(tasks, 1)
    assert built == [2, 1]


def test_scenarios_of_two_towns_have_two_towns(small: Scenario) -> None:
    other = small.model_copy(update={"traits": small.traits.model_copy(update={"concern_max": 0.4})})
    found = run_many([(small, 1), (other, 1), (small, 1)], 1)
    np.testing.assert_array_equal(found.iloc[1, 2:].to_numpy(float), simulate(other, 1).indicators.to_numpy())
    assert found.iloc[0].equals(found.iloc[2])
    assert not found.iloc[0].equals(found.iloc[1])


def test_an_error_names_its_scenario_and_seed(small: Scenario) -> None:
    with pytest.raises(ModelError, match=r"^scenario seminar, seed -3: .*a seed is a whole number"):
        run_many([(small, 1), (small, -3), (small, 2)], 1)


def test_there_is_no_work_without_runs_or_processes(small: Scenario) -> None:
    with pytest.raises(ModelError, match="found 0 runs"):
        run_many([], 1)
    with pytest.raises(ModelError, match="found 1 runs and 0 processes"):
        run_many([(small, 1)], 0)
