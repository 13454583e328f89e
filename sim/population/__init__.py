"""Towns and the people in them: columns, ties, places. It knows nothing of law."""

from __future__ import annotations

from sim.population.cache import KeptTown, clear_towns, kept_towns, town_of
from sim.population.people import People, apportion
from sim.population.spec import District, Identity, Income, PeopleSpec, Site, TieSpec, TownSpec
from sim.population.ties import Ties, build_ties
from sim.population.town import Town, build_town, load_town, parameters
from sim.population.traits import Traits

__all__ = [
    "District",
    "Identity",
    "Income",
    "KeptTown",
    "People",
    "PeopleSpec",
    "Site",
    "TieSpec",
    "Ties",
    "Town",
    "TownSpec",
    "Traits",
    "apportion",
    "build_ties",
    "build_town",
    "clear_towns",
    "kept_towns",
    "load_town",
    "parameters",
    "town_of",
]
