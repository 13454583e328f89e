"""Any executor, the same results; a run that raises is a result; a worker that dies costs no run."""

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import numpy as np
import pytest

from sim.errors import ModelError
from sim.experiment.code_version import code_version
from sim.experiment.processes import Processes, interrupts_noticed
from sim.experiment.running import DONE, FAILED, Outcome, each_outcome, executor_for, tables
from sim.experiment.running.tasks import Left, Task, by_town
from sim.experiment.running.worker import Piece, Returned
from sim.measurement import INDICATORS
from sim.scenario import Scenario

Tasks = list[tuple[Scenario, int]]


@pytest.fixture(scope="module")
def tasks(small: Scenario, without_threshold: Scenario) -> Tasks:
    """Two laws on the towns of four seeds."""
    return [(scenario, seed) for scenario in (small, without_threshold) for seed in range(1, 5)]


@pytest.fixture(scope="module")
def alone(tasks: Tasks) -> dict[int, Outcome]:
    return dict(each_outcome(tasks, 1))


def same(found: dict[int, Outcome], expected: dict[int, Outcome]) -> bool:
    """Whether all runs were done, with the same numbers to the last bit."""
    return {place: one.values.tobytes() for place, one in found.items() if not one.error} == {
        place: one.values.tobytes() for place, one in expected.items()
    }


class Here(Executor):
    """An executor that does its work at once, in this process, and breaks when it is given certain seeds.

    Attributes:
        pieces: the seeds it was given, piece by piece.
    """

    _max_workers = 1

    def __init__(self, deadly: Callable[[list[int]], bool] = lambda _seeds: False) -> None:
        self.pieces: list[list[int]] = []
        self._deadly, self._broken = deadly, False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        if self._broken:
            raise BrokenExecutor
        (piece,) = args
        seeds = [seed for _, _, seed in piece.runs]
        self.pieces.append(seeds)
        future: Future[Any] = Future()
        if self._deadly(seeds):
            self._broken = True
            future.set_exception(BrokenProcessPool())
        else:
            future.set_result(fn(piece))
        return future


def test_any_executor_gives_what_this_process_gives(tasks: Tasks, alone: dict[int, Outcome]) -> None:
    with ThreadPoolExecutor(2) as threads:
        assert same(dict(each_outcome(tasks, threads)), alone)
    assert same(dict(each_outcome(tasks, Here())), alone)
    assert {one.status for one in alone.values()} == {DONE}


def test_a_run_that_raises_is_a_result_and_the_others_go_on(small: Scenario) -> None:
    for workers in (1, Here()):
        found = dict(each_outcome([(small, 1), (small, -3), (small, 2)], workers))
        assert [found[place].status for place in range(3)] == [DONE, FAILED, DONE]
        assert "ModelError: a seed is" in found[1].traceback or "ValueError: a seed is" in found[1].traceback
        assert "a seed is a whole number" in found[1].error
        assert np.isnan(found[1].values).all()
        assert found[1].values.shape == (len(INDICATORS),)


def test_a_run_that_kills_its_worker_is_found_and_the_others_are_done(tasks: Tasks, alone: dict[int, Outcome]) -> None:
    """It has three strikes: one with the piece it came in, then alone."""
    made: list[Here] = []

    def make() -> Executor:
        made.append(Here(lambda seeds: 3 in seeds))
        return made[-1]

    some = [(scenario, seed) for scenario, seed in tasks if seed > 1]
    found = dict(each_outcome(some, make))
    guilty = [place for place, (_, seed) in enumerate(some) if seed == 3]
    for place in guilty:
        assert found[place].status == FAILED
        assert found[place].error == "the process that ran it ended 3 times before it was done (out of memory?)"
    innocent = {place: one for place, one in found.items() if place not in guilty}
    assert same(innocent, {place: alone[tasks.index(some[place])] for place in innocent})
    again = [piece for executor in made[1:] for piece in executor.pieces[:1]]
    assert again
    assert all(len(piece) == 1 for piece in again)


