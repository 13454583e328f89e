"""The log: happenings in the order in which they happened."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import numpy as np

from sim.record.happenings import Happening

__all__ = ["Record"]


class Record:
    """An append-only log of happenings.

    Iterating gives them in the order in which they happened; :meth:`of` gives those of one kind.
    """

    __slots__ = ("_log",)

    def __init__(self) -> None:
        self._log: list[Happening] = []

    def add(self, happening: Happening) -> None:
        """Write a happening down. Days never run backwards."""
        if self._log and happening.day < self._log[-1].day:
            raise ValueError(f"day {happening.day} after day {self._log[-1].day}")
        self._log.append(happening)

    def __iter__(self) -> Iterator[Happening]:
        return iter(self._log)

    def __len__(self) -> int:
        return len(self._log)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self._log == other._log

    __hash__ = None  # type: ignore[assignment]  # a log that grows has no hash

    def of[H: Happening](self, *kinds: type[H]) -> Iterator[H]:
        """The happenings of some kinds, in order."""
        return (happening for happening in self._log if isinstance(happening, kinds))

    def lines(self) -> Iterator[str]:
        """The log as JSON, a line a happening: the form in which records are compared and stored."""
        for happening in self._log:
            said = {name: getattr(happening, name) for name in _names(type(happening))}
            yield json.dumps({"kind": happening.kind, **said}, default=_plain, separators=(",", ":"))

    def to_bytes(self) -> bytes:
        """The log as UTF-8 JSON lines."""
        return "".join(f"{line}\n" for line in self.lines()).encode()

    @property
    def digest(self) -> str:
        """SHA-256 of :meth:`to_bytes`: equal records, equal digests."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


def _names(kind: type[Happening]) -> list[str]:
    return [field.name for field in fields(kind)]


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"a happening holds plain values only, found {type(value).__name__}")
