"""Responses made by formula, so that the truth is known."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.experiment.resting.responses import Responses, in_ranks, responses_of
from sim.streams import Streams

Floats = npt.NDArray[np.float64]


def cube(points: int, columns: int, sample: int = 1) -> Floats:
    """Points of the unit cube."""
    streams = Streams(sample)
    return np.array([streams.uniforms("points", points, column) for column in range(columns)]).T


def normal(points: int, columns: int, sample: int = 1) -> Floats:
    """Standard normal numbers."""
    streams = Streams(sample)
    return np.array([[streams.normal("noise", point, column) for column in range(columns)] for point in range(points)])


def pairs_of(expected: Floats, noise: float = 0.0, seeds: int = 2, sample: int = 1) -> pd.DataFrame:
    """The differences of pairs whose expected differences are known, with normal noise between seeds."""
    found = expected[:, None] + noise * normal(len(expected), seeds, sample)
    draw = np.repeat(np.arange(len(expected)), seeds)
    return pd.DataFrame({"draw": draw, "seed": np.arange(draw.size), "difference": found.ravel()})


def both_of(pairs: pd.DataFrame) -> tuple[Responses, Responses]:
    """The responses, as they are and as ranks."""
    return responses_of(pairs), responses_of(in_ranks(pairs))


def named(points: Floats) -> pd.DataFrame:
    """Points as settings of assumptions x0, x1 ..."""
    return pd.DataFrame(points, columns=[f"x{place}" for place in range(points.shape[1])])
