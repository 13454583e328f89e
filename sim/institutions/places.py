"""Places: which are designated, which lie in a prohibited zone, which are booked."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from sim.law import Regime
from sim.law.provisions import Places as Rules
from sim.population import TownSpec

__all__ = ["Places"]


@dataclass(slots=True)
class Places:
    """The town's sites under one regime.

    Attributes:
        town: the town. regime: the law in force.
        booked: the assembly (or ``None`` for a phantom) that holds a slot ``(site, date)``.
    """

    town: TownSpec
    regime: Regime
    booked: dict[tuple[int, int], int | None] = field(default_factory=dict)
    designated: frozenset[int] = field(init=False)
    prohibited: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        self.enact(self.regime)

    def enact(self, regime: Regime) -> None:
        """Put another law in force. Bookings stay."""
        self.regime = regime
        rules = regime.places
        zones = set(rules.prohibited) if rules else set()
        self.prohibited = frozenset(n for n, site in enumerate(self.town.sites) if zones & set(site.near))
        self.designated = self._designate(rules) if rules and rules.rule == "designated" else frozenset()

    def _designate(self, rules: Rules) -> frozenset[int]:
        """The places the city chooses: those of the law's plan if the town has one, else the nearest or the most remote ones."""
        sites = self.town.sites
        if rules.plan:
            planned = frozenset(n for n, site in enumerate(sites) if rules.plan in site.designated_under)
            if planned:
                return planned
        open_to_choice = [n for n, site in enumerate(sites) if n not in self.prohibited and site.kind != "symbolic"]
        by_distance = sorted(open_to_choice, key=lambda n: (math.hypot(*sites[n].at), n), reverse=not rules.central)
        return frozenset(by_distance[: rules.designated])

    def bound(self, form: str, procedure: str) -> bool:
        """Whether a form is bound to the designated places. Exempt gatherings are not."""
        rules = self.regime.places
        if rules is None or rules.rule != "designated" or procedure == "exempt":
            return False
        return rules.applies_to == "any" or form in rules.applies_to

    def lawful(self, site: int, form: str, procedure: str) -> bool:
        """Whether the law lets such a gathering be at a site."""
        return site not in self.prohibited and (site in self.designated or not self.bound(form, procedure))

    @property
    def exclusive(self) -> bool:
        """Whether one filing keeps others from a slot."""
        return bool(self.regime.places and self.regime.places.exclusive)

    def taken(self, site: int, date: int, assembly: int | None = None) -> bool:
        """Whether someone else holds a slot."""
        return (
            self.exclusive
            and (site, date) in self.booked
            and self.booked[site, date] != (assembly if assembly is not None else -1)
        )

    def book(self, site: int, date: int, assembly: int | None) -> None:
        """Give a free slot to an assembly, or to a phantom (``None``)."""
        self.booked.setdefault((site, date), assembly)

    def release(self, assembly: int) -> None:
        """Give back the slots of an assembly."""
        for slot in [slot for slot, holder in self.booked.items() if holder == assembly]:
            del self.booked[slot]
