"""The press: what is covered, hence what others learn and what a catalogue of events contains (design, 4.4)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa

if TYPE_CHECKING:
    from sim.institutions.docket import Assembly
    from sim.institutions.world import World

__all__ = ["Press"]


class Press(mesa.Agent):
    """One medium.

    Attributes:
        number: its number. independent: whether the government does not hold it. open: whether it may still publish.
    """

    def __init__(self, model: World, number: int) -> None:
        super().__init__(model)
        self.world, self.number, self.open = model, number, True
        practice = model.conduct.press
        self.independent = model.streams.uniform("press/independent", number) < practice.independent

    def covers(self, assembly: Assembly, turnout: int, *, unlawful: bool, arrests: int) -> bool:
        """Whether it reports an assembly."""
        return self.open and self._coin("covers", assembly) < self.chance(assembly, turnout, unlawful=unlawful, arrests=arrests)

    def chance(self, assembly: Assembly, turnout: int, *, unlawful: bool, arrests: int) -> float:
        """The chance of that: size and arrests are news; what is critical passes only as far as the press is free."""
        practice = self.world.conduct.press
        news = turnout * (practice.arrests_news if arrests else 1.0)
        chance = news / (news + practice.half_size)
        if assembly.organiser.stance != "loyal":
            chance *= practice.freedom if self.independent else practice.freedom**2
        if unlawful and self.may_be_closed:
            chance *= 1.0 - practice.caution
        return chance

    @property
    def may_be_closed(self) -> bool:
        """Whether covering unlawful assemblies can close it under the law in force."""
        rules = self.world.regime.press
        return rules is not None and rules.closure == "covering_unlawful"

    def is_closed_for(self, assembly: Assembly) -> bool:
        """Whether having covered an unlawful assembly closes it."""
        return self.may_be_closed and self._coin("closes", assembly) < self.world.conduct.press.closes

    def reported_size(self, assembly: Assembly, turnout: int) -> int:
        """The size it gives, in persons."""
        error = self.world.streams.normal("press/size", self.number, assembly.code)
        return max(1, round(turnout * math.exp(self.world.conduct.press.report_error * error)))

    def _coin(self, question: str, assembly: Assembly) -> float:
        return self.world.streams.uniform(f"press/{question}", self.number, assembly.code)
