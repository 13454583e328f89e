"""The tables of state variables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sim.interface.odd import offices, people
from sim.interface.odd.variables import Entity

__all__ = ["ENTITIES", "TABLES"]

ENTITIES: Final[Mapping[str, Entity]] = {
    "citizen": people.CITIZEN,
    "citizen state": people.CITIZEN_STATE,
    "organiser": people.ORGANISER,
    "occasion": people.OCCASION,
    "plan": people.PLAN,
    "assembly": people.ASSEMBLY,
    "filing": people.FILING,
    "medium": offices.PRESS,
    "places": offices.PLACES,
    "public": offices.NEWS,
    "fading": offices.FADING,
    "gathering": offices.GATHERING,
    "call": offices.CALL,
    "reached": offices.SEATED,
    "model": offices.MODEL,
}
"""What has state, by the name of its table."""


def _table(entity: Entity) -> Callable[[], str]:
    def made() -> str:
        for office in offices.OFFICES:
            office.table()  # which have no state: an office that is given some is told
        return entity.table()

    return made


TABLES: Final[Mapping[str, Callable[[], str]]] = {f"state {name}": _table(entity) for name, entity in ENTITIES.items()}
