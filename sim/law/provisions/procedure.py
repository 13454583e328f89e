"""What an organiser owes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, field_validator

from sim.errors import Problem
from sim.law.amounts import Duration, DurationText, Size, SizeText
from sim.law.provisions.base import Provision
from sim.law.vocabulary import FormsOrAny, LegalFormsOrAny, SiteKindsOrAny
from sim.texts import refuse

__all__ = ["ProcedureRow", "Threshold"]


class Threshold(Provision):
    """The declared size at which the procedure changes. Procedure rows refer to it by the word ``threshold``."""

    value: Annotated[int, Field(ge=0)] | Literal["none"] = Field(
        description="Persons; none if the procedure does not depend on size.", json_schema_extra={"unit": "persons"}
    )

    @field_validator("value", mode="before")
    @classmethod
    def _whole(cls, value: object) -> object:
        if value != "none" and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
            raise refuse(repr(value), 'a whole number of persons from 0, or "none"')
        return value


class ProcedureRow(Provision):
    """What an organiser owes, for some forms, organisers, places and declared sizes.

    The rows of a law must not overlap and must leave no gap. ``exempt`` owes nothing; ``notification`` may go ahead unless
    prohibited; ``permit`` may not go ahead until allowed; ``banned`` is never allowed.
    """

    neutral: ClassVar[bool] = False
    row_name: ClassVar[str | None] = "procedure"

    procedure: Literal["exempt", "notification", "permit", "banned"] = Field(description="What is owed.")
    forms: FormsOrAny = Field("any", description="Forms of assembly, or any.")
    organisers: LegalFormsOrAny = Field(
        "any", description="Legal forms of the organiser; any; or elsewhere: those no other row of the form names."
    )
    places: SiteKindsOrAny = Field("any", description="Kinds of site; any; or elsewhere: those no other row of the form names.")
    size: SizeText = Field(Size(), description="Declared sizes: any, below 50, from threshold, from 30 below 100.")
    notice: DurationText | None = Field(None, description="How long before the assembly it must be filed.")
    notice_from: Literal["assembly", "announcement"] = Field(
        "assembly", description="Whether notice counts back from the assembly or from the public announcement."
    )
    earliest: DurationText | None = Field(None, description="How long before the assembly it may be filed at the earliest.")
    decision: DurationText | None = Field(None, description="When the authority must have answered; none if no term is set.")
    decision_from: Literal["filing", "assembly"] = Field(
        "filing", description="Whether that term runs from the filing or back from the assembly."
    )
    silence: Literal["allowed", "ambiguous", "refused"] = Field(
        "refused", description="What an unanswered filing means once the term has passed."
    )

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterator[Problem]:
        """Terms belong to filings; nothing is due before it can be filed, or answered after the assembly."""
        procedure = parts.get("procedure")
        notice, decision, earliest = (_term(parts, key) for key in ("notice", "decision", "earliest"))
        if procedure in {"exempt", "banned"}:
            for key in ("notice", "earliest", "decision"):
                if parts.get(key):
                    yield Problem(key, f"{parts[key]}, though nothing is filed for what is {procedure}", "nothing")
            return
        if procedure and "notice" in parts and notice is None:
            yield Problem("notice", "nothing", f'how long before the assembly a {procedure} is filed (as "5 working days")')
        if notice and earliest and earliest.usual_days < notice.usual_days:
            yield Problem("earliest", f"{earliest} (before which nothing may be filed)", f"at least the notice, {notice}")
        if notice and decision and decision.usual_days > notice.usual_days:
            late = (
                "the term would pass before the filing"
                if parts.get("decision_from") == "assembly"
                else "an answer may not come after the assembly"
            )
            yield Problem("decision", str(decision), f"at most the notice, {notice}: {late}")

    @property
    def filed(self) -> bool:
        """Whether something must be filed."""
        return self.notice is not None


def _term(parts: Mapping[str, Any], key: str) -> Duration | None:
    value: Duration | None = parts.get(key)
    return value
