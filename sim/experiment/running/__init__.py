"""Running many scenarios with many seeds, on this machine or a cluster, each result handed over as it ends."""

from sim.experiment.running.executors import Workers, executor_for
from sim.experiment.running.outcome import DONE, FAILED, Outcome
from sim.experiment.running.outcomes import each_outcome
from sim.experiment.running.tables import parquet_missing, table_problem

__all__ = ["DONE", "FAILED", "Outcome", "Workers", "each_outcome", "executor_for", "parquet_missing", "table_problem"]
