"""The Mesa model: citizens as columns, institutions as agents, the day."""

from sim.model.citizens import Citizen, Citizens
from sim.model.model import ProtestModel

__all__ = ["Citizen", "Citizens", "ProtestModel"]
