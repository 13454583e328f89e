"""The JSON Schema of law and reform texts, so that an editor completes their keys and values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from sim.law.reform import Reform
from sim.law.regime import Regime
from sim.texts import json_schema
from sim.texts.accepting import models_in

__all__ = ["law_schema", "reform_schema", "write_schemas"]


def law_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a law text."""
    return json_schema(Regime, "A law of assembly")


def reform_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a reform text: under ``[set]`` it knows every key of a law, dotted or as a table."""
    law, schema = law_schema(), json_schema(Reform, "A reform of a law of assembly")
    definitions: dict[str, Any] = law["$defs"]
    plain: dict[str, Any] = {}
    patterns: dict[str, Any] = {}
    for key, found in _keys(Regime, law, definitions, ""):
        if "*" in key:
            patterns["^" + re.escape(key).replace(r"\*", "[^.]+") + "$"] = found
        else:
            plain[key] = found
    schema["properties"]["set"] |= {"properties": plain, "patternProperties": patterns, "additionalProperties": False}
    return {**schema, "$defs": {**definitions, **schema["$defs"]}}


def _keys(
    kind: type[BaseModel], schema: Mapping[str, Any], definitions: Mapping[str, Any], stem: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The dotted keys of a law, with the schema of their values; ``*`` stands for the address of a row."""
    for name, field in kind.model_fields.items():
        key, found, models = f"{stem}{name}", schema["properties"][name], models_in(field.annotation)
        rows = found.get("type") == "array"
        if not models or rows:
            yield key, found
        else:
            shorthand = ["integer", "string"] if "value" in models[0].model_fields else []
            yield key, {"description": found.get("description", ""), "type": ["object", *shorthand]}
        for model in models[:1]:
            yield from _keys(model, definitions[model.__name__], definitions, f"{key}.*." if rows else f"{key}.")


def write_schemas(folder: Path) -> list[Path]:
    """Write ``law.schema.json`` and ``reform.schema.json`` into a folder; the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in (("law", law_schema()), ("reform", reform_schema())):
        path = folder / f"{name}.schema.json"
        path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        written.append(path)
    return written
