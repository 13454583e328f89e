"""Reading scenarios: names resolved to laws and towns, one scenario a named edit of another, changes from the command line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from sim.errors import Problem, ScenarioError, TownError
from sim.law import load_law
from sim.population import TownSpec
from sim.scenario.practices import practice_tables, under_practice, without_practice
from sim.scenario.scenario import Scenario
from sim.texts import Refused, accept, find, read_toml, set_key

__all__ = ["load_scenario"]

_DEEPEST: Final = 8  # scenarios that are edits of edits; more is a circle


def load_scenario(name: str | Path, changes: Mapping[str, Any] | None = None) -> Scenario:
    """A scenario by name or file, with changes.

    Args:
        name: a name of the library (``almaty-1995-law``) or a path ending in ``.toml``.
        changes: values by dotted key: ``law`` (another law), ``law.threshold``, ``practice`` (that of other officials, or
            ``own`` for the law's country), ``town.people.adults``, ``police.style``, ``scenario.days`` ...

    Raises:
        UnknownNameError: if there is no such scenario, law, practice or town.
        LawError, TownError, ScenarioError: if a text or a change cannot be accepted, with everything that is wrong with it.

    >>> load_scenario("seminar", {"law.threshold": 50}).law.threshold_value
    50
    """
    path = find("scenario", name)
    file = str(path)
    tables = _with_base(path, 0)
    changes = dict(changes or {})
    parts = {
        part: {k.removeprefix(f"{part}."): changes.pop(k) for k in list(changes) if k.startswith(f"{part}.")}
        for part in ("law", "town")
    }
    said = "set on the command line"
    tables |= {part: changes.pop(part) for part in ("law", "town") if part in changes}
    tables["law"] = law = load_law(_named(tables, "law", file), parts["law"])
    if "practice" in changes:
        tables = {**without_practice(tables), "practice": changes.pop("practice")}
    if "practice" in tables:
        tables = under_practice(tables, practice_tables(_named(tables, "practice", file), law, file))
    for key, value in changes.items():
        tables = _edited(tables, key, value, file)
    tables["town"] = _town(_named(tables, "town", file), parts["town"], said)
    if isinstance(reforms := tables.get("reforms"), list):  # what is no table is told by the scenario
        tables["reforms"] = [
            {**reform, "law": load_law(_named(reform, "law", file, f"reforms.{n}."))} if isinstance(reform, Mapping) else reform
            for n, reform in enumerate(reforms)
        ]
    return accept(Scenario, {**tables, "name": path.stem if path.suffix else str(name)}, file, ScenarioError)


def _with_base(path: Path, depth: int) -> dict[str, Any]:
    """The tables of a scenario; ``like`` names another that it is an edit of. Lists are replaced as a whole."""
    tables = read_toml(path, ScenarioError)
    base = tables.pop("like", None)
    if base is None:
        return tables
    if depth == _DEEPEST:
        raise ScenarioError(str(path), [Problem("like", repr(base), f"at most {_DEEPEST} scenarios that are each like another")])
    beside = path.parent / f"{str(base).removesuffix('.toml')}.toml"
    found = _with_base(beside if beside.is_file() else find("scenario", base), depth + 1)
    return _merged(without_practice(found) if "practice" in tables else found, tables)


def _merged(base: Mapping[str, Any], edit: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in edit.items():
        inner = merged.get(key)
        merged[key] = _merged(inner, value) if isinstance(inner, Mapping) and isinstance(value, Mapping) else value
    return merged


def _edited(tables: dict[str, Any], key: str, value: Any, file: str) -> dict[str, Any]:
    try:
        return set_key(_spelt_out(tables, key), key, value, kind=Scenario)
    except Refused as refusal:
        raise ScenarioError(file, refusal.problems) from None


def _spelt_out(tables: dict[str, Any], key: str) -> dict[str, Any]:
    """The tables with the small table of shares that a key reaches into written out, so that one share of it can be set."""
    part, _, rest = key.partition(".")
    name, _, inner = rest.partition(".")
    outer = Scenario.model_fields[part].get_default() if part in Scenario.model_fields else None
    default = getattr(outer, name, None) if inner else None
    if not isinstance(default, BaseModel) or name in tables.get(part, {}):
        return tables
    return {**tables, part: {**tables.get(part, {}), name: default.model_dump()}}


def _named(tables: Mapping[str, Any], key: str, file: str, stem: str = "") -> str:
    name = tables.get(key)
    if not isinstance(name, str):
        found = "nothing" if name is None else repr(name)
        raise ScenarioError(file, [Problem(f"{stem}{key}", found, f"the name of a {key}, or a path ending in .toml")])
    return " + ".join(_beside(part.strip(), file) for part in name.split("+"))


def _beside(name: str, file: str) -> str:
    """A text's path as seen from the scenario's own folder, if it stands there; else as it is."""
    there = Path(file).parent / name
    return str(there) if name.endswith(".toml") and there.is_file() else name


def _town(name: str, changes: Mapping[str, Any], said: str) -> TownSpec:
    path = find("town", name)
    tables = read_toml(path, TownError)
    try:
        for key, value in changes.items():
            tables = set_key(tables, key, value, kind=TownSpec, source=said)
    except Refused as refusal:
        raise TownError(str(path), refusal.problems) from None
    return accept(TownSpec, tables, str(path), TownError)
