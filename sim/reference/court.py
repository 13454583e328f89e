"""The court: decides appeals, and sentences (the day, parts 2 and 5)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import mesa

from sim.record import AppealDecided, Appealed, Sanctioned
from sim.reference.law import bars_foreigners, penalty, since_repeat

if TYPE_CHECKING:
    from sim.law import Penalty
    from sim.reference.citizen import Citizen
    from sim.reference.docket import Assembly, Filing
    from sim.reference.model import ReferenceModel
    from sim.reference.street import Gathering

__all__ = ["Court"]

NEVER: Final = 2**30
"""Day of return of one who was expelled."""


class Sentence(NamedTuple):
    """A fine (money), days of arrest, or a warning; and whether expelled from the country."""

    fine: float
    jail: int
    warning: bool
    expelled: bool


class Court(mesa.Agent):
    """The court of the town."""

    def __init__(self, model: ReferenceModel) -> None:
        super().__init__(model)
        self.model: ReferenceModel = model
        self.practice = model.conduct.court

    # -- appeals -------------------------------------------------------------------------------------------------------

    def bans(self, filing: Filing) -> bool:
        """Whether it prohibits an assembly, where only a court may."""
        return self.model.streams.uniform("court/bans", filing.attempt, filing.assembly.code) < self.practice.bans

    def hear(self, filing: Filing) -> None:
        """Take an appeal in. Where the law wants the decision before the assembly, it comes before, if there is a day left."""
        model, rules, today = self.model, self.model.regime.appeal, self.model.today
        if rules is None or rules.decided_in is None:
            raise ValueError("an appeal was made where the law knows none")
        day = max(today + 1, model.calendar.forward(today, rules.decided_in.amount, rules.decided_in.unit))
        if rules.before_assembly:
            day = max(today + 1, min(day, filing.date))
        filing.assembly.appealed, filing.assembly.appealing = True, rules.suspensive
        filing.terms.append(model.at_desk(day, lambda: self._decide(filing)))
        model.record.add(Appealed(today, filing.number, filing.assembly.number, rules.to, day))

    def _decide(self, filing: Filing) -> None:
        """Decide an appeal. A reversal in time is leave for what was filed; one that comes too late helps nobody."""
        model, assembly, plan = self.model, filing.assembly, filing.assembly.plan
        reversed_ = model.streams.uniform("court/reversal", filing.attempt, assembly.code) < self.practice.reversal
        in_time = model.today <= filing.date and assembly.fate is None
        model.record.add(AppealDecided(model.today, filing.number, assembly.number, reversed_, in_time))
        assembly.appealing = False
        if reversed_ and in_time and (plan.date, plan.site) == (filing.date, filing.site):
            assembly.refused, assembly.allowed = False, filing.declared
        if in_time:
            model.hear_of_appeal(assembly)

    # -- sentences -----------------------------------------------------------------------------------------------------

    def sit(self, gathering: Gathering) -> None:
        """Sentence those who were detained today, those who were identified later, and the organiser."""
        for citizen in gathering.detained:
            if self._coin("punished", citizen.number, gathering.assembly) < self.practice.punished:
                self._punish_citizen(gathering, citizen, detained=True)
        if gathering.offences:
            for citizen in self._identified(gathering):
                self._punish_citizen(gathering, citizen, detained=False)
            self._hold_liable(gathering)

    def _identified(self, gathering: Gathering) -> list[Citizen]:
        """Participants who were not detained and are brought to court later: so many for certain, one more by a coin."""
        others = [citizen for citizen in gathering.goers if citizen not in gathering.detained]
        coin = self._coin("identified", gathering.assembly.organiser.number, gathering.assembly)
        return self.model.pick(others, int(self.practice.identified * len(others) + coin), "court/who", gathering.assembly)

    def _punish_citizen(self, gathering: Gathering, citizen: Citizen, *, detained: bool) -> None:
        """Punish a participant for the first of the day's offences that the law punishes participants for."""
        model, assembly = self.model, gathering.assembly
        role = "foreigner" if citizen.foreigner else "participant"
        repeat = citizen.punished_on >= since_repeat(model)
        offences = [one for one in gathering.offences if one != "minors" or citizen in gathering.parents]
        if citizen.foreigner and bars_foreigners(model.regime):
            offences.append("barred_person")
        for offence in offences:
            threatened = penalty(model, role, offence, repeat=repeat)
            if threatened is not None:
                break
        else:
            return
        sentence = self._sentence(threatened, citizen.number, assembly, "")
        self._record(assembly, role, citizen.number, offence, detained, sentence, citizen.income, repeat)
        citizen.is_punished(sentence.fine)
        if sentence.jail:
            citizen.is_away(model.today + 1 + sentence.jail)
        if sentence.expelled:
            citizen.is_away(NEVER)

    def _hold_liable(self, gathering: Gathering) -> None:
        assembly = gathering.assembly
        liable = self._coin("liable", assembly.organiser.number, assembly) < self.practice.organisers_liable
        gathering.organiser_punished = liable and any(self.punish_organiser(assembly, one) for one in gathering.offences)
        assembly.organiser.learns_punishment(punished=gathering.organiser_punished)

    def punish_organiser(self, assembly: Assembly, offence: str) -> bool:
        """Punish an organiser for an offence, if the law does. A person goes to jail, a legal entity pays."""
        model, organiser = self.model, assembly.organiser
        repeat = organiser.is_repeat()
        threatened = penalty(model, organiser.role, offence, repeat=repeat)
        if threatened is None:
            return False
        sentence = self._sentence(threatened, organiser.number, assembly, "organiser/")
        budget = organiser.means * model.conduct.town.income.mean_wage
        income = organiser.leader.income if organiser.role == "organiser" else budget
        self._record(assembly, organiser.role, organiser.number, offence, False, sentence, income, repeat)
        organiser.punished_on = model.today
        if sentence.jail:
            organiser.jailed_until = max(organiser.jailed_until, model.today + 1 + sentence.jail)
            organiser.leader.is_away(organiser.jailed_until)
        return True

    def _sentence(self, threatened: Penalty, who: int, assembly: Assembly, of: str) -> Sentence:
        """A sentence between the law's least and most: a uniform coin to a power, so that its mean is the severity."""
        kind, amount, mercy = (self._coin(f"{of}{about}", who, assembly) for about in ("kind", "amount", "mercy"))
        severity = self.practice.severity
        place = amount ** ((1.0 - severity) / severity) if severity > 0 else 0.0
        if threatened.jail > 0 and (kind < self.practice.jail_share or threatened.fine == 0.0):
            return Sentence(0.0, max(1, math.ceil(place * threatened.jail)), warning=False, expelled=threatened.expulsion)
        if threatened.warning and mercy < self.practice.warnings:
            return Sentence(0.0, 0, warning=True, expelled=False)
        fine = threatened.fine_least + place * (threatened.fine - threatened.fine_least)
        return Sentence(max(0.01, round(fine, 2)), 0, warning=False, expelled=threatened.expulsion)

    def _record(
        self,
        assembly: Assembly,
        role: str,
        who: int,
        offence: str,
        detained: bool,
        sentence: Sentence,
        income: float,
        repeat: bool,
    ) -> None:
        self.model.record.add(
            Sanctioned(
                day=self.model.today,
                assembly=assembly.number,
                role=role,
                who=who,
                offence=offence,
                detained=detained,
                fine=sentence.fine,
                wages=round(sentence.fine / income, 6),
                jail=sentence.jail,
                warning=sentence.warning,
                expelled=sentence.expelled,
                repeat=repeat,
            )
        )

    def _coin(self, question: str, who: int, assembly: Assembly) -> float:
        return self.model.streams.uniform(f"court/{question}", who, assembly.code)
