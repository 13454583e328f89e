"""What the text of the law says of an assembly, without anyone's practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.law import Penalty, ProcedureRow, Regime
    from sim.law.provisions import Limit
    from sim.reference.docket import Assembly, Plan
    from sim.reference.model import ReferenceModel

__all__ = [
    "accepts_late",
    "all_barred",
    "bars_foreigners",
    "bars_minors",
    "bars_organiser",
    "breaches",
    "earliest_date",
    "limits",
    "may_go_ahead",
    "penalty",
    "since_repeat",
    "what_is_owed",
]


def what_is_owed(model: ReferenceModel, form: str, legal_form: str, site: int, size: int) -> ProcedureRow | None:
    """The rule for a form, held by such an organiser, at a site, for so many persons."""
    return model.regime.row(form, legal_form, model.sites[site].kind, size)


def earliest_date(model: ReferenceModel, row: ProcedureRow | None, filed: int) -> int:
    """The first day for which something filed on a day keeps the law's notice."""
    if row is None or row.notice is None:
        return filed
    announced = 1 if row.notice_from == "announcement" else 0  # then notice counts back from the day before the assembly
    date = filed + announced
    while model.calendar.back(date - announced, row.notice.amount, row.notice.unit) < filed:
        date += 1
    return date


def accepts_late(regime: Regime) -> bool:
    """Whether the law accepts late notice when earlier notice was not possible."""
    return regime.spontaneous is not None and regime.spontaneous.short_notice


def bars_minors(regime: Regime) -> bool:
    """Whether children may not be brought."""
    return regime.persons is not None and regime.persons.minors == "barred"


def bars_foreigners(regime: Regime) -> bool:
    """Whether foreigners may not attend."""
    return regime.persons is not None and regime.persons.foreigners_attend == "barred"


def bars_organiser(regime: Regime, legal_form: str) -> bool:
    """Whether such an organiser may not organise."""
    return regime.persons is not None and legal_form in regime.persons.barred_organisers


def all_barred(model: ReferenceModel) -> bool:
    """Whether a state of emergency bars all assemblies today."""
    rules = model.regime.emergency
    return model.emergency and rules is not None and rules.effect == "barred"


def breaches(model: ReferenceModel, assembly: Assembly) -> list[str]:
    """The offences there are when an assembly begins (:data:`sim.law.OFFENCES`). It is lawful at start if there are none."""
    plan, allowed = assembly.plan, assembly.allowed is not None
    found = ["emergency"] if all_barred(model) else []
    if plan.exempt_kind:
        return found
    if plan.procedure == "banned":
        found.append("after_refusal")
    elif plan.owes_filing and not allowed:
        found += _without_leave(assembly)
    if not allowed and not model.places.lawful(plan.site, plan.form, plan.procedure):
        found.append("wrong_place")
    if not allowed and plan.procedure != "exempt" and bars_organiser(model.regime, assembly.organiser.legal_form):
        found.append("barred_person")
    return found


def _without_leave(assembly: Assembly) -> list[str]:
    """The offence, if it is one, of holding what leave was owed for and not had."""
    filing = assembly.filing
    if filing is None or not assembly.plan.files:
        return ["no_filing"]
    if assembly.refused and not assembly.appealing:
        return ["after_refusal"]
    if filing.open and assembly.plan.procedure == "permit":  # a permit must be waited for
        return ["after_refusal"]
    return [] if filing.in_time else ["no_filing"]


def may_go_ahead(assembly: Assembly) -> bool:
    """Whether what is planned may be held as things stand, or need not ask.

    Leave is had, or none is owed, or a suspensive appeal is pending, or a notification is unanswered (an application must be
    answered).
    """
    plan, filing = assembly.plan, assembly.filing
    unanswered = filing is not None and filing.open and plan.procedure == "notification"
    return not plan.files or not plan.owes_filing or assembly.allowed is not None or assembly.appealing or unanswered


def limits(model: ReferenceModel, plan: Plan, allowed: int | None, legal_form: str) -> list[tuple[str, int, Limit]]:
    """The limits a growing crowd passes, lowest first, as ``(name, persons, provision)``; a larger crowd is over it.

    What was declared counts if it had to be; the threshold is the next size at which more is owed.
    """
    site, rules, found = model.sites[plan.site], model.regime.limits, []
    if rules.declared and plan.files and plan.owes_filing:
        declared = plan.declared if allowed is None else min(plan.declared, allowed)
        found.append(("declared", int(declared * (1 + rules.declared.margin)), rules.declared))
    if rules.threshold and not plan.exempt_kind:
        steps = [step for step in model.regime.steps(plan.form, legal_form, site.kind) if step > plan.declared]
        if steps:
            found.append(("threshold", int((steps[0] - 1) * (1 + rules.threshold.margin)), rules.threshold))
    if rules.capacity and not plan.exempt_kind and plan.procedure != "exempt":
        found.append(("capacity", int(site.capacity * (1 + rules.capacity.margin)), rules.capacity))
    return sorted(found, key=lambda limit: (limit[1], limit[0]))


def since_repeat(model: ReferenceModel) -> int:
    """The day from which on an earlier sanction makes one imposed today a repeat."""
    within = model.regime.sanctions.repeat_within
    return model.calendar.back(model.today, within.amount, within.unit)


def penalty(model: ReferenceModel, role: str, offence: str, *, repeat: bool) -> Penalty | None:
    """What the law in force today threatens somebody with, in the town's money."""
    town, date = model.conduct.town, model.calendar.date(model.today)
    return model.regime.penalty(role, offence, repeat=repeat, day=date, currency=town.town.currency, wage=town.income.mean_wage)
