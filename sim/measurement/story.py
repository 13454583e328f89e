"""The story of one assembly, read from the record happening by happening."""

from __future__ import annotations

from typing import Final

from sim.errors import ModelError
from sim.record import (
    Answered,
    AppealDecided,
    Appealed,
    Arrested,
    CalledOff,
    Changed,
    Covered,
    Dispersed,
    Filed,
    Held,
    LimitPassed,
    Planned,
    Prevented,
    Sanctioned,
    Terminated,
)

__all__ = ["Story"]

_OF_THE_ASSEMBLY: Final = frozenset({"no_filing", "after_refusal", "wrong_place", "passed_limit", "emergency"})
"""Offences that lie in the assembly as a whole: a punishment for one that was not committed is against the text of the law."""

_SEEN_WHEN_PUNISHED: Final = frozenset({"minors", "announcing"})
"""Offences that the record tells of only when somebody is punished for them, or the assembly ended."""


class Story:
    """What the record tells of one assembly, as far as it was read. Attributes are named as the columns of the table."""

    filed_day: int | None = None
    answered_day: int | None = None
    notice: int | None = None
    allowed: int | None = None
    reported_size: int | None = None
    attempts = turnout = adults = minors = reached = officers = outlets = 0
    arrests = punished = punished_detained = expelled = jail_days = 0
    organiser_sanctions = organiser_jail_days = 0
    fines = fines_wages = organiser_fine = 0.0
    filed_in_time = pretext = offered = appealed = appeal_reversed = appeal_in_time = False
    lawful_at_start = lawful_throughout = over_limit = terminated = dispersed = covered = False
    against_text = False
    answer = ground = last_change = fate = fate_reason = termination_reason = ""

    def __init__(self, plan: Planned, threshold: int | None) -> None:
        self.assembly, self.organiser, self.part = plan.assembly, plan.organiser, plan.part
        self.opportunity_day, self.planned_day = plan.opportunity, plan.day
        self.stance, self.legal_form, self.issue, self.strategy = plan.stance, plan.legal_form, plan.issue, plan.strategy
        self.owed_filing = plan.procedure in {"notification", "permit"} and plan.strategy != "spontaneous"
        self.threshold, self.declared_first, self.forecast = threshold, plan.declared, plan.forecast
        self._take(plan)
        self.breached: set[str] = set()
        self.limits_passed: list[str] = []
        self._punished_for: set[str] = set()

    def _take(self, plan: Planned | Changed) -> None:
        self.form, self.site, self.day, self.declared = plan.form, plan.site, plan.date, plan.declared
        self.procedure, self.exempt_kind = plan.procedure, plan.exempt_kind or ""

    # -- the desk ------------------------------------------------------------------------------------------------------

    def filed(self, filing: Filed) -> None:
        """A filing: the first one tells notice and punctuality."""
        if not self.attempts:
            self.filed_day, self.notice, self.filed_in_time = filing.day, filing.notice, filing.in_time
        self.attempts += 1

    def answered(self, answer: Answered) -> None:
        """An answer: the last one counts."""
        self.answered_day, self.answer, self.pretext, self.allowed = answer.day, answer.answer, answer.pretext, answer.allowed
        self.ground = (answer.ground or "none") if answer.answer == "refused" else ""
        self.offered |= answer.offered_site is not None or answer.offered_date is not None

    def was_appealed(self, _: Appealed) -> None:
        """An appeal."""
        self.appealed = True

    def appeal_decided(self, decision: AppealDecided) -> None:
        """Its decision: a reversal in time is leave for what was declared."""
        self.appeal_reversed |= decision.reversed
        self.appeal_in_time |= decision.in_time
        if decision.reversed and decision.in_time:
            self.allowed = self.declared

    def changed(self, change: Changed) -> None:
        """Another plan. An offer taken is leave for what is declared."""
        self._take(change)
        self.last_change = change.choice
        if change.choice == "accept_offer":
            self.allowed = change.declared

    # -- its fate ------------------------------------------------------------------------------------------------------

    def called_off(self, end: CalledOff) -> None:
        """Given up by its organiser."""
        self._meet("called_off", end.reason)

    def prevented(self, end: Prevented) -> None:
        """Kept from taking place by officials."""
        self._meet("prevented", end.reason)

    def held(self, gathering: Held) -> None:
        """People came together."""
        self._meet("held")
        if gathering.day != self.day:
            raise ModelError(f"assembly {self.assembly} was held on day {gathering.day}, and planned for day {self.day}")
        self.turnout, self.adults, self.minors, self.reached = (
            gathering.turnout,
            gathering.adults,
            gathering.minors,
            gathering.reached,
        )
        self.officers, self.lawful_at_start = gathering.officers, gathering.lawful_at_start
        self.breached |= set(gathering.breaches)

    def _meet(self, fate: str, reason: str = "") -> None:
        if self.fate:
            raise ModelError(f"assembly {self.assembly} has two fates: {self.fate} and {fate}")
        self.fate, self.fate_reason = fate, reason

    # -- the street and after ------------------------------------------------------------------------------------------

    def limit_passed(self, limit: LimitPassed) -> None:
        """The crowd passed a limit; one that is tolerated is no offence."""
        self.limits_passed.append(limit.limit)
        if limit.consequence != "tolerated":
            self.over_limit = True
            self.breached.add("passed_limit")

    def ended(self, end: Terminated) -> None:
        """The police ordered it to end."""
        self.terminated, self.termination_reason = True, end.reason
        self.breached |= _SEEN_WHEN_PUNISHED & {end.reason}

    def was_dispersed(self, _: Dispersed) -> None:
        """The police used force: people had not left."""
        self.dispersed = True
        self.breached.add("not_leaving")

    def arrested(self, arrest: Arrested) -> None:
        """People were detained."""
        self.arrests += len(arrest.citizens)

    def sanctioned(self, sanction: Sanctioned) -> None:
        """Somebody was punished."""
        self._punished_for.add(sanction.offence)
        if sanction.role in {"participant", "foreigner"}:
            self.punished += 1
            self.punished_detained += sanction.detained
            self.expelled += sanction.expelled
            self.fines += sanction.fine
            self.fines_wages += sanction.wages
            self.jail_days += sanction.jail
        else:
            self.organiser_sanctions += 1
            self.organiser_fine += sanction.fine
            self.organiser_jail_days += sanction.jail

    def was_covered(self, report: Covered) -> None:
        """Media reported it."""
        self.covered, self.outlets, self.reported_size = True, len(report.outlets), report.reported

    # -- the end -------------------------------------------------------------------------------------------------------

    def close(self, days: int) -> None:
        """Tell what follows from the whole story, after a run of so many days."""
        if not self.fate:
            if self.day < days:
                raise ModelError(f"assembly {self.assembly} has no fate, though its day ({self.day}) has passed")
            self.fate = "pending"
        self.breached |= _SEEN_WHEN_PUNISHED & self._punished_for
        self.lawful_throughout = self.lawful_at_start and not self.over_limit and not self.terminated
        lawful_by_text = self.lawful_at_start and not self.over_limit
        treated_otherwise = self.termination_reason == "unlawful" or bool(_OF_THE_ASSEMBLY & self._punished_for)
        self.against_text = lawful_by_text and treated_otherwise
