"""Everything that a run calls is compiled beforehand, for the very types it is called with, once on a machine."""

import subprocess
import sys
from pathlib import Path

import pytest

from sim.experiment import compiling
from sim.experiment.compiling import compile_all, is_compiled

_COUNTED = """
import gc, sys
from numba.core.dispatcher import Dispatcher
from sim.experiment import compiling, simulate
from sim.scenario import load_scenario

def compiled():
    kernels = (one for one in gc.get_objects() if isinstance(one, Dispatcher))
    return {(one.py_func.__module__, one.py_func.__name__, str(kinds)) for one in kernels for kinds in one.signatures}

compiling._compile(compiling._PARTS)
before = compiled()
scenario = load_scenario("seminar-reform", {"organisers.opportunities": 20, "scenario.days": 200})
assert simulate(scenario, 1).indicators["arrests_per_1000"] > 0  # so that minds were stirred
new = {kernel for kernel in compiled() - before if kernel[0].startswith("sim.")}
print(sorted(new))
sys.exit(bool(new) or len(before) < 15)
"""


def test_a_run_compiles_nothing_that_was_not_compiled_beforehand() -> None:
    done = subprocess.run([sys.executable, "-c", _COUNTED], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The parts that are compiled, on a machine where nothing is."""
    done: list[str] = []
    monkeypatch.setattr(compiling, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(compiling, "_PARTS", {name: lambda name=name: done.append(name) for name in compiling._PARTS})
    return done


def test_it_is_done_once_on_a_machine(parts: list[str]) -> None:
    assert not is_compiled()
    compile_all(processes=1)
    assert is_compiled()
    assert sorted(parts) == sorted(compiling._PARTS)
    compile_all(processes=1)
    assert len(parts) == len(compiling._PARTS)


def test_what_fails_is_not_taken_for_done(parts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("no compiler")

    monkeypatch.setitem(compiling._PARTS, "plans", fail)
    with pytest.raises(RuntimeError, match="no compiler"):
        compile_all(processes=1)
    assert not is_compiled()
    assert "plans" not in parts


def test_the_two_halves_are_the_whole() -> None:
    assert sorted((*compiling._HERE, *compiling._THERE)) == sorted(compiling._PARTS)


def test_another_processor_or_compiler_has_a_mark_of_its_own(parts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    compile_all(processes=1)
    monkeypatch.setattr(compiling, "machine", lambda: "another")
    assert not is_compiled()
    assert parts
