"""How a validator refuses: what it found, what it allows, and the word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic_core import CoreSchema, core_schema

from sim.errors import Problem, did_you_mean

__all__ = ["OneOf", "Refused", "WordList", "refuse"]


class Refused(ValueError):
    """What a validator raises: one or more problems, their keys relative to the place it stands at."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"found {problem.found}; allowed: {problem.allowed}" for problem in self.problems))


def refuse(found: str, allowed: str, *, key: str = "", words: Iterable[str] = (), word: str | None = None) -> Refused:
    """The error of a validator with one problem.

    Args:
        found: what stands there.
        allowed: what may stand there.
        key: where, relative to the place the validator stands at.
        words: the words that feed "did you mean".
        word: the word that was probably misspelt, if it is not the whole of ``found``.
    """
    return Refused([Problem(key, found, allowed, did_you_mean(word or found.strip("'\""), words))])


@dataclass(frozen=True, slots=True)
class OneOf:
    """An annotation: one of some words. Editors see them, since they stand in the JSON schema."""

    words: tuple[str, ...]

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.literal_schema(list(self.words))


@dataclass(frozen=True, slots=True)
class WordList:
    """An annotation: a list of some words, each at most once.

    Attributes:
        words: the words a list may hold.
        instead: words that may stand in place of a list (``any``).
        least: how many words a list must hold.
    """

    words: tuple[str, ...]
    instead: tuple[str, ...] = ()
    least: int = 0

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        items = core_schema.list_schema(
            core_schema.literal_schema(list(self.words)),
            min_length=self.least or None,
            metadata={"pydantic_js_extra": {"uniqueItems": True}},
        )
        said = core_schema.union_schema([core_schema.literal_schema(list(self.instead)), items]) if self.instead else items
        return core_schema.no_info_plain_validator_function(self._read, json_schema_input_schema=said)

    def _read(self, value: object) -> str | tuple[str, ...]:
        if isinstance(value, str) and value in self.instead:
            return value
        alternatives = "".join(f"{word}, or " for word in self.instead)
        if not isinstance(value, list | tuple):
            hint = did_you_mean(str(value), (*self.words, *self.instead))
            allowed = f"{alternatives}a list of words from {', '.join(self.words)}"
            raise Refused([Problem("", repr(value), allowed, hint if hint in self.instead or hint is None else f'["{hint}"]')])
        problems = [
            Problem(str(place), repr(word), ", ".join(self.words), did_you_mean(str(word), self.words))
            for place, word in enumerate(value)
            if word not in self.words
        ]
        if not problems and len(set(value)) < len(value):
            problems = [Problem("", repr(list(value)), "each word once")]
        if len(value) < self.least:
            problems = [Problem("", "an empty list", f"{alternatives}at least one of {', '.join(self.words)}")]
        if problems:
            raise Refused(problems)
        return tuple(value)
