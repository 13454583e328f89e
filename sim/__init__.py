"""protestlaw: a laboratory for the law of protest.

Everything a user needs stands here, in one sorted list. A name is fetched when it is first used, so that ``import sim``
costs next to nothing and a command that needs no model never loads one.
"""

from __future__ import annotations

import importlib
from typing import Any, Final

from sim.errors import (
    InputError,
    LawError,
    ModelError,
    OutputError,
    Problem,
    ProtestlawError,
    ScenarioError,
    TownError,
    UnknownNameError,
)
from sim.version import __version__

__all__ = [
    "Authority",
    "Citizen",
    "Court",
    "InputError",
    "LawError",
    "ModelError",
    "Organiser",
    "OutputError",
    "Police",
    "Press",
    "Problem",
    "ProtestModel",
    "ProtestlawError",
    "Regime",
    "Scenario",
    "ScenarioError",
    "TownError",
    "UnknownNameError",
    "__version__",
    "analyses",
    "compare",
    "load_design",
    "load_law",
    "load_scenario",
    "load_town",
    "simulate",
    "sweep",
]

_PLACES: Final = {
    "Authority": "sim.institutions",
    "Citizen": "sim.model",
    "Court": "sim.institutions",
    "Organiser": "sim.institutions",
    "Police": "sim.institutions",
    "Press": "sim.institutions",
    "ProtestModel": "sim.model",
    "Regime": "sim.law",
    "Scenario": "sim.scenario",
    "analyses": "sim.experiment",
    "compare": "sim.experiment",
    "load_design": "sim.experiment",
    "load_law": "sim.law",
    "load_scenario": "sim.scenario",
    "load_town": "sim.population",
    "simulate": "sim.experiment",
    "sweep": "sim.experiment",
}
"""Where each name that is fetched on first use stands."""


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(_PLACES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_PLACES})
