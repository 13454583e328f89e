"""Sweeps: an experiment's runs, kept as they end, and what they say."""

from sim.experiment.sweeping.analyses import Analyses, analyses
from sim.experiment.sweeping.estimate import Estimate, estimate
from sim.experiment.sweeping.replicates import replicates
from sim.experiment.sweeping.sweep import Sweep, runs_of, sweep

__all__ = ["Analyses", "Estimate", "Sweep", "analyses", "estimate", "replicates", "runs_of", "sweep"]
