"""Answers that are kept: bounded in number and in bytes; the one that was not asked for longest goes first."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

__all__ = ["MOST_BYTES", "KeptAnswers"]

MOST_BYTES: Final = 64_000_000
"""What answers may take in memory: an answer takes about 8 kB."""


class KeptAnswers:
    """Answers by name.

    Attributes:
        size: bytes of all of them.
    """

    def __init__(self, most: int, most_bytes: int = MOST_BYTES) -> None:
        """None is kept yet.

        Args:
            most: how many at most. most_bytes: how many bytes at most.
        """
        self._most, self._most_bytes = most, most_bytes
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self.size = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, name: str) -> bytes | None:
        """The answer of a name, which was asked for now."""
        if name in self._kept:
            self._kept.move_to_end(name)
        return self._kept.get(name)

    def put(self, name: str, answer: bytes) -> None:
        """Keep an answer, and let go of others if there is no room. One that is too large by itself is not kept."""
        self.size += len(answer) - len(self._kept.pop(name, b""))
        self._kept[name] = answer
        while len(self._kept) > self._most or self.size > self._most_bytes:
            _, gone = self._kept.popitem(last=False)
            self.size -= len(gone)
