"""The text of a page for the seminar: its levers, what it shows, and levels near those of real laws."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final

from pydantic import Field

from sim.errors import Problem, did_you_mean
from sim.experiment.design.keys import flat
from sim.experiment.design.text import Seeds
from sim.experiment.exploring.any_value import AnyText
from sim.experiment.exploring.languages import Said
from sim.experiment.exploring.outcomes import OUTCOMES
from sim.texts import OneOf, Text, WordList, names

__all__ = ["MOST_CELLS", "ExplorerText", "HeadText", "LevelText", "LeverText", "PresetText"]

MOST_CELLS: Final = 4_000
"""Combinations of levels, at most: a page holds about a thousand that differ."""

_NAME: Final = r"[a-z0-9][a-z0-9-]{0,23}"


class HeadText(Text):
    """``[explorer]``: what the page is about."""

    title: Said = Field(description="What the page is called.")
    base: str = Field(min_length=1, description="The scenario that is varied: its name, or a path ending in .toml.")
    seeds: Seeds = Field(description="How many seeds for each combination (then 1, 2, 3 ...), or a list of seeds.")
    timelines: int = Field(2, ge=1, le=20, description="Of how many seeds, the first ones, single runs can be looked at.")
    outcomes: Annotated[tuple[str, ...], WordList(OUTCOMES, least=1)] = Field(description="What the table shows.")
    question: Annotated[str, OneOf(OUTCOMES)] = Field(description="What is predicted first; one of the outcomes.")

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterator[Problem]:
        """What is asked is shown, and timelines are of runs."""
        outcomes, question = parts.get("outcomes"), parts.get("question")
        if outcomes and question and question not in outcomes:
            yield Problem("question", repr(question), f"one of the outcomes: {', '.join(outcomes)}")
        seeds = parts.get("seeds")
        if seeds and len(seeds) < 2:
            yield Problem("seeds", "one seed", "two seeds or more: with one there is no interval")
        if seeds and parts.get("timelines", 0) > len(seeds):
            yield Problem("timelines", str(parts["timelines"]), f"at most the number of seeds, {len(seeds)}")


class LevelText(Text):
    """``[[levers.NAME.levels]]``: one position of a lever."""

    row_name = "name"

    name: str = Field(pattern=f"^{_NAME}$", description="Its name in the page's address: small letters, digits and -.")
    label: Said = Field(description="What stands on its button: a word or two.")
    set: dict[str, Any] = Field({}, description="What it sets, as --set takes it; nothing for what the base says.")


class LeverText(Text):
    """``[levers.NAME]``: one thing that the law, or practice, may say."""

    label: Said = Field(description="What it is called.")
    help: Said | None = Field(None, description="A sentence on what it means.")
    moot: tuple[dict[str, str], ...] = Field(
        (), description="Where it means nothing, as { LEVER = LEVEL } of levers before it; then its first level stands."
    )
    levels: tuple[LevelText, ...] = Field(min_length=2, description="Its positions in order.")
    any: AnyText | None = Field(None, description="Which other numbers it may be set to, on a page that is served live.")

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterator[Problem]:
        """Each level once; and any other number sets what levels set, or they would be no positions of one lever."""
        levels, other = parts.get("levels", ()), parts.get("any")
        found = [level.name for level in levels]
        for place, name in enumerate(found):
            if name in found[:place]:
                yield Problem(f"levels.{place}.name", f"{name!r} a second time", "each level once")
        keys = {key for level in levels for key, _ in flat(level.set)}
        if other and levels and (differing := sorted(keys ^ dict(flat(other.set)).keys())):
            yield Problem("any.set", f"not the keys that levels set: {', '.join(differing)}", ", ".join(sorted(keys)))

    def value_of(self, level: LevelText) -> float | None:
        """The number that would set the same as a level; none if there is none."""
        number = self.any.number(level.name) if self.any else None
        if self.any is None or not isinstance(number, float) or self.any.settings(number) != dict(flat(level.set)):
            return None
        return number


class PresetText(Text):
    """``[[presets]]``: levels near those of a real law; never the law itself."""

    label: Said = Field(description="Which law, in a word or two.")
    law: str | None = Field(None, description="The law of the library that it is near to; none for no law in particular.")
    levels: dict[str, str] = Field({}, description="The level of each lever; of a lever left out its first.")
    note: Said | None = Field(None, description="What these levels leave out.")


class ExplorerText(Text):
    """A page's text."""

    explorer: HeadText = Field(description="What the page is about.")
    set: dict[str, Any] = Field({}, description="Settings that hold everywhere, as --set takes them.")
    levers: dict[str, LeverText] = Field(min_length=1, description="What can be changed, by name.")
    presets: tuple[PresetText, ...] = Field((), description="Combinations of levels with a name.")

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterator[Problem]:
        """Levers that can be told apart, and levels that exist wherever they are named."""
        levers: Mapping[str, LeverText] = parts.get("levers", {})
        known = {name: [level.name for level in lever.levels] for name, lever in levers.items()}
        yield from _names(levers)
        yield from _twice(levers, parts.get("set", {}))
        yield from _elsewhere(levers)
        for number, (name, lever) in enumerate(levers.items()):
            before = dict(itertools.islice(known.items(), number))
            for place, condition in enumerate(lever.moot):
                yield from _levels(f"levers.{name}.moot.{place}", condition, before, "a lever before this one")
        for place, preset in enumerate(parts.get("presets", ())):
            yield from _levels(f"presets.{place}.levels", preset.levels, known, "a lever")
            if preset.law is not None and preset.law not in names("law"):
                hint = did_you_mean(preset.law, names("law"))
                yield Problem(f"presets.{place}.law", repr(preset.law), "a law of the library", hint)
        size = 1
        for levels in known.values():
            size *= len(levels)
        if size > MOST_CELLS:
            allowed = f"at most {MOST_CELLS:,}: fewer levels, or fewer levers"
            yield Problem("levers", f"{size:,} combinations of levels", allowed)


