"""Who is punished with what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from sim.errors import Problem
from sim.law.amounts import Duration, DurationText, Money, MoneyText
from sim.law.provisions.base import Provision
from sim.law.vocabulary import Offences
from sim.texts import Text, refuse

__all__ = ["PressRules", "Sanction", "Sanctions"]


class Sanction(Provision):
    """What a kind of person can be punished with, and for which offences. The amounts are the most that may be imposed."""

    neutral: ClassVar[bool] = False

    offences: Offences = Field((), description="Which offences it punishes.")
    warning: bool = Field(False, description="Whether a warning may be given instead, the first time.")
    fine: MoneyText = Field(Money(0.0, "wages"), description="Highest fine.")
    fine_least: MoneyText = Field(Money(0.0, "wages"), description="Lowest fine, if one is imposed.")
    jail: DurationText = Field(Duration(0, "days"), description="Longest administrative arrest.")
    fine_repeat: MoneyText | None = Field(None, description="Highest fine for a repeat; none for the same as the first.")
    jail_repeat: DurationText | None = Field(None, description="Longest arrest for a repeat; none for the same as the first.")
    expulsion: bool = Field(False, description="Whether foreigners are expelled as well.")

    @field_validator("jail", "jail_repeat")
    @classmethod
    def _in_days(cls, value: Duration | None) -> Duration | None:
        if value is not None and value.unit != "days":
            raise refuse(repr(str(value)), 'arrest in days (as "15 days")')
        return value

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterator[Problem]:
        """The lowest fine is not above the highest."""
        least, most = parts.get("fine_least"), parts.get("fine")
        if least and most and least.unit == most.unit and least.amount > most.amount:
            yield Problem("fine_least", f"{least}, above the highest fine", f"at most {most}")


class Sanctions(Text):
    """Who is punished with what.

    A role left out is punished for nothing, but foreigners and legal entities fall back on the participant's and the organiser's
    row.
    """

    participant: Sanction | None = Field(None, description="Citizens who take part.")
    organiser: Sanction | None = Field(None, description="Natural persons who organise.")
    legal_entity: Sanction | None = Field(None, description="Associations and parties that organise.")
    foreigner: Sanction | None = Field(None, description="Foreigners and stateless persons who take part.")
    repeat_within: DurationText = Field(Duration(365, "days"), description="How long an earlier sanction counts.")


class PressRules(Provision):
    """What covering an assembly may cost a medium."""

    closure: Literal["none", "covering_unlawful"] = Field(
        "none", description="Whether a medium may be closed for covering (as calling to) unlawful assemblies."
    )
