"""What a JSON Schema allows as the value of a key, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from extensions.markdown import code
from sim.measurement import INDICATORS

__all__ = ["Allowed", "number", "referred"]

_WORDS: Final = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "`true` or `false`",
    "object": "table",
}
_PATTERNS: Final = {"working": "time", "threshold": "range of sizes", "A-Za-z": "amount of money"}
"""What a text with a form is, by a part of the pattern of its form."""


def referred(said: Mapping[str, Any]) -> str | None:
    """The name of the definition that a schema refers to."""
    found: str | None = said.get("$ref")
    return found.removeprefix("#/$defs/") if found else None


class Allowed:
    """Tells what values are allowed.

    Args:
        tables: the definitions of the schema.
    """

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self.tables = tables

    def told(self, said: Mapping[str, Any]) -> str:
        """The type of a value, and its bounds, words or form."""
        if name := referred(said):
            return self.told(self.tables[name])
        if "anyOf" in said:
            return _either([self.told(one) for one in said["anyOf"]], named="enum" in said["anyOf"][0])
        if "const" in said or "enum" in said:
            return _words(said.get("enum", [said.get("const")]))
        if "type" not in said:
            return "any value"
        if said["type"] == "array":
            return self._list(said)
        return self._table(said) if said["type"] == "object" else _single(said)

    def by_word(self, words: Mapping[str, Any]) -> str:
        """A table that has one value for each word of a list."""
        return f"table: {self.told(next(iter(words.values())))} for each of {', '.join(map(code, words))}"

    def _list(self, said: Mapping[str, Any]) -> str:
        if parts := said.get("prefixItems"):
            return f"{len(parts)} of: {self.told(parts[0])}"
        if said.get("minItems") == said.get("maxItems") is not None:
            return f"{said['minItems']} of: {self.told(said['items'])}"
        return f"list of: {self.told(said['items'])}"

    def _table(self, said: Mapping[str, Any]) -> str:
        inner = said.get("additionalProperties")
        return f"table of names, each with: {self.told(inner)}" if isinstance(inner, dict) and inner else "table"


def _single(said: Mapping[str, Any]) -> str:
    """A text, number or truth value."""
    if said.get("format") == "date":
        return "date"
    if "examples" in said:
        kind = next(word for mark, word in _PATTERNS.items() if mark in said["pattern"])
        return f"{kind}, as {', '.join(code(example) for example in said['examples'])}"
    return _WORDS[said["type"]] + _bounds(said)


def _words(words: list[Any]) -> str:
    if len(words) > 12 and {*words} & {*INDICATORS}:
        more = sorted({*words} - {*INDICATORS})
        extra = f", or {', '.join(map(code, more))}" if more else ""
        return f"name of an [indicator](../indicators.md){extra}"
    return ", ".join(code(str(word)) for word in words)


def _either(parts: list[str], *, named: bool) -> str:
    """One of several; the words of the library come with any other text."""
    if named and parts[1:] == ["text"]:
        return f"{parts[0]}, or another text"
    return "; or ".join(dict.fromkeys(parts))


def _bounds(said: Mapping[str, Any]) -> str:
    signs = {"exclusiveMinimum": "above", "minimum": "from", "maximum": "to"}
    found = [f"{word} {number(said[name])}" for name, word in signs.items() if name in said]
    return f" {' '.join(found)}" if found else ""


def number(value: float) -> str:
    """A number as it is read, with commas from 10,000 on: 2019 may be a year."""
    whole = float(value).is_integer()
    return f"{value:,.0f}" if whole and abs(value) >= 10_000 else f"{value:.0f}" if whole else f"{value:g}"
