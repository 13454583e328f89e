"""Words and tables in Markdown, safe from what Markdown would read into them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sim.interface.odd.markdown import plain
from sim.interface.odd.markdown import table as rows_of

__all__ = ["code", "prose", "table"]

_MARKS = re.compile(r"([\\*_\[\]<>$#~])")


def prose(text: str) -> str:
    """A docstring or a help text, on one line: roles become code, and nothing but code is marked up."""
    parts = plain(text).split("`")
    return "`".join(part if place % 2 else _MARKS.sub(r"\\\1", part) for place, part in enumerate(parts))


def code(text: str) -> str:
    """A word as it is typed; nothing of nothing."""
    return f"`{text}`" if text else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with an empty line around it; nothing if it has no rows."""
    kept = list(rows)
    return f"\n{rows_of(head, kept)}\n" if kept else ""
