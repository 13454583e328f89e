"""What organisers do when they hear of an answer, or when none came (the day, parts 2 and 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.record import Changed
from sim.reference.law import may_go_ahead
from sim.reference.planning import file_for

if TYPE_CHECKING:
    from sim.reference.docket import Assembly, Plan
    from sim.reference.model import ReferenceModel

__all__ = ["hear_of_answer", "hear_of_appeal", "record_change", "settle_without_leave"]


def hear_of_answer(model: ReferenceModel, assembly: Assembly) -> None:
    """An answer reaches the organiser, who learns from it, and so do others of its stance, as far as the press is free."""
    if assembly.fate is not None:
        return
    organiser, allowed = assembly.organiser, assembly.allowed is not None
    procedure = assembly.filing.row.procedure if assembly.filing else assembly.plan.procedure
    organiser.learns_leave(procedure, allowed=allowed)
    yes, seen = model.news.leave.get((organiser.stance, procedure), (0.0, 0.0))
    freedom = model.conduct.press.freedom
    model.news.leave[organiser.stance, procedure] = (yes + freedom * allowed, seen + freedom)
    hear_of_appeal(model, assembly)


def hear_of_appeal(model: ReferenceModel, assembly: Assembly) -> None:
    """With leave one goes on, and calls people if one waited with that; without it, one looks for another way."""
    if assembly.fate is not None:
        return
    if assembly.allowed is not None:
        _call_now(model, assembly)
    else:
        _find_a_way(model, assembly)


def settle_without_leave(model: ReferenceModel, assembly: Assembly) -> bool:
    """On the day: whether it is held today, with leave or all the same, or what is done instead."""
    if assembly.defiant or may_go_ahead(assembly):
        return True
    _find_a_way(model, assembly)
    return assembly.fate is None and assembly.plan.date == model.today


def _call_now(model: ReferenceModel, assembly: Assembly) -> None:
    if assembly.waits_to_call:
        assembly.called, assembly.waits_to_call = model.today, False


def _find_a_way(model: ReferenceModel, assembly: Assembly) -> None:
    way, plan = assembly.organiser.reconsider(assembly)
    if way == "call_off":
        model.call_off(assembly, "refused" if assembly.refused else "no_answer")
    elif way == "appeal" and assembly.filing is not None:
        model.court.hear(assembly.filing)
    else:
        _change(model, assembly, way, plan)


def _change(model: ReferenceModel, assembly: Assembly, way: str, plan: Plan) -> None:
    """Another way is taken: the slot is given back, the plan changes, and what is owed is filed."""
    model.places.release(assembly.number)
    if assembly.filing is not None and way != "hold_all_the_same":
        assembly.filing.drop()
    assembly.plan, assembly.offer = plan, None
    assembly.defiant = way == "hold_all_the_same"
    record_change(model, assembly, way)
    if way == "accept_offer":
        assembly.refused, assembly.allowed = False, plan.declared
        model.places.book(plan.site, plan.date, assembly.number)
    elif way == "file_again":
        assembly.refused, assembly.allowed, assembly.appealed = False, None, False
        file_for(model, assembly, attempt=assembly.filing.attempt + 1 if assembly.filing else 1)
        return
    elif way in {"single_picket", "exempt_kind"}:
        assembly.refused, assembly.allowed = False, None
    _call_now(model, assembly)


def record_change(model: ReferenceModel, assembly: Assembly, choice: str) -> None:
    """A plan has changed: put on record what it is now."""
    plan = assembly.plan
    model.record.add(
        Changed(
            day=model.today,
            assembly=assembly.number,
            choice=choice,
            form=plan.form,
            site=plan.site,
            date=plan.date,
            declared=plan.declared,
            procedure=plan.procedure,
            exempt_kind=plan.exempt_kind,
        )
    )
