"""The store of a sweep: every run kept as it ends, and only what is missing run again."""

from sim.experiment.store.filling import Count, fill
from sim.experiment.store.store import STORE, Key, RunStore

__all__ = ["STORE", "Count", "Key", "RunStore", "fill"]
