"""The authority: reads filings, answers them (or does not), by law and by practice (design, 4.4)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import mesa
from scipy.special import betaincinv

from sim.institutions.weighing import Ground, Ruling
from sim.record import Answered, Booked

if TYPE_CHECKING:
    from sim.institutions.docket import Filing
    from sim.institutions.world import World
    from sim.law import ProcedureRow

__all__ = ["Authority"]

_SIZE_UNIT: Final = 250.0
"""Persons at which size begins to matter to an authority: the founding case's threshold. Assumption, only a unit for
``size_weight``."""

_DISCRETIONARY: Final = (
    "public_order",
    "incitement",
    "violent_overthrow",
    "impedes_movement",
    "any_law",
    "nuisance",
    "foreign_link",
    "direct_danger",
)


class Authority(mesa.Agent):
    """The office that receives notifications and applications."""

    def __init__(self, model: World) -> None:
        super().__init__(model)
        self.world = model

    # -- the desk ------------------------------------------------------------------------------------------------------

    def receive(self, filing: Filing) -> None:
        """Take a filing in: book its slot, and put on the clock when it will be answered or pass in silence."""
        places = self.world.places
        if places.exclusive and not places.taken(filing.site, filing.date, filing.assembly.number):
            places.book(filing.site, filing.date, filing.assembly.number)
        last = filing.date if filing.due is None else min(filing.due, filing.date)
        taken = places.taken(filing.site, filing.date, filing.assembly.number)  # which the office sees at once, and says
        if not taken and self._coin("silence", filing) < self.world.conduct.authority.silence[filing.assembly.organiser.stance]:
            day = filing.date if filing.due is None else min(filing.due + 1, filing.date)
            filing.events.append(self.world.at_desk(max(day, filing.filed + 1), self.stay_silent, filing))
            return
        first = filing.filed + 1
        haste = self.world.conduct.authority.haste
        share = float(betaincinv(haste, haste, self._coin("lateness", filing)))
        day = first + int(share * max(0, min(last, filing.date - 1) - first + 1))
        filing.events.append(self.world.at_desk(max(first, min(day, last)), self.answer, filing))

    def stay_silent(self, filing: Filing) -> None:
        """The term passes without an answer: the law says what that means."""
        answer = f"silence_{filing.row.silence}"
        allowed = 0 if filing.row.silence == "refused" else filing.declared
        self._reply(filing, answer, None, allowed=allowed)

    def answer(self, filing: Filing) -> None:
        """Answer a filing."""
        answer, ground, pretext, allowed = self._decide(filing)
        if answer != "refused":
            self._reply(filing, answer, None, allowed=allowed)
            return
        self.world.places.release(filing.assembly.number)
        self._reply(filing, answer, ground, pretext=pretext, offer=self._offer(filing))

    def _reply(
        self,
        filing: Filing,
        answer: str,
        ground: str | None,
        *,
        pretext: bool = False,
        allowed: int = 0,
        offer: tuple[int, int] | None = None,
    ) -> None:
        site, date = offer or (None, None)
        today, assembly = self.world.today, filing.assembly
        self.world.record.add(Answered(today, filing.number, assembly.number, answer, ground, pretext, allowed, site, date))
        filing.close(answer)
        assembly.offer = offer
        assembly.refused = allowed == 0
        assembly.allowed = allowed or None
        assembly.relied = answer in {"silence_allowed", "silence_ambiguous"}
        delivery = self.world.regime.filing.delivery if self.world.regime.filing else None
        wait = self.world.calendar.forward(today, delivery.amount, delivery.unit) - today if delivery else 0
        if wait == 0 or answer.startswith("silence"):
            self.world.hear_of_answer(assembly)
        elif today + wait <= assembly.plan.date:
            filing.events.append(self.world.at_desk(today + wait, self.world.hear_of_answer, assembly))

    # -- the decision --------------------------------------------------------------------------------------------------

    def _decide(self, filing: Filing) -> tuple[str, str | None, bool, int]:
        """``(answer, ground, pretext, persons allowed)``."""
        practice, refusal = self.world.conduct.authority, self.world.regime.refusal
        unwanted = self._coin("wish", filing) < self._wish(filing)
        ground = self._factual_ground(filing, unwanted=unwanted)
        if ground is None and unwanted:
            if refusal and refusal.may_cut_size and self._coin("cut", filing) < practice.cuts:
                share = practice.cut_least + (practice.cut_most - practice.cut_least) * self._coin("cut", filing, 1)
                return "size_cut", None, False, max(1, int(filing.declared * share))
            ground = self._discretionary_ground(filing)
        pretext = False
        if ground is None and unwanted:
            ground, pretext = self._pretext(filing)
        if ground is None and not pretext:
            return "allowed", None, False, filing.declared
        if refusal and refusal.by_court_only and not self.world.court.bans(filing):
            return "allowed", None, False, filing.declared
        return "refused", ground, pretext, 0

    def ruling(self, filing: Filing) -> Ruling:
        """What the answer to a filing rests on, under the law in force."""
        world, practice, known = self.world, self.world.conduct.authority, self._grounds()
        slots = {ground: slot for slot, ground in enumerate(_DISCRETIONARY) if ground in known}
        refusal = world.regime.refusal
        return Ruling(
            silence=practice.silence[filing.assembly.organiser.stance],
            silence_coin=self._coin("silence", filing),
            wish=self._wish(filing),
            wish_coin=self._coin("wish", filing),
            grounds=tuple(Ground(name, known[name], self._coin("ground", filing, slot)) for name, slot in slots.items()),
            facts=tuple(name for name in known if name not in _DISCRETIONARY),
            formalism=practice.formalism,
            formalism_coin=self._coin("formalism", filing),
            by_court=refusal is not None and refusal.by_court_only,
            lawless=practice.lawless,
        )

    def _wish(self, filing: Filing) -> float:
        """The chance that a filing is unwanted and the authority acts on it, by stance, size, place and procedure."""
        practice, organiser = self.world.conduct.authority, filing.assembly.organiser
        symbolic = self.world.town.spec.sites[filing.site].kind == "symbolic"
        weight = 1.0 + practice.size_weight * math.log1p(filing.declared / _SIZE_UNIT) + practice.symbolic_weight * symbolic
        wish = 1.0 - math.pow(1.0 - practice.wish_to_refuse[organiser.stance], weight)
        return wish * self._discretion(filing.row)

    def _discretion(self, row: ProcedureRow) -> float:
        practice = self.world.conduct.authority
        return practice.discretion_permit if row.procedure == "permit" else practice.discretion_notification

    def _grounds(self) -> dict[str, float]:
        """The law's grounds and how widely each can be read; an open list adds "any other law" at full width."""
        refusal = self.world.regime.refusal
        if refusal is None:
            return {}
        found = {ground.name: ground.breadth for ground in refusal.grounds}
        return found if refusal.closed else {**found, "any_law": 1.0}

    def _factual_ground(self, filing: Filing, *, unwanted: bool) -> str | None:
        """A ground that lies in the facts of a filing. In filings that are wanted, formal defects are mostly overlooked."""
        world, grounds, assembly = self.world, self._grounds(), filing.assembly
        regime, site = world.regime, world.town.spec.sites[filing.site]
        strict = unwanted or self._coin("formalism", filing) < world.conduct.authority.formalism
        late = not filing.in_time and not (regime.spontaneous and regime.spontaneous.short_notice)
        persons, places, emergency = regime.persons, regime.places, regime.emergency
        facts = {
            "emergency": world.emergency and emergency is not None and emergency.effect != "none",
            "barred_organiser": persons is not None and assembly.organiser.legal_form in persons.barred_organisers,
            "place_not_allowed": self._misplaced(filing, strict=strict),
            "place_taken": world.places.taken(filing.site, filing.date, assembly.number),
            "over_capacity": places is not None and places.capacity_binds and filing.declared > site.capacity,
            "late_filing": late and strict,
            "incomplete": not filing.complete and strict,
        }
        return next((ground for ground, true in facts.items() if true and (ground in grounds or "any_law" in grounds)), None)

    def _misplaced(self, filing: Filing, *, strict: bool) -> bool:
        """Whether the place is held against a filing: a prohibited zone always, one not designated as formal defects are."""
        places, plan = self.world.places, filing.assembly.plan
        if filing.site in places.prohibited:
            return True
        return strict and not places.lawful(filing.site, plan.form, plan.procedure)

    def _discretionary_ground(self, filing: Filing) -> str | None:
        """A ground that can be made to fit: each does so with its breadth, the first that fits is given."""
        grounds = self._grounds()
        for slot, ground in enumerate(_DISCRETIONARY):
            if ground in grounds and self._coin("ground", filing, slot) < grounds[ground]:
                return ground
        return None

    def _pretext(self, filing: Filing) -> tuple[str | None, bool]:
        """What is done against an unwanted filing that no ground fits: a phantom booking, or a refusal without any ground."""
        world, practice = self.world, self.world.conduct.authority
        if world.places.exclusive and "place_taken" in self._grounds() and self._coin("phantom", filing) < practice.phantom:
            world.places.release(filing.assembly.number)
            world.places.book(filing.site, filing.date, None)
            world.record.add(Booked(world.today, filing.site, filing.date))
            return "place_taken", True
        return None, self._coin("lawless", filing) < practice.lawless

    def _offer(self, filing: Filing) -> tuple[int, int] | None:
        """Another place on the same day, out of sight if there is one; none if every other is taken or unlawful."""
        world, plan = self.world, filing.assembly.plan
        refusal = world.regime.refusal
        if not (refusal and refusal.must_offer) and self._coin("offer", filing) >= world.conduct.authority.offers:
            return None
        sites = world.town.spec.sites
        order = sorted(range(len(sites)), key=lambda n: (sites[n].kind != "remote", sites[n].kind == "symbolic", n))
        for site in order:
            if (
                site != filing.site
                and world.places.lawful(site, plan.form, plan.procedure)
                and not world.places.taken(site, filing.date)
            ):
                return site, filing.date
        return None

    # -- what people know of it ----------------------------------------------------------------------------------------

    def place_waived(self, site: int, form: str, procedure: str) -> float:
        """The chance that a filing that is wanted gets leave for a place: 1 where the law allows it, 0 in a prohibited zone."""
        if site in self.world.places.prohibited:
            return 0.0
        return 1.0 if self.world.places.lawful(site, form, procedure) else 1.0 - self.world.conduct.authority.formalism

    def usual_approval(self, stance: str, row: ProcedureRow) -> float:
        """The share of average filings that end with leave: what organisers who know the town expect before they have tried."""
        practice, refusal = self.world.conduct.authority, self.world.regime.refusal
        grounds = self._grounds()
        unfit = math.prod(1.0 - grounds.get(ground, 0.0) for ground in _DISCRETIONARY)
        unbooked = 1.0 - practice.phantom if self.world.places.exclusive and "place_taken" in grounds else 1.0
        refused = practice.wish_to_refuse[stance] * self._discretion(row) * (1.0 - unfit * unbooked * (1.0 - practice.lawless))
        if refusal and refusal.by_court_only:
            refused *= self.world.conduct.court.bans
        silent = practice.silence[stance]
        leave = {"allowed": 1.0, "ambiguous": practice.honours_silence, "refused": 0.0}[row.silence]
        return (1.0 - silent) * (1.0 - refused) + silent * leave

    def _coin(self, question: str, filing: Filing, slot: int = 0) -> float:
        return self.world.streams.uniform(f"authority/{question}", filing.attempt, filing.assembly.code, slot)
