"""The JSON Schema of laws and reforms: current, complete, and true of the library."""

import datetime
import json
import re
import tomllib
from pathlib import Path

import pytest

from sim.law import GROUNDS, OFFENCES
from sim.law.schema import law_schema, reform_schema, write_schemas
from sim.texts import find, names
from sim.words import FORMS

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"
TYPES = {"object": dict, "array": list, "string": (str, datetime.date), "boolean": bool, "integer": int, "number": (int, float)}


def faults(value, schema, root, place=""):
    """What is wrong with a value, by the part of JSON Schema that our schemas use."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema:
        return (
            [] if any(not faults(value, one, root, place) for one in schema["anyOf"]) else [(place, "none of the alternatives")]
        )
    kinds = schema.get("type", list(TYPES))
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if not any(isinstance(value, TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool)) for kind in kinds):
        return [(place, f"not {kinds}")]
    if isinstance(value, dict):
        return faults_of_a_table(value, schema, root, place)
    if isinstance(value, list):
        few = [(place, "too few")] if len(value) < schema.get("minItems", 0) else []
        return few + [
            fault for n, inner in enumerate(value) for fault in faults(inner, schema.get("items", {}), root, f"{place}.{n}")
        ]
    return faults_of_a_value(value, schema, place)


def faults_of_a_table(value, schema, root, place):
    known, patterns, other = (schema.get(f"{part}roperties", {}) for part in ("p", "patternP", "additionalP"))
    found = [(place, f"{key} missing") for key in schema.get("required", []) if key not in value]
    for key, inner in value.items():
        fitting = known.get(key) or next((one for pattern, one in patterns.items() if re.search(pattern, key)), other)
        found += [(f"{place}.{key}", "unknown")] if fitting is False else faults(inner, fitting, root, f"{place}.{key}")
    return found


def faults_of_a_value(value, schema, place):
    wrong = value not in schema.get("enum", [value]) or value != schema.get("const", value)
    if isinstance(value, str):
        wrong |= not re.search(schema.get("pattern", ""), value) or len(value) < schema.get("minLength", 0)
    elif isinstance(value, int | float):
        wrong |= not schema.get("minimum", value) <= value <= schema.get("maximum", value)
    return [(place, f"{value!r} is not allowed")] if wrong else []


@pytest.mark.parametrize("name", names("law"))
def test_every_law_of_the_library_is_valid(name):
    tables = tomllib.loads(find("law", name).read_text(encoding="utf-8"))
    assert faults(tables, law_schema(), law_schema()) == []


@pytest.mark.parametrize("name", names("reform"))
def test_every_reform_of_the_library_is_valid(name):
    tables = tomllib.loads(find("reform", name).read_text(encoding="utf-8"))
    assert faults(tables, reform_schema(), reform_schema()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"threshhold": {}},
        {"threshold": {"value": 250}},
        {"threshold": {"value": -1, "source": "F7"}},
        {"procedures": [{"procedure": "permit", "source": "F7", "forms": ["marche"]}]},
        {"procedures": [{"procedure": "permit", "source": "F7", "notice": "a week"}]},
        {"procedures": [{"procedure": "permit", "source": "F7", "size": "up to 50"}]},
        {"sanctions": {"participant": {"source": "F7", "fine": 20}}},
        {"refusal": {"source": "F7", "grounds": [{"name": "nuisance", "source": "F7", "breadth": 2}]}},
    ],
)
def test_the_schema_refuses_what_the_law_refuses(bill_tables, change):
    assert not faults(bill_tables, law_schema(), law_schema())
    assert faults({**bill_tables, **change}, law_schema(), law_schema())


def test_the_schemas_in_the_docs_are_current(tmp_path):
    for path in write_schemas(tmp_path):
        assert (SCHEMAS / path.name).read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), "write_schemas(docs/schema)"


def test_words_are_offered():
    definitions = law_schema()["$defs"]
    assert definitions["ProcedureRow"]["properties"]["forms"]["anyOf"][1]["items"]["enum"] == list(FORMS)
    assert definitions["Ground"]["properties"]["name"]["enum"] == list(GROUNDS)
    assert definitions["Sanction"]["properties"]["offences"]["items"]["enum"] == list(OFFENCES)
    assert definitions["Sanction"]["properties"]["fine"]["default"] == "0 wages"


def test_every_key_is_explained():
    schema = law_schema()
    for name, table in [("law", schema), *schema["$defs"].items()]:
        for key, field in table["properties"].items():
            assert len(field.get("description", "")) > 3 or "$ref" in field, (name, key)


def test_toml_has_no_null():
    assert "null" not in json.dumps([law_schema(), reform_schema()])
    assert law_schema()["$schema"].endswith("2020-12/schema")


def test_a_reform_is_offered_the_keys_of_a_law():
    said = reform_schema()["properties"]["set"]
    assert {"threshold", "threshold.value", "sanctions.participant.fine", "procedures"} <= said["properties"].keys()
    assert any(re.search(pattern, "procedures.permit.notice") for pattern in said["patternProperties"])
