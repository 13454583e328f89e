"""A reform: a small named edit of a law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import Field

from sim.errors import LawError, Problem, did_you_mean
from sim.law.regime import Regime
from sim.texts import Refused, Text, accept, find, names, read_toml, set_key

__all__ = ["Reform", "ReformHead", "edited", "load_reform"]


class ReformHead(Text):
    """What a reform is called, and where it comes from."""

    title: str = Field(min_length=3, description="The reform's name as a reader would cite it.")
    description: str = Field(min_length=10, description="What it changes, in a sentence or two.")
    source: str = Field(min_length=2, description="Who proposed it, or what it is made for.")
    base: str | None = Field(None, description="The one law it is meant for; none if it fits any that has what it changes.")


class Reform(Text):
    """A small named edit of a law."""

    reform: ReformHead = Field(description="What the reform is called, and where it comes from.")
    set: dict[str, Any] = Field(
        min_length=1, description="What it changes: dotted keys of the law, or its tables, and their new values."
    )

    @property
    def edits(self) -> dict[str, Any]:
        """The changes as dotted keys and values."""
        return dict(_flat(self.set, ""))


def _flat(tables: Mapping[str, Any], stem: str) -> Iterator[tuple[str, Any]]:
    for key, value in tables.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{stem}{key}.")
        else:
            yield f"{stem}{key}", value


def load_reform(name: str) -> tuple[Reform, str]:
    """A reform of the library, or of a file of one's own, and the file.

    Raises:
        LawError: if the text cannot be accepted.
        UnknownNameError: if there is none of that name.
    """
    path = find("reform", name)
    reform = accept(Reform, read_toml(path, LawError), str(path), LawError)
    base, laws = reform.reform.base, names("law")
    if base is not None and base not in laws and not base.endswith(".toml"):
        raise LawError(str(path), [Problem("reform.base", repr(base), ", ".join(laws), did_you_mean(base, laws))])
    return reform, str(path)


def edited(tables: Mapping[str, Any], changes: Iterable[tuple[str, Any]], source: str, file: str) -> dict[str, Any]:
    """The tables of a law with changes made to them, each noted under ``regime.edits``.

    Raises:
        LawError: with every change that the law has no key or row for.
    """
    found = dict(tables)
    problems: list[Problem] = []
    for key, value in changes:
        try:
            found = set_key(found, key, value, kind=Regime, source=source)
        except Refused as refused:
            problems += refused.problems
            continue
        head = dict(found["regime"])
        shown = value if isinstance(value, str) else "anew" if isinstance(value, list | dict) else str(value).lower()
        head["edits"] = [*head.get("edits", []), f"{key} = {shown} ({source})"]
        found["regime"] = head
    if problems:
        raise LawError(file, problems)
    return found
