"""An assembly on its way from plan to fate, and the filings made for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.streams import event_code

if TYPE_CHECKING:
    from sim.institutions.organiser import Organiser
    from sim.institutions.world import Cancellable
    from sim.law.provisions import ProcedureRow

__all__ = ["Assembly", "Filing", "Plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an organiser means to do.

    Attributes:
        strategy: one of :data:`sim.record.STRATEGIES`.
        form, site, date: what, where (place in the town's list), on which day.
        declared: persons named in a filing, or that would be.
        effort: share of the following that is called.
        public: whether there is a public call.
        files: whether what is owed is filed.
        row: the procedure row it falls under, or none if the law has none for it.
        exempt_kind: the kind outside the law it takes, or none.
        parts: assemblies it is split into.
    """

    strategy: str
    form: str
    site: int
    date: int
    declared: int
    effort: float = 1.0
    public: bool = True
    files: bool = False
    row: ProcedureRow | None = None
    exempt_kind: str | None = None
    parts: int = 1

    @property
    def procedure(self) -> str:
        """exempt, notification, permit or banned. What the law does not speak of is exempt."""
        return self.row.procedure if self.row and not self.exempt_kind else "exempt"

    @property
    def owes_filing(self) -> bool:
        """Whether the law wants a filing for it."""
        return self.procedure in {"notification", "permit"} and self.strategy != "spontaneous"


@dataclass(slots=True, eq=False)
class Filing:
    """A notification or application on its way through the authority.

    What the clock still holds for it is cancelled when it is closed.
    """

    number: int
    assembly: Assembly
    attempt: int
    row: ProcedureRow
    declared: int
    site: int
    date: int
    filed: int
    due: int | None
    in_time: bool
    complete: bool
    answer: str | None = None
    open: bool = True
    events: list[Cancellable] = field(default_factory=list)

    def close(self, answer: str) -> None:
        """Close it with its answer and cancel what was still to come."""
        self.answer, self.open = answer, False
        self.drop()

    def drop(self) -> None:
        """Take what is still to come of it off the clock: its plan is given up for another."""
        for event in self.events:
            event.cancel()
        self.events.clear()


@dataclass(slots=True, eq=False)
class Assembly:
    """A planned assembly and what has become of it so far.

    Attributes:
        number: its number in the record. organiser: who planned it. opportunity: the day the opportunity arose. part: of a split.
        plan: what is meant now. forecast: persons expected when it was planned. appeal: how much its occasion appeals, utility.
        planned: day it was planned. called: day from which people may be called.
        filing: the latest filing. allowed: persons allowed, or none if no answer allowed it. relied: allowed by silence only.
        refused, appealing: refused; and a suspensive appeal is pending. offer: site and day offered with the refusal.
        appealed: the refusal was appealed. defiant: to be held all the same. waits_to_call: nobody is called before leave is had.
        fate: one of :data:`sim.record.FATES`, or none yet.
    """

    number: int
    organiser: Organiser
    opportunity: int
    part: int
    plan: Plan
    forecast: float
    appeal: float
    planned: int
    called: int
    filing: Filing | None = None
    allowed: int | None = None
    relied: bool = False
    refused: bool = False
    appealing: bool = False
    appealed: bool = False
    defiant: bool = False
    waits_to_call: bool = False
    offer: tuple[int, int] | None = None
    fate: str | None = None

    @property
    def code(self) -> int:
        """The name under which its coins are tossed, the same under every law."""
        return event_code(self.organiser.number, self.opportunity, self.part)