def _names(levers: Mapping[str, LeverText]) -> Iterator[Problem]:
    """Names are columns of tables and words of an address."""
    for name in levers:
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,23}", name) or name in {"point", "seed"}:
            yield Problem(
                f"levers.{name}", f"the name {name!r}", "a name of at most 24 small letters, digits and _, a letter first"
            )


def _twice(levers: Mapping[str, LeverText], settings: Mapping[str, Any]) -> Iterator[Problem]:
    """One place for each key. A later lever may change a part of what an earlier one sets as a whole."""
    owner = {key: f"set.{key}" for key, _ in flat(settings)}
    for name, lever in levers.items():
        own = {key for settings in _settings(lever).values() for key in settings}
        for key in sorted(own):
            if key in owner:
                yield Problem(f"levers.{name}", f"{key!r}, which {owner[key]} sets", "each key in one place")
        owner |= dict.fromkeys(own, f"levers.{name}")


def _elsewhere(levers: Mapping[str, LeverText]) -> Iterator[Problem]:
    """One town and one calendar for all: they are the page's map and its timeline."""
    for name, lever in levers.items():
        for place, settings in _settings(lever).items():
            for key in settings:
                if key.partition(".")[0] in {"town", "scenario"}:
                    allowed = "a key of law, practice or behaviour: a page has one town and one calendar"
                    yield Problem(f"levers.{name}.{place}.set", repr(key), allowed)


def _settings(lever: LeverText) -> dict[str, Mapping[str, Any]]:
    """What each level sets, and any other number, by its place in the text."""
    found: dict[str, Mapping[str, Any]] = {f"levels.{place}": level.set for place, level in enumerate(lever.levels)}
    return found | ({"any": lever.any.set} if lever.any else {})


def _levels(place: str, wanted: Mapping[str, str], known: Mapping[str, list[str]], what: str) -> Iterator[Problem]:
    """Levers and levels that are named somewhere."""
    for lever, level in wanted.items():
        if lever not in known:
            allowed = ", ".join(known) or "nothing, since no lever stands before it"
            yield Problem(f"{place}.{lever}", f"{lever!r}, which is no name of {what}", allowed, did_you_mean(lever, known))
        elif level not in known[lever]:
            yield Problem(f"{place}.{lever}", repr(level), ", ".join(known[lever]), did_you_mean(level, known[lever]))
