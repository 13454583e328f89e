"""Who decides what in a record, and the first decision of each sort that two runs take differently.

Decisions are held against each other by what they are about and not by their place in the log: an assembly is known by its
organiser, the day its opportunity arose and its part of a split, which is the same under every law.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from sim.record import (
    Answered,
    AppealDecided,
    Appealed,
    Arrested,
    Booked,
    CalledOff,
    Changed,
    Dispersed,
    Happening,
    Held,
    Planned,
    Prevented,
    Record,
    Sanctioned,
    Terminated,
    Waited,
)

__all__ = ["ACTORS", "Code", "codes_of", "first_decisions", "subject"]

ACTORS: Final = ("organisers", "officials", "citizens")
"""Who decides: organisers; authority, court and police; those who come or stay at home."""

type Code = tuple[int, int, int]
type Key = tuple[object, ...]

_CHOSEN: Final = ("form", "site", "date", "declared", "exempt_kind")
_RULED: Final[dict[type[Happening], tuple[str, ...]]] = {
    Answered: ("answer", "ground", "pretext", "allowed", "offered_site", "offered_date"),
    AppealDecided: ("reversed",),
    Prevented: ("reason",),
    Terminated: ("reason", "left"),
    Dispersed: (),
    Arrested: ("citizens",),
    Sanctioned: ("fine", "jail", "warning", "expelled"),
}
"""What officials decide. What the law makes of it (terms, the meaning of silence) is left out, and so is the day."""

_NEEDS_FILING: Final = (Answered, AppealDecided)
_OVER: Final = ("nobody_came", "phantom", "organiser_jailed")
"""Ends that are not the organiser's decision on the day."""


class _Decision(NamedTuple):
    place: int
    day: int
    said: tuple[object, ...]
    comparable: bool  # whether the other run's having none of it is a difference


def codes_of(record: Record) -> dict[int, Code]:
    """The assemblies of a record by number, as they are known under every law: organiser, opportunity, part."""
    return {plan.assembly: (plan.organiser, plan.opportunity, plan.part) for plan in record.of(Planned)}


def subject(happening: Happening) -> tuple[object, ...]:
    """What a happening is about: two of one subject on one day stand for each other in records that were the same so far."""
    match happening:
        case Planned():
            return "plan", happening.organiser, happening.opportunity, happening.part
        case Waited():
            return "plan", happening.organiser, happening.day, 0
        case Held() | CalledOff() | Prevented():
            return "fate", happening.assembly
        case Appealed() | Changed():
            return "way out", happening.assembly
        case Sanctioned():
            return "sanction", happening.assembly, happening.role, happening.who
        case Booked():
            return "booked", happening.site, happening.date
    numbers = (getattr(happening, name, None) for name in ("assembly", "outlet", "number", "issue", "limit"))
    return happening.kind, *numbers


def first_decisions(one: Record, other: Record) -> dict[str, tuple[int | None, int | None]]:
    """The first decision of each of :data:`ACTORS` that differs, as places in both logs; a place is missing where a run has none.

    Officials and citizens are compared where both runs have the same assembly, filed for or gathering in both.
    """
    sides = [_decisions(record) for record in (one, other)]
    reached = [_reached(record) for record in (one, other)]
    both = reached[0] & reached[1]
    found: dict[str, tuple[int | None, int | None]] = {}
    for actor in ACTORS:
        mine, its = (side[actor] for side in sides)
        differing = [
            (min(decision.day for decision in pair if decision), [decision.place if decision else None for decision in pair])
            for key in dict.fromkeys([*mine, *its])
            if _differ(pair := (mine.get(key), its.get(key)), key, both)
        ]
        if differing:
            _, places = min(differing, key=lambda one: (one[0], *(place if place is not None else -1 for place in one[1])))
            found[actor] = (places[0], places[1])
    return found


def _differ(pair: tuple[_Decision | None, _Decision | None], key: Key, both: set[Key]) -> bool:
    mine, its = pair
    if mine and its:
        return mine.said != its.said
    there = mine or its
    return there is not None and there.comparable and (key[0] == "plan" or (key[1], key[2]) in both)


def _decisions(record: Record) -> Mapping[str, dict[Key, _Decision]]:
    codes, seen = codes_of(record), Counter[Key]()
    found: dict[str, dict[Key, _Decision]] = {actor: {} for actor in ACTORS}
    for index, happening in enumerate(record):
        for actor, key, said, comparable in _told(happening, codes):
            seen[key] += 1
            found[actor].setdefault((*key, seen[key]), _Decision(index, happening.day, said, comparable))
    return found


def _told(happening: Happening, codes: Mapping[int, Code]) -> Iterator[tuple[str, Key, tuple[object, ...], bool]]:
    """The decisions in a happening: ``(actor, key, what was decided, comparable)``."""
    kind = happening.kind
    match happening:
        case Planned():
            said = ("plan", happening.strategy, *(getattr(happening, name) for name in _CHOSEN), happening.filed)
            yield "organisers", ("plan", codes[happening.assembly]), said, True
        case Waited():
            yield "organisers", ("plan", (happening.organiser, happening.day, 0)), ("waited",), True
        case Appealed():
            yield "organisers", ("way out", codes[happening.assembly]), ("appeal",), False
        case Changed() if happening.choice != "new_law":
            said = (happening.choice, *(getattr(happening, name) for name in _CHOSEN))
            yield "organisers", ("way out", codes[happening.assembly]), said, False
        case CalledOff() if happening.reason not in _OVER:
            question = "eve" if happening.reason == "forecast" else "way out"
            yield "organisers", (question, codes[happening.assembly]), ("call_off",), False
        case Held():
            code = codes[happening.assembly]
            yield "organisers", ("eve", code), ("held",), False
            yield "citizens", ("street", code), (happening.goers,), False
        case _ if type(happening) in _RULED:
            code = codes[happening.assembly]  # type: ignore[attr-defined]
            ruled = tuple(getattr(happening, name) for name in _RULED[type(happening)])
            if isinstance(happening, Answered) and happening.answer.startswith("silence"):
                ruled = ("silence",)
            whom = (happening.role, happening.who) if isinstance(happening, Sanctioned) else ()
            where = "filed" if isinstance(happening, _NEEDS_FILING) else "gathered"
            yield "officials", (where, code, kind, *whom), ruled, True


def _reached(record: Record) -> set[Key]:
    """Which assemblies were answered or gathered, as the beginnings of keys: ``(code, kind)`` of what officials can decide on."""
    codes = codes_of(record)
    found: set[Key] = set()
    for happening in record.of(Answered, Held, Prevented):
        code = codes[happening.assembly]  # type: ignore[attr-defined]
        kinds = _NEEDS_FILING if isinstance(happening, Answered) else [kind for kind in _RULED if kind not in _NEEDS_FILING]
        found |= {(code, kind.kind) for kind in kinds}
    return found
