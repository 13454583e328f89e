"""The JSON Schema of a kind of text, so that an editor completes its keys and values."""

from __future__ import annotations

import dataclasses
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

__all__ = ["json_schema"]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def json_schema(kind: type[BaseModel], title: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a kind of text, as TOML can say it: there is no null, a key is left out instead."""
    schema = kind.model_json_schema(schema_generator=_OfTOML)
    for table in (schema, *schema.get("$defs", {}).values()):
        for field in table.get("properties", {}).values():
            if field.get("default", "") is None or isinstance(field.get("default"), dict):
                del field["default"]
    return {"$schema": _DIALECT, **schema, "title": title}


class _OfTOML(GenerateJsonSchema):
    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def encode_default(self, dft: Any) -> Any:
        return str(dft) if dataclasses.is_dataclass(dft) else super().encode_default(dft)
