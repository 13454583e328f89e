"""The text that says what the columns of a user's file of events mean."""

from __future__ import annotations

import codecs
import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field

from sim.errors import InputError, Problem, did_you_mean
from sim.measurement.patterns import REGIMES
from sim.texts import OneOf, Text, accept, read_toml

__all__ = ["DATES", "NUMBERS", "TRUTHS", "Mapped", "read_mapping"]

DATES: Final = ("date", "filed", "decided")
NUMBERS: Final = ("attended", "declared", "arrests", "punished", "officers")
TRUTHS: Final = ("held", "one_off", "notified", "refused", "lawful", "intervention", "critical")
"""What may be mapped, by what its cells are; and ``topic``, which is a word."""


class City(Text):
    """``[city]``: whose assemblies they are."""

    title: str = Field(min_length=2, description="What it is called in tables and figures.")
    regime: Annotated[str, OneOf(tuple(REGIMES))] | None = Field(
        None,
        description="Under which regime: N (notification that is honoured), P (permit-like practice), L (no filings are known).",
    )
    squatting: bool = Field(False, description="Whether a filing is free and keeps others from the place.")
    inhabitants: float | None = Field(None, ge=100, description="Of all ages.")
    first: datetime.date | None = Field(None, description="First day the file covers; that of the first event if left out.")
    last: datetime.date | None = Field(None, description="Last day the file covers; that of the last event if left out.")
    source: str = Field("", description="Where the file is from.")

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterable[Problem]:
        """The last day is after the first."""
        first, last = parts.get("first"), parts.get("last")
        if first and last and last <= first:
            yield Problem("last", str(last), f"a day after the first ({first})")


class Format(Text):
    """``[file]``: how the file is written."""

    delimiter: str = Field(",", min_length=1, max_length=1, description="What stands between cells.")
    encoding: str = Field("utf-8-sig", description="Of the file, as utf-8 or latin-1.")
    dates: str = Field("%Y-%m-%d", description="How dates are written, in the signs of strptime.")
    thousands: str = Field("", max_length=1, description="What groups digits by thousands, if anything.")
    yes: tuple[str, ...] = Field(("yes", "true", "1"), description="Words for yes, in small letters.")
    no: tuple[str, ...] = Field(("no", "false", "0"), description="Words for no.")
    missing: tuple[str, ...] = Field(("", "na", "nan"), description="Words for what is not known.")

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterable[Problem]:
        """The encoding is known, and no word has two meanings."""
        encoding = parts.get("encoding", "utf-8")
        try:
            codecs.lookup(encoding)
        except LookupError:
            yield Problem("encoding", repr(encoding), "a text encoding, as utf-8 or latin-1")
        yield from _both(parts)


class Words(Text):
    """``[words.COLUMN]``: the words of one column for yes and no, where they are its own."""

    yes: tuple[str, ...] = Field(min_length=1, description="Words for yes.")
    no: tuple[str, ...] = Field(min_length=1, description="Words for no.")

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterable[Problem]:
        """No word has two meanings."""
        return _both(parts)


def _both(parts: Mapping[str, Any]) -> Iterable[Problem]:
    both = {word.lower() for word in parts.get("yes", ())} & {word.lower() for word in parts.get("no", ())}
    if both:
        yield Problem("no", repr(min(both)), "words that are not among those for yes")


class Columns(Text):
    """``[columns]``: the names that columns have in the file."""

    date: str = Field(min_length=1, description="Day of the event; the day filed for if it was not held.")
    held: str | None = Field(None, description="Whether it took place; if left out, all did.")
    attended: str | None = Field(None, description="Persons who came.")
    declared: str | None = Field(None, description="Persons declared in the filing.")
    filed: str | None = Field(None, description="Day of the first filing.")
    decided: str | None = Field(None, description="Day of the decision on it.")
    notified: str | None = Field(None, description="Whether anything was filed beforehand.")
    refused: str | None = Field(None, description="Whether it was refused or prohibited.")
    lawful: str | None = Field(None, description="Whether nothing the law requires was missing when it began.")
    arrests: str | None = Field(None, description="Persons detained at it.")
    punished: str | None = Field(None, description="Those of them who were punished.")
    intervention: str | None = Field(None, description="Whether the police made arrests or dispersed it by force.")
    officers: str | None = Field(None, description="Police deployed.")
    critical: str | None = Field(None, description="Whether its organiser opposes the government.")
    one_off: str | None = Field(None, description="Whether it is no part of a series.")
    topic: str | None = Field(None, description="What it is about.")

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterable[Problem]:
        """A decision needs a filing, a punishment an arrest, and each column one meaning."""
        for name, other in (("decided", "filed"), ("punished", "arrests")):
            if parts.get(name) and other in parts and not parts[other]:
                yield Problem(other, "nothing", f"a column, since {name} is told from it")
        taken = [value for value in parts.values() if value]
        for name in dict.fromkeys(name for name in taken if taken.count(name) > 1):
            yield Problem("", f"the column {name!r} with two meanings", "one meaning for each column")


class KnownShock(Text):
    """``[[shocks]]``: a dated event that raised concern with a topic."""

    date: datetime.date = Field(description="Its day.")
    topic: str = Field(min_length=1, description="The topic, as in the file.")
    title: str = Field("", description="What happened.")


class Mapped(Text):
    """What a user says of a file of events."""

    city: City = Field(description="Whose assemblies they are.")
    file: Format = Field(Format(), description="How the file is written.")
    columns: Columns = Field(description="The names that columns have in the file.")
    words: dict[str, Words] = Field({}, description="Words of single columns for yes and no.")
    shocks: tuple[KnownShock, ...] = Field((), description="Events that raised concern with a topic.")

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterable[Problem]:
        """Words are of columns there are and that say yes or no, and shocks need topics."""
        unknown = [name for name in parts.get("words", {}) if name not in TRUTHS]
        for name in unknown:
            yield Problem(f"words.{name}", f"the unknown key {name!r}", ", ".join(TRUTHS), did_you_mean(name, TRUTHS))
        columns = parts.get("columns")
        if columns is None:
            return
        for name in parts.get("words", {}):
            if name not in unknown and getattr(columns, name, None) is None:
                yield Problem(
                    f"words.{name}", "words of a column that is not mapped", f"a name for {name} under [columns], or no words"
                )
        if parts.get("shocks") and columns.topic is None:
            yield Problem("columns.topic", "nothing", "a column, since shocks are told by topic")


def read_mapping(path: Path) -> Mapped:
    """Read what a user says of a file of events.

    Raises:
        InputError: if there is no such file, or with everything that is wrong with it.
    """
    if not path.is_file():
        raise InputError(str(path), [Problem("", "no such file", "a text (.toml) with [city] and [columns]")])
    return accept(Mapped, read_toml(path, InputError), str(path), InputError)
