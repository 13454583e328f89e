"""What was planned under one law and is due under another.

An assembly owes what the law in force on its day asks, so far as that can still be done: leave that was given stays, what is no
longer owed falls away, and what is newly owed is filed on the first day of the new law, in time or not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sim.model.planning import file_first
from sim.record import Changed

if TYPE_CHECKING:
    from sim.institutions.docket import Assembly
    from sim.model.model import ProtestModel

__all__ = ["come_under"]

_UNFILED: Final = ("unannounced", "spontaneous")
"""Strategies of those who chose not to file, and do not begin to because the law has changed."""


def come_under(model: ProtestModel) -> None:
    """Put everything that is planned and has met no fate under the law now in force."""
    for assembly in model.pending():
        _come_under(model, assembly)


def _come_under(model: ProtestModel, assembly: Assembly) -> None:
    plan, organiser = assembly.plan, assembly.organiser
    if plan.exempt_kind is not None:
        return
    kind = model.town.spec.sites[plan.site].kind
    there = replace(plan, row=model.regime.row(plan.form, organiser.legal_form, kind, plan.declared))
    assembly.plan = there
    if there.procedure != plan.procedure:
        model.record.add(
            Changed(
                model.today,
                assembly.number,
                "new_law",
                there.form,
                there.site,
                there.date,
                there.declared,
                there.procedure,
                there.exempt_kind,
            )
        )
    if there.owes_filing and not plan.owes_filing and assembly.allowed is None and plan.strategy not in _UNFILED:
        assembly.plan = replace(there, files=True)
        file_first(model, assembly)
