"""Where two runs with one seed part, and what was to be seen in both at that moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sim.experiment.decisions import first_decisions, subject
from sim.experiment.runs import as_scenario, as_seeds, town_for
from sim.experiment.watching import Morning, Sight, Watched, same_people
from sim.model import ProtestModel
from sim.population import Town
from sim.record import (
    Arrested,
    Covered,
    Difference,
    Dispersed,
    Happening,
    Held,
    LimitPassed,
    Planned,
    Prevented,
    Record,
    Sanctioned,
    Terminated,
    Waited,
    first_difference,
)
from sim.scenario import Scenario

__all__ = ["Divergence", "Parting", "Side", "diverge"]

_OFFICIAL: Final = (Prevented, Terminated, Dispersed, Arrested, LimitPassed, Sanctioned, Covered)
"""What can be asked about in the run in which it did not happen, since it rests on the assembly and not on a choice of then."""

_MISSING: Final = -1
"""The place under which what did not happen is kept."""

type Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Side:
    """One run at a parting. Where officials or media did nothing of the kind, ``sight`` is what they would have gone by.

    Attributes:
        index: place in its log, or none where it has no counterpart of what happened in the other. sight: what was to be seen.
        morning: of the organiser concerned, before the plans of the day.
    """

    index: int | None
    happening: Happening | None
    sight: Sight | None = None
    morning: Morning | None = None


@dataclass(frozen=True, slots=True)
class Parting:
    """A place where two records part.

    Attributes:
        day: from 0. actors: who decided (:data:`~sim.experiment.decisions.ACTORS`), or empty for a happening of any kind.
        sides: under A and under B.
    """

    day: int
    actors: str
    sides: tuple[Side, Side]

    @property
    def flipped(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Citizens who come under A only, and under B only, where an assembly gathers differently."""
        came = [set(side.happening.goers) if isinstance(side.happening, Held) else set() for side in self.sides]
        return tuple(sorted(came[0] - came[1])), tuple(sorted(came[1] - came[0]))


@dataclass(frozen=True, slots=True, eq=False)
class Divergence:
    """Where two runs part.

    Attributes:
        a, b: the scenarios. seed: the one seed. records: of both.
        common: how many happenings they share at first.
        first: the first happening that differs; ``None`` if the records are the same to the last byte.
        decisions: the first decisions of organisers, officials and citizens that differ, as far as they are others, by day.
        one_people: whether both have one town and the same organisers, so that a number is one person under both.
    """

    a: Scenario
    b: Scenario
    seed: int
    records: tuple[Record, Record]
    common: int
    first: Parting | None
    decisions: tuple[Parting, ...]
    one_people: bool

    @property
    def partings(self) -> tuple[Parting, ...]:
        """All of them."""
        return (self.first, *self.decisions) if self.first else ()


def diverge(a: Scenario | str, b: Scenario | str, seed: int = 1, progress: Told | None = None) -> Divergence:
    """Run two scenarios with one seed, and look at the moments at which their runs part.

    Each is run twice: once to know where, and once more as far as there to look.

    Args:
        a, b: scenarios, or the names or files of them.
        seed: the seed.
        progress: called with the number of runs begun, and of all runs.

    >>> diverge("seminar", "seminar", seed=1).first is None  # doctest: +SKIP
    True
    """
    scenarios = as_scenario(a), as_scenario(b)
    (seed,) = as_seeds([seed])
    tell, people = progress or _say_nothing, same_people(*scenarios)
    towns = _towns(scenarios, seed)
    records = []
    for n, scenario in enumerate(scenarios):
        records.append(ProtestModel(scenario, rng=seed, town=towns[n]).run_for())
        tell(n + 1, 4)
    found = first_difference(records[0], records[1])
    partings: list[Parting] = []
    if found:
        partings = [_parting(found, (records[0], records[1]))]
        partings += _decided(records[0], records[1], partings[0]) if people else []
        partings = _watched(scenarios, seed, towns, partings, found.index, tell)
    else:
        tell(4, 4)
    common = found.index if found else len(records[0])
    first = partings[0] if partings else None
    return Divergence(*scenarios, seed, (records[0], records[1]), common, first, tuple(partings[1:]), people)


def _say_nothing(done: int, total: int) -> None:
    """Progress that nobody asked for."""


def _towns(scenarios: tuple[Scenario, Scenario], seed: int) -> tuple[Town, Town]:
    town = town_for(scenarios[0], seed)
    return town, town_for(scenarios[1], seed, town, scenarios[0])


