"""Levers beside the run: numbers of the law and the practice, each at what the running scenario has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sim.errors import ProtestlawError
from sim.interface.watching.lever_kinds import KINDS, Kind, Value
from sim.interface.watching.watch import Watch
from sim.scenario import Scenario

__all__ = ["Level", "Lever", "Offer", "levers", "offers"]


@dataclass(frozen=True, slots=True)
class Level:
    """Where a lever may stand: in words, and the settings that put it there; none where the scenario has it by itself."""

    value: Value
    words: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Lever:
    """A lever.

    Attributes:
        label: what it is called. slides: whether its levels are amounts, in order.
        keys: the settings it stands for. levels: where it may stand. at: the place among them where it stands.
    """

    label: str
    slides: bool
    keys: tuple[str, ...]
    levels: tuple[Level, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of lever, and the values of it that a scenario takes."""

    kind: Kind
    values: tuple[Value, ...]


def offers(watch: Watch) -> tuple[Offer, ...]:
    """The kinds of levers that a scenario has, each with the values that it takes when nothing else is changed.

    Raises:
        InputError, UnknownNameError: if there is no such scenario.
    """
    scenario = watch.read()
    found = []
    for kind in KINDS:
        if kind.read(scenario) is not None:
            taken = tuple(value for value in kind.values(scenario) if _takes(watch, kind, kind.settings(scenario, value)))
            if len({*taken, kind.read(scenario)}) > 1:
                found.append(Offer(kind, taken))
    return tuple(found)


def _takes(watch: Watch, kind: Kind, settings: Mapping[str, Any]) -> bool:
    try:
        watch.changed(settings, kind.keys).read()
    except ProtestlawError:
        return False
    return True


def levers(watch: Watch, scenario: Scenario, offered: tuple[Offer, ...]) -> tuple[Lever, ...]:
    """The levers, each where the running scenario has it.

    Args:
        watch: what is watched. scenario: the same, read. offered: the kinds and values to offer.
    """
    return tuple(_lever(offer, watch, scenario) for offer in offered if offer.kind.read(scenario) is not None)


def _lever(offer: Offer, watch: Watch, scenario: Scenario) -> Lever:
    kind, levels = offer.kind, {}
    for value in offer.values:
        levels[value] = Level(value, kind.words(scenario, value), kind.settings(scenario, value))
    for value, settings in _own(kind, watch, scenario):
        levels[value] = Level(value, kind.words(scenario, value), settings)
    order = sorted(levels.values(), key=_place if kind.slides else lambda level: level.value in offer.values)
    at = next(place for place, level in enumerate(order) if level.value == kind.read(scenario))
    return Lever(kind.label, kind.slides, kind.keys, tuple(order), at)


def _own(kind: Kind, watch: Watch, scenario: Scenario) -> Iterator[tuple[Value, Mapping[str, Any]]]:
    """Where the lever stands now, and where it stands if nobody touches it, each with the settings that put it there."""
    if (now := kind.read(scenario)) is not None:
        touched = {key: watch.settings[key] for key in kind.keys if key in watch.settings}
        yield now, touched
        if not touched:
            return
    try:
        untouched = kind.read(watch.changed({}, kind.keys).read())
    except ProtestlawError:
        return
    if untouched is not None:
        yield untouched, {}


def _place(level: Level) -> tuple[int, float]:
    """What is said in words comes first, but for ``none``, which is beyond all numbers."""
    if isinstance(level.value, str):
        return (2, 0.0) if level.value == "none" else (0, 0.0)
    return 1, float(level.value)
