"""Organisers: what they expect, what a plan is worth to them, how they choose, and what they learn (design, 4.3)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import mesa

from sim.record import STRATEGIES
from sim.reference.docket import Assembly, Occasion, Plan
from sim.reference.formulas import believed, logit_choice, lognormal_passes, moved_towards
from sim.reference.law import all_barred, bars_organiser, earliest_date, limits, penalty, since_repeat, what_is_owed
from sim.reference.occasions import new_occasion
from sim.reference.options import plans
from sim.reference.planning import carry_out

if TYPE_CHECKING:
    from sim.law import ProcedureRow
    from sim.law.provisions import Appeal
    from sim.reference.citizen import Citizen
    from sim.reference.model import ReferenceModel

__all__ = ["WAYS", "Organiser"]

WAYS: Final = ("call_off", "hold_all_the_same", "appeal", "accept_offer", "file_again", "single_picket", "exempt_kind")
"""What an organiser can do after a refusal, or when no leave came."""


class Organiser(mesa.Agent):
    """Someone who calls assemblies.

    Attributes:
        number: its place in the town. leader: the citizen who leads it. followers: citizens. rate: opportunities a day.
        stance, legal_form, issue: what it is and cares about. legality: its taste for that, payoff. means: monthly wages.
        jailed_until: day of release of its leader. punished_on: day of its last sanction.
        log_yield: log share of its following that it thinks comes, to what is lawful (True) and what is not.
        leave_seen: of its own filings, ``(allowed, answered)`` by procedure. punished_seen: ``(punished, unlawful assemblies)``.
    """

    def __init__(
        self,
        model: ReferenceModel,
        number: int,
        *,
        leader: Citizen,
        followers: list[Citizen],
        stance: str,
        legal_form: str,
        issue: int,
        rate: float,
        legality: float,
        means: float,
    ) -> None:
        super().__init__(model)
        self.model: ReferenceModel = model
        self.number, self.leader, self.followers, self.rate = number, leader, followers, rate
        self.stance, self.legal_form, self.issue, self.legality, self.means = stance, legal_form, issue, legality, means
        self.jailed_until, self.punished_on = -1, -1_000_000
        people = model.conduct.organisers
        self.log_yield = {True: math.log(people.yield_lawful), False: math.log(people.yield_unlawful)}
        self.leave_seen: dict[str, tuple[float, float]] = {}
        self.punished_seen = (0.0, 0.0)

    def step(self) -> None:
        """Asked every day whether there is a reason to act; if there is, and its leader is free, it chooses what to do.

        An opportunity arises with chance ``1 - exp(-rate * factor)``, the factor being that of the issue today.
        """
        model = self.model
        chance = 1.0 - math.exp(-self.rate * model.opportunity_factor(self.issue))
        if model.streams.uniform("opportunity", self.number, model.today) >= chance or self.jailed_until > model.today:
            return
        occasion = new_occasion(model, self)
        carry_out(model, self, occasion, self.choose(occasion))

    # -- what it expects -----------------------------------------------------------------------------------------------

    def forecast(self, occasion: Occasion, date: int, *, lawful: bool, effort: float = 1.0) -> float:
        """Persons it expects on a day, if it calls a share (the effort) of its following."""
        return self.forecast_with(self.log_yield[lawful], occasion, date, effort)

    def forecast_with(self, log_yield: float, occasion: Occasion, date: int, effort: float) -> float:
        """The forecast for a log share of the following that comes.

        ::

            effort * (1 - 0.5 ^ (days to call / mobilising)) * following
                * exp(min(0, log share that comes + gain * (shock + foreseen appeal) + optimism + error))
        """
        choices = self.model.conduct.choices
        mood = self.model.concern(self.issue, date) + occasion.foreseen
        log_share = log_yield + choices.forecast_gain * mood + choices.optimism + choices.forecast_error * occasion.error
        hears = 1.0 - math.pow(0.5, (date - occasion.day + 0.5) / choices.mobilising)
        return max(1.0, effort * hears * len(self.followers) * math.exp(min(log_share, 0.0)))

    def leave_expected(self, row: ProcedureRow) -> float:
        """The chance it sees of getting leave: what everyone knows of the office, its own filings, and a little of others'."""
        choices = self.model.conduct.choices
        allowed, answered = self.leave_seen.get(row.procedure, (0.0, 0.0))
        others_allowed, others_answered = self.model.news.leave.get((self.stance, row.procedure), (0.0, 0.0))
        weight = choices.learning_others
        usual = self.model.authority.usual_approval(self.stance, row)
        return believed(usual, choices.prior_strength, allowed + weight * others_allowed, answered + weight * others_answered)

    def punishment_expected(self) -> float:
        """The chance it sees of being punished for an unlawful assembly."""
        choices, known = self.model.conduct.choices, self.model.news.organisers_punished
        yes, seen = (own + choices.learning_others * other for own, other in zip(self.punished_seen, known, strict=True))
        return believed(self.model.conduct.court.organisers_liable, choices.prior_strength, yes, seen)

    @property
    def role(self) -> str:
        """In which role the law punishes it."""
        return "organiser" if self.legal_form == "informal" else "legal_entity"

    def is_repeat(self) -> bool:
        """Whether another sanction would be a repeat."""
        return self.punished_on >= since_repeat(self.model)

    def threat(self, offence: str) -> float:
        """What the law threatens it with for an offence, in monthly wages of its own."""
        found = penalty(self.model, self.role, offence, repeat=self.is_repeat())
        if found is None:
            return 0.0
        fine = found.fine / self.model.conduct.town.income.mean_wage / (self.means if self.role == "legal_entity" else 1.0)
        return fine + self.model.conduct.behaviour.jail_weight * found.jail / 30.0

    def rivals(self) -> float:
        """Chance that somebody whom it would keep away wants a given slot: the loyal and the opposition vie."""
        against = {"loyal": "opposition", "opposition": "loyal"}.get(self.stance)
        if against is None:
            return 0.0
        rate = sum(other.rate for other in self.model.organisers if other.stance == against)
        return 1.0 - math.exp(-rate / len(self.model.sites))

    # -- what a plan is worth to it, in log-persons; waiting is worth nothing ---------------------------------------------

    def worth(self, plan: Plan, occasion: Occasion) -> float:
        """What a plan is worth.

        ::

            lawful = point(crowd if lawful) - cost
            not    = point(crowd if not) - cost - legality - sanction weight * chance of punishment * threat
            filed  = leave * (lawful - loss by overrun) + (1 - leave) * max(not, -giving up) - filing costs
        """
        if plan.strategy == "phantom":
            return self._worth_of_phantom(plan)
        model, choices = self.model, self.model.conduct.choices
        effort = plan.effort * (1.0 if plan.public else choices.quiet_share)
        cost = self._cost(plan) + choices.splitting_cost * (plan.parts - 1)
        size = 1.0 if plan.alone else plan.parts * self.forecast(occasion, plan.date, lawful=True, effort=effort)
        lawful = self._point(plan, occasion, size) - cost
        unlawful_size = 1.0 if plan.alone else plan.parts * self.forecast(occasion, plan.date, lawful=False, effort=effort)
        unlawful = self._point(plan, occasion, unlawful_size) - cost - self.legality
        unlawful -= self._sanction("after_refusal" if plan.files else "no_filing")
        if all_barred(model) or plan.procedure == "banned" or (plan.owes_filing and not plan.files):
            return unlawful
        if not plan.owes_filing:
            allowed = plan.exempt_kind is not None or model.places.lawful(plan.site, plan.form, plan.procedure)
            return lawful - self._loss_by_overrun(plan, size / plan.parts, lawful) if allowed else unlawful
        leave = 0.0
        if plan.row is not None and not bars_organiser(model.regime, self.legal_form):
            leave = self.leave_expected(plan.row) * model.authority.waives_place(plan.site, plan.form, plan.procedure)
        gain = lawful - self._loss_by_overrun(plan, size / plan.parts, lawful)
        return leave * gain + (1.0 - leave) * max(unlawful, -choices.giving_up_cost) - plan.parts * self._filing_cost()

    def _point(self, plan: Plan, occasion: Occasion, persons: float) -> float:
        """``visible * log(1 + persons) * 0.5 ^ (delay / urgency)``: what being there is worth."""
        late = max(0, plan.date - occasion.date)
        fading = math.pow(0.5, late / self.model.conduct.choices.urgency_half_life)
        return self._visible(plan) * math.log1p(persons) * fading

    def _visible(self, plan: Plan) -> float:
        choices, kind = self.model.conduct.choices, self.model.sites[plan.site].kind
        if plan.exempt_kind:
            return choices.visible_exempt
        return {"symbolic": choices.visible_symbolic, "remote": choices.visible_remote}.get(kind, choices.visible_ordinary)

    def _cost(self, plan: Plan) -> float:
        choices = self.model.conduct.choices
        return choices.effort_cost * (choices.alone_effort if plan.alone else 1.0)

    def _filing_cost(self) -> float:
        rules = self.model.regime.filing
        return self.model.conduct.choices.filing_cost * (1 + (len(rules.contents) if rules else 0))

    def _sanction(self, offence: str) -> float:
        """Expected sanction as it weighs: weight times chance times threat."""
        return self.model.conduct.choices.sanction_weight * self.punishment_expected() * self.threat(offence)

    def _loss_by_overrun(self, plan: Plan, size: float, gain: float) -> float:
        """The most that passing a limit may cost: the chance that more come, times being ended half-way or fined."""
        loss = 0.0
        for _, persons, rule in limits(self.model, plan, None, self.legal_form):
            if rule.consequence != "tolerated":
                over = lognormal_passes(max(persons, 1), size, self.model.conduct.choices.forecast_error)
                ended = max(0.0, gain) if rule.consequence == "terminated" else 0.0
                loss = max(loss, over * (0.5 * ended + self._sanction("passed_limit")))
        return loss

    def _worth_of_phantom(self, plan: Plan) -> float:
        """What holding a slot is worth: keeping out who might want it."""
        if plan.row is None or self.model.places.taken(plan.site, plan.date):
            return -math.inf
        return self.leave_expected(plan.row) * self.model.conduct.choices.rivalry * self.rivals() - self._filing_cost()

    # -- what it does --------------------------------------------------------------------------------------------------

    def choose(self, occasion: Occasion) -> Plan | None:
        """Whether to act, and how; none is to wait.

        Two logits (an error-components logit: Train 2009, section 6.3): ways of acting have small coins of their own, and share
        the coin of acting. Whoever stays at home books a slot to hold it, where that is worth its cost.
        """
        choices, draw = self.model.conduct.choices, self.model.streams.uniform
        every = [(plan, self.worth(plan, occasion)) for plan in plans(self.model, self, occasion)]
        ways = [(plan, worth) for plan, worth in every if plan.strategy != "phantom"]
        coins = [draw("organiser/how", self.number, occasion.day << 8, self._coin_of(plan, occasion)) for plan, _ in ways]
        taken = logit_choice([worth for _, worth in ways], coins, choices.temperature_within)
        plan, worth = ways[taken]
        acting = worth + choices.temperature_within * -math.log(-math.log(coins[taken]))
        slot, waiting = None, 0.0
        for held, gain in every:
            if held.strategy == "phantom" and gain > waiting:
                slot, waiting = held, gain
        whether = [draw("organiser/whether", self.number, occasion.day << 8, act) for act in (0, 1)]
        return plan if logit_choice([waiting, acting], whether, choices.temperature) else slot

    def _coin_of(self, plan: Plan, occasion: Occasion) -> int:
        """Which coin a plan has, whatever other plans there are."""
        changed, working = plan.form != occasion.form, self.model.calendar.working(plan.date)
        return ((STRATEGIES.index(plan.strategy) * 2 + changed) * 2 + working) * 256 + plan.site

    def reconsider(self, assembly: Assembly) -> tuple[str, Plan]:
        """What to do after a refusal, or when no leave came: a logit choice among :data:`WAYS`."""
        options = list(self._ways_out(assembly))
        attempt = assembly.filing.attempt if assembly.filing else 0
        slots = [len(WAYS) * (2 * attempt + assembly.appealed) + WAYS.index(way) for way, _, _ in options]
        what = (assembly.occasion.day << 8) | assembly.part
        coins = [self.model.streams.uniform("organiser/way out", self.number, what, slot) for slot in slots]
        way, plan, _ = options[logit_choice([worth for _, _, worth in options], coins, self.model.conduct.choices.temperature)]
        return way, plan

    def _ways_out(self, assembly: Assembly) -> Iterator[tuple[str, Plan, float]]:
        """Every way there is: ``(way, plan, worth)``."""
        model, choices, plan, occasion = self.model, self.model.conduct.choices, assembly.plan, assembly.occasion
        filing, appeal = assembly.filing, model.regime.appeal

        def point(there: Plan, *, lawful: bool) -> float:
            persons = self.forecast(occasion, there.date, lawful=lawful, effort=there.effort)
            return self._point(there, occasion, 1.0 if there.alone else persons)

        yield "call_off", plan, -choices.giving_up_cost
        all_the_same = point(plan, lawful=False) - self._cost(plan) - self.legality
        yield "hold_all_the_same", plan, all_the_same - self._sanction("after_refusal")
        open_to_appeal = filing and assembly.refused and not assembly.appealed and appeal and appeal.to != "none"
        if open_to_appeal and appeal and (appeal.suspensive or model.today < plan.date):  # no court decides within the day
            worth = self._hope_in(appeal, plan.date) * (point(plan, lawful=True) - self._cost(plan))
            yield "appeal", plan, worth - choices.appeal_cost
        if assembly.offer is not None:  # there leave is certain
            site, date = assembly.offer
            row = what_is_owed(model, plan.form, self.legal_form, site, plan.declared)
            there = replace(plan, site=site, date=date, row=row)
            yield "accept_offer", there, point(there, lawful=True) - self._cost(there)
        if filing and filing.attempt < choices.most_attempts and plan.owes_filing:
            later = replace(plan, date=max(plan.date + 1, earliest_date(model, plan.row, model.today)))
            yield "file_again", later, self.worth(later, occasion)
        for other in plans(model, self, occasion):
            if other.strategy in {"single_picket", "exempt_kind"} and not other.owes_filing and other.date >= model.today:
                yield other.strategy, other, self.worth(other, occasion)

    def _hope_in(self, appeal: Appeal, date: int) -> float:
        """The chance it sees that an appeal lets the assembly go ahead: certain while a suspensive one is pending."""
        model, term = self.model, appeal.decided_in
        pending = term is not None and model.calendar.forward(model.today, term.amount, term.unit) > date
        if appeal.suspensive and pending and not appeal.before_assembly:
            return 1.0
        return (1.0 if appeal.before_assembly else 0.5) * model.conduct.court.reversal  # assumption: half come in time

    def keeps_to_it(self, assembly: Assembly) -> bool:
        """On the day: whether what it now expects is still worth the effort.

        By now it knows the appeal of the occasion and how the call went, and errs less.
        """
        model, choices, plan, occasion = self.model, self.model.conduct.choices, assembly.plan, assembly.occasion
        if plan.alone:
            return True
        lawful = assembly.allowed is not None or not plan.owes_filing
        expected = self.forecast(occasion, plan.date, lawful=lawful, effort=plan.effort)
        known = choices.forecast_gain * (occasion.appeal - occasion.foreseen)
        known = known - choices.optimism - choices.forecast_error * occasion.error
        error = model.streams.normal("organiser/eve", self.number, assembly.code)
        expected *= occasion.luck * (1.0 + choices.luck) * math.exp(known + choices.forecast_late * error)
        gain = self._visible(plan) * math.log1p(expected) - choices.effort_cost + choices.giving_up_cost
        coin = model.streams.uniform("organiser/keeps", self.number, assembly.code)
        return gain + choices.temperature * math.log(coin / (1.0 - coin)) > 0.0

    # -- what it learns ------------------------------------------------------------------------------------------------

    def learns_leave(self, procedure: str, *, allowed: bool) -> None:
        """Learn from an answer of its own."""
        yes, seen = self.leave_seen.get(procedure, (0.0, 0.0))
        self.leave_seen[procedure] = (yes + allowed, seen + 1.0)

    def learns_punishment(self, *, punished: bool) -> None:
        """Learn from what an unlawful assembly of its own led to."""
        yes, seen = self.punished_seen
        self.punished_seen = (yes + punished, seen + 1.0)

    def learns_turnout(self, assembly: Assembly, turnout: int, *, lawful: bool) -> None:
        """Learn what share of its following comes: the last turnout has a weight, and its own error is seen for what it was."""
        choices, occasion, old = self.model.conduct.choices, assembly.occasion, self.log_yield[lawful]
        expected = self.forecast(occasion, assembly.plan.date, lawful=lawful, effort=assembly.plan.effort)
        came = old + math.log(max(turnout, 1) / expected) + choices.optimism + choices.forecast_error * occasion.error
        self.log_yield[lawful] = min(0.0, moved_towards(old, came, choices.learning_turnout))
