"""A run that is looked at while it happens: what was to be seen in the model as a happening was written down.

The model is the ordinary one. Its log alone is another, which lets somebody look before it writes: at that moment everything
stands as it stood for the decision.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.behaviour.margins import Look, Terms, look, terms
from sim.errors import ModelError
from sim.experiment.runs import shares_town
from sim.institutions.docket import Assembly, Plan
from sim.institutions.options import Occasion
from sim.institutions.weighing import Choice, Eve, Odds, Ruling
from sim.law import Penalty, Regime
from sim.model import ProtestModel
from sim.model.occasions import occasion_of
from sim.population import Town
from sim.record import (
    Answered,
    Appealed,
    Arrested,
    CalledOff,
    Changed,
    Covered,
    Dispersed,
    Filed,
    Happening,
    Held,
    LimitPassed,
    Planned,
    Prevented,
    Record,
    Sanctioned,
    Terminated,
    Waited,
)
from sim.scenario import Scenario

__all__ = ["Covering", "Morning", "Profile", "Sight", "Stand", "Street", "Watched", "same_people", "stands"]

_CLOSE = 1e-6
"""By how much a citizen's terms may miss what the kernel made of them, utility: it adds them up in another order."""

_OUT = ("refused", "no_answer")
"""Reasons for calling off that are chosen as a way out."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Who an organiser is: the same under every law. ``means`` in monthly wages, ``legality`` in log-persons."""

    number: int
    leader: int
    stance: str
    legal_form: str
    issue: int
    followers: int
    means: float
    legality: float

    @classmethod
    def of(cls, model: ProtestModel, number: int) -> Profile:
        """That of an organiser of a model."""
        one = model.organisers[number]
        return cls(number, one.leader, one.stance, one.legal_form, one.issue, int(one.followers.size), one.means, one.legality)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one citizen stands towards an assembly; ``terms`` are missing if it did not hear of it."""

    citizen: int
    look: Look
    terms: Terms | None


@dataclass(frozen=True, slots=True)
class Street:
    """An assembly as those who hear of it see it.

    Attributes:
        offences: what officials hold against it. breaches: those by the text of the law. expected: persons. officers: sent.
        reach: share of the following that is told. audience: people a public call reaches.
        stands: the citizens who were asked about.
    """

    offences: tuple[str, ...]
    breaches: tuple[str, ...]
    expected: float
    officers: int
    belief: float
    reach: float
    audience: int
    stands: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class Covering:
    """A medium and an assembly: it reports if it is open and the coin lies below the chance."""

    outlet: int
    open: bool
    chance: float
    covers: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """What was to be seen as a happening was written down; what does not concern it is missing.

    Attributes:
        index: its place in the log. happening: what it is. law: the law in force. plan: of its assembly at that moment.
        occasion: behind it. choice, eve: what the organiser weighed. leave: the chance of leave an organiser sees, by procedure.
        street: on the street. ruling: behind an answer. odds: behind what the police do. penalty: what the law threatens.
        coverage: one a medium.
        profile: of the organiser. sites: kinds of the town's places.
    """

    index: int
    happening: Happening
    law: Regime
    plan: Plan | None = None
    occasion: Occasion | None = None
    choice: Choice | None = None
    eve: Eve | None = None
    street: Street | None = None
    ruling: Ruling | None = None
    odds: tuple[Odds, ...] = ()
    penalty: Penalty | None = None
    coverage: tuple[Covering, ...] = ()
    profile: Profile | None = None
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Morning:
    """An organiser before the plans of a day are made: what decides whether an opportunity arises.

    Attributes:
        rate: opportunities a day on ordinary days. factor: how much more often today. jailed_until: day of its release.
    """

    rate: float
    factor: float
    jailed_until: int


type Looker = Callable[[Watched, int, Happening], None]


class _Log(Record):
    """A log that lets somebody look before it writes."""

    __slots__ = ("_look",)

    def __init__(self, look_first: Callable[[int, Happening], None]) -> None:
        super().__init__()
        self._look = look_first

    def add(self, happening: Happening) -> None:
        self._look(len(self), happening)
        super().add(happening)


class Watched(ProtestModel):
    """The model, with somebody who looks before each happening is written down.

    Attributes:
        assemblies: everything planned so far, by number. mornings: by day and organiser, of those asked for.
    """

    def __init__(
        self,
        scenario: Scenario,
        *,
        rng: int,
        town: Town | None = None,
        looker: Looker,
        mornings: Sequence[tuple[int, int]] = (),
    ) -> None:
        super().__init__(scenario, rng=rng, town=town)
        self.assemblies: dict[int, Assembly] = {}
        self.mornings: dict[tuple[int, int], Morning] = {}
        self._wanted = set(mornings)
        self.record = _Log(lambda index, happening: looker(self, index, happening))

    def step(self) -> None:
        """A day, with a look at some organisers before it."""
        today = math.ceil(float(self.time)) - 1
        for day, number in self._wanted:
            if day == today and number < len(self.organisers):
                organiser = self.organisers[number]
                factor = float(self.opportunity_factor()[organiser.issue])
                self.mornings[day, number] = Morning(organiser.rate, factor, organiser.jailed_until)
        super().step()

    def new_assembly(self, *args: Any, **kwargs: Any) -> Assembly:
        """Enter a planned assembly, and keep it at hand."""
        assembly = super().new_assembly(*args, **kwargs)
        self.assemblies[assembly.number] = assembly
        return assembly

    def sight(self, index: int, happening: Happening, wanted: Sequence[int] = ()) -> Sight:
        """What is to be seen now, as a happening is about to be written down.

        Args:
            index: its place in the log. happening: what it is.
            wanted: citizens whose stand towards an assembly is wanted.
        """
        law, sites = self.regime, tuple(site.kind for site in self.town.spec.sites)
        if isinstance(happening, Waited):
            organiser = self.organisers[happening.organiser]
            occasion, profile = occasion_of(self, organiser, happening.day), Profile.of(self, organiser.number)
            return Sight(index, happening, law, None, occasion, organiser.decided, profile=profile, sites=sites)
        number = getattr(happening, "assembly", None)
        if number is None:
            return Sight(index, happening, law)
        assembly = self.assemblies[number]
        organiser = assembly.organiser
        return Sight(
            index,
            happening,
            law,
            assembly.plan,
            occasion_of(self, organiser, assembly.opportunity),
            choice=organiser.decided if _chosen(happening) else None,
            eve=organiser.eve if _looked_again(happening) and assembly.plan.form != "single_picket" else None,
            street=self._street(assembly, wanted),
            ruling=self._ruling(happening, assembly),
            odds=self._odds(happening, assembly),
            penalty=self._penalty(happening),
            coverage=self._coverage(happening, assembly),
            profile=Profile.of(self, organiser.number),
            sites=sites,
        )

    def _street(self, assembly: Assembly, wanted: Sequence[int]) -> Street | None:
        gathering = next((one for one in self.held_today if one.assembly is assembly), None)
        if gathering is None or gathering.call is None:
            return None
        return Street(
            offences=tuple(gathering.offences),
            breaches=gathering.breaches,
            expected=gathering.expected,
            officers=gathering.officers,
            belief=self.news.belief,
            reach=gathering.call.reach,
            audience=gathering.call.audience,
            stands=tuple(stands(self, assembly, wanted)),
        )

    def _ruling(self, happening: Happening, assembly: Assembly) -> Ruling | None:
        if isinstance(happening, Answered | Filed) and assembly.filing is not None:
            return self.authority.ruling(assembly.filing)
        return None

    def _odds(self, happening: Happening, assembly: Assembly) -> tuple[Odds, ...]:
        if not isinstance(happening, Prevented | Terminated | Dispersed | Arrested | LimitPassed | Held):
            return ()
        gathering = next((one for one in self.held_today if one.assembly is assembly), None)
        return self.police.odds(assembly, gathering.turnout if gathering else 0)

    def _penalty(self, happening: Happening) -> Penalty | None:
        if not isinstance(happening, Sanctioned):
            return None
        return self.penalty(happening.role, happening.offence, repeat=happening.repeat)

    def _coverage(self, happening: Happening, assembly: Assembly) -> tuple[Covering, ...]:
        gathering = next((one for one in self.held_today if one.assembly is assembly), None)
        if not isinstance(happening, Covered) or gathering is None:
            return ()
        about: dict[str, Any] = {"unlawful": bool(gathering.offences), "arrests": int(gathering.detained.size)}
        size = gathering.turnout
        return tuple(
            Covering(one.number, one.open, one.chance(assembly, size, **about), one.covers(assembly, size, **about))
            for one in self.press
        )


def same_people(one: Scenario, other: Scenario) -> bool:
    """Whether a number means the same citizen and the same organiser in two scenarios, for each seed."""
    return shares_town(one, other) and (one.organisers, one.issues) == (other.organisers, other.issues)


def stands(model: ProtestModel, assembly: Assembly, wanted: Sequence[int]) -> list[Stand]:
    """Where citizens stand towards an assembly that gathers at this moment, by the kernel that decided who comes.

    Raises:
        ModelError: if a citizen's terms are not what the kernel made of them.
    """
    gathering = next((one for one in model.held_today if one.assembly is assembly), None)
    if not wanted or gathering is None or gathering.call is None:
        return []
    call, moods = gathering.call, model.citizens.state.moods
    about = (model.columns, moods, call, model.rates_of_turnout, model.keys)
    found = []
    looks = look(np.asarray(wanted, np.int64), assembly.organiser.followers, *about, model.room)
    for citizen, seen in zip(wanted, looks, strict=True):
        made_of = terms(citizen, seen.asked, *about) if seen.reached else None
        if made_of is not None and np.isfinite(seen.margin):
            missed = max(abs(made_of.margin - seen.margin), abs(made_of.weight - seen.weight))
            if missed > _CLOSE:
                raise ModelError(f"citizen {citizen}: its terms miss the kernel's by {missed:g}") from ArithmeticError(missed)
        found.append(Stand(citizen, seen, made_of))
    return found


def _chosen(happening: Happening) -> bool:
    match happening:
        case Planned() | Appealed():
            return True
        case Changed():
            return happening.choice != "new_law"
        case CalledOff():
            return happening.reason in _OUT
    return False


def _looked_again(happening: Happening) -> bool:
    return isinstance(happening, Held) or (isinstance(happening, CalledOff) and happening.reason == "forecast")
