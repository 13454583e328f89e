"""Many runs: the same numbers in the same order whoever does the work, and a town that is built once."""

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

import numpy as np
import pandas as pd
import pytest

from sim.errors import ModelError
from sim.experiment import many, simulate
from sim.experiment.many import _Left, _received, _Run, each_run, run_many
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

    town_for = many.town_for
    monkeypatch.setattr(many, "town_for", noted)
    run_many(tasks, 1)
    assert built == [2, 1]


def test_scenarios_of_two_towns_have_two_towns(small: Scenario) -> None:
    other = small.model_copy(update={"traits": small.traits.model_copy(update={"concern_max": 0.4})})
    found = run_many([(small, 1), (other, 1), (small, 1)], 1)
    np.testing.assert_array_equal(found.iloc[1, 2:].to_numpy(float), simulate(other, 1).indicators.to_numpy())
    assert found.iloc[0].equals(found.iloc[2])
    assert not found.iloc[0].equals(found.iloc[1])


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_names_its_scenario_and_seed(small: Scenario, processes: int) -> None:
    with pytest.raises(ModelError, match=r"^scenario seminar, seed -3: .*a seed is a whole number"):
        run_many([(small, 1), (small, -3), (small, 2)], processes)


def test_a_process_that_dies_leaves_the_names_of_its_runs(small: Scenario) -> None:
    future: Future[list[np.ndarray]] = Future()
    future.set_exception(BrokenProcessPool())
    with pytest.raises(ModelError, match="scenario seminar, seed 4, scenario seminar, seed 5"):
        _received(future, [_Run(0, 0, 4, 0), _Run(1, 0, 5, 0)], [small])


def test_there_is_no_work_without_runs_or_processes(small: Scenario) -> None:
    with pytest.raises(ModelError, match="found 0 runs"):
        run_many([], 1)
    with pytest.raises(ModelError, match="found 1 runs and 0 processes"):
        run_many([(small, 1)], 0)


def left(*sizes: int) -> _Left:
    """Runs of towns of so many runs each; the seed tells the town."""
    return _Left([[_Run(0, 0, town, 0)] * size for town, size in enumerate(sizes)])


def taken(runs: list[_Run]) -> list[int]:
    return [run.seed for run in runs]


def test_a_worker_stays_with_its_town_and_then_begins_another() -> None:
    some = left(3, 2, 9)
    assert taken(some.take(0, 2, 0.0)) == [0, 0]
    assert taken(some.take(1, 2, 0.0)) == [1, 1]
    assert taken(some.take(0, 2, 0.0)) == [0]
    assert taken(some.take(1, 2, 0.0)) == [2, 2]


def test_a_worker_without_a_town_helps_where_most_is_left_if_that_is_worth_a_town() -> None:
    some = left(3, 6)
    some.take(0, 1, 5.0)
    some.take(1, 1, 5.0)
    assert taken(some.take(2, 1, 5.0)) == []  # five are left, and building the town takes as long as these
    assert taken(some.take(2, 1, 4.0)) == [1]


def test_pieces_get_smaller_towards_the_end() -> None:
    some = left(40)
    sizes = []
    while runs := some.take(0, some.piece(2), 0.0):
        sizes.append(len(runs))
    assert sizes[0] == 4
    assert sizes[-1] == 1
    assert sum(sizes) == 40
    assert sizes == sorted(sizes, reverse=True)
