"""What can go wrong, as a tree.

::

    ProtestlawError ├── InputError              a text (law, town, scenario, reform) cannot be accepted │   ├── LawError │
    ├── TownError │   └── ScenarioError ├── UnknownNameError        no law, town or scenario of that name ├── OutputError
    results cannot be written where they were asked to go └── ModelError              the model was asked for something it
    cannot do

An :class:`InputError` gathers *all* problems of one text, so that a user mends a file once and not ten times.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = [
    "InputError",
    "LawError",
    "ModelError",
    "OutputError",
    "Problem",
    "ProtestlawError",
    "ScenarioError",
    "TownError",
    "UnknownNameError",
    "did_you_mean",
]


def did_you_mean(found: str, allowed: Iterable[str]) -> str | None:
    """The allowed word nearest to ``found``, or ``None`` if none is near."""
    near = difflib.get_close_matches(found, list(allowed), n=1, cutoff=0.6)
    return near[0] if near else None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a text.

    Attributes:
        key: where in the text, as a dotted path (``sanctions.participant.fine``); empty for the text as a whole.
        found: what stands there.
        allowed: what may stand there.
        hint: the likely intention ("did you mean ..."), if one is near.
    """

    key: str
    found: str
    allowed: str
    hint: str | None = None

    def __str__(self) -> str:
        words = f"{self.key or '(whole text)'}: found {self.found}; allowed: {self.allowed}"
        return f"{words}; did you mean {self.hint!r}?" if self.hint else words


class ProtestlawError(Exception):
    """The root of everything protestlaw raises on purpose."""


class InputError(ProtestlawError):
    """A text cannot be accepted.

    Attributes:
        file: the file (or the name of the text) that is wrong.
        problems: everything that is wrong with it.
    """

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        self.file = file
        self.problems = tuple(problems)
        count = f"{len(self.problems)} problem{'s' if len(self.problems) != 1 else ''}"
        super().__init__("\n".join([f"{file}: {count}", *(f"  {problem}" for problem in self.problems)]))

    def __reduce__(self) -> tuple[type[InputError], tuple[str, tuple[Problem, ...]]]:
        return type(self), (self.file, self.problems)


class LawError(InputError):
    """A law or reform text cannot be accepted."""


class TownError(InputError):
    """A town text cannot be accepted."""


class ScenarioError(InputError):
    """A scenario text, or a change made to one on the command line, cannot be accepted."""


class UnknownNameError(ProtestlawError):
    """No text of that kind has that name."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind, self.name, self.known = kind, name, tuple(sorted(known))
        near = did_you_mean(name, self.known)
        hint = f" Did you mean {near!r}?" if near else ""
        super().__init__(
            f"No {kind} is called {name!r}.{hint} Known: {', '.join(self.known) or 'none'}. A path to a .toml file works as well."
        )

    def __reduce__(self) -> tuple[type[UnknownNameError], tuple[str, str, tuple[str, ...]]]:
        return type(self), (self.kind, self.name, self.known)


class OutputError(ProtestlawError):
    """Results cannot be written where they were asked to go."""


class ModelError(ProtestlawError):
    """The model was asked for something it cannot do."""