def _decided(one: Record, other: Record, first: Parting) -> list[Parting]:
    """The first differing decisions that are not the first differing happening."""
    logs, found = (list(one), list(other)), []
    for actors, places in first_decisions(one, other).items():
        sides = [Side(place, logs[n][place]) if place is not None else Side(None, None) for n, place in enumerate(places)]
        if all(side.index == known.index for side, known in zip(sides, first.sides, strict=True)):
            continue
        day = min(side.happening.day for side in sides if side.happening)
        found.append(Parting(day, actors, (sides[0], sides[1])))
    return sorted(found, key=lambda parting: parting.day)


def _parting(found: Difference, records: tuple[Record, Record]) -> Parting:
    rest = [list(enumerate(record))[found.index :] for record in records]
    return _pair(rest[0], rest[1])


def _pair(rest: list[tuple[int, Happening]], rest_other: list[tuple[int, Happening]]) -> Parting:
    """The two happenings at the heads of what is left, if they are about one thing; else the one that the other run lacks.

    What comes later on the same day in the other run was only put off by what stands in between.
    """
    tails = (rest, rest_other)
    day = min(tail[0][1].day for tail in tails if tail)
    today = [[one for one in tail if one[1].day == day] for tail in tails]
    for mine in (0, 1):
        if not today[mine]:
            continue
        here = today[mine][0]
        there = next((one for one in today[1 - mine] if subject(one[1]) == subject(here[1])), None)
        if there is None or there is today[1 - mine][0] or mine == 1:
            sides = Side(*here), Side(*there) if there else Side(None, None)
            return Parting(day, "", sides if mine == 0 else sides[::-1])
    raise AssertionError("a day on which something happened has a first happening")


# -- looking ---------------------------------------------------------------------------------------------------------------


def _watched(
    scenarios: tuple[Scenario, Scenario], seed: int, towns: tuple[Town, Town], partings: list[Parting], common: int, tell: Told
) -> list[Parting]:
    """The partings with what was to be seen at them: both runs once more, as far as those days."""
    mornings = [(parting.day, who) for parting in partings if (who := _organiser(parting)) is not None]
    models: list[Watched] = []
    seen: list[dict[int, Sight]] = []
    for n, (scenario, town) in enumerate(zip(scenarios, towns, strict=True)):
        people = same_people(*scenarios)
        wanted = {
            parting.sides[n].index: sorted({who for side in parting.flipped for who in side}) if people else []
            for parting in partings
        }
        first, there = partings[0], partings[0].sides[1 - n].happening
        lacks = first.sides[n].index is None and isinstance(there, _OFFICIAL)
        looker = _Looker(wanted, (common, there) if lacks and there else None)
        days = [side.happening.day for parting in partings for side in parting.sides if side.happening]
        model = Watched(scenario, rng=seed, town=town, looker=looker, mornings=mornings)
        model.run_for(min(max(days) + 1, scenario.scenario.days))
        models.append(model)
        seen.append(looker.seen)
        tell(n + 3, 4)
    return [_with_sights(parting, seen, models) for parting in partings]


class _Looker:
    """Looks at some happenings by their places in the log, and for one that did not happen at the place where it would have."""

    def __init__(self, wanted: Mapping[int | None, Sequence[int]], missing: tuple[int, Happening] | None = None) -> None:
        self._wanted, self._missing = wanted, missing
        self.seen: dict[int, Sight] = {}

    def __call__(self, model: Watched, index: int, happening: Happening) -> None:
        if index in self._wanted:
            self.seen[index] = model.sight(index, happening, self._wanted[index])
        if self._missing and self._missing[0] == index and happening.day == self._missing[1].day:
            self.seen[_MISSING] = model.sight(index, self._missing[1])


def _with_sights(parting: Parting, seen: list[dict[int, Sight]], models: list[Watched]) -> Parting:
    who = _organiser(parting)
    sides = []
    for n, side in enumerate(parting.sides):
        sight = seen[n].get(side.index) if side.index is not None else None if parting.actors else seen[n].get(_MISSING)
        morning = models[n].mornings.get((parting.day, who)) if who is not None else None
        sides.append(Side(side.index, side.happening, sight, morning))
    return Parting(parting.day, parting.actors, (sides[0], sides[1]))


def _organiser(parting: Parting) -> int | None:
    """The organiser whose opportunity arose in one run, and perhaps not in the other."""
    return next((side.happening.organiser for side in parting.sides if isinstance(side.happening, Planned | Waited)), None)
