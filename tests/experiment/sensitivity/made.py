"""Runs tables made by formula, so that the truth is known."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.streams import Streams, normal

type Floats = npt.NDArray[np.float64]


def table_of(settings: Mapping[str, Sequence[Any]], values: Mapping[str, Floats]) -> pd.DataFrame:
    """The runs table of some points, with fields of points by seeds; the seeds are 1, 2, 3 ..."""
    points, seeds = next(iter(values.values())).shape
    frame = pd.DataFrame({"point": np.repeat(np.arange(points), seeds)})
    for name, levels in settings.items():
        frame[name] = pd.Series([level for level in levels for _ in range(seeds)], dtype=None)
    frame = frame.assign(scenario="made", seed=np.tile(np.arange(1, seeds + 1), points), status="done", error="")
    return frame.assign(**{name: field.ravel() for name, field in values.items()})


def noise(points: int, seeds: int, stream: str = "a test") -> Floats:
    """Standard normal numbers, points by seeds."""
    key = Streams(7).key(stream)
    return np.array([[normal(key, point, np.uint64(seed)) for seed in range(seeds)] for point in range(points)])


def grid(**levels: Sequence[Any]) -> dict[str, list[Any]]:
    """A full grid, the last factor fastest."""
    index = pd.MultiIndex.from_product(levels.values(), names=list(levels))
    return {name: index.get_level_values(name).tolist() for name in levels}


def outcome(settings: Mapping[str, Sequence[Any]], formula: Callable[..., float], seeds: int) -> Floats:
    """A formula of the settings, the same with every seed."""
    found = [formula(*row) for row in zip(*settings.values(), strict=True)]
    return np.repeat(np.array(found, np.float64)[:, None], seeds, axis=1)
