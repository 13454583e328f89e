"""Chance for samplers: numbers from one named stream, in the order in which they are asked for."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from sim.experiment.sensitivity.table import Floats
from sim.streams import Streams

__all__ = ["Chance"]


class Chance:
    """Random numbers of one sampler. The same sample, name and order of asking give the same numbers, on any machine.

    Args:
        sample: which sample is drawn. name: of the stream.
    """

    def __init__(self, sample: int, name: str) -> None:
        self._streams, self._name, self._asked = Streams(sample), name, 0

    def uniform(self, *shape: int) -> Floats:
        """Numbers strictly between 0 and 1."""
        self._asked += 1
        drawn = self._streams.uniforms(self._name, int(np.prod(shape)), self._asked)
        return np.asarray(drawn, np.float64).reshape(shape)

    def normal(self, *shape: int) -> Floats:
        """Standard normal numbers."""
        return np.asarray(ndtri(self.uniform(*shape)), np.float64)

    def among(self, weights: Floats, number: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Places by their weights: systematic resampling (Kitagawa 1996), which adds the least noise, in random order."""
        edges = (np.arange(number) + self.uniform(1)) / number
        total = np.cumsum(weights)
        found = np.minimum(np.searchsorted(total / total[-1], edges), len(weights) - 1)
        return np.asarray(found[np.argsort(self.uniform(number), kind="stable")], np.int64)
