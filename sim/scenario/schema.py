"""The JSON Schemas of scenario, practice and town texts, so that an editor completes their keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.population import TownSpec
from sim.scenario.practices import OWN, PracticeText
from sim.scenario.scenario import Scenario
from sim.texts import json_schema, names

__all__ = ["practice_schema", "scenario_schema", "town_schema"]


def town_schema() -> dict[str, Any]:
    """The schema of a town's text."""
    return json_schema(TownSpec, "A town")


def practice_schema() -> dict[str, Any]:
    """The schema of a practice's text."""
    return json_schema(PracticeText, "A practice")


def scenario_schema() -> dict[str, Any]:
    """The schema of a scenario's text: its law and town are named, and what is like another scenario may leave out the rest."""
    schema = json_schema(Scenario, "A scenario")
    fields, tables = schema["properties"], schema["$defs"]
    del fields["name"]
    fields["law"] = _name(
        "law", "The law in force on the first day: its name, with reforms after + if any, or a path ending in .toml."
    )
    fields["practice"] = _name(
        "practice", "How officials behave: a name, a path ending in .toml, or own for the law's country.", OWN
    )
    fields["town"] = _name("town", "The town: its name, or a path ending in .toml.")
    fields["like"] = _name("scenario", "Another scenario that this one is an edit of: what is left out here is as it is there.")
    tables["Reform"]["properties"]["law"] = _name("law", "The law from then on: its name, or a path ending in .toml.")
    listed = {name for field in fields.values() if "items" in field for name in _named(field)}
    whole: dict[str, Any] = {"required": [name for name in schema.pop("required") if name != "name"]}
    for name in tables.keys() - listed:
        required = tables[name].pop("required", None)
        if name == "About":
            whole |= {"properties": {"scenario": {"required": required}}}
    schema |= {"if": {"required": ["like"]}, "else": whole}
    return {**schema, "$defs": _used(schema)}


def _name(kind: str, meaning: str, *further: str) -> dict[str, Any]:
    return {"description": meaning, "anyOf": [{"enum": [*further, *names(kind)]}, {"type": "string", "minLength": 1}]}


def _used(schema: dict[str, Any]) -> dict[str, Any]:
    """The tables that the schema, or a table it uses, refers to."""
    tables, wanted = schema["$defs"], list(_named({key: value for key, value in schema.items() if key != "$defs"}))
    used: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name not in used:
            used.add(name)
            wanted += _named(tables[name])
    return {name: table for name, table in tables.items() if name in used}


def _named(value: Any) -> Iterator[str]:
    """The tables that a part of a schema refers to."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].rpartition("/")[2]
        for inner in value.values():
            yield from _named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner)
