"""A regime: one body of assembly law, and the questions the model asks of it."""

from __future__ import annotations

import bisect
import datetime
import functools
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from sim.errors import Problem, did_you_mean
from sim.law.amounts import Money
from sim.law.content import digest, owed, procedures_said, said
from sim.law.coverage import Cell, Coverage, coverage, row_problems
from sim.law.provisions import (
    Appeal,
    DatedValue,
    Emergency,
    Exempt,
    Filing,
    Limits,
    MoneyTable,
    Persons,
    Places,
    PressRules,
    ProcedureRow,
    Refusal,
    RegimeHead,
    Sanction,
    Sanctions,
    Spontaneous,
    Termination,
    Threshold,
    provisions_of,
)
from sim.law.vocabulary import ROLES
from sim.texts import Text

__all__ = ["Penalty", "Regime"]


@dataclass(frozen=True, slots=True)
class Penalty:
    """The most a person faces for an offence, in the money of a town.

    Attributes:
        fine: highest fine, in the town's currency.
        fine_least: lowest fine, in the town's currency.
        jail: longest arrest, in days.
        warning: whether a warning may be given instead.
        expulsion: whether the person is expelled as well.
    """

    fine: float
    fine_least: float
    jail: int
    warning: bool
    expulsion: bool


class Regime(Text):
    """One body of assembly law. A provision left out restricts nothing."""

    regime: RegimeHead = Field(description="Which law this is.")
    money: MoneyTable = Field(description="The law's currency, unit of account and wages, by date.")
    threshold: Threshold | None = Field(None, description="The declared size at which the procedure changes.")
    procedures: tuple[ProcedureRow, ...] = Field((), description="What is owed; none owes nothing.")
    filing: Filing | None = Field(None, description="What a filing must contain.")
    refusal: Refusal | None = Field(None, description="On what grounds, and by whom, an assembly may be refused.")
    appeal: Appeal | None = Field(None, description="Who hears an appeal against a refusal.")
    places: Places | None = Field(None, description="Where assemblies may be held.")
    spontaneous: Spontaneous | None = Field(None, description="Assemblies that cannot wait.")
    limits: Limits = Field(Limits(), description="What follows when more people come than may.")
    termination: Termination | None = Field(None, description="When the police may end an assembly.")
    persons: Persons | None = Field(None, description="Who may not organise or attend.")
    sanctions: Sanctions = Field(Sanctions(), description="Who is punished with what.")
    press: PressRules | None = Field(None, description="What covering an assembly may cost a medium.")
    emergency: Emergency | None = Field(None, description="What a state of emergency does to assemblies.")
    exempt: Exempt | None = Field(None, description="Kinds of gathering outside the law.")
    sources: dict[str, str] = Field(default_factory=dict, description="What the marks in `source` stand for.")

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterator[Problem]:
        """Rows that meet every gathering once, a threshold that is referred to, and money that can be weighed."""
        if {"procedures", "threshold"} <= parts.keys():
            rows, threshold = parts["procedures"], parts["threshold"]
            named = any("threshold" in (row.size.least, row.size.below) for row in rows)
            if named and threshold is None:
                yield Problem("threshold", "nothing, though procedure rows refer to it", "a [threshold] with a value in persons")
            elif not named and threshold and threshold.value != "none":
                found = f"{threshold.value}, though no procedure row refers to the threshold"
                yield Problem(
                    "threshold.value", found, 'rows whose size is "below threshold" and "from threshold", or the value "none"'
                )
            if rows and not (named and threshold is None):
                yield from row_problems(rows, _persons(threshold))
        if {"money", "sanctions"} <= parts.keys():
            yield from _money_problems(parts["money"], parts["sanctions"])
        if "sources" in parts:
            yield from _unexplained(parts)

    # -- what the model asks -------------------------------------------------------------------------------------------

    @property
    def threshold_value(self) -> int | None:
        """The threshold in persons, if there is one."""
        return _persons(self.threshold)

    @functools.cached_property
    def coverage(self) -> Coverage:
        """For every form, organiser's legal form and kind of place: the sizes each procedure row speaks of."""
        return coverage(self.procedures, self.threshold_value)

    @functools.cached_property
    def _found(self) -> dict[Cell, tuple[list[int], list[ProcedureRow]]]:
        """For every cell: where its rows begin, and the rows."""
        return {
            cell: ([stretch.least for stretch in stretches], [self.procedures[stretch.row] for stretch in stretches])
            for cell, stretches in self.coverage.items()
        }

    @functools.cached_property
    def _steps(self) -> dict[Cell, tuple[int, ...]]:
        """For every cell: the sizes at which what is owed changes."""
        duties = [owed(row) for row in self.procedures]
        return {
            cell: tuple(after.least for before, after in itertools.pairwise(stretches) if duties[before.row] != duties[after.row])
            for cell, stretches in self.coverage.items()
        }

    def row(self, form: str, organiser: str, place: str, size: int) -> ProcedureRow | None:
        """What a gathering owes: the row for its form, organiser's legal form, kind of place and declared size (persons)."""
        if not self.procedures:
            return None
        starts, rows = self._found[form, organiser, place]
        return rows[bisect.bisect_right(starts, size) - 1]

    def rows(self, form: str, organiser: str, place: str) -> list[tuple[int, ProcedureRow]]:
        """The rows for a form, organiser's legal form and kind of place, each with the least size it is for, rising."""
        return list(zip(*self._found[form, organiser, place], strict=True)) if self.procedures else []

    def steps(self, form: str, organiser: str, place: str) -> tuple[int, ...]:
        """The sizes at which what is owed changes, rising (persons)."""
        return self._steps[form, organiser, place] if self.procedures else ()

    def money_of(self, amount: Money, day: datetime.date, currency: str, wage: float) -> float:
        """An amount of this law in the money of a town.

        In the law's own currency it is that sum on that day; in another town it weighs the same in average wages.

        Args:
            amount: the amount as the law states it.
            day: the day on which it is imposed.
            currency: the town's currency.
            wage: the town's average monthly wage.
        """
        if not amount.amount:
            return 0.0
        if amount.unit == "wages":
            return amount.amount * wage
        own = amount.amount
        if amount.unit == self.money.unit:
            own *= _on(self.money.values, day)
        return own if currency == self.money.currency else own / _on(self.money.wages, day) * wage

    def period(self, day: datetime.date) -> int:
        """A number that changes only when an amount of this law does: on one number, all amounts weigh the same."""
        return bisect.bisect_right(self._changes, day)

    @functools.cached_property
    def _changes(self) -> list[datetime.date]:
        return sorted({row.since for row in (*self.money.values, *self.money.wages)})

    def penalty(self, role: str, offence: str, *, repeat: bool, day: datetime.date, currency: str, wage: float) -> Penalty | None:
        """What a person in a role faces for an offence, or ``None`` if the law does not punish it.

        Args:
            role: ``participant``, ``organiser``, ``legal_entity`` or ``foreigner``.
            offence: one of :data:`sim.law.OFFENCES`.
            repeat: whether the person was sanctioned within ``repeat_within``.
            day: the day.
            currency: the town's currency.
            wage: the town's average monthly wage.
        """
        fallback = {"legal_entity": "organiser", "foreigner": "participant"}.get(role, role)
        sanction: Sanction | None = getattr(self.sanctions, role) or getattr(self.sanctions, fallback)
        if sanction is None or offence not in sanction.offences:
            return None
        fine = sanction.fine_repeat if repeat and sanction.fine_repeat is not None else sanction.fine
        jail = sanction.jail_repeat if repeat and sanction.jail_repeat is not None else sanction.jail
        most = self.money_of(fine, day, currency, wage)
        return Penalty(
            fine=most,
            fine_least=min(most, self.money_of(sanction.fine_least, day, currency, wage)),
            jail=0 if role == "legal_entity" else jail.amount,
            warning=sanction.warning and not repeat,
            expulsion=sanction.expulsion and role == "foreigner",
        )

    @functools.cached_property
    def fingerprint(self) -> str:
        """SHA-256 of what the law says, leaving out how it is called, described, ordered and sourced."""
        content = said(self, leave_out=frozenset({"regime", "sources", "procedures", "threshold"}))
        return digest([content, self.threshold_value, procedures_said(self.procedures, self.coverage)])

    def __hash__(self) -> int:
        return hash(self.fingerprint)


