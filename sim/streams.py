"""Chance: named, counter-based streams.

Every random decision has a stream of its own, named after the decision. A draw is a pure function of
``(seed, stream, who, what)``: nothing depends on the order in which draws are made, so two scenarios with one seed
see the same coin for the same question, and asking a new question never disturbs an old one.

The generator is Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11),
which passes TestU01's BigCrush; ``tests/test_streams.py`` holds it against the authors' known answers. The key is the first 64
bits of SHA-256 over seed and stream name; the 128-bit counter holds who (32 bits), what (64 bits) and a slot (32 bits).
"""

from __future__ import annotations

import hashlib
import math
from typing import Any, Final

import numpy as np

from sim.kernels import jit

__all__ = ["MAX_SEED", "Int", "Streams", "event_code", "normal", "philox", "uniform", "uniforms", "unit", "words"]

MAX_SEED: Final = 2**53 - 1
"""Seeds stay below 2**53, so that they survive a round trip through Stata, R and JSON."""


type Int = int | np.integer[Any]
"""A whole number, of Python or of an array."""


@jit
def philox(key: Int, c0: Int, c1: Int, c2: Int, c3: Int) -> tuple[Any, Any, Any, Any]:
    """Philox4x32-10: four 32-bit words for a 64-bit key and a 128-bit counter (four 32-bit parts)."""
    mask = np.uint64(0xFFFFFFFF)
    k0 = np.uint64(key) & mask
    k1 = np.uint64(key) >> np.uint64(32)
    x0, x1, x2, x3 = np.uint64(c0), np.uint64(c1), np.uint64(c2), np.uint64(c3)
    for _ in range(10):
        p0 = np.uint64(0xD2511F53) * x0
        p1 = np.uint64(0xCD9E8D57) * x2
        x0 = (p1 >> np.uint64(32)) ^ x1 ^ k0
        x2 = (p0 >> np.uint64(32)) ^ x3 ^ k1
        x1 = p1 & mask
        x3 = p0 & mask
        k0 = (k0 + np.uint64(0x9E3779B9)) & mask
        k1 = (k1 + np.uint64(0xBB67AE85)) & mask
    return x0, x1, x2, x3


@jit
def unit(word: Int) -> float:
    """A 32-bit word as a number strictly between 0 and 1."""
    return (np.float64(word) + 0.5) * 2.3283064365386963e-10  # 2**-32


@jit
def words(key: Int, who: Int, what: Int, slot: Int) -> tuple[Any, Any, Any, Any]:
    """Four 32-bit words for ``who`` (32 bits), ``what`` (64 bits) and ``slot`` (32 bits)."""
    w = np.uint64(what)
    return philox(key, np.uint64(who), w & np.uint64(0xFFFFFFFF), w >> np.uint64(32), np.uint64(slot))


@jit
def uniform(key: Int, who: Int, what: Int = 0, slot: Int = 0) -> float:
    """A number strictly between 0 and 1, with 53 random bits."""
    a, b, _, _ = words(key, who, what, slot)
    return (np.float64(((a << np.uint64(32)) | b) >> np.uint64(11)) + 0.5) * 1.1102230246251565e-16  # 2**-53


@jit
def uniforms(key: Int, number: int, what: Int) -> Any:
    """:func:`uniform` for ``who`` from 0 to ``number - 1``."""
    drawn = np.empty(number, np.float64)
    for who in range(number):
        drawn[who] = uniform(key, who, what, 0)
    return drawn


@jit
def normal(key: Int, who: Int, what: Int = 0, slot: Int = 0) -> float:
    """A standard normal number (Box and Muller 1958)."""
    a, b, c, d = words(key, who, what, slot)
    u = (np.float64(((a << np.uint64(32)) | b) >> np.uint64(11)) + 0.5) * 1.1102230246251565e-16
    v = (np.float64(((c << np.uint64(32)) | d) >> np.uint64(11)) + 0.5) * 1.1102230246251565e-16
    return math.sqrt(-2.0 * math.log(u)) * math.cos(2.0 * math.pi * v)


def event_code(organiser: int, opportunity: int, part: int = 0) -> int:
    """The 64-bit name of an assembly: organiser (24 bits), its opportunity (32 bits), part of a split (8 bits).

    It does not depend on the law, so that the same gathering keeps its coins when the law is changed.
    """
    if not (0 <= organiser < 1 << 24 and 0 <= opportunity < 1 << 32 and 0 <= part < 1 << 8):
        raise ValueError(f"no code for organiser {organiser}, opportunity {opportunity}, part {part}")
    return (organiser << 40) | (opportunity << 8) | part


class Streams:
    """The named streams of one seed.

    >>> Streams(1).key("ties") == Streams(1).key("ties") != Streams(1).key("noise")
    True
    """

    __slots__ = ("_keys", "seed")

    def __init__(self, seed: int) -> None:
        if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= MAX_SEED:
            raise ValueError(f"a seed is a whole number from 0 to 2**53 - 1, found {seed!r}")
        self.seed = seed
        self._keys: dict[str, np.uint64] = {}

    def key(self, stream: str) -> np.uint64:
        """The 64-bit key of a stream."""
        if stream not in self._keys:
            digest = hashlib.sha256(f"{self.seed}/{stream}".encode()).digest()
            self._keys[stream] = np.uint64(int.from_bytes(digest[:8], "little"))
        return self._keys[stream]

    def uniform(self, stream: str, who: int, what: int = 0, slot: int = 0) -> float:
        """A number strictly between 0 and 1 for this question."""
        return float(uniform(self.key(stream), who, np.uint64(what), slot))

    def uniforms(self, stream: str, number: int, what: int = 0) -> list[float]:
        """The numbers of :meth:`uniform` for the first ``number`` of those whom a question may be put to."""
        drawn: list[float] = uniforms(self.key(stream), number, np.uint64(what)).tolist()
        return drawn

    def normal(self, stream: str, who: int, what: int = 0, slot: int = 0) -> float:
        """A standard normal number for this question."""
        return float(normal(self.key(stream), who, np.uint64(what), slot))
