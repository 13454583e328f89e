"""The reference model: a town under a law, day by day, one Mesa agent for each citizen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import mesa

from sim.calendar import Calendar
from sim.errors import ModelError
from sim.record import CalledOff, Record
from sim.reference import answers
from sim.reference.authority import Authority
from sim.reference.citizen import Citizen
from sim.reference.court import Court
from sim.reference.dated import all_shocks, calendar_day, shock_left
from sim.reference.docket import Assembly, Term
from sim.reference.founding import found_organisers
from sim.reference.news import News, news_day
from sim.reference.organiser import Organiser
from sim.reference.places import Places
from sim.reference.police import Police
from sim.reference.press import Press
from sim.reference.street import Gathering, street_day
from sim.reference.town import Town, found_town
from sim.scenario import Scenario, load_scenario
from sim.streams import Streams, words

__all__ = ["DAY", "ReferenceModel"]


class ReferenceModel(mesa.Model):
    """A town of citizens, organisers and officials, living under a law: the same model as the engine's, written for reading.

    Args:
        scenario: a scenario, or the name or file of one.
        rng: the seed. Chance comes from the named streams alone, never from Mesa's own generators.
        town: a town already founded from this scenario's town, traits and issues with this seed.

    Attributes:
        conduct: the scenario. today: the day, from 0. regime: the law in force. record: what happened.
        citizens: by number. organisers, authority, court, police, press: who they say.
        assemblies: all that was ever planned. terms: what is due at the desk, in the order in which it was put there.
    """

    def __init__(self, scenario: Scenario | str, *, rng: int, town: Town | None = None) -> None:
        super().__init__(rng=rng)
        self.conduct = load_scenario(scenario) if isinstance(scenario, str) else scenario
        spec, traits, issues = self.conduct.town, self.conduct.traits, len(self.conduct.issues)
        self.streams, self.record, self.today = Streams(rng), Record(), 0
        self.town = town or found_town(spec, traits, issues, rng)
        if (self.town.spec, self.town.traits, self.town.seed, len(self.town.people[0].concern)) != (spec, traits, rng, issues):
            raise ModelError("the town was founded with another seed, from another text, or with other traits or issues")
        about = self.conduct.scenario
        self.calendar = Calendar(about.start, about.days, spec.town.country, spec.town.subdivision)
        self.regime, self.sites = self.conduct.law, spec.sites
        self.places = Places(spec, self.regime)
        self.symbolic = next(n for n, site in enumerate(self.sites) if site.kind == "symbolic")
        self.news = News(self)
        self.authority, self.court, self.police = Authority(self), Court(self), Police(self)
        self.press = [Press(self, number) for number in range(self.conduct.press.outlets)]
        self.citizens = [Citizen(self, person) for person in self.town.people]
        for citizen, person in zip(self.citizens, self.town.people, strict=True):
            citizen.ties = [self.citizens[number] for number in person.ties]
        self.organisers = found_organisers(self)
        self.assemblies: list[Assembly] = []
        self.filings = 0
        self.terms: list[Term] = []
        self.shocks = all_shocks(self)
        self.held_today: list[Gathering] = []

    # -- time ----------------------------------------------------------------------------------------------------------

    def step(self) -> None:
        """A day, in order.

        Raises:
            ModelError: if the scenario is over.
        """
        if self.steps > self.conduct.scenario.days:
            raise ModelError(f"the scenario ends after {self.conduct.scenario.days} days")
        self.today = self.steps - 1
        for _, part in DAY:
            part(self)
        self.running = self.steps < self.conduct.scenario.days

    def run_for(self, duration: int | None = None) -> Record:
        """Run so many days, by default to the end of the scenario. Returns the record."""
        for _ in range(self.conduct.scenario.days - self.steps if duration is None else duration):
            mesa.Model.run_for(self, 1)
        return self.record

    @property
    def scenario(self) -> Any:
        """The scenario."""
        return self.conduct

    @scenario.setter
    def scenario(self, value: Any) -> None:
        """Mesa sets a scenario of its own here, which holds nothing but the seed."""

    def at_desk(self, day: int, act: Callable[[], None]) -> Term:
        """Put something on the desk's list for a day."""
        term = Term(day, act)
        self.terms.append(term)
        return term

    # -- what everyone may ask -----------------------------------------------------------------------------------------

    def concern(self, issue: int, day: int) -> float:
        """Concern with an issue on a day beyond the ordinary, from the shocks known today (utility).

        The sum is Python's own, which adds more exactly than one plus after another would; so does the engine's.
        """
        behaviour = self.conduct.behaviour
        halves = (behaviour.shock_fast, behaviour.shock_slow, behaviour.shock_slow_share)
        struck = [(day, size) for day, about, size in self.shocks if about == issue]
        return sum(size * shock_left(day - since, *halves) for since, size in struck if since <= self.today)

    def opportunity_factor(self, issue: int) -> float:
        """How much more often than on an ordinary day a reason to act on an issue arises: after shocks, and others' assemblies.

        Of each assembly that was heard of, the share ``2 ** (-days / half-life) * (2 ** (1 / half-life) - 1)`` of its echo arises
        on each later day, shared out among the organisers of the issue who are free, as their ordinary opportunities are.
        """
        choices = self.conduct.choices
        shock = self.conduct.organisers.shock_rise * max(0.0, self.concern(issue, self.today))
        free = [one for one in self.organisers if one.issue == issue and one.jailed_until <= self.today]
        rate = sum(one.rate for one in free)
        if not rate:
            return 1.0 + shock
        today = self.news.heard[issue].on(self.today) * (float(2.0 ** (1.0 / choices.echo_half_life)) - 1.0)
        return 1.0 + (shock + choices.echo * today / rate)

    @property
    def emergency(self) -> bool:
        """Whether a state of emergency is in force."""
        today = self.calendar.date(self.today)
        return any(emergency.since <= today <= emergency.until for emergency in self.conduct.emergencies)

    def pick(self, people: list[Citizen], number: int, stream: str, assembly: Assembly) -> list[Citizen]:
        """So many of the people, those with the smallest coins at an assembly; rising numbers."""

        def coin(citizen: Citizen) -> tuple[int, int]:
            return int(words(self.streams.key(stream), citizen.number, assembly.code, 0)[0]), citizen.number

        return sorted(sorted(people, key=coin)[:number], key=lambda citizen: citizen.number)

    # -- what becomes of assemblies ------------------------------------------------------------------------------------

    def end(self, assembly: Assembly, fate: str) -> None:
        """An assembly meets its fate: its slots are given back, unless it is held, and its open filing is closed."""
        assembly.fate = fate
        if fate != "held":
            self.places.release(assembly.number)
        if assembly.filing is not None and assembly.filing.open:
            assembly.filing.close()

    def call_off(self, assembly: Assembly, reason: str) -> None:
        """An organiser gives up an assembly."""
        self.end(assembly, "called_off")
        self.record.add(CalledOff(self.today, assembly.number, reason))

    def hear_of_answer(self, assembly: Assembly) -> None:
        """An answer reached the organiser."""
        answers.hear_of_answer(self, assembly)

    def hear_of_appeal(self, assembly: Assembly) -> None:
        """The decision of an appeal reached the organiser."""
        answers.hear_of_appeal(self, assembly)


# -- the day ---------------------------------------------------------------------------------------------------------------


def _morning(model: ReferenceModel) -> None:
    """Everyone wakes up: fear, anger and debts have faded a little, and some are let out."""
    model.agents_by_type[Citizen].do("step")


def _desk(model: ReferenceModel) -> None:
    """What is due at the desk today is done, in the order in which it was put there, unless it was cancelled meanwhile."""
    due = [term for term in model.terms if term.day == model.today]
    model.terms = [term for term in model.terms if term.day > model.today]
    for term in due:
        if not term.cancelled:
            term.act()


def _plans(model: ReferenceModel) -> None:
    """Every organiser is asked whether there is a reason to act."""
    if model.organisers:
        model.agents_by_type[Organiser].do("step")


def _court(model: ReferenceModel) -> None:
    """The court sits on what happened today."""
    for gathering in model.held_today:
        model.court.sit(gathering)


DAY: Final[tuple[tuple[str, Callable[[ReferenceModel], None]], ...]] = (
    ("morning", _morning),
    ("calendar", calendar_day),
    ("desk", _desk),
    ("plans", _plans),
    ("street", street_day),
    ("court", _court),
    ("news", news_day),
)
"""The day, in order (design, 4.1)."""
