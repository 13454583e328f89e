"""What is filed, on what grounds it may be refused, and where a refusal can be taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from sim.errors import Problem
from sim.law.amounts import Duration, DurationText
from sim.law.provisions.base import Provision
from sim.law.vocabulary import GroundName
from sim.texts import refuse

__all__ = ["Appeal", "Filing", "Ground", "Refusal"]


class Filing(Provision):
    """What a filing must contain and how the answer reaches the organiser.

    Each required item is something to get wrong: a filing is incomplete with the practice's chance per item. The answer takes
    ``delivery`` to arrive. Where announcing before permission is an offence, organisers who obey can mobilise only after the
    answer.
    """

    contents: tuple[str, ...] = Field((), description="Items a filing must contain.")
    delivery: DurationText = Field(Duration(0, "days"), description="Time until the organiser learns of the answer.")
    announce_before: Literal["free", "offence"] = Field(
        "free", description="Whether people may be called to the assembly before it is allowed."
    )


class Ground(Provision):
    """A ground on which an assembly may be refused or prohibited."""

    neutral: ClassVar[bool] = False
    row_name: ClassVar[str | None] = "name"

    name: GroundName = Field(description="Which ground.")
    breadth: float = Field(
        1.0, ge=0, le=1, description="Share of unwanted filings that it can be made to fit (1: any; 0.05: proven danger only)."
    )


class Refusal(Provision):
    """On what grounds, and by whom, an assembly may be refused."""

    grounds: tuple[Ground, ...] = Field((), description="The grounds; with a closed list no other may be used.")
    closed: bool = Field(True, description="Whether the list is closed.")
    by_court_only: bool = Field(False, description="Whether only a court may prohibit, on the authority's request.")
    must_offer: bool = Field(False, description="Whether a refusal must offer another place or time.")
    may_cut_size: bool = Field(False, description="Whether the authority may allow fewer people than declared.")

    @field_validator("grounds")
    @classmethod
    def _each_once(cls, rows: tuple[Ground, ...]) -> tuple[Ground, ...]:
        found = [row.name for row in rows]
        if len(found) != len(set(found)):
            raise refuse(f"the grounds {', '.join(found)}", "each ground once")
        return rows


class Appeal(Provision):
    """Who hears an appeal against a refusal, how fast, and what happens meanwhile."""

    to: Literal["court", "superior body", "none"] = Field("none", description="Who decides.")
    decided_in: DurationText | None = Field(None, description="Term for the decision.")
    before_assembly: bool = Field(False, description="Whether the decision must come before the date of the assembly.")
    suspensive: bool = Field(False, description="Whether the refusal does not bind while the appeal is pending.")

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterator[Problem]:
        """Whoever decides has a term."""
        if parts.get("to", "none") != "none" and "decided_in" in parts and parts["decided_in"] is None:
            yield Problem("decided_in", "nothing", 'how long a decision takes (as "10 days")')
