"""What happens to one citizen or one organiser in a run, and what it does: read from the record, and by looking on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.errors import InputError, Problem
from sim.experiment.decisions import Code
from sim.experiment.runs import as_scenario, as_seeds, town_for
from sim.experiment.watching import Profile, Stand, Watched, same_people, stands
from sim.measurement.citizens import QUINTILES
from sim.model import ProtestModel
from sim.population import Town
from sim.record import (
    Arrested,
    CalledOff,
    Covered,
    EmergencyBegan,
    EmergencyEnded,
    Happening,
    Held,
    LawChanged,
    Planned,
    Record,
    Sanctioned,
    Shocked,
    Waited,
)
from sim.scenario import Scenario

__all__ = ["Life", "Moment", "Person", "busiest_citizen", "busiest_organiser", "follow"]

_CALENDAR: Final = (LawChanged, EmergencyBegan, EmergencyEnded, Shocked)
_CITIZENS: Final = ("participant", "foreigner")

type Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened to somebody, or that it did.

    Attributes:
        key: what it is about, the same under every law. happening: what happened.
        part: of the one followed: ``heard``, ``went``, ``arrested``, ``sanctioned``, ``ties``, ``news``, ``calendar``, ``own``.
        stand: where a citizen stood towards an assembly. ties: how many of its ties were concerned.
    """

    key: Key
    happening: Happening
    part: str
    stand: Stand | None = None
    ties: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """A citizen as the town has it: the same under every law.

    Attributes:
        district: its name. income: a month, in the town's money. ties: how many it knows. foreigner: whether it is one.
        fifths: by trait (income, reluctance, risk aversion, deference, use of news, concern with each issue), from 0 (the lowest
            fifth of the town) to 4.
        leads, follows: organisers, by number.
    """

    number: int
    district: str
    income: float
    ties: int
    foreigner: bool
    fifths: dict[str, int]
    leads: tuple[int, ...]
    follows: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Life:
    """What happened to one citizen or organiser under a scenario. ``who`` is the same under every law."""

    scenario: Scenario
    seed: int
    record: Record
    who: Person | Profile
    moments: tuple[Moment, ...]


def follow(
    scenarios: tuple[Scenario | str, ...],
    seed: int,
    *,
    citizen: int | None = None,
    organiser: int | None = None,
    busiest: str = "",
) -> tuple[Life, ...]:
    """The life of one citizen or organiser under one scenario or more, with one seed.

    Args:
        scenarios: scenarios, or names or files of them; of one town with the same organisers.
        seed: the seed.
        citizen, organiser: whom to follow; one of them.
        busiest: ``citizen`` or ``organiser``, to follow the one to whom most happens under all of the scenarios.

    Raises:
        InputError: if there is no such citizen or organiser, or the scenarios are not of one town.
    """
    found = tuple(as_scenario(scenario) for scenario in scenarios)
    (seed,) = as_seeds([seed])
    for other in found[1:]:
        if not same_people(found[0], other):
            allowed = "scenarios with the same town, traits, issues and organisers, so that one number is one person"
            raise InputError("story", [Problem("", f"{found[0].name} and {other.name}, whose people are not the same", allowed)])
    town = town_for(found[0], seed)
    if busiest:
        records = [ProtestModel(scenario, rng=seed, town=town).run_for() for scenario in found]
        if busiest == "citizen":
            citizen = busiest_citizen(*records)
        else:
            organiser = busiest_organiser(*records)
    if organiser is not None:
        return tuple(_organiser(scenario, seed, town, organiser) for scenario in found)
    return tuple(_citizen(scenario, seed, town, citizen or 0) for scenario in found)


def busiest_citizen(*records: Record) -> int:
    """To whom most happened: sanctions count three times, arrests twice, attendance once; of equals, the lowest number."""
    counts = Counter[int]()
    for record in records:
        for happening in record.of(Held, Arrested, Sanctioned):
            match happening:
                case Held():
                    counts.update(happening.goers)
                case Arrested():
                    counts.update(dict.fromkeys(happening.citizens, 2))
                case Sanctioned() if happening.role in _CITIZENS:
                    counts[happening.who] += 3
    return min(counts, key=lambda citizen: (-counts[citizen], citizen), default=0)


def busiest_organiser(*records: Record) -> int:
    """Who planned most; of equals, the lowest number."""
    counts = Counter[int](plan.organiser for record in records for plan in record.of(Planned))
    return min(counts, key=lambda organiser: (-counts[organiser], organiser), default=0)


def _check(option: str, number: int, count: int, what: str) -> None:
    if not 0 <= number < count:
        allowed = f"a number from 0 to {count - 1:,}" if count else "none"
        raise InputError("story", [Problem(option, f"{number}", f"{allowed}: there are {count:,} {what}")])


