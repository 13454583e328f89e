"""What organisers have in mind, what they plan, and the papers that go with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.streams import event_code

if TYPE_CHECKING:
    from sim.law import ProcedureRow
    from sim.reference.organiser import Organiser

__all__ = ["Assembly", "Filing", "Occasion", "Plan", "Term"]


@dataclass(slots=True, eq=False)
class Term:
    """Something that is due at the desk on a day, unless it is cancelled."""

    day: int
    act: Callable[[], None]
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Occasion:
    """A reason to act.

    Attributes:
        day: when it arose. date: when it matters most. form, site: what its organiser would hold of itself, and where.
        appeal: to everyone, utility. foreseen: what the organiser knows of that. error: of its forecasts, standard normal.
        luck: share of those it could reach whom the call does reach. reactive: whether it answers what has just happened.
    """

    day: int
    date: int
    form: str
    site: int
    appeal: float
    foreseen: float
    error: float
    luck: float
    reactive: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What an organiser means to do.

    Attributes:
        strategy: one of :data:`sim.record.STRATEGIES`. form, site, date: what, where, on which day.
        declared: persons named in a filing, or that would be. effort: share of the following that is called.
        public: whether there is a public call. files: whether it files what it owes.
        row: what the law says of it, if anything. exempt_kind: the kind outside the law it takes. parts: of a split.
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
    def alone(self) -> bool:
        """Whether it is one person with a poster."""
        return self.form == "single_picket"

    @property
    def procedure(self) -> str:
        """exempt, notification, permit or banned. What the law does not speak of is exempt."""
        return "exempt" if self.row is None or self.exempt_kind else self.row.procedure

    @property
    def owes_filing(self) -> bool:
        """Whether the law wants a filing for it: not for a spontaneous response, where the law knows that."""
        return self.procedure in {"notification", "permit"} and self.strategy != "spontaneous"


@dataclass(slots=True, eq=False)
class Filing:
    """A notification or an application.

    Attributes:
        number: in the record. attempt: 1 for the first made for its assembly. row: the rule it is filed under.
        declared, site, date: what is filed for. filed: the day. due: day by which the law wants an answer.
        in_time, complete: whether it is. open: whether it awaits an answer. terms: what is still to come of it at the desk.
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
    open: bool = True
    terms: list[Term] = field(default_factory=list)

    def close(self) -> None:
        """It is answered, or overtaken by events."""
        self.open = False
        self.drop()

    def drop(self) -> None:
        """Nothing more is to come of it."""
        for term in self.terms:
            term.cancelled = True
        self.terms.clear()


@dataclass(slots=True, eq=False)
class Assembly:
    """A planned assembly and what has become of it so far.

    Attributes:
        number: in the record. part: of a split. plan: what is meant now. called: day from which people may be called.
        filing: the latest. allowed: persons allowed, or none if no answer allowed it. relied: allowed by silence only.
        refused, appealed, appealing: refused; the refusal was appealed; it does not bind while the appeal is pending.
        defiant: to be held all the same. waits_to_call: nobody is called before leave is had. offer: site and day offered.
        fate: one of :data:`sim.record.FATES`, or none yet.
    """

    number: int
    organiser: Organiser
    occasion: Occasion
    part: int
    plan: Plan
    called: int
    filing: Filing | None = None
    allowed: int | None = None
    relied: bool = False
    refused: bool = False
    appealed: bool = False
    appealing: bool = False
    defiant: bool = False
    waits_to_call: bool = False
    offer: tuple[int, int] | None = None
    fate: str | None = None

    @property
    def code(self) -> int:
        """The name under which its coins are tossed: organiser, opportunity and part, so the same under every law."""
        return event_code(self.organiser.number, self.occasion.day, self.part)
