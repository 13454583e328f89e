"""Loading the experiments says nothing."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

NOTEBOOK = """
import sys, types
sys.modules["ipykernel.zmqshell"] = types.ModuleType("ipykernel.zmqshell")
sys.modules["IPython"] = types.ModuleType("IPython")
sys.modules["IPython"].get_ipython = object
sys.modules["ipywidgets"] = None
import sim
sim.compare
"""
"""A notebook, as tqdm knows one, where ipywidgets is not installed."""


def test_in_a_notebook_nothing_is_said_of_bars_that_nobody_draws() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", NOTEBOOK], env=environment, capture_output=True, text=True, check=True)
    assert "IProgress" not in done.stderr
