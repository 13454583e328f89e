"""Organisers: what they know, what they expect, and how they choose (design, 4.3)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import mesa
import numpy as np
import numpy.typing as npt

from sim.behaviour.choice import best, blend, gumbel, posterior_mean
from sim.behaviour.deliberation import choose
from sim.institutions.docket import Assembly, Plan
from sim.institutions.options import Occasion, earliest_date
from sim.institutions.weighing import Account, Choice, Eve, Weighed

if TYPE_CHECKING:
    from sim.institutions.world import World
    from sim.law import ProcedureRow
    from sim.law.provisions import Appeal

__all__ = ["WAYS", "Organiser"]

WAYS: Final = ("call_off", "hold_all_the_same", "appeal", "accept_offer", "file_again", "single_picket", "exempt_kind")
"""What an organiser can do after a refusal, or when no leave came."""


class Organiser(mesa.Agent):
    """Someone who calls assemblies.

    Attributes:
        number: its place in the town. leader: the citizen who leads it (citizen number).
        stance, legal_form, issue: what it is and cares about. followers: citizen numbers. rate: opportunities a day on
            ordinary days.
        legality: its taste for legality, payoff. means: budget that fines weigh against, monthly wages.
        jailed_until: day of release of its leader.
        fines, jail_days: what it was punished with so far (money, days).
        decided, eve: the last choice it made, with everything it weighed; and its last look at what is due on the day.
    """

    def __init__(
        self,
        model: World,
        number: int,
        *,
        leader: int,
        stance: str,
        legal_form: str,
        issue: int,
        followers: npt.NDArray[np.int32],
        rate: float,
        legality: float,
        means: float,
    ) -> None:
        super().__init__(model)
        self.world, self.number, self.leader = model, number, leader
        self.stance, self.legal_form, self.issue = stance, legal_form, issue
        self.followers, self.rate, self.legality, self.means = followers, rate, legality, means
        self.jailed_until, self.punished, self.fines, self.jail_days = -1, -(10**6), 0.0, 0
        people = model.conduct.organisers
        self._yield = {True: math.log(people.yield_lawful), False: math.log(people.yield_unlawful)}
        self._leave: dict[str, tuple[float, float]] = {}
        self._punished = (0.0, 0.0)
        self._decided: Callable[[], Choice] | None = None
        self.eve: Eve | None = None

    # -- what it expects -----------------------------------------------------------------------------------------------

    def forecast(self, occasion: Occasion, date: int, *, lawful: bool, effort: float = 1.0) -> float:
        """Persons it expects if it calls a share of its following: what share came before, the mood, and its own error."""
        return self._forecast(occasion, date, self._yield[lawful], effort)

    def usual_size(self, occasion: Occasion) -> float:
        """Persons it would expect on the day of the occasion had it learnt nothing yet: the same under every law."""
        return self._forecast(occasion, occasion.date, math.log(self.world.conduct.organisers.yield_lawful), effort=1.0)

    def _forecast(self, occasion: Occasion, date: int, log_yield: float, effort: float) -> float:
        choices = self.world.conduct.choices
        mood = self.world.concern(self.issue, date) + occasion.foreseen
        log = log_yield + choices.forecast_gain * mood + choices.optimism + choices.forecast_error * occasion.error
        return max(1.0, effort * self._reached(occasion.day, date) * self.followers.size * math.exp(min(log, 0.0)))

    def _reached(self, called: int, date: int) -> float:
        """Share of the following that hears of a call in the time there is."""
        return 1.0 - math.pow(0.5, (date - called + 0.5) / self.world.conduct.choices.mobilising)

    @property
    def log_yield(self) -> tuple[float, float]:
        """Log share of its following that it thinks comes, if unlawful and if lawful."""
        return self._yield[False], self._yield[True]

    def answers(self, procedure: str) -> tuple[float, float]:
        """Answers of its own under a procedure: those that allowed, and all."""
        return self._leave.get(procedure, (0.0, 0.0))

    def leave_expected(self, row: ProcedureRow) -> float:
        """The chance it sees of getting leave under a procedure."""
        prior = self.world.authority.usual_approval(self.stance, row)
        yes, seen = self._leave.get(row.procedure, (0.0, 0.0))
        others_yes, others_seen = self.world.news.leave[self.stance, row.procedure]
        weight = self.world.conduct.choices.learning_others
        return posterior_mean(
            prior, self.world.conduct.choices.prior_strength, yes + weight * others_yes, seen + weight * others_seen
        )

    @property
    def punishment_expected(self) -> float:
        """The chance it sees of being punished for an unlawful assembly."""
        choices, known = self.world.conduct.choices, self.world.news.punished
        yes, seen = (own + choices.learning_others * others for own, others in zip(self._punished, known, strict=True))
        return posterior_mean(self.world.conduct.court.organisers_liable, choices.prior_strength, yes, seen)

    def threat(self, offence: str) -> float:
        """What the law threatens it with for an offence, in monthly wages of its own."""
        penalty = self.world.penalty(self.role, offence, repeat=self.is_repeat)
        if penalty is None:
            return 0.0
        wages = penalty.fine / self.world.town.spec.income.mean_wage / (self.means if self.role == "legal_entity" else 1.0)
        return wages + self.world.conduct.behaviour.jail_weight * penalty.jail / 30.0

    @property
    def role(self) -> str:
        """In which role it is punished."""
        return "organiser" if self.legal_form == "informal" else "legal_entity"

    @property
    def is_repeat(self) -> bool:
        """Whether another sanction would be a repeat."""
        within = self.world.regime.sanctions.repeat_within
        return self.punished >= self.world.calendar.back(self.world.today, within.amount, within.unit)

    # -- what a plan is worth ------------------------------------------------------------------------------------------

    def plans(self, occasion: Occasion) -> list[Plan]:
        """Every plan there is for an occasion, waiting first; which is taken depends on payoffs."""
        ways, _ = self.world.deliberation.weigh(self, occasion)
        return [_waiting(occasion), *(self.world.deliberation.plan(way) for way in ways)]

    def payoff(self, plan: Plan, occasion: Occasion) -> float:
        """What a plan is worth, in log-persons; waiting is worth nothing."""
        return self.account(plan, occasion).worth

    def account(self, plan: Plan, occasion: Occasion) -> Account:
        """What a plan is worth, and what that is made of."""
        if plan.strategy == "wait":
            return Account(0.0)
        return self._account(self.world.deliberation.appraise(self, occasion, plan))

    def _point(self, plan: Plan, occasion: Occasion, persons: float) -> float:
        """What being there is worth: the log of the crowd, by place, less as the occasion recedes."""
        choices = self.world.conduct.choices
        late = max(0, plan.date - occasion.date)
        return self._visible(plan) * math.log1p(persons) * math.pow(0.5, late / choices.urgency_half_life)

    def _visible(self, plan: Plan) -> float:
        choices = self.world.conduct.choices
        if plan.exempt_kind:
            return choices.visible_exempt
        kind = self.world.town.spec.sites[plan.site].kind
        return {"symbolic": choices.visible_symbolic, "remote": choices.visible_remote}.get(kind, choices.visible_ordinary)

    @property
    def barred(self) -> bool:
        """Whether the law bars it from organising."""
        persons = self.world.regime.persons
        return persons is not None and self.legal_form in persons.barred_organisers

    # -- what it does --------------------------------------------------------------------------------------------------

    def choose(self, occasion: Occasion) -> Plan:
        """The choice among all plans for an occasion: whether to act, and how.

        Ways of acting are alike, so they share the coin of acting and have smaller ones of their own (an error-components
        logit: Train 2009, section 6.3): a law that offers one more poor way does not by that make more people act. Every kind of
        plan keeps its coin, whatever others there are. A phantom filing says nothing and moves nobody: who stays at home makes
        one where holding a slot is worth its cost.
        """
        deliberation = self.world.deliberation
        ways, board = deliberation.weigh(self, occasion)
        slot, waiting = deliberation.best_slot(ways) if self.world.places.exclusive else (None, 0.0)
        best_way, acts, acting, *whether = choose(ways, waiting, self.world.streams.key("organiser/whether"), board)
        taken = best_way if acts else slot
        self._decided = partial(self._choice, ways.copy(), taken, waiting, acting, (whether[0], whether[1]))
        return _waiting(occasion) if taken is None else deliberation.plan(ways[taken])

    @property
    def decided(self) -> Choice | None:
        """The last choice it made, with everything it weighed; to be asked for under the law it was made under."""
        return self._decided() if self._decided is not None else None

    def _choice(self, ways: Any, taken: int | None, waiting: float, acting: float, whether: tuple[float, float]) -> Choice:
        choices, deliberation = self.world.conduct.choices, self.world.deliberation
        weighed = [
            Weighed(plan.strategy, plan, float(way["worth"]), float(way["noise"]), self._account(way))
            for way, plan in ((way, deliberation.plan(way)) for way in ways)
        ]
        scales = (choices.temperature_within, choices.temperature)
        return Choice("plan", self.world.today, tuple(weighed), taken, scales[0], waiting, acting, whether, scales[1])

    def _account(self, way: Any) -> Account:
        return Account(
            worth=float(way["worth"]),
            persons=float(way["persons"]),
            persons_unlawful=float(way["persons_unlawful"]),
            effort=float(way["cost"]),
            lawful=float(way["lawful"]),
            unlawful=float(way["unlawful"]),
            legality=self.legality,
            punished=self.punishment_expected,
            offence="after_refusal" if way["announced"] else "no_filing",
            threat=float(way["threat"]),
            leave=None if math.isnan(way["leave"]) else float(way["leave"]),
            overrun=float(way["overrun"]),
            filing=float(way["filing"]),
        )

    def reconsider(self, assembly: Assembly, occasion: Occasion) -> tuple[str, Plan]:
        """What to do after a refusal, or when no leave came: ``(way, plan)``, a logit choice among :data:`WAYS`."""
        options = list(self._ways_out(assembly, occasion))
        attempt = assembly.filing.attempt if assembly.filing else 0
        slots = [len(WAYS) * (2 * attempt + assembly.appealed) + WAYS.index(way) for way, _, _ in options]
        noise = [gumbel(self._coin("way out", assembly.opportunity, slot, assembly.part)) for slot in slots]
        temperature = self.world.conduct.choices.temperature
        taken = best([worth for _, _, worth in options], noise, temperature)
        weighed = tuple(Weighed(*option, coin) for option, coin in zip(options, noise, strict=True))
        choice = Choice("way_out", self.world.today, weighed, taken, temperature)
        self._decided = lambda: choice
        way, plan, _ = options[taken]
        return way, plan

    def _ways_out(self, assembly: Assembly, occasion: Occasion) -> Iterator[tuple[str, Plan, float]]:
        """Every way there is, with what it is worth."""
        world, choices, plan, filing = self.world, self.world.conduct.choices, assembly.plan, assembly.filing
        yield "call_off", plan, -choices.giving_up_cost
        alone = plan.form == "single_picket"
        cost = choices.effort_cost * (choices.alone_effort if alone else 1.0)
        unlawful = 1.0 if alone else self.forecast(occasion, plan.date, lawful=False, effort=plan.effort)
        risk = choices.sanction_weight * self.punishment_expected * self.threat("after_refusal")
        yield "hold_all_the_same", plan, self._point(plan, occasion, unlawful) - cost - self.legality - risk
        appeal = world.regime.appeal
        open_to_appeal = filing and assembly.refused and not assembly.appealed and appeal and appeal.to != "none"
        if open_to_appeal and appeal and (appeal.suspensive or world.today < plan.date):  # no court decides within the day
            lawful = 1.0 if alone else self.forecast(occasion, plan.date, lawful=True, effort=plan.effort)
            worth = self._hope_in(appeal, plan.date) * (self._point(plan, occasion, lawful) - cost)
            yield "appeal", plan, worth - choices.appeal_cost
        if assembly.offer is not None:
            yield self._offer_taken(assembly, occasion)
        if filing and filing.attempt < choices.most_attempts and plan.owes_filing:
            date = max(plan.date + 1, earliest_date(world, plan.row, world.today))
            later = replace(plan, date=date)
            yield "file_again", later, self.payoff(later, occasion)
        ways, _ = world.deliberation.weigh(self, occasion)
        for way in ways[[0, -1]]:  # the single picket comes first, a gathering outside the law, if there is one, last
            other = world.deliberation.plan(way)
            if other.strategy in {"single_picket", "exempt_kind"} and not other.owes_filing and other.date >= world.today:
                yield other.strategy, other, float(way["worth"])

    def _hope_in(self, appeal: Appeal, date: int) -> float:
        """The chance it sees that an appeal lets the assembly go ahead: certain while a suspensive one is pending on the day."""
        world, term = self.world, appeal.decided_in
        pending = term is not None and world.calendar.forward(world.today, term.amount, term.unit) > date
        if appeal.suspensive and pending and not appeal.before_assembly:
            return 1.0
        in_time = 1.0 if appeal.before_assembly else 0.5  # what one knows of courts; assumption, range 0 to 1
        return in_time * world.conduct.court.reversal

    def _offer_taken(self, assembly: Assembly, occasion: Occasion) -> tuple[str, Plan, float]:
        """The place and day that came with the refusal: leave is certain there."""
        site, date = assembly.offer or (assembly.plan.site, assembly.plan.date)
        row = self.world.regime.row(
            assembly.plan.form, self.legal_form, self.world.town.spec.sites[site].kind, assembly.plan.declared
        )
        there = replace(assembly.plan, site=site, date=date, row=row)
        choices, alone = self.world.conduct.choices, there.form == "single_picket"
        size = 1.0 if alone else self.forecast(occasion, date, lawful=True, effort=there.effort)
        cost = choices.effort_cost * (choices.alone_effort if alone else 1.0)
        return "accept_offer", there, self._point(there, occasion, size) - cost

    def keeps_to_it(self, assembly: Assembly, occasion: Occasion) -> bool:
        """On the day: whether what it now expects is still worth the effort."""
        world, choices, plan = self.world, self.world.conduct.choices, assembly.plan
        if plan.form == "single_picket":
            return True
        lawful = assembly.allowed is not None or not plan.owes_filing
        error = world.streams.normal("organiser/eve", self.number, assembly.code)
        expected = self.forecast(occasion, plan.date, lawful=lawful, effort=plan.effort)
        unforeseen = choices.forecast_gain * (occasion.appeal - occasion.foreseen)
        known = unforeseen - choices.optimism - choices.forecast_error * occasion.error
        expected *= occasion.luck * (1.0 + choices.luck) * math.exp(known + choices.forecast_late * error)
        gain = self._visible(plan) * math.log1p(expected) - choices.effort_cost + choices.giving_up_cost
        coin = world.streams.uniform("organiser/keeps", self.number, assembly.code)
        noise = choices.temperature * math.log(coin / (1.0 - coin))
        self.eve = Eve(world.today, expected, gain, noise)
        return gain + noise > 0.0

    # -- what it learns ------------------------------------------------------------------------------------------------

    def learn_leave(self, procedure: str, *, allowed: bool) -> None:
        """Learn from an answer of its own."""
        yes, seen = self._leave.get(procedure, (0.0, 0.0))
        self._leave[procedure] = (yes + allowed, seen + 1.0)

    def learn_punishment(self, *, punished: bool) -> None:
        """Learn from what an unlawful assembly of its own led to."""
        self._punished = (self._punished[0] + punished, self._punished[1] + 1.0)

    def learn_turnout(self, occasion: Occasion, assembly: Assembly, turnout: int, *, lawful: bool) -> None:
        """Learn what share of its following comes."""
        expected = self.forecast(occasion, assembly.plan.date, lawful=lawful, effort=assembly.plan.effort)
        choices = self.world.conduct.choices
        came = (
            self._yield[lawful]
            + math.log(max(turnout, 1) / expected)
            + choices.optimism
            + choices.forecast_error * occasion.error
        )
        self._yield[lawful] = min(0.0, blend(self._yield[lawful], came, choices.learning_turnout))

    def _coin(self, question: str, opportunity: int, slot: int, part: int = 0) -> float:
        return self.world.streams.uniform(f"organiser/{question}", self.number, (opportunity << 8) | part, slot)


def _waiting(occasion: Occasion) -> Plan:
    return Plan("wait", occasion.form, occasion.site, occasion.date, 0)
