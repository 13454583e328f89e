"""What an institution may ask of the world it lives in: the model, seen from below."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from sim.behaviour import Behaviour, OrganiserBehaviour
    from sim.calendar import Calendar
    from sim.institutions.authority import Authority
    from sim.institutions.court import Court
    from sim.institutions.deliberation import Deliberation
    from sim.institutions.docket import Assembly
    from sim.institutions.organiser import Organiser
    from sim.institutions.places import Places
    from sim.institutions.police import Police
    from sim.institutions.practice import AuthorityPractice, CourtPractice, OrganiserPopulation, PolicePractice, PressPractice
    from sim.law import Penalty, Regime
    from sim.population import Town
    from sim.record import Record
    from sim.streams import Streams

__all__ = ["Cancellable", "Circumstances", "KnownToAll", "World"]


class Circumstances(Protocol):
    """The scenario's tables that institutions live by."""

    @property
    def behaviour(self) -> Behaviour:
        """How citizens decide."""

    @property
    def choices(self) -> OrganiserBehaviour:
        """How organisers decide."""

    @property
    def organisers(self) -> OrganiserPopulation:
        """Who organises."""

    @property
    def authority(self) -> AuthorityPractice:
        """How the authority behaves."""

    @property
    def court(self) -> CourtPractice:
        """How the court behaves."""

    @property
    def police(self) -> PolicePractice:
        """How the police behave."""

    @property
    def press(self) -> PressPractice:
        """What becomes known."""


class Cancellable(Protocol):
    """Something on the clock."""

    def cancel(self) -> None:
        """Take it off the clock."""


class KnownToAll(Protocol):
    """What organisers know of each other's fortunes."""

    leave: dict[tuple[str, str], list[float]]
    punished: list[float]


class World(Protocol):
    """The model, as institutions see it."""

    today: int
    period: int
    symbolic: int
    streams: Streams
    record: Record
    calendar: Calendar
    regime: Regime
    places: Places
    town: Town
    news: KnownToAll
    authority: Authority
    court: Court
    police: Police
    deliberation: Deliberation
    conduct: Circumstances

    def concern(self, issue: int, day: int) -> float:
        """Concern with an issue on a day beyond the ordinary, as known today (utility)."""

    def shocks(self, issue: int) -> int:
        """How many shocks to an issue have struck by today."""

    def penalty(self, role: str, offence: str, *, repeat: bool) -> Penalty | None:
        """What the law in force today threatens, in the town's money."""

    def at_desk(self, day: int, act: Callable[..., None], *args: Any) -> Cancellable:
        """Put something on the clock for the desk of a day (before the street)."""

    def hear_of_answer(self, assembly: Assembly) -> None:
        """An answer reached the organiser."""

    def rivals(self, organiser: Organiser) -> float:
        """Chance that somebody whom the organiser would keep away wants a given slot."""

    def hear_of_appeal(self, assembly: Assembly) -> None:
        """The decision of an appeal reached the organiser."""

    @property
    def emergency(self) -> bool:
        """Whether a state of emergency is in force."""

    @property
    def all_barred(self) -> bool:
        """Whether a state of emergency bars all assemblies."""
