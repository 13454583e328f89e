"""Tables and words in Markdown."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Sequence

__all__ = ["first_line", "plain", "table"]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table: a line a row, every cell on one line."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def plain(text: str) -> str:
    """A docstring, or a part of one, as Markdown on one line: roles and double backquotes become plain ones."""
    one = " ".join(text.split())
    one = re.sub(r":\w+:`~?([^`]*)`", lambda role: f"`{role[1].removeprefix('sim.')}`", one)
    return one.replace("``", "`")


def first_line(thing: object) -> str:
    """The first sentence of what something says of itself."""
    return plain((inspect.getdoc(thing) or "").partition("\n\n")[0])


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
