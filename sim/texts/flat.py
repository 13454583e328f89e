"""A text's values one by one, each under its dotted key."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

__all__ = ["flattened"]


def flattened(table: Mapping[str, Any], leave_out: Collection[str], stem: str = "") -> Iterator[tuple[str, Any]]:
    """The values of a table and of the tables in it, with dotted keys; rows of a list are numbered (``sites.0.name``).

    Args:
        table: as plain data. leave_out: keys that are passed over, at any depth. stem: what keys begin with.
    """
    for key, value in table.items():
        if key in leave_out:
            continue
        if isinstance(value, Mapping):
            yield from flattened(value, leave_out, f"{stem}{key}.")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for number, row in enumerate(value):
                yield from flattened(row, leave_out, f"{stem}{key}.{number}.")
        else:
            yield f"{stem}{key}", value
