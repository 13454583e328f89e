"""The provisions of an assembly law, as they stand in a text of ``scenarios/laws/``.

Each provision is a table that carries its source. What a provision does in the model is said in its docstring; a provision left
out restricts nothing.
"""

from sim.law.provisions.answer import Appeal, Filing, Ground, Refusal
from sim.law.provisions.base import Provision, provisions_of
from sim.law.provisions.head import DatedValue, MoneyTable, RegimeHead
from sim.law.provisions.procedure import ProcedureRow, Threshold
from sim.law.provisions.sanctions import PressRules, Sanction, Sanctions
from sim.law.provisions.street import Emergency, Exempt, Limit, Limits, Persons, Places, Spontaneous, Termination
from sim.law.vocabulary import CONFIDENCE, EXEMPT_KINDS, GROUNDS, OFFENCES

__all__ = [
    "CONFIDENCE",
    "EXEMPT_KINDS",
    "GROUNDS",
    "OFFENCES",
    "Appeal",
    "DatedValue",
    "Emergency",
    "Exempt",
    "Filing",
    "Ground",
    "Limit",
    "Limits",
    "MoneyTable",
    "Persons",
    "Places",
    "PressRules",
    "ProcedureRow",
    "Provision",
    "Refusal",
    "RegimeHead",
    "Sanction",
    "Sanctions",
    "Spontaneous",
    "Termination",
    "Threshold",
    "provisions_of",
]
