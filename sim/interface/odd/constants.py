"""The numbers that stand in the code and in no table of parameters."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Final

from sim.errors import ModelError
from sim.interface.odd.markdown import table

__all__ = ["NAMED", "TABLES"]

NAMED: Final = (
    ("institutions.authority", "_SIZE_UNIT", "persons", "declared size at which size begins to matter to the authority (7.9)"),
    (
        "institutions.authority",
        "_DISCRETIONARY",
        "-",
        "grounds that leave a discretion, in the order in which they are tried (7.9)",
    ),
    ("institutions.police", "_ORDINARY", "persons", "turnout to which the chance of misconduct refers (7.12)"),
    (
        "institutions.deliberation",
        "_OUTSIDE",
        "-",
        "kinds of gathering outside the law that can be turned to, the first there is (7.6)",
    ),
    (
        "institutions.organiser",
        "WAYS",
        "-",
        "ways out after a refusal or without an answer, numbered from 0 for their coins (7.8)",
    ),
    ("model.occasions", "_SIZES", "persons", "forms that stand still: each for sizes below its number (7.5)"),
    ("model.occasions", "_AT_ONCE", "days", "lead within which an occasion answers something that just happened (7.5)"),
    ("model.almanac", "_BEFORE", "days", "days before the first one from which incidents are drawn (7.5)"),
    ("model.almanac", "_LONG_BEFORE", "days", "days before the first one from which named shocks are known"),
    ("model.occasions", "_LONGEST", "days", "longest lead of an occasion (7.5)"),
    ("behaviour.plans", "_AHEAD", "days", "days after the day meant among which a day off is looked for (7.6)"),
    ("behaviour.arrays", "LONG_AGO", "day", "day of the last sanction of one who never had any"),
    ("model.justice", "_NEVER", "day", "day of return of one who was expelled (7.13)"),
    ("scenario.scenario", "_LONGEST", "days", "longest run"),
    ("streams", "MAX_SEED", "-", "largest seed"),
    ("record.happenings", "STRATEGIES", "-", "strategies of organisers, numbered from 0 for their coins (7.6)"),
    ("record.happenings", "FATES", "-", "what becomes of a planned assembly"),
    ("words", "FORMS", "-", "forms of assembly, numbered from 0"),
    ("words", "LEGAL_FORMS", "-", "legal forms of organisers, in the order in which shares are laid out (7.2)"),
    ("words", "STANCES", "-", "stances of organisers, in that order too"),
    ("words", "SITE_KINDS", "-", "kinds of sites"),
    ("words", "ZONE_KINDS", "-", "what a site may lie close to"),
)
"""Module, name, unit and meaning of the constants that have a name."""


def _named() -> str:
    return table(
        ("constant", "value", "unit", "meaning"),
        [
            (f"`{name.lstrip('_')}` ({module.replace('.', '/')}.py)", _said(module, name), unit, what)
            for module, name, unit, what in NAMED
        ],
    )


def _said(module: str, name: str) -> str:
    value = getattr(importlib.import_module(f"sim.{module}"), name, None)
    if value is None:
        raise ModelError(f"sim.{module} has no {name} any more, which the model description tells")
    if isinstance(value, tuple):
        return ", ".join(_pair(item) for item in value)
    return f"{value:.16g}"


def _pair(item: object) -> str:
    return (
        " below ".join(f"{part:g}" if isinstance(part, float) else str(part) for part in reversed(item))
        if isinstance(item, tuple)
        else str(item)
    )


TABLES: Final[Mapping[str, Callable[[], str]]] = {"constants": _named}