def test_a_worker_that_is_killed_costs_no_run(tasks: Tasks, alone: dict[int, Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    """A real process, killed with work in hand; another takes its place."""
    started: list[Processes] = []
    start = Processes.start

    def noted(self: Processes) -> Processes:
        started.append(self)
        return start(self)

    monkeypatch.setattr(Processes, "start", noted)
    found = {}
    for place, outcome in each_outcome(tasks, 1, here=False):
        found[place] = outcome
        if len(started) == 1:
            for process in started[0]._started:
                assert process.pid
                os.kill(process.pid, signal.SIGKILL)
    assert len(started) == 2
    assert same(found, alone)


def test_an_executor_that_cannot_be_made_again_says_so(small: Scenario) -> None:
    with pytest.raises(ModelError, match=r"a worker ended before its work was done .* its executor takes no more work"):
        list(each_outcome([(small, 1)], Here(lambda _seeds: True)))


def test_an_executor_that_fails_by_itself_is_no_run_that_fails(small: Scenario) -> None:
    class Wrong(Here):
        def submit(self, *_: Any, **__: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_exception(ModuleNotFoundError("No module named 'sim'"))
            return future

    with pytest.raises(
        ModelError, match=r"could not do its work: ModuleNotFoundError: No module named 'sim'; it had: scenario sem"
    ):
        list(each_outcome([(small, 1)], Wrong()))


def test_a_worker_with_other_code_is_refused(small: Scenario) -> None:
    class Older(Here):
        def submit(self, *_: Any, **__: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_result(Returned('{"protestlaw": "0.0.1"}', [], 0.0))
            return future

    with pytest.raises(ModelError, match=r"other code than this process: protestlaw 0\.0\.1, here "):
        list(each_outcome([(small, 1)], Older()))


def test_few_runs_are_in_hand_however_many_are_wanted(small: Scenario) -> None:
    most = 0

    class Counting(Here):
        def submit(self, _: Callable[..., Any], piece: Piece, /, *__: Any, **___: Any) -> Future[Any]:
            nonlocal waiting, most
            waiting += len(piece.runs)
            most = max(most, waiting)
            future: Future[Any] = Future()
            nothing = Outcome(np.zeros(len(INDICATORS)), "", "", 0.0, {})
            future.set_result(Returned(code_version(), [nothing] * len(piece.runs), 0.0))
            return future

    waiting = 0
    for _ in each_outcome([(small, seed) for seed in range(2_000)], Counting()):
        waiting -= 1
    assert most <= 8 + 4  # two pieces of four, and one whose runs are being handed over


def test_closing_ends_at_once_and_leaves_no_process(tasks: Tasks) -> None:
    before = set(multiprocessing.active_children())
    outcomes = each_outcome(tasks * 50, 2)
    with contextlib.closing(outcomes):
        next(outcomes)
    began = time.monotonic()
    assert set(multiprocessing.active_children()) <= before
    assert time.monotonic() - began < 5


def test_an_interrupt_that_is_swallowed_is_raised_all_the_same() -> None:
    with pytest.raises(KeyboardInterrupt), interrupts_noticed(), contextlib.suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


# -- which run is next -------------------------------------------------------------------------------------------------------


def left(*sizes: int) -> Left:
    """Runs of towns of so many runs each; the seed tells the town."""
    return Left([[Task(0, 0, town, "")] * size for town, size in enumerate(sizes)])


def taken(runs: list[Task]) -> list[int]:
    return [run.seed for run in runs]


def test_runs_of_one_town_and_seed_are_one_group(small: Scenario, without_threshold: Scenario) -> None:
    other = small.model_copy(update={"traits": small.traits.model_copy(update={"concern_max": 0.4})})
    scenarios, groups = by_town([(small, 2), (small, 1), (without_threshold, 2), (other, 2)])
    assert scenarios == [small, without_threshold, other]
    assert [[task.place for task in group] for group in groups] == [[0, 2], [1], [3]]


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
    while runs := some.take(0, some.piece(4, 2), 0.0):
        sizes.append(len(runs))
    assert sizes[0] == 4
    assert sizes[-1] == 1
    assert sum(sizes) == 40
    assert sizes == sorted(sizes, reverse=True)


# -- what cannot be asked for ------------------------------------------------------------------------------------------------


def test_there_is_no_work_without_runs_or_processes(small: Scenario) -> None:
    with pytest.raises(ModelError, match="found 0 runs and 1 processes"):
        each_outcome([], 1)
    with pytest.raises(ModelError, match="found 1 runs and 0 processes"):
        each_outcome([(small, 1)], 0)


def test_tables_that_cannot_be_written_are_refused_before_anything_runs(small: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelError, match=r"no table of a run is called 'asemblies'; .*; did you mean 'assemblies'\?"):
        each_outcome([(small, 1)], 1, tables=("asemblies",))
    monkeypatch.setattr(tables, "parquet_missing", lambda: True)
    with pytest.raises(ModelError, match=r"need the package pyarrow: pip install 'protestlaw\[parquet\]'"):
        each_outcome([(small, 1)], 1, tables=("assemblies",))


@pytest.mark.parametrize(
    ("processes", "dask", "words"),
    [
        (
            None,
            "localhost:8786",
            r"dask is reached at tcp://HOST:PORT, or started by local:N with N workers; found 'localhost:8786'",
        ),
        (None, "local:0", r"found 'local:0'"),
        (2, "local:2", r"for 2 processes here or for dask at local:2, not for both"),
    ],
)
def test_a_wrong_address_is_told(processes: int | None, dask: str, words: str) -> None:
    with pytest.raises(ModelError, match=words), executor_for(processes, dask):
        pass


def test_without_a_cluster_the_work_is_for_processes_here() -> None:
    with executor_for(3) as workers:
        assert workers == 3
