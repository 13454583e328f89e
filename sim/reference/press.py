"""The press: what is covered, hence what others learn (design, 4.4)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa

if TYPE_CHECKING:
    from sim.reference.docket import Assembly
    from sim.reference.model import ReferenceModel
    from sim.reference.street import Gathering

__all__ = ["Press"]


class Press(mesa.Agent):
    """One medium.

    Attributes:
        number: its number. independent: whether the government does not hold it. open: whether it may still publish.
    """

    def __init__(self, model: ReferenceModel, number: int) -> None:
        super().__init__(model)
        self.model: ReferenceModel = model
        self.practice, self.number, self.open = model.conduct.press, number, True
        self.independent = model.streams.uniform("press/independent", number) < self.practice.independent

    def covers(self, gathering: Gathering) -> bool:
        """Whether it reports an assembly: with chance ``news / (news + half_size)``, times what critical news is let pass."""
        practice, arrests = self.practice, bool(gathering.detained)
        if not self.open:
            return False
        news = gathering.turnout * (practice.arrests_news if arrests else 1.0)
        chance = news / (news + practice.half_size)
        if gathering.assembly.organiser.stance != "loyal":
            chance *= practice.freedom if self.independent else practice.freedom**2
        if gathering.offences and self._may_be_closed():
            chance *= 1.0 - practice.caution
        return self._coin("covers", gathering.assembly) < chance

    def _may_be_closed(self) -> bool:
        rules = self.model.regime.press
        return rules is not None and rules.closure == "covering_unlawful"

    def is_closed_for(self, assembly: Assembly) -> bool:
        """Whether having covered an unlawful assembly closes it."""
        return self._may_be_closed() and self._coin("closes", assembly) < self.practice.closes

    def reported_size(self, gathering: Gathering) -> int:
        """The size it gives, in persons: lognormal around what came."""
        error = self.model.streams.normal("press/size", self.number, gathering.assembly.code)
        return max(1, round(gathering.turnout * math.exp(self.practice.report_error * error)))

    def _coin(self, question: str, assembly: Assembly) -> float:
        return self.model.streams.uniform(f"press/{question}", self.number, assembly.code)
