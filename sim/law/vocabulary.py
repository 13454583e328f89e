"""The words a law is written in, with what they mean."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from sim.texts import OneOf, WordList
from sim.words import FORMS, LEGAL_FORMS, SITE_KINDS, ZONE_KINDS

__all__ = [
    "CONFIDENCE",
    "EXEMPT_KINDS",
    "FACTS",
    "GROUNDS",
    "OFFENCES",
    "ROLES",
    "Confidence",
    "ExemptKinds",
    "FormsOrAny",
    "GroundName",
    "LegalForms",
    "LegalFormsOrAny",
    "Offences",
    "SiteKindsOrAny",
    "ZoneKinds",
]

CONFIDENCE: Final[dict[str, str]] = {
    "found": "read in the cited source",
    "computed": "computed from the cited source",
    "background": "background knowledge, to be verified",
    "coded": "a coding judgement made for the model",
    "unverified": "unverified: reported without a source that could be checked",
}
"""How sure a value is."""

GROUNDS: Final[dict[str, str]] = {
    "late_filing": "the filing came too late",
    "incomplete": "the filing lacks something it must contain",
    "barred_organiser": "the organiser may not organise",
    "place_taken": "the place is booked by another event",
    "place_not_allowed": "the place is not designated, or lies in a prohibited zone",
    "over_capacity": "more people are declared than the place may hold",
    "emergency": "a state of emergency or martial law is in force at the place",
    "public_order": "a threat to public order, safety, health or the rights of others",
    "incitement": "incitement to racial, national, social or religious intolerance",
    "violent_overthrow": "the aim of a violent overthrow of the constitutional order",
    "impedes_movement": "traffic, infrastructure or free movement would be impeded",
    "any_law": "aims contrary to any other law",
    "nuisance": "a nuisance or disruption to the community",
    "foreign_link": "a political end with foreign involvement",
    "direct_danger": "a direct danger to public safety, proven in the single case",
}
"""Grounds for refusal. Some are facts about a filing (:data:`FACTS`); the others leave the authority a discretion as wide as
their ``breadth``."""

OFFENCES: Final[dict[str, str]] = {
    "no_filing": "no notice was given, or no permit asked, though one was owed",
    "after_refusal": "it was held although refused or prohibited, or before any answer that had to be waited for",
    "wrong_place": "it was held outside the designated places or in a prohibited zone",
    "passed_limit": "more people came than the declared size, the threshold or the place's capacity allow",
    "not_leaving": "people stayed after it was terminated",
    "minors": "children were brought although they may not be",
    "barred_person": "someone organised or attended who may not",
    "announcing": "it was called for before it was allowed",
    "emergency": "it was held under a state of emergency that bars assemblies",
}
"""What can be punished about an assembly."""

FACTS: Final = ("late_filing", "incomplete", "barred_organiser", "place_taken", "place_not_allowed", "over_capacity", "emergency")
"""The grounds that are facts about a filing."""

EXEMPT_KINDS: Final[dict[str, str]] = {
    "indoor": "gatherings indoors",
    "official": "official, cultural, entertainment and sport events",
    "residents": "meetings of residents and of owners of a building",
    "religious": "religious rites and ceremonies",
}
"""Kinds of gathering an assembly law may leave outside itself."""

ROLES: Final = ("participant", "organiser", "legal_entity", "foreigner")
"""Whom an assembly law punishes."""

Confidence = Annotated[str, OneOf(tuple(CONFIDENCE))]
ExemptKinds = Annotated[tuple[str, ...], WordList(tuple(EXEMPT_KINDS))]
GroundName = Annotated[str, OneOf(tuple(GROUNDS))]
Offences = Annotated[tuple[str, ...], WordList(tuple(OFFENCES))]
LegalForms = Annotated[tuple[str, ...], WordList(LEGAL_FORMS)]
ZoneKinds = Annotated[tuple[str, ...], WordList(ZONE_KINDS)]

FormsOrAny = Annotated[Literal["any"] | tuple[str, ...], WordList(FORMS, ("any",), least=1)]
LegalFormsOrAny = Annotated[Literal["any", "elsewhere"] | tuple[str, ...], WordList(LEGAL_FORMS, ("any", "elsewhere"), least=1)]
SiteKindsOrAny = Annotated[Literal["any", "elsewhere"] | tuple[str, ...], WordList(SITE_KINDS, ("any", "elsewhere"), least=1)]
