"""Experiments: runs over seeds, paired comparisons, and results on disk with everything that is needed to repeat them."""

import warnings as _warnings

# Mesa first: when it is loaded, it looks through all modules that are there already, for its logger asks who called it.
# In a notebook without ipywidgets tqdm, which mesa's batch runner has for its bars, warns that it draws them as text: not ours.
with _warnings.catch_warnings():
    _warnings.filterwarnings("ignore", message="IProgress not found")
    import mesa as _mesa  # noqa: F401

from sim.experiment.compare import DEFAULT_PAIRS, Comparison, compare
from sim.experiment.design import Design, load_design
from sim.experiment.effects import effects
from sim.experiment.pool import usable_processors
from sim.experiment.repeat import DEFAULT_RUNS, Replications, repeat
from sim.experiment.running import executor_for
from sim.experiment.runs import Run, simulate
from sim.experiment.sweeping import analyses, sweep

__all__ = [
    "DEFAULT_PAIRS",
    "DEFAULT_RUNS",
    "Comparison",
    "Design",
    "Replications",
    "Run",
    "analyses",
    "compare",
    "effects",
    "executor_for",
    "load_design",
    "repeat",
    "simulate",
    "sweep",
    "usable_processors",
]
