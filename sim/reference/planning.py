"""Plans become assemblies, and filings are made for them (the day, part 3)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.record import Filed, Planned, Waited
from sim.reference.docket import Assembly, Filing, Occasion, Plan
from sim.reference.law import accepts_late, what_is_owed

if TYPE_CHECKING:
    from sim.reference.model import ReferenceModel
    from sim.reference.organiser import Organiser

__all__ = ["carry_out", "file_for"]


def carry_out(model: ReferenceModel, organiser: Organiser, occasion: Occasion, plan: Plan | None) -> None:
    """What an organiser has chosen is entered, part by part; or that it waits."""
    if plan is None:
        model.record.add(Waited(model.today, organiser.number))
        return
    for part in range(plan.parts):
        _enter(model, organiser, occasion, _part_of(model, organiser, plan, part), part)


def _part_of(model: ReferenceModel, organiser: Organiser, plan: Plan, part: int) -> Plan:
    """The first part of a split is where the plan says; each other one at a lawful place of its own."""
    others = [n for n in range(len(model.sites)) if n != plan.site and model.places.lawful(n, plan.form, plan.procedure)]
    if part == 0 or not others:
        return plan
    site = others[(part - 1) % len(others)]
    moved = replace(plan, site=site, row=what_is_owed(model, plan.form, organiser.legal_form, site, plan.declared))
    return replace(moved, files=moved.owes_filing)


def _enter(model: ReferenceModel, organiser: Organiser, occasion: Occasion, plan: Plan, part: int) -> None:
    """Enter an assembly, and file for it if its organiser does."""
    today = model.today
    forecast = 1.0 if plan.alone else organiser.forecast(occasion, plan.date, lawful=True, effort=plan.effort)
    assembly = Assembly(len(model.assemblies), organiser, occasion, part, plan, called=today)
    model.assemblies.append(assembly)
    model.record.add(
        Planned(
            day=today,
            assembly=assembly.number,
            organiser=organiser.number,
            opportunity=occasion.day,
            part=part,
            stance=organiser.stance,
            legal_form=organiser.legal_form,
            issue=organiser.issue,
            strategy=plan.strategy,
            form=plan.form,
            site=plan.site,
            date=plan.date,
            forecast=round(forecast, 3),
            declared=plan.declared,
            procedure=plan.procedure,
            exempt_kind=plan.exempt_kind,
            filed=plan.files,
        )
    )
    if plan.files:
        file_for(model, assembly, attempt=1)


def file_for(model: ReferenceModel, assembly: Assembly, attempt: int) -> None:
    """File today, or on the first day on which the law takes a filing for that date."""
    plan, opens = assembly.plan, model.today
    if plan.row is not None and plan.row.earliest is not None:
        opens = model.calendar.back(plan.date, plan.row.earliest.amount, plan.row.earliest.unit)
    if opens > model.today:
        model.at_desk(opens, lambda: _file(model, assembly, attempt))
    else:
        _file(model, assembly, attempt)


def _file(model: ReferenceModel, assembly: Assembly, attempt: int) -> None:
    """File, if it is still to be and still owed; the authority takes it in."""
    plan, row, today = assembly.plan, assembly.plan.row, model.today
    if assembly.fate is not None or not plan.owes_filing or row is None or row.notice is None:
        return
    counted_from = plan.date - 1 if row.notice_from == "announcement" else plan.date
    in_time = today <= model.calendar.back(counted_from, row.notice.amount, row.notice.unit) or accepts_late(model.regime)
    filing = Filing(
        number=model.filings,
        assembly=assembly,
        attempt=attempt,
        row=row,
        declared=plan.declared,
        site=plan.site,
        date=plan.date,
        filed=today,
        due=_due(model, plan),
        in_time=in_time,
        complete=_is_complete(model, assembly, attempt),
    )
    model.filings += 1
    assembly.filing = filing
    model.record.add(
        Filed(
            day=today,
            filing=filing.number,
            assembly=assembly.number,
            attempt=attempt,
            procedure=row.procedure,
            declared=filing.declared,
            site=filing.site,
            date=filing.date,
            notice=filing.date - today,
            in_time=in_time,
            complete=filing.complete,
            due=filing.due,
        )
    )
    if attempt == 1:
        _announce(model, assembly)
    model.authority.receive(filing)


def _due(model: ReferenceModel, plan: Plan) -> int | None:
    """The day by which the law wants an answer: so long after the filing, or so long before the assembly."""
    row = plan.row
    if row is None or row.decision is None:
        return None
    if row.decision_from == "filing":
        return model.calendar.forward(model.today, row.decision.amount, row.decision.unit)
    return max(model.today + 1, model.calendar.back(plan.date, row.decision.amount, row.decision.unit))


def _is_complete(model: ReferenceModel, assembly: Assembly, attempt: int) -> bool:
    """Whether a filing has everything it must contain: each item is a chance to get it wrong."""
    items = len(model.regime.filing.contents) if model.regime.filing else 0
    coin = model.streams.uniform("filing/complete", attempt, assembly.code)
    return coin < (1.0 - model.conduct.authority.defects) ** items


def _announce(model: ReferenceModel, assembly: Assembly) -> None:
    """Where calling people before a permit is an offence, those with a taste for legality wait; the others risk it."""
    rules, organiser = model.regime.filing, assembly.organiser
    if rules is None or rules.announce_before == "free" or assembly.plan.procedure != "permit":
        return
    if organiser.legality >= model.conduct.choices.legality:
        assembly.waits_to_call = True
    elif model.streams.uniform("police/watches", organiser.number, assembly.code) < model.conduct.police.prevents:
        model.court.punish_organiser(assembly, "announcing")
