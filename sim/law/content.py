"""What a law says, apart from how it is called, described, ordered and sourced."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final

from pydantic import BaseModel

from sim.law.coverage import CELLS, Coverage
from sim.law.provisions import ProcedureRow

__all__ = ["UNSAID", "digest", "owed", "procedures_said", "said"]

UNSAID: Final = frozenset({"source", "confidence", "note"})
"""Fields of a provision that say nothing about what is owed."""

_WHERE: Final = frozenset({"forms", "organisers", "places", "size"})


def said(table: BaseModel, *, leave_out: frozenset[str] = frozenset()) -> dict[str, Any]:
    """What a table says, as plain data; what says nothing is left out, and lists of words have no order."""
    found = {}
    for name, field in type(table).model_fields.items():
        value = getattr(table, name)
        if name in UNSAID | leave_out or value == field.get_default(call_default_factory=True):
            continue
        plain = _plain(value)
        if plain != {} or not getattr(value, "neutral", True):
            found[name] = plain
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return said(value)
    if isinstance(value, tuple):
        return sorted((_plain(item) for item in value), key=_text)
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def owed(row: ProcedureRow) -> dict[str, Any]:
    """What a row makes an organiser owe, apart from the gatherings it speaks of."""
    return said(row, leave_out=_WHERE)


def procedures_said(rows: Sequence[ProcedureRow], cover: Coverage) -> list[Any]:
    """What every kind of gathering owes by size, however the rows are cut.

    Returns:
        ``[[form, organiser, place, [[least, owed], ...]], ...]``; nothing if there are no rows.
    """
    duties = [owed(row) for row in rows]
    found = []
    for cell in CELLS if rows else ():
        steps: list[Any] = []
        for stretch in cover[cell]:
            if not steps or steps[-1][1] != duties[stretch.row]:
                steps.append([stretch.least, duties[stretch.row]])
        found.append([*cell, steps])
    return found


def digest(content: Any) -> str:
    """SHA-256 of plain data."""
    return hashlib.sha256(_text(content).encode()).hexdigest()


def _text(content: Any) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False)
