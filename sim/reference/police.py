"""The police: a finite force, divided over the day's assemblies; a style decides what they do (design, 4.4)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import mesa

if TYPE_CHECKING:
    from sim.reference.docket import Assembly
    from sim.reference.model import ReferenceModel
    from sim.reference.street import Gathering

__all__ = ["Police"]

_ORDINARY: Final = 50.0
"""Turnout to which ``misconduct`` refers, persons."""


class Police(mesa.Agent):
    """The police of the town."""

    def __init__(self, model: ReferenceModel) -> None:
        super().__init__(model)
        self.model: ReferenceModel = model
        self.practice = model.conduct.police

    def knows(self, assembly: Assembly) -> bool:
        """Whether they know of an assembly beforehand: of a filed one always."""
        return assembly.filing is not None or self._coin("knows", assembly) < self.practice.knows

    def deploy(self, gatherings: list[Gathering]) -> None:
        """Send officers: presence by legality, times threat by form, times ``expected ^ growth``; scarce ones are shared out."""
        practice, wanted = self.practice, []
        force = practice.per_100k * practice.available * len(self.model.citizens) / 1e5
        for one in gatherings:
            base = practice.presence_unlawful if one.suspect else practice.presence_lawful
            known = 1.0 if self.knows(one.assembly) else practice.patrol
            threat = practice.threat[one.assembly.plan.form]
            wanted.append(base * known * threat * max(one.expected, 1.0) ** practice.presence_growth)
        total = sum(wanted)
        share = min(1.0, force / total) if total > 0 else 1.0
        for one, officers in zip(gatherings, wanted, strict=True):
            one.officers = int(officers * share)

    def prevent(self, assembly: Assembly) -> bool:
        """Whether the organiser of what they hold to be unlawful is detained before it begins."""
        return self.knows(assembly) and self._coin("prevents", assembly) < self.practice.prevents

    def step_in(self, assembly: Assembly) -> bool:
        """Whether they end what they hold to be unlawful: with chance ``1 - (1 - style) ^ threat of the form``."""
        chance = 1.0 - math.pow(1.0 - self.practice.style, self.practice.threat[assembly.plan.form])
        return self._coin("steps in", assembly) < chance

    def see_misconduct(self, assembly: Assembly, turnout: int) -> bool:
        """Whether a few misbehave: ``misconduct * threat * (turnout / 50) ^ growth``."""
        practice = self.practice
        growth = math.pow(turnout / _ORDINARY, practice.misconduct_growth)
        chance = practice.misconduct * practice.threat[assembly.plan.form] * growth
        return self._coin("misconduct", assembly) < min(1.0, chance)

    def people_leave(self, assembly: Assembly) -> bool:
        """Whether a crowd leaves when it is told to: less surely, the sterner the style."""
        return self._coin("leave", assembly) < 1.0 - self.practice.staying * self.practice.style

    def arrest_those_who_left(self, assembly: Assembly) -> bool:
        """Whether they arrest people though the crowd left when told: the more surely, the sterner the style."""
        return self._coin("arrests all the same", assembly) < self.practice.style

    def arrests(self, gathering: Gathering) -> int:
        """How many are arrested where any are: lognormal, around a number that depends on form and weakly on turnout.

        ::

            arrests * threat * adults ^ growth * (1 + force_arrests * style * [by force]) * exp(sd * normal)
        """
        practice, assembly, adults = self.practice, gathering.assembly, len(gathering.goers)
        median = (
            practice.arrests
            * practice.threat[assembly.plan.form]
            * math.pow(adults, practice.arrests_growth)
            * (1.0 + practice.force_arrests * practice.style * gathering.forced)
        )
        spread = self.model.streams.normal("police/arrests", assembly.organiser.number, assembly.code)
        number = math.ceil(median * math.exp(practice.arrests_log_sd * spread))
        return max(0, min(number, adults, math.floor(practice.one_arrests * gathering.officers)))

    def _coin(self, question: str, assembly: Assembly) -> float:
        return self.model.streams.uniform(f"police/{question}", assembly.organiser.number, assembly.code)
