"""What an assembly leaves behind in people: fear and anger of those who were arrested or dispersed, and of their ties."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.behaviour.decay import left
from sim.kernels import jit
from sim.streams import Int, words

__all__ = ["pick", "stir", "stir_ties"]


@jit
def stir(ids: Any, day: int, fear: float, anger: float, fear_half_life: float, anger_half_life: float, moods: Any) -> None:
    """Add fear and anger to people, each once a mention; what was there fades to ``day`` first. Neither passes 1."""
    for i in ids:
        since = day - moods.stamp[i]
        moods.fear[i] = min(1.0, moods.fear[i] * left(since, fear_half_life) + fear)
        moods.anger[i] = min(1.0, moods.anger[i] * left(since, anger_half_life) + anger)
        moods.stamp[i] = day


@jit
def stir_ties(
    ids: Any, day: int, fear: float, anger: float, fear_half_life: float, anger_half_life: float, moods: Any, columns: Any
) -> None:
    """Add fear and anger to the ties of people, once for each tie concerned."""
    for i in ids:
        ties = columns.neighbours[columns.indptr[i] : columns.indptr[i + 1]]
        stir(ties, day, fear, anger, fear_half_life, anger_half_life, moods)


def pick(people: Any, number: int, key: Int, event: Int) -> Any:
    """``number`` of the people, those with the smallest coins at this event; rising citizen numbers.

    More are a superset of fewer, and someone's coin does not depend on who else is there.
    """
    coins = np.sort(_coins(people, key, event))[:number]
    return np.sort((coins & 0x7FFFFFFF).astype(np.int32))


@jit
def _coins(people: Any, key: Int, event: Int) -> Any:
    """A coin for each of the people, with the citizen's number in its last 31 bits."""
    coins = np.empty(people.size, np.int64)
    for k in range(people.size):
        a, _, _, _ = words(key, people[k], event, 0)
        coins[k] = np.int64((np.uint64(a) << np.uint64(31)) | np.uint64(people[k]))
    return coins
