"""The authority: reads filings and answers them, or does not, by law and by practice (design, 4.4)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import mesa
from scipy.special import betaincinv

from sim.record import Answered, Booked
from sim.reference.law import accepts_late, bars_organiser
from sim.reference.places import PHANTOM

if TYPE_CHECKING:
    from sim.law import ProcedureRow
    from sim.reference.docket import Filing
    from sim.reference.model import ReferenceModel

__all__ = ["Authority"]

_SIZE_UNIT: Final = 250.0
"""Persons at which size begins to matter: the founding case's threshold. Assumption, only a unit for ``size_weight``."""

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
"""Grounds that leave a discretion, in the order in which they are tried."""


class Authority(mesa.Agent):
    """The office that receives notifications and applications."""

    def __init__(self, model: ReferenceModel) -> None:
        super().__init__(model)
        self.model: ReferenceModel = model
        self.practice = model.conduct.authority

    # -- the desk ------------------------------------------------------------------------------------------------------

    def receive(self, filing: Filing) -> None:
        """Take a filing in: book its slot, and settle the day on which it is answered, or on which silence has an effect.

        It is answered a share of the way from the next day to the last day for it; that share is U-shaped, beta(haste, haste).
        """
        places, today = self.model.places, filing.filed
        taken = places.taken(filing.site, filing.date, filing.assembly.number)  # which the office sees at once, and says
        if places.exclusive and not taken:
            places.book(filing.site, filing.date, filing.assembly.number)
        last = filing.date if filing.due is None else min(filing.due, filing.date)
        if not taken and self._coin("silence", filing) < self.practice.silence[filing.assembly.organiser.stance]:
            day = filing.date if filing.due is None else min(filing.due + 1, filing.date)
            filing.terms.append(self.model.at_desk(max(day, today + 1), lambda: self._stay_silent(filing)))
            return
        share = float(betaincinv(self.practice.haste, self.practice.haste, self._coin("lateness", filing)))
        day = today + 1 + int(share * max(0, min(last, filing.date - 1) - today))
        filing.terms.append(self.model.at_desk(max(today + 1, min(day, last)), lambda: self._answer(filing)))

    def _stay_silent(self, filing: Filing) -> None:
        """The term passes without an answer: the law says what that means."""
        allowed = 0 if filing.row.silence == "refused" else filing.declared
        self._reply(filing, f"silence_{filing.row.silence}", allowed=allowed)

    def _answer(self, filing: Filing) -> None:
        answer, ground, pretext, allowed = self._decide(filing)
        if answer == "refused":
            self.model.places.release(filing.assembly.number)
            self._reply(filing, answer, ground=ground, pretext=pretext, offer=self._offer(filing))
        else:
            self._reply(filing, answer, allowed=allowed)

    def _reply(
        self,
        filing: Filing,
        answer: str,
        *,
        allowed: int = 0,
        ground: str | None = None,
        pretext: bool = False,
        offer: tuple[int, int] | None = None,
    ) -> None:
        """The answer is given, and reaches the organiser at once or after the time the law lets the post take."""
        model, today, assembly = self.model, self.model.today, filing.assembly
        site, date = offer or (None, None)
        model.record.add(Answered(today, filing.number, assembly.number, answer, ground, pretext, allowed, site, date))
        filing.close()
        assembly.allowed, assembly.refused, assembly.offer = allowed or None, allowed == 0, offer
        assembly.relied = answer in {"silence_allowed", "silence_ambiguous"}
        delivery = model.regime.filing.delivery if model.regime.filing else None
        wait = model.calendar.forward(today, delivery.amount, delivery.unit) - today if delivery else 0
        if wait == 0 or answer.startswith("silence"):
            model.hear_of_answer(assembly)
        elif today + wait <= assembly.plan.date:
            filing.terms.append(model.at_desk(today + wait, lambda: model.hear_of_answer(assembly)))

    # -- the decision --------------------------------------------------------------------------------------------------

    def _decide(self, filing: Filing) -> tuple[str, str | None, bool, int]:
        """``(answer, ground, pretext, persons allowed)``.

        Facts first; then, against what is unwanted: fewer people, a ground with discretion, a pretext.
        """
        refusal = self.model.regime.refusal
        unwanted = self._coin("wish", filing) < self._wish(filing)
        ground, pretext = self._factual_ground(filing, unwanted=unwanted), False
        if ground is None and unwanted:
            if refusal and refusal.may_cut_size and self._coin("cut", filing) < self.practice.cuts:
                least, most = self.practice.cut_least, self.practice.cut_most
                share = least + (most - least) * self._coin("cut", filing, 1)
                return "size_cut", None, False, max(1, int(filing.declared * share))
            ground = self._discretionary_ground(filing)
            if ground is None:
                ground, pretext = self._pretext(filing)
        if ground is None and not pretext:
            return "allowed", None, False, filing.declared
        if refusal and refusal.by_court_only and not self.model.court.bans(filing):
            return "allowed", None, False, filing.declared
        return "refused", ground, pretext, 0

    def _wish(self, filing: Filing) -> float:
        """The chance that a filing is unwanted and that this is acted on.

        ::

            weight = 1 + size_weight * log(1 + declared / 250) + symbolic_weight * [symbolic]
            chance = (1 - (1 - wish by stance) ^ weight) * discretion by procedure
        """
        practice, symbolic = self.practice, self.model.sites[filing.site].kind == "symbolic"
        weight = 1.0 + practice.size_weight * math.log1p(filing.declared / _SIZE_UNIT) + practice.symbolic_weight * symbolic
        unwanted = 1.0 - math.pow(1.0 - practice.wish_to_refuse[filing.assembly.organiser.stance], weight)
        return unwanted * self._discretion(filing.row)

    def _discretion(self, row: ProcedureRow) -> float:
        return self.practice.discretion_permit if row.procedure == "permit" else self.practice.discretion_notification

    def _grounds(self) -> dict[str, float]:
        """The law's grounds, each with its breadth; an open list ends with "any other law", which fits anything."""
        refusal = self.model.regime.refusal
        if refusal is None:
            return {}
        found = {ground.name: ground.breadth for ground in refusal.grounds}
        return found if refusal.closed else found | {"any_law": 1.0}

    def _factual_ground(self, filing: Filing, *, unwanted: bool) -> str | None:
        """The first ground in the facts. In filings that are wanted, formal defects are mostly overlooked."""
        model, regime, assembly, grounds = self.model, self.model.regime, filing.assembly, self._grounds()
        strict = unwanted or self._coin("formalism", filing) < self.practice.formalism
        lawful_place = model.places.lawful(filing.site, assembly.plan.form, assembly.plan.procedure)
        facts = {
            "emergency": model.emergency and regime.emergency is not None and regime.emergency.effect != "none",
            "barred_organiser": bars_organiser(regime, assembly.organiser.legal_form),
            "place_not_allowed": filing.site in model.places.prohibited or (strict and not lawful_place),
            "place_taken": model.places.taken(filing.site, filing.date, assembly.number),
            "over_capacity": regime.places is not None
            and regime.places.capacity_binds
            and filing.declared > model.sites[filing.site].capacity,
            "late_filing": strict and not filing.in_time and not accepts_late(regime),
            "incomplete": strict and not filing.complete,
        }
        return next((fact for fact, true in facts.items() if true and (fact in grounds or "any_law" in grounds)), None)

    def _discretionary_ground(self, filing: Filing) -> str | None:
        """The first ground that can be made to fit: each does so with its breadth."""
        grounds = self._grounds()
        for slot, ground in enumerate(_DISCRETIONARY):
            if ground in grounds and self._coin("ground", filing, slot) < grounds[ground]:
                return ground
        return None

    def _pretext(self, filing: Filing) -> tuple[str | None, bool]:
        """What is done where no ground fits: a phantom booking, or a refusal without any ground."""
        model = self.model
        if model.places.exclusive and "place_taken" in self._grounds() and self._coin("phantom", filing) < self.practice.phantom:
            model.places.release(filing.assembly.number)
            model.places.book(filing.site, filing.date, PHANTOM)
            model.record.add(Booked(model.today, filing.site, filing.date))
            return "place_taken", True
        return None, self._coin("lawless", filing) < self.practice.lawless

    def _offer(self, filing: Filing) -> tuple[int, int] | None:
        """Another place on the same day, out of sight if there is one, symbolic last; none if none is lawful and free."""
        model, plan, sites, refusal = self.model, filing.assembly.plan, self.model.sites, self.model.regime.refusal
        if not (refusal and refusal.must_offer) and self._coin("offer", filing) >= self.practice.offers:
            return None
        for site in sorted(range(len(sites)), key=lambda n: (sites[n].kind != "remote", sites[n].kind == "symbolic", n)):
            free = model.places.lawful(site, plan.form, plan.procedure) and not model.places.taken(site, filing.date)
            if site != filing.site and free:
                return site, filing.date
        return None

    # -- what people know of it ----------------------------------------------------------------------------------------

    def waives_place(self, site: int, form: str, procedure: str) -> float:
        """The chance that a wanted filing gets leave for a place: certain where it is lawful, none in a prohibited zone."""
        if site in self.model.places.prohibited:
            return 0.0
        return 1.0 if self.model.places.lawful(site, form, procedure) else 1.0 - self.practice.formalism

    def usual_approval(self, stance: str, row: ProcedureRow) -> float:
        """The share of average filings that end with leave: what organisers expect before they have tried."""
        practice, grounds, refusal = self.practice, self._grounds(), self.model.regime.refusal
        unfit = math.prod(1.0 - grounds.get(ground, 0.0) for ground in _DISCRETIONARY)
        unbooked = 1.0 - practice.phantom if self.model.places.exclusive and "place_taken" in grounds else 1.0
        refused = practice.wish_to_refuse[stance] * self._discretion(row) * (1.0 - unfit * unbooked * (1.0 - practice.lawless))
        if refusal and refusal.by_court_only:
            refused *= self.model.conduct.court.bans
        silent = practice.silence[stance]
        leave = {"allowed": 1.0, "ambiguous": practice.honours_silence, "refused": 0.0}[row.silence]
        return (1.0 - silent) * (1.0 - refused) + silent * leave

    def honours_silence(self, organiser: int, code: int) -> bool:
        """Whether those who relied on its silence are left alone."""
        return self.model.streams.uniform("authority/honours silence", organiser, code) < self.practice.honours_silence

    def _coin(self, question: str, filing: Filing, slot: int = 0) -> float:
        return self.model.streams.uniform(f"authority/{question}", filing.attempt, filing.assembly.code, slot)
