"""The reference model: the same town, law and day as the engine, written a second time for reading, one Mesa agent a citizen."""

from sim.reference.citizen import Citizen
from sim.reference.model import ReferenceModel
from sim.reference.town import Town, found_town

__all__ = ["Citizen", "ReferenceModel", "Town", "found_town"]
