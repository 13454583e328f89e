"""Runs are stored under everything that makes them: no file that has a part in a run is left out."""

import json
import subprocess
import sys
from pathlib import Path

import sim
from sim.experiment.code_version import code_version, differing_code, sources

_LOADED = """
import json, sys
from pathlib import Path
import sim
from sim.experiment.runs import simulate
from sim.scenario import load_scenario

root = Path(sim.__file__).parent
simulate(load_scenario("seminar", {"scenario.days": 20, "shocks": [], "town.people.adults": 2000}), 1).indicators
files = [Path(one.__file__) for name, one in sys.modules.items() if name.startswith("sim.") and one.__file__]
print(json.dumps(sorted(file.relative_to(root).as_posix() for file in files)))
"""


def test_what_a_run_loads_is_in_the_version() -> None:
    done = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True)
    loaded = {name for name in json.loads(done.stdout) if not name.startswith("experiment/") or name == "experiment/runs.py"}
    assert len(loaded) > 80
    assert not loaded - set(sources())


def test_what_only_shows_or_reads_results_is_not() -> None:
    folders = {name.partition("/")[0] for name in sources()}
    assert folders.isdisjoint({"interface", "classics", "reference"})
    assert {"model", "behaviour", "institutions", "law", "population", "measurement", "streams.py"} <= folders
    assert [name for name in sources() if name.startswith("experiment/")] == ["experiment/runs.py"]


def test_every_source_is_there() -> None:
    assert all((Path(sim.__file__).parent / name).is_file() for name in sources())


def test_differences_are_told() -> None:
    here = json.loads(code_version())
    assert here.keys() >= {"protestlaw", "sources", "numpy", "numba"}
    assert differing_code(json.dumps({**here, "numpy": "1.0"}), code_version()) == f"numpy 1.0, here {here['numpy']}"
    assert differing_code("nonsense", code_version()).startswith("'nonsense', here")
