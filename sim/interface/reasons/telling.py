"""What happened, in sentences: dates as dates, places and issues by name, assemblies by who calls them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final

from sim.law import GROUNDS, OFFENCES
from sim.record import (
    Answered,
    AppealDecided,
    Appealed,
    Arrested,
    Booked,
    CalledOff,
    Changed,
    Covered,
    Dispersed,
    EmergencyBegan,
    EmergencyEnded,
    Filed,
    Happening,
    Held,
    LawChanged,
    LimitPassed,
    Planned,
    PressClosed,
    Prevented,
    Sanctioned,
    Shocked,
    Terminated,
    Waited,
)
from sim.scenario import Scenario

__all__ = ["ENDED", "REASONS", "STRATEGIES", "WAYS", "Teller", "form", "plural"]

STRATEGIES: Final[Mapping[str, str]] = {
    "wait": "let it pass",
    "single_picket": "stand alone",
    "small": "keep it small",
    "under_threshold": "declare under the threshold and call everyone",
    "expected": "as large as it expects",
    "split": "split into several",
    "unannounced": "go without filing",
    "exempt_kind": "in a form outside the law",
    "spontaneous": "at once, as the law allows",
    "phantom": "book the slot and hold nothing",
}
"""The strategies of :data:`sim.record.STRATEGIES`, as an organiser would say them."""

WAYS: Final[Mapping[str, str]] = {
    "call_off": "call it off",
    "hold_all_the_same": "hold it all the same",
    "appeal": "appeal",
    "accept_offer": "take the place and day that were offered",
    "file_again": "file again for a later day",
    "single_picket": "stand alone instead",
    "exempt_kind": "meet in a form outside the law",
    "new_law": "come under the new law",
}
"""The ways out of :data:`sim.institutions.organiser.WAYS`."""

REASONS: Final[Mapping[str, str]] = {
    "refused": "it was refused",
    "no_answer": "no answer came",
    "forecast": "too few were expected to come",
    "organiser_jailed": "its leader is in jail",
    "nobody_came": "nobody came",
    "phantom": "it was only meant to hold the slot",
    "organiser_detained": "its organiser was detained beforehand",
}
"""Why an assembly is called off or prevented."""

ENDED: Final[Mapping[str, str]] = {
    "unlawful": "it was unlawful",
    "passed_limit": "it passed a limit",
    "misconduct": "a few misbehaved",
    "minors": "children were there",
}
"""Why the police end one."""

_OWES: Final[Mapping[str, str]] = {
    "exempt": "nothing is owed",
    "notification": "a notification is owed",
    "permit": "a permit is owed",
    "banned": "the law bans it",
}
_SILENCES: Final[Mapping[str, str]] = {
    "silence_allowed": "does not answer in time, which is leave",
    "silence_refused": "does not answer in time, which is a refusal",
    "silence_ambiguous": "does not answer in time, and the law does not say what that means",
}


def plural(count: int, what: str, many: str = "") -> str:
    """``1 person``, ``2 persons``, ``1,200 persons``."""
    return f"{count:,} {what if count == 1 else many or what + 's'}"


class Teller:
    """Tells the happenings of one record, which it must be shown in order (:meth:`know`).

    Attributes:
        plans: every assembly by number, as it was planned or last changed.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.plans: dict[int, Planned | Changed] = {}
        self._first: dict[int, Planned] = {}

    def know(self, happening: Happening) -> None:
        """Read a happening."""
        if isinstance(happening, Planned):
            self._first[happening.assembly] = happening
        if isinstance(happening, Planned | Changed):
            self.plans[happening.assembly] = happening

    # -- names ---------------------------------------------------------------------------------------------------------

    def date(self, day: int) -> str:
        """A day as a date: ``13 Jan 2021 (Wed)``."""
        date = self.scenario.scenario.start + datetime.timedelta(day)
        return f"{date.day} {date:%b %Y} ({date:%a})"

    def site(self, number: int) -> str:
        """A place by name."""
        return self.scenario.town.sites[number].name

    def issue(self, number: int) -> str:
        """An issue by name."""
        return self.scenario.issues[number].name

    def whose(self, assembly: int) -> str:
        """An assembly: ``organiser 17's rally of 13 Jan 2021 (Wed)``."""
        plan = self.plans[assembly]
        part = f", part {self._first[assembly].part + 1}" if self._first[assembly].part else ""
        return f"organiser {self._first[assembly].organiser}'s {form(plan.form)}{part} of {self.date(plan.date)}"

    def organiser_of(self, assembly: int) -> int:
        """The number of an assembly's organiser."""
        return self._first[assembly].organiser

    # -- sentences -----------------------------------------------------------------------------------------------------

    def says(self, happening: Happening) -> str:
        """A happening in a sentence, without its day."""
        match happening:
            case Waited() | Planned() | Changed():
                return self._decided(happening)
            case Filed() | Answered() | Appealed() | AppealDecided() | Booked():
                return self._at_the_desk(happening)
            case CalledOff() | Prevented() | Held():
                return self._fate(happening)
            case LimitPassed() | Terminated() | Dispersed() | Arrested():
                return self._on_the_street(happening)
            case Sanctioned():
                return self._sanctioned(happening)
            case Covered() | PressClosed():
                return self._in_the_news(happening)
        return self._in_the_calendar(happening)

    def _decided(self, happening: Waited | Planned | Changed) -> str:
        if isinstance(happening, Waited):
            return f"organiser {happening.organiser} lets the occasion pass"
        return self._planned(happening) if isinstance(happening, Planned) else self._changed(happening)

    def _planned(self, plan: Planned) -> str:
        about = "" if plan.procedure == "exempt" else ", and it files" if plan.filed else ", and it does not file"
        size = "alone" if plan.declared == 1 else f"of {plan.declared:,}, expecting {plan.forecast:,.0f}"
        return (
            f"organiser {plan.organiser} ({plan.stance}, {plan.legal_form.replace('_', ' ')}, {self.issue(plan.issue)}) plans a "
            f"{form(plan.form)} {size}, at {self.site(plan.site)} on {self.date(plan.date)} ({STRATEGIES[plan.strategy]}); "
            f"{_OWES[plan.procedure]}{about}"
        )

    def _changed(self, change: Changed) -> str:
        who = f"organiser {self.organiser_of(change.assembly)}"
        if change.choice == "new_law":
            return f"{self.whose(change.assembly)} comes under the new law: {_OWES[change.procedure]}"
        where = f"a {form(change.form)} of {change.declared:,} at {self.site(change.site)} on {self.date(change.date)}"
        return f"{who} changes its plan ({WAYS[change.choice]}): {where}; {_OWES[change.procedure]}"

    def _at_the_desk(self, happening: Happening) -> str:
        match happening:
            case Filed():
                again = f" (attempt {happening.attempt})" if happening.attempt > 1 else ""
                kind = "an application" if happening.procedure == "permit" else "a notification"
                faults = [
                    word for word, fault in (("late", not happening.in_time), ("incomplete", not happening.complete)) if fault
                ]
                fault = f", {' and '.join(faults)}" if faults else ", in time and complete"
                due = f"; an answer is due by {self.date(happening.due)}" if happening.due is not None else ""
                notice = plural(happening.notice, "day")
                return (
                    f"{kind}{again} for {self.whose(happening.assembly)} ({happening.declared:,} at {self.site(happening.site)}) "
                    f"is filed, {notice} ahead{fault}{due}"
                )
            case Answered():
                return f"the authority {self._answer(happening)} {self.whose(happening.assembly)}{self._offer(happening)}"
            case Appealed():
                organiser = f"organiser {self.organiser_of(happening.assembly)}"
                return f"{organiser} appeals the refusal to the {happening.to}, to be decided by {self.date(happening.due)}"
            case AppealDecided():
                decided = "wins" if happening.reversed else "loses"
                late = "" if happening.in_time else ", too late"
                return f"{self.whose(happening.assembly)} {decided} its appeal{late}"
            case Booked():
                where = f"{self.site(happening.site)} on {self.date(happening.date)}"
                return f"the authority books {where} for an event of its own that is never held"
        raise TypeError(f"not of the desk: {happening.kind}")

    def _answer(self, answer: Answered) -> str:
        if answer.answer in _SILENCES:
            return f"{_SILENCES[answer.answer]}, to"
        if answer.answer == "refused":
            ground = GROUNDS[answer.ground] if answer.ground else "no ground of the law"
            return f"refuses ({ground}{', a pretext' if answer.pretext else ''})"
        return f"allows {answer.allowed:,} persons at" if answer.answer == "size_cut" else "allows"

    def _offer(self, answer: Answered) -> str:
        if answer.offered_site is None or answer.offered_date is None:
            return ""
        return f" and offers {self.site(answer.offered_site)} on {self.date(answer.offered_date)}"

    def _fate(self, happening: CalledOff | Prevented | Held) -> str:
        whose = self.whose(happening.assembly)
        if isinstance(happening, CalledOff):
            return f"{whose} is called off: {REASONS[happening.reason]}"
        if isinstance(happening, Prevented):
            return f"{whose} is prevented: {REASONS[happening.reason]}"
        broken = "; ".join(OFFENCES[offence] for offence in happening.breaches)
        lawful = "lawful" if happening.lawful_at_start else "unlawful"
        status = f"{lawful} as it began" + (f" ({broken})" if broken else "")
        came = plural(happening.turnout, "person") + (f" ({happening.minors} of them children)" if happening.minors else "")
        police = plural(happening.officers, "officer")
        where = self.site(self.plans[happening.assembly].site)
        return f"{whose} is held at {where}: {came} of {happening.reached:,} adults who heard of it, {police}; {status}"

    def _on_the_street(self, happening: Happening) -> str:
        match happening:
            case LimitPassed():
                limit = {"declared": "declared size", "threshold": "threshold", "capacity": "capacity"}[happening.limit]
                whose = self.whose(happening.assembly)
                return f"{whose} passes its limit of {plural(happening.value, 'person')} ({limit}): {happening.consequence}"
            case Terminated():
                left = "people leave" if happening.left else "people stay"
                return f"the police end {self.whose(happening.assembly)} since {ENDED[happening.reason]}; {left}"
            case Dispersed():
                return f"the police disperse {self.whose(happening.assembly)} by force"
            case Arrested():
                return f"the police detain {plural(len(happening.citizens), 'person')} at {self.whose(happening.assembly)}"
        raise TypeError(f"not of the street: {happening.kind}")

    def _sanctioned(self, sanction: Sanctioned) -> str:
        who = f"organiser {sanction.who}" if sanction.role in {"organiser", "legal_entity"} else f"citizen {sanction.who}"
        currency = self.scenario.town.town.currency
        said = []
        if sanction.warning:
            said.append("warned")
        if sanction.fine:
            said.append(f"fined {sanction.fine:,.0f} {currency} ({sanction.wages:.2f} of a monthly income)")
        if sanction.jail:
            said.append(f"arrested for {plural(sanction.jail, 'day')}")
        if sanction.expelled:
            said.append("expelled from the country")
        repeat = ", as a repeat" if sanction.repeat else ""
        return f"{who} is {' and '.join(said)} for {self.whose(sanction.assembly)}: {OFFENCES[sanction.offence]}{repeat}"

    def _in_the_news(self, happening: Covered | PressClosed) -> str:
        whose = self.whose(happening.assembly)
        if isinstance(happening, PressClosed):
            return f"medium {happening.outlet} is closed for reporting {whose}"
        outlets = plural(len(happening.outlets), "medium reports", "media report")
        return f"{outlets} {whose}, as of {plural(happening.reported, 'person')}"

    def _in_the_calendar(self, happening: Happening) -> str:
        match happening:
            case LawChanged():
                return f"a reform enters into force: {self.scenario.reforms[happening.number].title}"
            case EmergencyBegan():
                return "a state of emergency begins"
            case EmergencyEnded():
                return "a state of emergency ends"
            case Shocked():
                return f"an event raises concern with {self.issue(happening.issue)} by {happening.size:g}"
        raise TypeError(f"no words for {happening.kind}")


def form(name: str) -> str:
    """A form of assembly in words."""
    return name.replace("_", " ")
