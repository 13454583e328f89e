"""The same work on one process or two: the same results, and errors that name their seed."""

import math
import os
import subprocess
import sys
from functools import partial
from operator import truediv
from pathlib import Path

import pytest

from sim.errors import ModelError
from sim.experiment.pool import for_each_seed, usable_processors, will_share

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("processes", [1, 2])
def test_results_stand_in_the_order_of_the_seeds(processes: int) -> None:
    told: list[tuple[int, int]] = []
    found = for_each_seed(math.sqrt, [9, 4, 16], processes, lambda done, total: told.append((done, total)))
    assert found == [3.0, 2.0, 4.0]
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_names_its_seed_and_keeps_its_cause(processes: int) -> None:
    with pytest.raises(ModelError, match=r"^seed 0: ZeroDivisionError") as caught:
        for_each_seed(partial(truediv, 1), [4, 0, 2], processes)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_no_process_is_started_for_one_seed() -> None:
    assert not will_share([1], 8)
    assert not will_share([1, 2], 1)
    assert will_share([1, 2], 2)
    assert usable_processors() >= 1


@pytest.mark.parametrize("processes", [0, -1])
def test_there_is_no_work_without_a_process(processes: int) -> None:
    with pytest.raises(ModelError, match="at least one"):
        for_each_seed(math.sqrt, [1, 2], processes)


def test_a_script_needs_no_guard(tmp_path: Path) -> None:
    """A script that asks for two processes at its top level is not run a second time by them."""
    script = tmp_path / "script.py"
    script.write_text(
        "import math\nfrom sim.experiment.pool import for_each_seed\nprint('once', for_each_seed(math.sqrt, [1, 4], 2))\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "once [1.0, 2.0]\n"
