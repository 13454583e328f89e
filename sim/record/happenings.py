"""What can happen: frozen happenings, each of a day.

A happening names people and things by number: organisers, citizens and sites by their place in the town, assemblies and filings
by the order in which they came to be, opportunities by the day they arose. Days count from 0. No happening carries the name of
a law, so that two texts of one law leave one record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

__all__ = [
    "FATES",
    "STRATEGIES",
    "Answered",
    "AppealDecided",
    "Appealed",
    "Arrested",
    "Booked",
    "CalledOff",
    "Changed",
    "Covered",
    "Dispersed",
    "EmergencyBegan",
    "EmergencyEnded",
    "Filed",
    "Happening",
    "Held",
    "LawChanged",
    "LimitPassed",
    "Planned",
    "PressClosed",
    "Prevented",
    "Sanctioned",
    "Shocked",
    "Terminated",
    "Waited",
]

FATES: Final = ("held", "called_off", "prevented", "pending")
"""What becomes of a planned assembly: it is held, called off by its organiser, prevented by officials, or its day lies after
the end of the run."""

STRATEGIES: Final = (
    "wait",
    "single_picket",
    "small",
    "under_threshold",
    "expected",
    "split",
    "unannounced",
    "exempt_kind",
    "spontaneous",
    "phantom",
)
"""What an organiser can choose when its opportunity arises (design, 4.3).

``small``: file small and keep it small; ``under_threshold``: file under the threshold and call everyone, risking overrun;
``expected``: file for what is expected; ``split``: several assemblies under the threshold; ``unannounced``: go without
filing what is owed; ``exempt_kind``: meet in a form outside the law (indoors, as residents); ``spontaneous``: respond at
once, where the law allows it; ``phantom``: file for a slot without wanting to hold anything, to keep others from it.
"""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened on a day (counted from 0)."""

    kind: ClassVar[str] = "happening"
    day: int


@dataclass(frozen=True, slots=True)
class LawChanged(Happening):
    """A reform entered into force. ``number`` is the reform's place in the scenario's list."""

    kind: ClassVar[str] = "law_changed"
    number: int


@dataclass(frozen=True, slots=True)
class EmergencyBegan(Happening):
    """A state of emergency began."""

    kind: ClassVar[str] = "emergency_began"


@dataclass(frozen=True, slots=True)
class EmergencyEnded(Happening):
    """A state of emergency ended."""

    kind: ClassVar[str] = "emergency_ended"


@dataclass(frozen=True, slots=True)
class Shocked(Happening):
    """An event raised concern with an issue by ``size``."""

    kind: ClassVar[str] = "shocked"
    issue: int
    size: float


@dataclass(frozen=True, slots=True)
class Waited(Happening):
    """An organiser had an opportunity and let it pass."""

    kind: ClassVar[str] = "waited"
    organiser: int


@dataclass(frozen=True, slots=True)
class Planned(Happening):
    """An assembly was planned.

    Attributes:
        assembly: its number.
        organiser, opportunity, part: who, the day the opportunity arose, and which part of a split (0 if none).
        stance, legal_form, issue: of the organiser.
        strategy: one of :data:`STRATEGIES`.
        form, site, date: what, where, and on which day it is to be.
        forecast: persons its organiser expects.
        declared: persons it declares, or would.
        procedure: what it owes: exempt (nothing), notification, permit, or banned.
        exempt_kind: the kind outside the law it takes, or none.
        filed: whether its organiser files what is owed.
    """

    kind: ClassVar[str] = "planned"
    assembly: int
    organiser: int
    opportunity: int
    part: int
    stance: str
    legal_form: str
    issue: int
    strategy: str
    form: str
    site: int
    date: int
    forecast: float
    declared: int
    procedure: str
    exempt_kind: str | None
    filed: bool


@dataclass(frozen=True, slots=True)
class Filed(Happening):
    """A notification or application was filed.

    Attributes:
        filing: its number. assembly: what it is for. attempt: 1 for the first.
        procedure: notification or permit. declared, site, date: what was filed for.
        notice: calendar days from the filing to the assembly.
        in_time: whether it kept the law's notice, or the law accepts it late. complete: whether it contained all it must.
        due: day by which the law wants an answer, or none.
    """

    kind: ClassVar[str] = "filed"
    filing: int
    assembly: int
    attempt: int
    procedure: str
    declared: int
    site: int
    date: int
    notice: int
    in_time: bool
    complete: bool
    due: int | None


@dataclass(frozen=True, slots=True)
class Answered(Happening):
    """A filing was answered, or its term passed in silence.

    Attributes:
        answer: allowed, refused, size_cut (allowed for fewer), silence_allowed, silence_refused, silence_ambiguous.
        ground: the ground given for a refusal, or none.
        pretext: whether that ground was made up (a phantom booking, or no ground of the law at all).
        allowed: persons allowed (as declared unless cut; 0 if refused).
        offered_site, offered_date: another place or day offered with a refusal, or none.
    """

    kind: ClassVar[str] = "answered"
    filing: int
    assembly: int
    answer: str
    ground: str | None
    pretext: bool
    allowed: int
    offered_site: int | None
    offered_date: int | None


