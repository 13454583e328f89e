"""The same work on one process or two: the same results, and errors that name their seed."""

import math
import os
import subprocess
import sys
import time
from functools import partial
from operator import truediv
from pathlib import Path
from typing import Any

import pytest

from sim.errors import ModelError
from sim.experiment import pool
from sim.experiment.pool import for_each_seed, usable_processors, worth_sharing

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(params=[1, 2])
def processes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """One process, and two that are started however little there is to do."""
    monkeypatch.setattr(pool, "START", -1.0)
    return request.param


def test_results_stand_in_the_order_of_the_seeds() -> None:
    told: list[tuple[int, int]] = []
    found = for_each_seed(math.sqrt, [9, 4, 16], 1, lambda done, total: told.append((done, total)))
    assert found == [3.0, 2.0, 4.0]
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_error_names_its_seed_and_keeps_its_cause(processes: int) -> None:
    with pytest.raises(ModelError, match=r"^seed 0: ZeroDivisionError") as caught:
        for_each_seed(partial(truediv, 1), [4, 0, 2], processes)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_a_process_that_dies_leaves_its_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "START", -1.0)
    with pytest.raises(ModelError, match=r"^seed [123]: its process ended before its work was done"):
        for_each_seed(Ending(), [0, 1, 2, 3], 2)


class Ending:
    """Work that is harmless here, and ends any other process that is given it."""

    def __call__(self, seed: int) -> int:
        return seed

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (1,)


def test_no_process_is_started_for_a_second_of_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_processes: int) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(pool, "Processes", refused)
    assert for_each_seed(math.sqrt, range(200), 2) == [math.sqrt(seed) for seed in range(200)]


@pytest.mark.parametrize(("seconds", "left", "processes", "worth"), [(0.1, 19, 2, False), (1.0, 19, 2, True), (9.0, 9, 1, False)])
def test_processes_are_worth_their_start_if_they_save_more(seconds: float, left: int, processes: int, worth: bool) -> None:
    assert worth_sharing(seconds, left, processes) is worth


def test_the_second_seed_is_timed_if_the_first_might_have_had_something_to_load(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is loaded once would make a little work look like much."""
    slow = iter([0.3, *[0.0] * 30])
    monkeypatch.setattr(pool, "_share", lambda *_: pytest.fail("other processes were started for nothing"))
    assert for_each_seed(lambda seed: time.sleep(next(slow)) or seed, range(30), 2) == list(range(30))
    assert usable_processors() >= 1


@pytest.mark.parametrize("processes", [0, -1])
def test_there_is_no_work_without_a_process(processes: int) -> None:
    with pytest.raises(ModelError, match="at least one"):
        for_each_seed(math.sqrt, [1, 2], processes)


def test_a_script_needs_no_guard(tmp_path: Path) -> None:
    """A script that asks for two processes at its top level is not run a second time by them."""
    script = tmp_path / "script.py"
    script.write_text(
        "import math\nfrom sim.experiment import pool\npool.START = -1\n"
        "print('once', pool.for_each_seed(math.sqrt, [1, 4, 9], 2, lambda done, total: print(done, total)))\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "1 3\n2 3\n3 3\nonce [1.0, 2.0, 3.0]\n"
