"""What comes of a run that is one of many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.measurement import INDICATORS

__all__ = ["DONE", "FAILED", "Outcome", "failed"]

DONE: Final = "done"
FAILED: Final = "failed"


class Outcome(NamedTuple):
    """What comes of a run.

    Attributes:
        values: of :data:`~sim.measurement.INDICATORS`, in their order; all NaN if the run failed.
        error: what went wrong, in a line; empty if nothing did.
        traceback: where in the code that was; empty if nothing went wrong, or if the process ended.
        seconds: what the run took, without its town.
        tables: the tables that were asked for by name, each as a Parquet file.
    """

    values: npt.NDArray[np.float64]
    error: str
    traceback: str
    seconds: float
    tables: Mapping[str, bytes]

    @property
    def status(self) -> str:
        """``done`` or ``failed``."""
        return FAILED if self.error else DONE


def failed(error: str, traceback: str = "", seconds: float = 0.0) -> Outcome:
    """The outcome of a run that failed."""
    return Outcome(np.full(len(INDICATORS), np.nan), error or "it failed without a word", traceback, seconds, {})
