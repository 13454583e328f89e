"""The pages of formats: every key of every kind of text, made of the JSON Schemas in ``docs/schema``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from extensions.allowed import Allowed, number, referred
from extensions.markdown import code, prose, table

__all__ = ["KINDS", "keys"]

_SCHEMAS: Final = Path(__file__).resolve().parents[1] / "schema"
KINDS: Final = tuple(sorted(path.name.removesuffix(".schema.json") for path in _SCHEMAS.glob("*.schema.json")))
"""Kinds of texts."""

_HEAD: Final = ("key", "type, what is allowed (unit)", "default", "meaning")

type Row = tuple[str, str, str, str]


def keys(kind: str) -> str:
    """Every key of a kind of text, a section for each table at the top of it."""
    schema = json.loads((_SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return _Format(schema).sections()


class _Format:
    """What a schema says, in Markdown; a table that comes again is told once."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.schema = schema
        self.tables: Mapping[str, Any] = schema.get("$defs", {})
        self.allowed = Allowed(self.tables)
        self.told: dict[str, str] = {}

    def sections(self) -> str:
        parts = [f"{prose(self.schema['description'])}\n"]
        alone = {name: said for name, said in self.schema["properties"].items() if not self._is_section(said)}
        if alone:
            rows = [row for name, said in alone.items() for row in self._rows("", name, said, name in self._wanted())]
            parts.append(f"## Keys before all tables\n{table(_HEAD, rows)}")
        parts += [self._section(name, said) for name, said in self.schema["properties"].items() if name not in alone]
        return "\n".join(parts)

    def _wanted(self) -> list[str]:
        """Keys that must be there; of a text that may be an edit of another (``like``), those of one that is not."""
        return list(self.schema.get("required", self.schema.get("else", {}).get("required", ())))

    def _is_section(self, said: Mapping[str, Any]) -> bool:
        return self._table_of(said) is not None or said.get("type") == "object"

    def _table_of(self, said: Any) -> str | None:
        """The table that a key holds, or rows of which it holds, or a name of which leads to one."""
        inner = said.get("items", said)
        named = inner.get("additionalProperties")
        name = referred(named if isinstance(named, dict) else inner)
        return name if name and "properties" in self.tables[name] else None

    def _section(self, name: str, said: Mapping[str, Any]) -> str:
        title = f"[[{name}]]" if said.get("type") == "array" else f"[{name}.NAME]" if self._by_name(said) else f"[{name}]"
        inner = self._table_of(said)
        meaning = self._meanings(said)
        parts = [f"## {code(title)}\n", *(f"{prose(text)}\n" for text in meaning)]
        parts.append("Must be given.\n" if name in self._wanted() else "May be left out.\n")
        if inner:
            self.told.setdefault(inner, code(title))
            parts.append(table(_HEAD, self._keys_of(inner, title, "")))
        return "\n".join(parts)

    def _by_name(self, said: Mapping[str, Any]) -> bool:
        return isinstance(said.get("additionalProperties"), dict) and referred(said["additionalProperties"]) is not None

    def _meanings(self, said: Mapping[str, Any]) -> list[str]:
        """What a key says of itself, and what the table it holds says."""
        inner = self._table_of(said)
        about = self.tables[inner].get("description", "") if inner else ""
        first, *others = about.split("\n\n")
        own = said.get("description") or first.rpartition("``: ")[2]
        return [text[0].upper() + text[1:] for text in (own, *others) if text]

    def _keys_of(self, name: str, section: str, prefix: str) -> Iterator[Row]:
        about = self.tables[name]
        for key, said in about["properties"].items():
            yield from self._rows(section, f"{prefix}{key}", said, key in about.get("required", ()))

    def _rows(self, section: str, key: str, said: Mapping[str, Any], wanted: bool) -> Iterator[Row]:
        """The row of a key, and those of the table it holds."""
        inner = self._table_of(said)
        own = self.tables[inner] if inner else {}
        meaning = said.get("description") or own.get("description", "").partition("\n\n")[0]
        words = None if not inner or any("description" in one for one in own["properties"].values()) else own["properties"]
        if inner is None or words is not None:
            kind = self.allowed.by_word(words) if words else self.allowed.told(said)
            unit = f" ({prose(said['unit'])})" if said.get("unit") else ""
            yield code(key), f"{kind}{unit}", _default(said, wanted), _sentence(meaning) + _range(said)
            return
        known = self.told.get(inner)
        several = said.get("type") == "array"
        kind = f"as {known}" if known else "tables" if several else "table"
        yield code(key), kind, _default(said, wanted), _sentence(meaning)
        if known is None:
            self.told[inner] = f"{code(key)} of {code(section)}"
            yield from self._keys_of(inner, section, f"{key}[]." if several else f"{key}.")


def _sentence(meaning: str) -> str:
    return f"{prose(meaning[:1].upper() + meaning[1:]).removesuffix('.')}."


def _range(said: Mapping[str, Any]) -> str:
    """The range that a study of sensitivity should span."""
    if "range" not in said:
        return ""
    least, most = said["range"]
    return f" To be varied from {number(least)} to {number(most)}."


def _default(said: Mapping[str, Any], wanted: bool) -> str:
    if wanted:
        return "must be given"
    default = said.get("default")
    return "" if default is None or default in ([], "", {}) else code(json.dumps(default, ensure_ascii=False))
