"""The model: a town under a law, day by day."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, Final, Self

import mesa
import numpy as np
import numpy.typing as npt

from sim.behaviour.arrays import Keys, Rates, Workspace
from sim.behaviour.opportunity import set_off
from sim.calendar import calendar_of
from sim.errors import ModelError
from sim.institutions import Authority, Court, Organiser, Police
from sim.institutions.deliberation import Deliberation
from sim.institutions.docket import Assembly, Filing, Plan
from sim.institutions.options import Occasion
from sim.institutions.places import Places
from sim.law import Penalty, ProcedureRow, Regime
from sim.model import answers, justice
from sim.model.almanac import Almanac
from sim.model.citizens import Citizens, State
from sim.model.clock import Clock, Task
from sim.model.founding import found_organisers, found_press
from sim.model.justice import court_day
from sim.model.news import News
from sim.model.planning import plan_day
from sim.model.publicity import news_day
from sim.model.savefile import read, write
from sim.model.saving import capture, continued
from sim.model.street import Gathering, street_day
from sim.population import Town, build_town
from sim.record import CalledOff, Record
from sim.scenario import Scenario, load_scenario
from sim.streams import Streams

__all__ = ["DAY", "ProtestModel"]

DAWN: Final = 0.25
"""When in a day the calendar acts: reforms, emergencies, shocks. On Mesa's clock day ``d`` ends at time ``d + 1``, which is
its step."""

DESK: Final = 0.5
"""When in a day the authority answers and courts decide."""

DAY: Final[tuple[tuple[str, Callable[[ProtestModel], None]], ...]] = (
    # 1. Calendar and 2. Desk are events on Mesa's clock, at DAWN and at DESK; the rest is the step.
    ("plans", plan_day),
    ("street", street_day),
    ("court", court_day),
    ("news", news_day),
)
"""The day, in order (design, 4.1). Each part writes its own lines into the record."""


class ProtestModel(mesa.Model):
    """A town of citizens, organisers and officials, living under a law.

    Args:
        scenario: a scenario, or the name or file of one.
        rng: the seed, a whole number from 0 to 2**53 - 1. Chance comes from streams named after each
            decision, never from Mesa's own generators.
        town: a town already built for this scenario's town, traits and seed, to be shared between models.

    >>> model = ProtestModel("seminar", rng=1)
    >>> model.run_for(30)
    >>> model.citizens.select(lambda c: c["attended"] > 0).agg("income", np.median)  # doctest: +SKIP

    Attributes:
        conduct: the scenario (also as ``scenario``). record: what happened. today: the day, from 0. regime: the law in force.
        citizens: the adults, as a Mesa agent set of views. organisers, authority, court, police, press: Mesa agents (also
            in ``agents``). days_lived: days that are over. agenda: what is planned, by day and number.
    """

    reporters: ClassVar[dict[str, str]] = {
        name: name for name in ("events_held", "lawful_events", "attendance", "arrests", "sanctions", "fines", "jail_days")
    }
    """Model reporters for ``mesa.DataCollector(model_reporters=ProtestModel.reporters)``: totals so far, by name."""

    def __init__(self, scenario: Scenario | str, *, rng: int, town: Town | None = None) -> None:
        if isinstance(rng, bool) or not isinstance(rng, int):
            raise ModelError(f"rng is the seed, a whole number; found {rng!r}")
        super().__init__(rng=rng)
        self.conduct = load_scenario(scenario) if isinstance(scenario, str) else scenario
        about, spec = self.conduct.scenario, self.conduct.town
        self.today = 0
        self.streams, self.record, self.clock = Streams(rng), Record(), Clock(self)
        self.town = town or build_town(spec, self.conduct.traits, len(self.conduct.issues), rng)
        wanted = (rng, spec, self.conduct.traits, len(self.conduct.issues))
        if (self.town.seed, self.town.spec, self.town.traits, self.town.people.concern.shape[0]) != wanted:
            raise ModelError("the town was built for another seed, from another text, or with other traits or issues")
        self.calendar = calendar_of(about.start, about.days, spec.town.country, spec.town.subdivision)
        self.regime: Regime = self.conduct.law
        self.places = Places(spec, self.regime)
        self.symbolic = next(n for n, site in enumerate(spec.sites) if site.kind == "symbolic")
        self._found()
        self.almanac = Almanac(self, DAWN)

    def _found(self) -> None:
        behaviour = self.conduct.behaviour
        self.news = News(behaviour, self.conduct.choices, len(self.conduct.issues), self.conduct.police.believed)
        self.citizens = Citizens(self, self.town, State(self.town.n))
        self.authority, self.court, self.police = Authority(self), Court(self), Police(self)
        self.deliberation = Deliberation(self)
        self.press = found_press(self)
        self.organisers: tuple[Organiser, ...] = found_organisers(self)
        self.rates = np.array([organiser.rate for organiser in self.organisers], np.float64)
        self.issue_of = np.array([organiser.issue for organiser in self.organisers], np.int64)
        self.columns, self.room = self.citizens.columns(), Workspace.of(self.town.n)
        self.travel = behaviour.travel * self.town.distance.astype(np.float64)
        self.rates_of_turnout = Rates(
            behaviour.sigma,
            behaviour.kappa,
            behaviour.noise,
            behaviour.asked,
            behaviour.hears,
            behaviour.risk,
            behaviour.fear_half_life,
            behaviour.anger_half_life,
            behaviour.debt_half_life,
        )
        self.keys = Keys(*(self.streams.key(f"turnout/{name}") for name in ("noise", "told", "call", "audience")))
        self.occasions: dict[tuple[int, int], Occasion] = {}
        self.held_today: list[Gathering] = []
        self.events_held = self.lawful_events = 0
        self.agenda: dict[int, dict[int, Assembly]] = defaultdict(dict)
        self._penalties: dict[tuple[int, str, str, bool], Penalty | None] = {}
        self._threats: dict[tuple[int, tuple[str, ...]], tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]] = {}
        self._periods: dict[tuple[str, int], int] = {}
        self._period_of, self._period = (-1, ""), 0
        self._rivals: dict[str, float] = {}
        self.assemblies_planned = self.filings_made = self.days_lived = 0

    # -- time ----------------------------------------------------------------------------------------------------------

    @property
    def scenario(self) -> Any:
        """The scenario."""
        return self.conduct

    @scenario.setter
    def scenario(self, value: Any) -> None:
        """Mesa sets a scenario of its own here, which holds nothing but the seed."""

    def step(self) -> None:
        """A day: plans, street, court, news; what the calendar and the desk had to do is done before, by the clock.

        Raises:
            ModelError: if the scenario is over.
        """
        self.today = math.ceil(float(self.time)) - 1
        if self.today >= self.conduct.scenario.days:
            raise ModelError(f"the scenario ends after {self.conduct.scenario.days} days")
        for _, part in DAY:
            part(self)
        self.days_lived = self.today + 1
        if self.today == self.conduct.scenario.days - 1:
            self.running = False

    def run_for(self, duration: int | None = None) -> Record:
        """Run so many days, by default to the end of the scenario. Returns the record."""
        left = self.conduct.scenario.days - int(self.time)
        for _ in range(left if duration is None else duration):
            if not self.running:
                raise ModelError(f"the scenario ends after {self.conduct.scenario.days} days")
            mesa.Model.run_for(self, 1)
        return self.record

    # -- saved and branched --------------------------------------------------------------------------------------------

    def branch(self, scenario: Scenario | str | None = None) -> Self:
        """Another model with the same past, which goes on by itself: this one stays as it is, and the two share the town only.

        Args:
            scenario: how it goes on: a scenario, or the name or file of one, that differs only in what has not happened yet;
                by default as this one would.

        Raises:
            ModelError: if the scenario differs in what has happened already; in the midst of a day; or if a user has put agents,
                events or tasks of its own into the model.

        >>> model = ProtestModel("seminar-reform", rng=1)
        >>> _ = model.run_for(181)  # until the eve of the reform
        >>> other = model.branch(model.conduct.model_copy(update={"reforms": ()}))
        """
        found = load_scenario(scenario) if isinstance(scenario, str) else scenario
        return continued(type(self), capture(self), found, self.town)

    def save(self, path: str | Path, *, force: bool = False) -> Path:
        """Write the model to a file, from which :meth:`load` continues it.

        The town is not written, since seed and scenario build it again; nor is what a user keeps beside the model, such as a
        ``DataCollector``.

        Args:
            path: the file.
            force: whether a saved model that is there already may be replaced. Nothing else ever is.

        Raises:
            OutputError: if something is there that may not be replaced, or the file cannot be written.
            ModelError: as :meth:`branch`.
        """
        return write(capture(self), Path(path), force=force)

    @classmethod
    def load(cls, path: str | Path, scenario: Scenario | str | None = None, town: Town | None = None) -> Self:
        """A saved model, to be continued. Nothing in a file is ever executed.

        Args:
            path: the file.
            scenario: another scenario to continue under, as in :meth:`branch`.
            town: the town, if it is built already.

        Raises:
            ModelError: if there is no such file, if it holds no saved model, is damaged or was saved by another version, or as
                :meth:`branch`.
        """
        found = load_scenario(scenario) if isinstance(scenario, str) else scenario
        return continued(cls, read(Path(path)), found, town)

    def release(self) -> None:
        """Give back what is kept for each citizen. Else it waits for the garbage collector, and many models are alive at a time.

        Of a released model only the record, the town and what institutions know can be read.
        """
        del self.room, self.columns, self.citizens.state

    def at_desk(self, day: int, act: Callable[..., None], *args: Any) -> Task:
        """Put something on the clock for the desk of a day."""
        return self.clock.at(day + DESK, act, *args)

    # -- totals so far, for a DataCollector ----------------------------------------------------------------------------

    @property
    def attendance(self) -> int:
        """Adults who came, each time they came."""
        return int(self.citizens.state.attended.sum())

    @property
    def arrests(self) -> int:
        """Arrests."""
        return int(self.citizens.state.arrests.sum())

    @property
    def sanctions(self) -> int:
        """Sanctions of participants."""
        return int(self.citizens.state.sanctions.sum())

    @property
    def fines(self) -> float:
        """Fines of participants and organisers, in the town's currency."""
        return float(self.citizens.state.fines.sum()) + sum(organiser.fines for organiser in self.organisers)

    @property
    def jail_days(self) -> int:
        """Days of arrest of participants and organisers."""
        return int(self.citizens.state.jail_days.sum()) + sum(organiser.jail_days for organiser in self.organisers)

    # -- what institutions ask -----------------------------------------------------------------------------------------

    def concern(self, issue: int, day: int) -> float:
        """Concern with an issue on a day beyond the ordinary, as known today (utility)."""
        return self.almanac.concern(issue, day)

    def shocks(self, issue: int) -> int:
        """How many shocks to an issue have struck by today."""
        return self.almanac.struck(issue)

    def opportunity_factor(self) -> npt.NDArray[np.float64]:
        """How much more often than on an ordinary day an opportunity arises today, by issue (K)."""
        rise, today, concern = self.conduct.organisers.shock_rise, self.today, self.almanac.concern
        prompted = [rise * max(0.0, concern(k, today)) + self._echo(k) for k in range(len(self.conduct.issues))]
        return 1.0 + np.array(prompted)

    def _echo(self, issue: int) -> float:
        """Opportunities that assemblies of late set off today, as a share of the ordinary ones of those free to act."""
        choices, heard = self.conduct.choices, self.news.heard[issue].on(self.today)
        free = sum(one.rate for one in self.organisers if one.issue == issue and one.jailed_until <= self.today) if heard else 0.0
        return choices.echo * set_off(heard, choices.echo_half_life) / free if free else 0.0

    @property
    def period(self) -> int:
        """A number that changes only when the law does, or what its amounts weigh."""
        if self._period_of != (self.today, self.regime.fingerprint):
            self._period_of = (self.today, self.regime.fingerprint)
            now = (self.regime.fingerprint, self.regime.period(self.calendar.date(self.today)))
            self._period = self._periods.setdefault(now, len(self._periods))
        return self._period

    def penalty(self, role: str, offence: str, *, repeat: bool) -> Penalty | None:
        """What the law in force today threatens, in the town's money."""
        key = (self.period, role, offence, repeat)
        if key not in self._penalties:
            town, date = self.conduct.town, self.calendar.date(self.today)
            self._penalties[key] = self.regime.penalty(
                role, offence, repeat=repeat, day=date, currency=town.town.currency, wage=town.income.mean_wage
            )
        return self._penalties[key]

    def threats(self, offences: list[str]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """What those who come are threatened with, and for whom coming is unlawful.

        Args:
            offences: those of the assembly as officials see it; none if it is lawful.

        Returns:
            ``(threat, unlawful)``: fine (money), arrest and stigma (monthly wages), rows of a [3, 4] array, by status as in
            :class:`~sim.behaviour.turnout.Call`; and 0 or 1 for citizens and for foreigners.
        """
        key = (self.period, tuple(offences))
        if key not in self._threats:
            self._threats[key] = self._weigh_threats(offences)
        return self._threats[key]

    def _weigh_threats(self, offences: list[str]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        behaviour = self.conduct.behaviour
        threat, unlawful = np.zeros((3, 4)), np.zeros(2)
        for foreign, role in enumerate(("participant", "foreigner")):
            faced = [*offences, *(["barred_person"] if foreign and self.foreigners_barred else [])]
            unlawful[foreign] = bool(faced)
            for repeat in (False, True):
                penalties = [found for offence in faced if (found := self.penalty(role, offence, repeat=repeat))]
                if penalties:
                    worst = max(penalties, key=lambda one: (one.fine / self.town.spec.income.mean_wage + one.jail, one.expulsion))
                    weight = behaviour.stigma + behaviour.expulsion_weight * worst.expulsion
                    threat[:, 2 * foreign + repeat] = worst.fine, behaviour.jail_weight * worst.jail / 30.0, weight
        return threat, unlawful

    @property
    def foreigners_barred(self) -> bool:
        """Whether the law bars foreigners from attending."""
        return self.regime.persons is not None and self.regime.persons.foreigners_attend == "barred"

    @property
    def emergency(self) -> bool:
        """Whether a state of emergency is in force."""
        return self.almanac.emergencies > 0

    @property
    def minors_barred(self) -> bool:
        """Whether the law bars children."""
        return self.regime.persons is not None and self.regime.persons.minors == "barred"

    @property
    def all_barred(self) -> bool:
        """Whether a state of emergency bars all assemblies."""
        return self.emergency and self.regime.emergency is not None and self.regime.emergency.effect == "barred"

    def rivals(self, organiser: Organiser) -> float:
        """Chance that somebody whom the organiser would keep away wants a given slot: the loyal and the opposition vie."""
        against = {"loyal": "opposition", "opposition": "loyal"}.get(organiser.stance)
        if against is None:
            return 0.0
        if against not in self._rivals:
            rate = sum(other.rate for other in self.organisers if other.stance == against)
            self._rivals[against] = 1.0 - math.exp(-rate / len(self.town.spec.sites))
        return self._rivals[against]

    # -- the docket ----------------------------------------------------------------------------------------------------

    def new_assembly(self, organiser: Organiser, occasion: Occasion, plan: Plan, part: int, forecast: float) -> Assembly:
        """Enter a planned assembly on the agenda of its day."""
        number, self.assemblies_planned = self.assemblies_planned, self.assemblies_planned + 1
        assembly = Assembly(number, organiser, occasion.day, part, plan, forecast, occasion.appeal, self.today, self.today)
        self.agenda[plan.date][number] = assembly
        return assembly

    def new_filing(
        self, assembly: Assembly, attempt: int, row: ProcedureRow, *, in_time: bool, due: int | None, complete: bool
    ) -> Filing:
        """Enter a filing."""
        plan, number, self.filings_made = assembly.plan, self.filings_made, self.filings_made + 1
        filing = Filing(
            number,
            assembly,
            attempt,
            row,
            plan.declared,
            plan.site,
            plan.date,
            self.today,
            due,
            in_time=in_time,
            complete=complete,
        )
        assembly.filing = filing
        return filing

    def move(self, assembly: Assembly, date: int) -> None:
        """Put an assembly on the agenda of another day."""
        self.agenda[assembly.plan.date].pop(assembly.number, None)
        self.agenda[date][assembly.number] = assembly

    def pending(self) -> list[Assembly]:
        """What is planned and has met no fate yet, in the order in which it was planned."""
        planned = {number: assembly for day in self.agenda.values() for number, assembly in day.items()}
        return [assembly for _, assembly in sorted(planned.items()) if assembly.fate is None]

    def due_today(self) -> list[Assembly]:
        """What is on the agenda of today and has met no fate yet, in the order in which it was planned."""
        return [assembly for _, assembly in sorted(self.agenda.pop(self.today, {}).items()) if assembly.fate is None]

    def end(self, assembly: Assembly, fate: str) -> None:
        """An assembly meets its fate: its slots are given back, and its filing is closed."""
        if assembly.fate is not None:
            raise ModelError(f"assembly {assembly.number} was {assembly.fate} already and cannot be {fate}")
        assembly.fate = fate
        if fate != "held":
            self.places.release(assembly.number)
        if assembly.filing is not None and assembly.filing.open:
            assembly.filing.close("overtaken")

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

    def punish_organiser(self, assembly: Assembly, offence: str) -> bool:
        """Punish an organiser for an offence, if the law does."""
        return justice.punish_organiser(self, assembly, offence)

    def learn_leave(self, assembly: Assembly, *, allowed: bool) -> None:
        """The organiser learns from an answer, and as far as the press is free so do others of its stance."""
        organiser, procedure = assembly.organiser, assembly.filing.row.procedure if assembly.filing else assembly.plan.procedure
        organiser.learn_leave(procedure, allowed=allowed)
        known = self.news.leave[organiser.stance, procedure]
        known[0] += self.conduct.press.freedom * allowed
        known[1] += self.conduct.press.freedom
