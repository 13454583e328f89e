"""One thread for small matrices: faster than several, and the same sums in the same order on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sim.experiment.sensitivity.libraries import library

__all__ = ["one_thread"]


@contextmanager
def one_thread() -> Iterator[None]:
    """Within it, linear algebra is done by one thread.

    Raises:
        ModelError: if scikit-learn, with which the package threadpoolctl comes, is not installed.
    """
    library("sklearn", "a calibration")
    with library("threadpoolctl", "a calibration").threadpool_limits(1):
        yield
