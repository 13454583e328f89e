"""What is unlawful about an assembly: the text of the law held against the facts, without anyone's practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.institutions.docket import Assembly, Plan

if TYPE_CHECKING:
    from sim.institutions.places import Places
    from sim.law import Regime
    from sim.law.provisions import Limit

__all__ = ["breaches_at_start", "limits", "may_await_answer"]


def breaches_at_start(assembly: Assembly, regime: Regime, places: Places, *, emergency: bool) -> tuple[str, ...]:
    """The offences there are when an assembly begins (:data:`sim.law.OFFENCES`); none if it is lawful at start."""
    plan = assembly.plan
    found = []
    if emergency and regime.emergency and regime.emergency.effect == "barred":
        found.append("emergency")
    if plan.exempt_kind:
        return tuple(found)
    allowed = assembly.allowed is not None
    if plan.procedure == "banned":
        found.append("after_refusal")
    elif plan.owes_filing and not allowed:
        found.append(_without_leave(assembly))
    found = [offence for offence in found if offence]
    if not allowed and not places.lawful(plan.site, plan.form, plan.procedure):
        found.append("wrong_place")
    barred = regime.persons.barred_organisers if regime.persons else ()
    if not allowed and plan.procedure != "exempt" and assembly.organiser.legal_form in barred:
        found.append("barred_person")
    return tuple(found)


def _without_leave(assembly: Assembly) -> str:
    """The offence of holding something for which leave was owed and not had; empty if the law lets it go ahead."""
    filing = assembly.filing
    if filing is None or not assembly.plan.files:
        return "no_filing"
    if assembly.refused and not assembly.appealing:
        return "after_refusal"
    if filing.open and assembly.plan.procedure == "permit":
        return "after_refusal"
    return "" if filing.in_time else "no_filing"


def may_await_answer(filing_open: bool, procedure: str) -> bool:
    """Whether an assembly may go ahead while its filing is unanswered: a notification may, an application may not."""
    return filing_open and procedure == "notification"


def limits(
    plan: Plan, allowed: int | None, regime: Regime, legal_form: str, kind: str, capacity: int
) -> list[tuple[str, int, Limit]]:
    """The limits a crowd can pass, each as ``(name, persons, provision)``, lowest first.

    The margin is in the persons: a crowd larger than that number is over. An assembly that owes nothing has declared
    nothing; it can still grow into a size that owes something.

    Args:
        plan: what is being held. allowed: persons allowed, if fewer than declared. regime: the law.
        legal_form: of the organiser. kind, capacity: of the site.
    """
    found = []
    rules = regime.limits
    declared = plan.declared if allowed is None else min(plan.declared, allowed)
    if rules.declared and plan.files and plan.owes_filing:
        found.append(("declared", int(declared * (1 + rules.declared.margin)), rules.declared))
    if rules.threshold and not plan.exempt_kind:
        steps = [step for step in regime.steps(plan.form, legal_form, kind) if step > plan.declared]
        if steps:
            found.append(("threshold", int((steps[0] - 1) * (1 + rules.threshold.margin)), rules.threshold))
    if rules.capacity and not plan.exempt_kind and plan.procedure != "exempt":
        found.append(("capacity", int(capacity * (1 + rules.capacity.margin)), rules.capacity))
    return sorted(found, key=lambda limit: (limit[1], limit[0]))
