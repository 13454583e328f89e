"""The court: decides appeals, prohibits where only a court may, and sentences."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import mesa

from sim.errors import ModelError
from sim.record import AppealDecided

if TYPE_CHECKING:
    from sim.institutions.docket import Filing
    from sim.institutions.world import World
    from sim.law import Penalty

__all__ = ["Court", "Sentence"]


class Sentence(NamedTuple):
    """What someone is punished with: a fine (money), days of arrest, or a warning; and whether expelled from the country."""

    fine: float
    jail: int
    warning: bool
    expelled: bool


class Court(mesa.Agent):
    """The court of the town."""

    def __init__(self, model: World) -> None:
        super().__init__(model)
        self.world = model

    def bans(self, filing: Filing) -> bool:
        """Whether the court prohibits an assembly at the authority's request."""
        coin = self.world.streams.uniform("court/bans", filing.attempt, filing.assembly.code)
        return coin < self.world.conduct.court.bans

    def hear(self, filing: Filing) -> int:
        """Take an appeal in; returns the day of the decision. Where the law wants it before the assembly, it comes before."""
        rules = self.world.regime.appeal
        if rules is None or rules.decided_in is None:
            raise ModelError("an appeal was made where the law knows none")
        today = self.world.today
        day = max(today + 1, self.world.calendar.forward(today, rules.decided_in.amount, rules.decided_in.unit))
        if rules.before_assembly:
            day = max(today + 1, min(day, filing.date))
        filing.assembly.appealing = rules.suspensive
        filing.events.append(self.world.at_desk(day, self.decide, filing))
        return day

    def decide(self, filing: Filing) -> None:
        """Decide an appeal. A reversal before the date is leave; one that comes too late helps nobody."""
        world, assembly = self.world, filing.assembly
        reversed_ = world.streams.uniform("court/reversal", filing.attempt, assembly.code) < world.conduct.court.reversal
        in_time = world.today <= filing.date and assembly.fate is None
        world.record.add(AppealDecided(world.today, filing.number, assembly.number, reversed_, in_time))
        assembly.appealing = False
        if reversed_ and in_time and assembly.plan.date == filing.date and assembly.plan.site == filing.site:
            assembly.refused, assembly.allowed = False, filing.declared
        if in_time:
            world.hear_of_appeal(assembly)

    def sentence(self, penalty: Penalty, coins: tuple[float, float, float]) -> Sentence:
        """A sentence between the law's least and most.

        Args:
            penalty: what the law threatens. coins: three uniform numbers: arrest or fine; how much; warning or not.
        """
        practice = self.world.conduct.court
        kind, amount, mercy = coins
        place = amount ** ((1.0 - practice.severity) / practice.severity) if practice.severity > 0 else 0.0  # mean: severity
        if penalty.jail > 0 and (kind < practice.jail_share or penalty.fine == 0.0):
            return Sentence(0.0, max(1, math.ceil(place * penalty.jail)), warning=False, expelled=penalty.expulsion)
        if penalty.warning and mercy < practice.warnings:
            return Sentence(0.0, 0, warning=True, expelled=False)
        fine = penalty.fine_least + place * (penalty.fine - penalty.fine_least)
        return Sentence(max(0.01, round(fine, 2)), 0, warning=False, expelled=penalty.expulsion)
