"""The torus of Epstein's Model I: its cells, what is seen from each, and draws that are exactly even."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.kernels import jit
from sim.streams import Int, uniform, words

__all__ = ["Board", "Floats", "Keys", "Rules", "Table", "drawn", "neighbourhood", "scaled", "shuffled", "uniforms"]

CELL, STATE, SENTENCE, AFTER = 0, 1, 2, 3
BLOCKERS, COPS, ACTIVES, HEAD = 0, 1, 2, 3
GRIEVANCE, RISK = 0, 1

type Table = npt.NDArray[np.int32]
type Floats = npt.NDArray[np.float64]


class Rules(NamedTuple):
    """What is the same for everybody and in every step.

    Attributes:
        width, height: cells.
        ratio: which of ``epstein_rules.RATIOS``. own_twice: whether an active counts itself once more. decide_first: whether one
            decides (or arrests) before one moves. jailed_block: whether nobody may enter a cell where somebody sits in jail.
        cop_follows: whether a cop moves to whom it arrests. longest: longest sentence that is drawn, steps.
        at_own_turn: whether a sentence grows shorter at the turn of whom it holds, or else for all at the end of a step.
        k: of the chance of arrest. threshold: what grievance less net risk must exceed.
    """

    width: int
    height: int
    ratio: int
    own_twice: bool
    decide_first: bool
    jailed_block: bool
    cop_follows: bool
    longest: int
    at_own_turn: bool
    k: float
    threshold: float


class Board(NamedTuple):
    """Everybody, and every cell, in a few tables: compiled functions that pass many arrays to each other are slow.

    Attributes:
        people: four rows: CELL where one is, STATE, SENTENCE what is left of it in steps, AFTER who comes next in a chain; of
            citizens, then of cops. traits: two rows, of citizens: GRIEVANCE, RISK.
        ground: four rows, by cell: BLOCKERS those who keep others out; COPS and ACTIVES, how many are seen from there; HEAD, the
            first of a chain of the actives who stand there, or -1.
        order: everybody, in the order of the last step. half, steps: of :func:`neighbourhood`.
    """

    people: Table
    traits: Floats
    ground: Table
    order: Table
    half: Table
    steps: Table

    @property
    def citizens(self) -> int:
        """How many."""
        return int(self.traits.shape[1])


class Keys(NamedTuple):
    """Of the streams of chance."""

    order: Int
    move: Int
    arrest: Int
    jail: Int


def neighbourhood(shape: str, vision: float) -> tuple[Table, Table]:
    """The cells seen from a cell, itself among them.

    Args:
        shape: ``disc`` (Euclid), ``moore`` (a square) or ``von_neumann`` (a diamond). vision: cells.

    Returns:
        For each row, from the uppermost, how many cells are seen to the left and to the right of its middle; and the steps (in x
        and in y) to each cell but one's own.
    """
    reach = int(vision)
    rows = range(-reach, reach + 1)
    if shape == "disc":
        half = [math.isqrt(int(vision * vision + 1e-9) - row * row) for row in rows]
    elif shape == "moore":
        half = [reach for _ in rows]
    else:
        half = [reach - abs(row) for row in rows]
    steps = [(x, row) for row, wide in zip(rows, half, strict=True) for x in range(-wide, wide + 1) if (x, row) != (0, 0)]
    return np.asarray(half, np.int32), np.asarray(steps, np.int32).reshape(-1, 2)


@jit
def scaled(word: Any, n: int) -> tuple[Any, Any]:
    """A 32-bit word as a number below ``n``, and whether it is to be used: else some numbers would be likelier (Lemire 2019)."""
    product = np.uint64(word) * np.uint64(n)
    left = product & np.uint64(0xFFFFFFFF)
    fair = left >= np.uint64(n) or left >= np.uint64(0x100000000) % np.uint64(n)
    return np.int64(product >> np.uint64(32)), fair


@jit
def drawn(key: Int, who: int, what: int, slot: int, n: int) -> int:
    """A whole number from 0 to n - 1, each exactly as likely: from ``slot`` on, until one can be used."""
    while True:
        a, b, c, d = words(key, who, what, slot)
        for word in (a, b, c, d):
            number, fair = scaled(word, n)
            if fair:
                return int(number)
        slot += 1


@jit
def shuffled(key: Int, what: int, order: Table) -> None:
    """Put into random order, in place (Fisher and Yates)."""
    for i in range(order.size - 1, 0, -1):
        j = drawn(key, i, what, 0, i + 1)
        order[i], order[j] = order[j], order[i]


@jit
def uniforms(key: Int, out: Floats) -> None:
    """Fill with numbers between 0 and 1."""
    for i in range(out.size):
        out[i] = uniform(key, i, 0, 0)
