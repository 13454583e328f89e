"""Plans: organisers whose opportunity arises today choose what to do, and file (the day, part 3; design, 4.3)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.behaviour.opportunity import arising
from sim.errors import ModelError
from sim.institutions.docket import Assembly, Plan
from sim.institutions.options import Occasion, accepts_late
from sim.institutions.organiser import Organiser
from sim.model.occasions import new_occasion
from sim.record import Filed, Planned, Waited

if TYPE_CHECKING:
    from sim.model.model import ProtestModel

__all__ = ["file", "file_again", "file_first", "plan_day"]


def plan_day(model: ProtestModel) -> None:
    """Everyone whose opportunity arises today chooses; what is chosen is entered and filed."""
    factor = model.opportunity_factor()
    today = model.today
    for number in arising(model.streams.key("opportunity"), today, model.rates, factor, model.issue_of):
        organiser = model.organisers[number]
        if organiser.jailed_until > today:
            continue
        occasion = new_occasion(model, organiser, float(factor[organiser.issue]))
        plan = organiser.choose(occasion)
        if plan.strategy == "wait":
            model.record.add(Waited(today, organiser.number))
            continue
        for part in range(plan.parts):
            enter(model, organiser, occasion, _part_of(model, organiser, plan, part), part)


def _part_of(model: ProtestModel, organiser: Organiser, plan: Plan, part: int) -> Plan:
    """A part of a split stands at a place of its own."""
    if part == 0:
        return plan
    sites = [n for n in range(len(model.town.spec.sites)) if model.places.lawful(n, plan.form, plan.procedure) and n != plan.site]
    if not sites:
        return plan
    site = sites[(part - 1) % len(sites)]
    row = model.regime.row(plan.form, organiser.legal_form, model.town.spec.sites[site].kind, plan.declared)
    moved = replace(plan, site=site, row=row)
    return replace(moved, files=moved.owes_filing)


def enter(model: ProtestModel, organiser: Organiser, occasion: Occasion, plan: Plan, part: int) -> Assembly:
    """Enter a planned assembly, and file for it if its organiser does."""
    forecast = 1.0 if plan.form == "single_picket" else organiser.forecast(occasion, plan.date, lawful=True, effort=plan.effort)
    assembly = model.new_assembly(organiser, occasion, plan, part, forecast)
    model.record.add(
        Planned(
            model.today,
            assembly.number,
            organiser.number,
            occasion.day,
            part,
            organiser.stance,
            organiser.legal_form,
            organiser.issue,
            plan.strategy,
            plan.form,
            plan.site,
            plan.date,
            round(forecast, 3),
            plan.declared,
            plan.procedure,
            plan.exempt_kind,
            plan.files,
        )
    )
    if plan.files:
        file_first(model, assembly)
    return assembly


def file_first(model: ProtestModel, assembly: Assembly) -> None:
    """File for an assembly that was not filed for under the law in force."""
    file_again(model, assembly)


def file_again(model: ProtestModel, assembly: Assembly) -> None:
    """File another time for an assembly whose plan was changed."""
    _file_when_open(model, assembly, attempt=assembly.filing.attempt + 1 if assembly.filing else 1)


def _file_when_open(model: ProtestModel, assembly: Assembly, attempt: int) -> None:
    """File today, or on the first day on which the law takes a filing for that date."""
    row = assembly.plan.row
    if row is None:
        raise ModelError(f"assembly {assembly.number} owes no filing")
    opens = model.today
    if row.earliest is not None:
        opens = max(opens, model.calendar.back(assembly.plan.date, row.earliest.amount, row.earliest.unit))
    if opens > model.today:
        model.at_desk(opens, file, model, assembly, attempt)
    else:
        file(model, assembly, attempt)


def file(model: ProtestModel, assembly: Assembly, attempt: int) -> None:
    """File for an assembly."""
    if assembly.fate is not None or not assembly.plan.owes_filing:
        return
    plan, row, today, calendar = assembly.plan, assembly.plan.row, model.today, model.calendar
    if row is None or row.notice is None:
        raise ModelError(f"assembly {assembly.number} owes no filing")
    notice = row.notice
    kept = today <= calendar.back(plan.date - (row.notice_from == "announcement"), notice.amount, notice.unit)
    in_time = kept or accepts_late(model.regime)
    filing = model.new_filing(
        assembly, attempt, row, in_time=in_time, due=_due(model, plan), complete=_complete(model, assembly, attempt)
    )
    model.record.add(
        Filed(
            today,
            filing.number,
            assembly.number,
            attempt,
            row.procedure,
            plan.declared,
            plan.site,
            plan.date,
            plan.date - today,
            in_time,
            filing.complete,
            filing.due,
        )
    )
    if attempt == 1:
        _announce(model, assembly)
    model.authority.receive(filing)


def _due(model: ProtestModel, plan: Plan) -> int | None:
    """The day by which the law wants an answer."""
    row = plan.row
    if row is None or row.decision is None:
        return None
    if row.decision_from == "filing":
        return model.calendar.forward(model.today, row.decision.amount, row.decision.unit)
    return max(model.today + 1, model.calendar.back(plan.date, row.decision.amount, row.decision.unit))


def _complete(model: ProtestModel, assembly: Assembly, attempt: int) -> bool:
    """Whether a filing has everything it must contain: each item is a chance to get it wrong."""
    rules = model.regime.filing
    items = len(rules.contents) if rules else 0
    coin = model.streams.uniform("filing/complete", attempt, assembly.code)
    return coin < (1.0 - model.conduct.authority.defects) ** items


def _announce(model: ProtestModel, assembly: Assembly) -> None:
    """Where calling people before leave is an offence, those with a taste for legality wait; the others risk it."""
    rules, organiser = model.regime.filing, assembly.organiser
    if rules is None or rules.announce_before == "free" or assembly.plan.row is None or assembly.plan.row.procedure != "permit":
        return
    if organiser.legality >= model.conduct.choices.legality:
        assembly.waits_to_call = True
        return
    watched = model.streams.uniform("police/watches", organiser.number, assembly.code) < model.conduct.police.prevents
    if watched:
        model.punish_organiser(assembly, "announcing")
