"""Experiments: runs over seeds, paired comparisons, and results on disk with everything that is needed to repeat them."""

from sim.experiment.compare import DEFAULT_PAIRS, Comparison, compare
from sim.experiment.effects import effects
from sim.experiment.pool import usable_processors
from sim.experiment.repeat import DEFAULT_RUNS, Replications, repeat
from sim.experiment.runs import Run, simulate

__all__ = [
    "DEFAULT_PAIRS",
    "DEFAULT_RUNS",
    "Comparison",
    "Replications",
    "Run",
    "compare",
    "effects",
    "repeat",
    "simulate",
    "usable_processors",
]
