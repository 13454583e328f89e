"""An explanation as data: sections of sentences, each with the sources it rests on; and as text."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from sim.law.provisions import Provision

__all__ = ["Explanation", "Section", "Sentence", "say", "to_text"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement.

    Attributes:
        text: the statement.
        sources: where it stands.
        doubts: how sure it is, where it is less than found in its source (keys of :data:`sim.law.CONFIDENCE`).
    """

    text: str
    sources: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    def __str__(self) -> str:
        marks = "; ".join([*self.sources, *self.doubts])
        return f"{self.text} [{marks}]" if marks else self.text


@dataclass(frozen=True, slots=True)
class Section:
    """Sentences on one subject."""

    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A law in plain English.

    Attributes:
        title: the law's name.
        status: what the text is (an act, a bill that never came into force...); to be read before anything else.
        sections: the rest.
    """

    title: str
    status: Sentence
    sections: tuple[Section, ...]


def say(text: str, *provisions: Provision | None) -> Sentence:
    """A statement that rests on some provisions."""
    resting = [provision for provision in provisions if provision]
    sources = dict.fromkeys(mark for provision in resting for mark in provision.source.split("; "))
    doubts = dict.fromkeys(provision.confidence for provision in resting if provision.confidence not in {"found", "computed"})
    return Sentence(text, tuple(sources), tuple(doubts))


def to_text(explanation: Explanation, width: int = 100) -> str:
    """An explanation as plain text, wrapped at ``width`` columns."""
    title = textwrap.wrap(explanation.title, width)
    lines = [*title, "=" * max(map(len, title)), *textwrap.wrap(str(explanation.status), width)]
    for section in explanation.sections:
        lines += ["", section.title, "-" * len(section.title)]
        for sentence in section.sentences:
            lines += textwrap.wrap(
                str(sentence), width, initial_indent="- ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
            )
    return "\n".join(lines) + "\n"