def _persons(threshold: Threshold | None) -> int | None:
    return None if threshold is None or threshold.value == "none" else threshold.value


def _money_problems(money: MoneyTable, sanctions: Sanctions) -> Iterator[Problem]:
    """Fines in units the law does not know, and fines that cannot be weighed for want of wages."""
    fines = {
        f"sanctions.{role}.{name}": fine
        for role in ROLES
        for name in ("fine", "fine_least", "fine_repeat")
        if (sanction := getattr(sanctions, role)) and (fine := getattr(sanction, name))
    }
    for key, fine in fines.items():
        if fine.unit not in money.units:
            yield Problem(key, repr(str(fine)), f"an amount in {', '.join(money.units)}", did_you_mean(fine.unit, money.units))
    if not money.wages and any(fine.amount and fine.unit != "wages" for fine in fines.values()):
        yield Problem("money.wages", "nothing", "average monthly wages by date, to weigh the fines")


def _unexplained(parts: Mapping[str, Any]) -> Iterator[Problem]:
    """Marks (F10, BK) that ``[sources]`` does not explain."""
    for key, provision in provisions_of(parts.items()):
        for mark in provision.source.split("; "):
            if re.fullmatch(r"[A-Z]+\d*[a-z]?", mark) and mark not in parts["sources"]:
                yield Problem(
                    f"{key}.source", f"the mark {mark!r}", "a mark that [sources] explains", did_you_mean(mark, parts["sources"])
                )


def _on(rows: Sequence[DatedValue], day: datetime.date) -> float:
    """The dated value in force on a day; before the first, the first."""
    place = bisect.bisect_right(rows, day, key=lambda row: row.since)
    return rows[max(place - 1, 0)].amount
