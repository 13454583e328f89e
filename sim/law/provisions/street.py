"""Where assemblies may be held, by whom, what a crowd may not pass, and what stands outside the law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from pydantic import Field

from sim.errors import Problem
from sim.law.amounts import DurationText
from sim.law.provisions.base import Provision
from sim.law.vocabulary import ExemptKinds, FormsOrAny, LegalForms, ZoneKinds
from sim.texts import Text

__all__ = ["Emergency", "Exempt", "Limit", "Limits", "Persons", "Places", "Spontaneous", "Termination"]


class Places(Provision):
    """Where assemblies may be held."""

    rule: Literal["anywhere", "designated"] = Field(
        "anywhere", description="Anywhere not prohibited, or at designated places only."
    )
    applies_to: FormsOrAny = Field("any", description="Forms bound to the designated places.")
    designated: int = Field(0, ge=0, description="How many places the law makes the city designate.")
    plan: str | None = Field(
        None, description="Name of the plan of designated places: a town's sites say under which plans they are designated."
    )
    central: bool = Field(False, description="Whether they must be central rather than wherever the city likes.")
    prohibited: ZoneKinds = Field((), description="Kinds of site near which no assembly may be held.")
    capacity_binds: bool = Field(False, description="Whether more may not be declared than the place holds.")
    exclusive: bool = Field(False, description="Whether one filing keeps others from the place on that day.")

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterator[Problem]:
        """Where only designated places will do, there are some."""
        if parts.get("rule") == "designated" and parts.get("designated") == 0:
            yield Problem(
                "designated", "no designated place, though assemblies are bound to them", "a number of designated places from 1"
            )


class Spontaneous(Provision):
    """Assemblies that cannot wait: none at all, urgent ones on short notice, or spontaneous ones without notice."""

    allowed: bool = Field(False, description="Whether an immediate response to an event needs no notice.")
    within: DurationText | None = Field(None, description="How soon after its cause it must be held; none for no limit.")
    short_notice: bool = Field(False, description="Whether late notice is accepted when earlier notice was not possible.")


class Limit(Provision):
    """What follows when more people come than a limit allows. Passing one that is tolerated is still put on record."""

    neutral: ClassVar[bool] = False

    consequence: Literal["tolerated", "fined", "terminated"] = Field("tolerated", description="What follows.")
    margin: float = Field(0.0, ge=0, le=10, description="Share of the limit by which it may be passed (0.1: ten per cent).")


class Limits(Text):
    """The three numbers a crowd can pass: the declared size, the threshold, the capacity of the place."""

    declared: Limit | None = Field(None, description="Passing the declared (or allowed) size.")
    threshold: Limit | None = Field(None, description="Passing into sizes that owe another procedure.")
    capacity: Limit | None = Field(None, description="Passing what the place may hold.")


class Termination(Provision):
    """When the police may end an assembly that began lawfully, or that did not."""

    neutral: ClassVar[bool] = False

    unlawful: bool = Field(True, description="Whether being unlawful is enough.")
    misconduct_of_few: bool = Field(False, description="Whether unlawful acts of a few end the event for all.")


class Persons(Provision):
    """Who may not organise or attend."""

    minors: Literal["allowed", "barred"] = Field("allowed", description="Whether children may be brought.")
    foreigners_attend: Literal["allowed", "barred"] = Field(
        "allowed", description="Foreigners and stateless persons as participants."
    )
    barred_organisers: LegalForms = Field((), description="Legal forms that may not organise.")


class Emergency(Provision):
    """What a state of emergency or martial law does to assemblies."""

    effect: Literal["none", "ground", "barred"] = Field(
        "none", description="Nothing, a ground for refusal, or a bar on all assemblies."
    )


class Exempt(Provision):
    """Kinds of gathering that fall outside the law."""

    kinds: ExemptKinds = Field((), description="The kinds.")
