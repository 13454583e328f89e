"""The keys of the texts that are a run's input: scenario, town and law."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any, Final

from pydantic import BaseModel

from sim.interface.odd.markdown import plain, table
from sim.law import EXEMPT_KINDS, GROUNDS, OFFENCES, ROLES, Regime
from sim.law.vocabulary import FACTS
from sim.population import TownSpec
from sim.scenario import Scenario
from sim.texts import json_schema

__all__ = ["TABLES"]

_BESIDE: Final = frozenset({"source", "sources", "confidence", "note", "notes"})
"""Keys that say where a value comes from, and move nothing."""

_WORDS: Final = {"string": "text", "integer": "whole number", "number": "number", "boolean": "truth value"}
_PATTERNS: Final = {"working": "time", "[A-Za-z]": "amount of money", "threshold": "range of sizes"}


def _keys(kind: type[BaseModel], parts: tuple[str, ...]) -> str:
    schema = _schema(kind)
    wanted = schema.get("required", ())
    reader = _Reader(schema.get("$defs", {}))
    found = (row for name in parts for row in reader.rows(name, schema["properties"][name], required=name in wanted))
    return table(("key", "type", "default", "unit", "meaning"), found)


@cache
def _schema(kind: type[BaseModel]) -> dict[str, Any]:
    return json_schema(kind, "")


class _Reader:
    """What a JSON Schema says of a text, a row a key; a table that comes again is told once."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self.tables = tables
        self.told: dict[str, str] = {"Regime": "a law"}

    def rows(self, key: str, said: Mapping[str, Any], *, required: bool) -> Iterator[tuple[str, ...]]:
        """The rows of a key and of the keys of the table it holds."""
        name = self._inner(said)
        if name is None:
            yield f"`{key}`", self._type(said), _default(said, required), str(said.get("unit", "")), plain(said["description"])
            return
        about, several = self.tables[name], said.get("type") == "array"
        known = self.told.get(name)
        kind = f"as {known}" if known else "rows of tables" if several else "table"
        meaning = said.get("description") or about["description"].partition("\n\n")[0]
        yield f"`{key}`", kind, "must be given" if required else "none", "", plain(meaning)
        if known is None:
            self.told[name] = f"`{key}`"
            for inner, field in about["properties"].items():
                if inner not in _BESIDE:
                    place = f"{key}[].{inner}" if several else f"{key}.{inner}"
                    yield from self.rows(place, field, required=inner in about.get("required", ()))

    def _inner(self, said: Mapping[str, Any]) -> str | None:
        """The table that a key holds, or rows of which it holds."""
        name = _referred(said.get("items", said))
        return name if name and "properties" in self.tables[name] else None

    def _type(self, said: Mapping[str, Any]) -> str:
        if name := _referred(said):
            return self._type(self.tables[name])
        if "anyOf" in said:
            return " or ".join(self._type(one) for one in said["anyOf"])
        if "const" in said:
            return str(said["const"])
        if "enum" in said:
            return "one of " + ", ".join(map(str, said["enum"]))
        if said.get("type") == "array":
            parts = said.get("prefixItems")
            return f"{len(parts)} numbers" if parts else f"list of {self._type(said['items']).removeprefix('one of ')}"
        if said.get("format") == "date":
            return "date"
        if "examples" in said:
            kind = next(word for mark, word in _PATTERNS.items() if mark in said["pattern"])
            return f'{kind} (as "{said["examples"][-1]}")'
        return _WORDS[said["type"]] + _bounds(said)


def _referred(said: Mapping[str, Any]) -> str | None:
    """The name of the definition that a schema refers to."""
    found: str | None = said.get("$ref")
    return found.removeprefix("#/$defs/") if found else None


def _bounds(said: Mapping[str, Any]) -> str:
    signs = {"exclusiveMinimum": "above", "minimum": "from", "maximum": "to"}
    found = [f"{word} {said[name]:g}" for name, word in signs.items() if name in said]
    return f" {' '.join(found)}" if found else ""


def _default(said: Mapping[str, Any], required: bool) -> str:
    if required:
        return "must be given"
    default = said.get("default")
    if isinstance(default, bool):
        return str(default).lower()
    return "none" if default is None or default in ([], "") else str(default)


def _vocabulary() -> str:
    rows = [
        ("ground for refusal", f"`{name}`", f"{what}{' (a fact)' if name in FACTS else ''}") for name, what in GROUNDS.items()
    ]
    rows += [("offence", f"`{name}`", what) for name, what in OFFENCES.items()]
    rows += [("kind outside the law", f"`{name}`", what) for name, what in EXEMPT_KINDS.items()]
    rows += [("role", f"`{name}`", "whom the law punishes") for name in ROLES]
    return table(("list", "word", "meaning"), rows)


_EVENTS: Final = ("scenario", "issues", "shocks", "emergencies", "reforms", "law", "practice")

TABLES: Final[Mapping[str, Callable[[], str]]] = {
    "keys of a scenario": partial(_keys, Scenario, _EVENTS),
    "keys of a town": partial(_keys, TownSpec, tuple(TownSpec.model_fields)),
    "keys of a law": partial(_keys, Regime, tuple(name for name in Regime.model_fields if name != "sources")),
    "words of a law": _vocabulary,
}