@dataclass(frozen=True, slots=True)
class Appealed(Happening):
    """A refusal was appealed; ``due`` is the day of the decision."""

    kind: ClassVar[str] = "appealed"
    filing: int
    assembly: int
    to: str
    due: int


@dataclass(frozen=True, slots=True)
class AppealDecided(Happening):
    """An appeal was decided; ``in_time`` tells whether that was before the day of the assembly."""

    kind: ClassVar[str] = "appeal_decided"
    filing: int
    assembly: int
    reversed: bool
    in_time: bool


@dataclass(frozen=True, slots=True)
class Changed(Happening):
    """A plan was changed: by its organiser after an answer, or by a reform.

    Attributes:
        choice: accept_offer, file_again, hold_all_the_same, single_picket, exempt_kind; or new_law, if a reform changed
            what is owed.
        form, site, date, declared, procedure, exempt_kind: the plan as it is now.
    """

    kind: ClassVar[str] = "changed"
    assembly: int
    choice: str
    form: str
    site: int
    date: int
    declared: int
    procedure: str
    exempt_kind: str | None


@dataclass(frozen=True, slots=True)
class Booked(Happening):
    """The authority booked a slot for an event of its own that never takes place (a phantom booking)."""

    kind: ClassVar[str] = "booked"
    site: int
    date: int


@dataclass(frozen=True, slots=True)
class CalledOff(Happening):
    """An organiser gave up an assembly.

    ``reason``: refused, no_answer, forecast (too few were expected), organiser_jailed, nobody_came, phantom.
    """

    kind: ClassVar[str] = "called_off"
    assembly: int
    reason: str


@dataclass(frozen=True, slots=True)
class Prevented(Happening):
    """Officials kept an assembly from taking place.

    ``reason``: organiser_detained (before it began).
    """

    kind: ClassVar[str] = "prevented"
    assembly: int
    reason: str


@dataclass(frozen=True, slots=True)
class Held(Happening):
    """People came together.

    Attributes:
        reached: adults who heard of it. adults, minors: who came; turnout is their sum, in persons.
        officers: police deployed.
        lawful_at_start: nothing required was missing when it began.
        breaches: offences as it began, and minors if children came who may not (:data:`sim.law.OFFENCES`).
        goers: the adults who came, rising citizen numbers.
    """

    kind: ClassVar[str] = "held"
    assembly: int
    reached: int
    adults: int
    minors: int
    officers: int
    lawful_at_start: bool
    breaches: tuple[str, ...]
    goers: tuple[int, ...]

    @property
    def turnout(self) -> int:
        """Persons who came: the law counts children too."""
        return self.adults + self.minors


@dataclass(frozen=True, slots=True)
class LimitPassed(Happening):
    """The crowd passed a limit that matters.

    Attributes:
        limit: declared, threshold or capacity. value: the limit in persons. consequence: tolerated, fined, terminated.
    """

    kind: ClassVar[str] = "limit_passed"
    assembly: int
    limit: str
    value: int
    consequence: str


@dataclass(frozen=True, slots=True)
class Terminated(Happening):
    """The police ordered an assembly to end.

    ``reason``: unlawful, passed_limit, misconduct, minors. ``left``: whether people left when told.
    """

    kind: ClassVar[str] = "terminated"
    assembly: int
    reason: str
    left: bool


@dataclass(frozen=True, slots=True)
class Dispersed(Happening):
    """The police dispersed it by force."""

    kind: ClassVar[str] = "dispersed"
    assembly: int


@dataclass(frozen=True, slots=True)
class Arrested(Happening):
    """The police detained people at an assembly: ``citizens``, rising numbers."""

    kind: ClassVar[str] = "arrested"
    assembly: int
    citizens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sanctioned(Happening):
    """Someone was punished.

    Attributes:
        assembly: for what. role: participant, foreigner, organiser, legal_entity.
        who: citizen's number for the first two, organiser's for the others.
        offence: one of :data:`sim.law.OFFENCES`.
        detained: whether the person had been detained at the assembly.
        fine: in the town's currency. wages: the fine in monthly incomes of the person. jail: days. warning, expelled: as said.
        repeat: whether it counted as a repeat.
    """

    kind: ClassVar[str] = "sanctioned"
    assembly: int
    role: str
    who: int
    offence: str
    detained: bool
    fine: float
    wages: float
    jail: int
    warning: bool
    expelled: bool
    repeat: bool


@dataclass(frozen=True, slots=True)
class Covered(Happening):
    """Media covered an assembly: ``outlets`` their numbers, ``reported`` the size they gave (persons)."""

    kind: ClassVar[str] = "covered"
    assembly: int
    outlets: tuple[int, ...]
    reported: int


@dataclass(frozen=True, slots=True)
class PressClosed(Happening):
    """A medium was closed for covering an unlawful assembly."""

    kind: ClassVar[str] = "press_closed"
    outlet: int
    assembly: int
