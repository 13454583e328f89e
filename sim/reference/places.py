"""Places: which the law designates, which lie in a prohibited zone, which are booked."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from sim.law import Regime

if TYPE_CHECKING:
    from sim.population import TownSpec

__all__ = ["PHANTOM", "Places"]

PHANTOM: Final = -1
"""Holder of a slot that was booked for an event that never takes place."""


class Places:
    """The town's sites under the law in force.

    Attributes:
        sites: the town's. regime: the law in force. bookings: the assembly (or :data:`PHANTOM`) that holds a slot (site, date).
    """

    def __init__(self, town: TownSpec, regime: Regime) -> None:
        self.sites, self.regime = town.sites, regime
        self.bookings: dict[tuple[int, int], int] = {}

    @property
    def prohibited(self) -> set[int]:
        """Sites near something that the law keeps assemblies away from."""
        zones = set(self.regime.places.prohibited) if self.regime.places else set()
        return {n for n, site in enumerate(self.sites) if zones & set(site.near)}

    @property
    def designated(self) -> set[int]:
        """The places the city designates: those of the law's plan, if the town has one.

        Else so many as the law wants: the most central ones if it says so, or the most remote; never the symbolic one.
        """
        rules = self.regime.places
        if rules is None or rules.rule != "designated":
            return set()
        planned = {n for n, site in enumerate(self.sites) if rules.plan and rules.plan in site.designated_under}
        if planned:
            return planned
        open_to_choice = [n for n, site in enumerate(self.sites) if n not in self.prohibited and site.kind != "symbolic"]
        by_distance = sorted(open_to_choice, key=lambda n: (math.hypot(*self.sites[n].at), n), reverse=not rules.central)
        return set(by_distance[: rules.designated])

    def binds(self, form: str, procedure: str) -> bool:
        """Whether the law binds a form to the designated places. What is exempt is free."""
        rules = self.regime.places
        if rules is None or rules.rule != "designated" or procedure == "exempt":
            return False
        return rules.applies_to == "any" or form in rules.applies_to

    def lawful(self, site: int, form: str, procedure: str) -> bool:
        """Whether the law lets such a gathering be at a site."""
        return site not in self.prohibited and (not self.binds(form, procedure) or site in self.designated)

    @property
    def exclusive(self) -> bool:
        """Whether one filing keeps others from a slot."""
        return self.regime.places is not None and self.regime.places.exclusive

    def taken(self, site: int, date: int, but_by: int | None = None) -> bool:
        """Whether a slot is held, by another than one assembly."""
        return self.exclusive and self.bookings.get((site, date), but_by) != but_by

    def book(self, site: int, date: int, holder: int) -> None:
        """Give a slot to an assembly or to a phantom, if it is free."""
        self.bookings.setdefault((site, date), holder)

    def release(self, assembly: int) -> None:
        """Give back the slots of an assembly."""
        self.bookings = {slot: holder for slot, holder in self.bookings.items() if holder != assembly}
