"""The words that law, town and scenario share: each list is all there is, in a fixed order."""

from __future__ import annotations

from typing import Final

__all__ = ["FORMS", "LEGAL_FORMS", "SITE_KINDS", "STANCES", "ZONE_KINDS"]

FORMS: Final = ("single_picket", "picket", "meeting", "rally", "demonstration", "march")
"""Forms of assembly.

``single_picket``: one person with a poster; ``picket``: a small group standing at an object; ``meeting``: people come together to
discuss; ``rally``: a crowd hears speakers in one place; ``demonstration``: a crowd shows its demand, standing or moving;
``march``: a crowd moves along a route. The first four stand still.
"""

LEGAL_FORMS: Final = ("informal", "association", "party", "suspended_party", "foreign_funded")
"""What an organiser is before the law.

``informal``: people without a legal person; ``association``: a registered one; ``party``: a registered party;
``suspended_party``: a party whose activity is suspended or banned; ``foreign_funded``: an association paid for from abroad.
"""

STANCES: Final = ("loyal", "social", "opposition")
"""Where an organiser stands towards the government.

``loyal``: supports it; ``social``: asks it for something (wages, housing, air); ``opposition``: wants another one.
"""

SITE_KINDS: Final = ("symbolic", "square", "park", "street", "remote", "free_speech")
"""Kinds of places where people assemble.

``symbolic``: the place where a protest is seen and heard by those it addresses; ``square``, ``park``: other open places of the
city; ``street``: a route for those who move; ``remote``: out of sight and hearing, on the outskirts; ``free_speech``: set aside
for assemblies without any filing (a speakers' corner).
"""

ZONE_KINDS: Final = (
    "government",
    "parliament",
    "court",
    "transport",
    "hospital",
    "school",
    "military",
    "strategic",
    "embassy",
    "memorial",
    "religious",
    "residence",
)
"""What a site may lie close to, and a law may keep assemblies away from.

``strategic``: plants, grids and other objects of life support; ``residence``: a head of state's home; the others as they say.
"""