# -- organisers ------------------------------------------------------------------------------------------------------------


def _organiser(scenario: Scenario, seed: int, town: Town, number: int) -> Life:
    model = ProtestModel(scenario, rng=seed, town=town)
    _check("--organiser", number, len(model.organisers), "organisers")
    record = model.run_for()
    return Life(scenario, seed, record, Profile.of(model, number), tuple(_of_organiser(record, number)))


def _of_organiser(record: Record, number: int) -> Iterator[Moment]:
    own: dict[int, Code] = {}
    seen = Counter[Key]()
    for happening in record:
        assembly = getattr(happening, "assembly", None)
        if isinstance(happening, Planned) and happening.organiser == number:
            own[happening.assembly] = (number, happening.opportunity, happening.part)
        key: Key
        if isinstance(happening, Waited) and happening.organiser == number:
            yield Moment(("planned", (number, happening.day, 0), 1), happening, "own")
        elif isinstance(happening, _CALENDAR):
            yield Moment(_calendar_key(happening), happening, "calendar")
        elif assembly in own and not (isinstance(happening, Sanctioned) and happening.role in _CITIZENS):
            key = (_sort(happening), own[assembly])
            seen[key] += 1
            yield Moment((*key, seen[key]), happening, "own")


def _sort(happening: Happening) -> str:
    return {"called_off": "fate", "held": "fate", "prevented": "fate"}.get(happening.kind, happening.kind)


def _calendar_key(happening: Happening) -> Key:
    return "calendar", happening.kind, getattr(happening, "number", getattr(happening, "issue", None))


# -- citizens --------------------------------------------------------------------------------------------------------------


def _citizen(scenario: Scenario, seed: int, town: Town, number: int) -> Life:
    _check("--citizen", number, town.n, "adults")
    looker = _Companion(number, town)
    model = Watched(scenario, rng=seed, town=town, looker=looker)
    person = _person(model, number)
    record = model.run_for()
    return Life(scenario, seed, record, person, tuple(looker.moments))


class _Companion:
    """Looks on for one citizen: at each assembly that gathers, whether it hears of it and why it goes or stays."""

    def __init__(self, citizen: int, town: Town) -> None:
        ties = town.ties
        self._citizen = citizen
        self._ties = set(ties.neighbours[ties.indptr[citizen] : ties.indptr[citizen + 1]].tolist())
        self._arrests = set[int]()
        self.moments: list[Moment] = []

    def __call__(self, model: Watched, _: int, happening: Happening) -> None:
        if isinstance(happening, _CALENDAR):
            self.moments.append(Moment(_calendar_key(happening), happening, "calendar"))
            return
        assembly = model.assemblies.get(getattr(happening, "assembly", -1))
        if assembly is None:
            return
        code = (assembly.organiser.number, assembly.opportunity, assembly.part)
        self.moments += self._of_assembly(model, happening, code)

    def _of_assembly(self, model: Watched, happening: Happening, code: Code) -> Iterator[Moment]:
        match happening:
            case Held() | CalledOff(reason="nobody_came"):
                found = stands(model, model.assemblies[happening.assembly], [self._citizen])
                went = isinstance(happening, Held) and self._citizen in happening.goers
                if went or any(stand.look.reached for stand in found):
                    stand = found[0] if found else None
                    yield Moment(("street", code), happening, "went" if went else "heard", stand)
            case Arrested():
                self._arrests.add(happening.assembly)
                if self._citizen in happening.citizens:
                    yield Moment(("arrested", code), happening, "arrested")
                if known := len(self._ties & set(happening.citizens)):
                    yield Moment(("ties", code), happening, "ties", ties=known)
            case Sanctioned() if happening.role in _CITIZENS and happening.who == self._citizen:
                yield Moment(("sanctioned", code), happening, "sanctioned")
            case Covered() if happening.assembly in self._arrests:
                yield Moment(("news", code), happening, "news")


def _person(model: ProtestModel, number: int) -> Person:
    people, ties = model.town.people, model.town.ties
    columns = {
        "income": people.income,
        "reluctance to go out": people.theta,
        "aversion to risk": people.risk_aversion,
        "deference to the law": people.deference,
        "use of news": people.media,
        **{f"concern with {issue.name}": people.concern[n] for n, issue in enumerate(model.conduct.issues)},
    }
    fifths = {name: min(QUINTILES - 1, int(QUINTILES * np.mean(column < column[number]))) for name, column in columns.items()}
    return Person(
        number,
        model.town.spec.districts[int(people.district[number])].name,
        float(people.income[number]),
        int(ties.indptr[number + 1] - ties.indptr[number]),
        bool(people.foreigner[number]),
        fifths,
        tuple(one.number for one in model.organisers if one.leader == number),
        tuple(one.number for one in model.organisers if number in one.followers),
    )
