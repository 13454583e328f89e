"""From a name to a regime: a law of the library or a file, the reforms made to it, and changes on top."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from sim.errors import LawError, Problem
from sim.law.reform import edited, load_reform
from sim.law.regime import Regime
from sim.texts import accept, find, read_toml

__all__ = ["load_law"]

_NONE: Final[Mapping[str, Any]] = MappingProxyType({})


def load_law(name: str | Path, changes: Mapping[str, Any] = _NONE) -> Regime:
    """The regime of a name.

    Args:
        name: a law of the library (``kazakhstan/2020-bill``) or a path ending in ``.toml``, and any number of reforms made to it,
            each likewise a name or a path: ``kazakhstan/2020-bill + threshold-50``.
        changes: what is changed on top, as dotted keys and values (``{"threshold": 50}``, ``{"sanctions.participant.fine":
            "50 MCI"}``).

    Raises:
        LawError: if a text, a reform or a change cannot be accepted, with everything that is wrong with it.
        UnknownNameError: if there is no law or reform of that name.
    """
    law, *reforms = [str(name)] if isinstance(name, Path) or Path(name).is_file() else _parts(name)
    path = find("law", law)
    tables = read_toml(path, LawError)
    if "reform" in tables and "regime" not in tables:
        raise LawError(str(path), [Problem("", "a reform", "a law, with the reform added to its name (LAW + REFORM)")])
    regime = accept(Regime, tables, str(path), LawError)
    for part in reforms:
        reform, file = load_reform(part)
        base = reform.reform.base
        if base is not None and find("law", base).resolve() != path.resolve():
            raise LawError(
                file, [Problem("reform.base", f"{base!r}, but the law to be reformed is {law!r}", "the law it is meant for")]
            )
        tables = edited(tables, reform.edits.items(), f"reform {Path(part).stem}", file)
        regime = accept(Regime, tables, file, LawError)
    if changes:
        tables = edited(tables, changes.items(), "set on the command line", "--set")
        regime = accept(Regime, tables, "--set", LawError)
    return regime


def _parts(name: str) -> list[str]:
    """The law and its reforms; a path may hold a ``+`` of its own where those between the parts have spaces around them."""
    return [part.strip() for part in name.split(" + " if " + " in name else "+")]
