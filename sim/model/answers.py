"""Answers: what organisers do when they hear of one, or when none came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.errors import ModelError
from sim.institutions.docket import Assembly, Plan
from sim.institutions.status import may_await_answer
from sim.model.occasions import occasion_of
from sim.model.planning import file_again
from sim.record import Appealed, Changed

if TYPE_CHECKING:
    from sim.model.model import ProtestModel

__all__ = ["hear_of_answer", "hear_of_appeal", "settle_unanswered"]


def hear_of_answer(model: ProtestModel, assembly: Assembly) -> None:
    """An answer reaches the organiser, who learns from it, and goes on with leave or looks for a way without."""
    if assembly.fate is None:
        model.learn_leave(assembly, allowed=assembly.allowed is not None)
        hear_of_appeal(model, assembly)


def hear_of_appeal(model: ProtestModel, assembly: Assembly) -> None:
    """The decision of an appeal reaches the organiser."""
    if assembly.fate is not None:
        return
    if assembly.allowed is not None:
        _call_now(model, assembly)
        return
    _find_a_way(model, assembly)


def _call_now(model: ProtestModel, assembly: Assembly) -> None:
    """Who waited for leave before calling anyone calls from today."""
    if assembly.waits_to_call:
        assembly.called, assembly.waits_to_call = model.today, False


def settle_unanswered(model: ProtestModel, assembly: Assembly) -> bool:
    """On the day: whether something for which no leave came is held all the same. True if it is to be held today."""
    plan, filing = assembly.plan, assembly.filing
    if assembly.defiant or not plan.files or not plan.owes_filing or assembly.allowed is not None:
        return True
    if assembly.appealing:  # the refusal does not bind until the appeal is decided
        return True
    if filing is not None and may_await_answer(filing.open, plan.procedure):
        return True
    _find_a_way(model, assembly)
    return assembly.fate is None and assembly.plan.date == model.today


def _find_a_way(model: ProtestModel, assembly: Assembly) -> None:
    occasion = occasion_of(model, assembly.organiser, assembly.opportunity)
    way, plan = assembly.organiser.reconsider(assembly, occasion)
    if way == "call_off":
        reason = "refused" if assembly.refused else "no_answer"
        model.call_off(assembly, reason)
    elif way == "appeal":
        _appeal(model, assembly)
    else:
        _change(model, assembly, way, plan)


def _appeal(model: ProtestModel, assembly: Assembly) -> None:
    rules, filing = model.regime.appeal, assembly.filing
    if rules is None or filing is None:
        raise ModelError("an appeal needs a filing and a law that knows appeals")
    assembly.appealed = True
    due = model.court.hear(filing)
    model.record.add(Appealed(model.today, filing.number, assembly.number, rules.to, due))


def _change(model: ProtestModel, assembly: Assembly, way: str, plan: Plan) -> None:
    """Take another way: the plan changes, the slot is given back, what is owed is filed."""
    model.places.release(assembly.number)
    if assembly.filing is not None and way != "hold_all_the_same":
        assembly.filing.drop()
    model.move(assembly, plan.date)
    assembly.plan = plan
    assembly.defiant = way == "hold_all_the_same"
    assembly.offer = None
    model.record.add(
        Changed(
            model.today, assembly.number, way, plan.form, plan.site, plan.date, plan.declared, plan.procedure, plan.exempt_kind
        )
    )
    if way == "accept_offer":
        assembly.refused, assembly.allowed = False, plan.declared
        model.places.book(plan.site, plan.date, assembly.number)
    elif way == "file_again":
        assembly.refused, assembly.allowed, assembly.appealed = False, None, False
        file_again(model, assembly)
    elif way in {"single_picket", "exempt_kind"}:
        assembly.refused, assembly.allowed = False, None
    if way != "file_again":
        _call_now(model, assembly)
