"""The law as data: provisions with their sources, the regime they make up, and what can be read off it."""

from sim.law.amounts import Duration, Money, Size
from sim.law.provisions import ProcedureRow
from sim.law.reading import load_law
from sim.law.regime import Penalty, Regime
from sim.law.vocabulary import CONFIDENCE, EXEMPT_KINDS, GROUNDS, OFFENCES, ROLES

__all__ = [
    "CONFIDENCE",
    "EXEMPT_KINDS",
    "GROUNDS",
    "OFFENCES",
    "ROLES",
    "Duration",
    "Money",
    "Penalty",
    "ProcedureRow",
    "Regime",
    "Size",
    "load_law",
]
