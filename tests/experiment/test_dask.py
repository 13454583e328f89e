"""A cluster: the same runs on a real scheduler and two worker processes, of which one is killed in mid-sweep."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from sim.errors import ModelError
from sim.experiment.running import each_outcome, executor_for, executors
from sim.experiment.store import RunStore, fill
from sim.experiment.store.filling import keys_of
from sim.scenario import Scenario

distributed = pytest.importorskip("distributed", reason="dask is not installed; it comes with the extras cluster and test")


def test_a_worker_killed_in_mid_sweep_leaves_the_table_as_it_is(
    small: Scenario, without_threshold: Scenario, tmp_path: Path
) -> None:
    tasks = [(scenario, seed) for seed in range(1, 7) for scenario in (small, without_threshold)]
    pids: dict[str, int] = {}

    def kill_one(count: Any) -> None:
        if count.there == 2:
            os.kill(min(pids.values()), signal.SIGKILL)

    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
        executor_for(dask=cluster.scheduler_address) as executor,
        RunStore(tmp_path / "dask") as store,
    ):
        pids |= client.run(os.getpid)
        assert len(set(pids.values()) | {os.getpid()}) == 3
        count = fill(store, tasks, executor, kill_one)
        found = store.table(keys_of(tasks))
    assert count == (12, 0, 12, 0)
    with RunStore(tmp_path / "alone") as store:
        fill(store, tasks, 1)
        alone = store.table(keys_of(tasks))
    told = ["seconds"]
    assert found.drop(columns=told).to_csv().encode() == alone.drop(columns=told).to_csv().encode()


def test_work_that_killed_its_workers_is_a_run_that_failed(small: Scenario) -> None:
    """Dask has tried it on several workers before it says so; it is believed."""
    from concurrent.futures import Executor, Future

    class Killed(Executor):
        _max_workers = 1

        def submit(self, *_: Any, **__: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_exception(distributed.KilledWorker("do", None, 3))
            return future

    ((place, outcome),) = each_outcome([(small, 1)], Killed())
    assert place == 0
    assert outcome.error == "the process that ran it ended 3 times before it was done (out of memory?)"


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "_PATIENCE", 0.2)
    with (
        pytest.raises(ModelError, match=r"no dask scheduler answers at tcp://127\.0\.0\.1:9"),
        executor_for(dask="tcp://127.0.0.1:9"),
    ):
        pass
