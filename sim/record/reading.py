"""Reading a log back from its lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any, Final

from sim.record.happenings import Happening

__all__ = ["read_lines"]

_KINDS: Final = {kind.kind: kind for kind in Happening.__subclasses__()}
_FIELDS: Final = {name: frozenset(field.name for field in fields(kind)) for name, kind in _KINDS.items()}


def read_lines(lines: Iterable[str]) -> Iterator[Happening]:
    """The happenings that :meth:`sim.record.Record.lines` told, in order.

    Raises:
        ValueError: if a line tells no happening.
    """
    for line in lines:
        said = json.loads(line)
        kind = said.pop("kind", None) if isinstance(said, dict) else None
        if kind not in _KINDS or said.keys() != _FIELDS[kind]:
            raise ValueError(f"no happening: {line[:80]!r}")
        yield _KINDS[kind](**{name: _value(value) for name, value in said.items()})


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
