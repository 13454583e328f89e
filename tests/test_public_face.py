"""The public face: one sorted list, every name there, and nothing heavy loaded before it is used."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import sim

HEAVY = {"holidays", "jinja2", "matplotlib", "mesa", "networkx", "numba", "numpy", "pandas", "pydantic", "rich", "scipy", "typer"}


def modules_after(statement: str, folder: Path) -> set[str]:
    """The top-level modules that a fresh process has loaded after ``statement``."""
    code = f"import json, sys; {statement}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-P", "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in json.loads(done.stdout)}


def test_the_list_is_sorted_and_without_repeats() -> None:
    assert sim.__all__ == sorted(set(sim.__all__))


@pytest.mark.parametrize("name", sim.__all__)
def test_every_name_can_be_fetched_and_says_what_it_is(name: str) -> None:
    found = getattr(sim, name)
    assert isinstance(found, str) or found.__doc__, f"sim.{name} has no docstring"


def test_what_is_fetched_on_first_use_is_listed() -> None:
    assert set(sim._PLACES) <= set(sim.__all__)
    assert set(sim.__all__) <= set(dir(sim))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'sim' has no attribute 'ProtestModle'"):
        _ = sim.ProtestModle


def test_importing_sim_is_light(tmp_path: Path) -> None:
    assert modules_after("import sim", tmp_path) & HEAVY == set()


def test_errors_can_be_caught_without_loading_the_model(tmp_path: Path) -> None:
    assert modules_after("from sim import ProtestlawError, __version__", tmp_path) & HEAVY == set()
