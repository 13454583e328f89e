"""The JSON Schema of experiments: current, and complete."""

import json
from pathlib import Path

from sim.experiment.design.schema import experiment_schema
from sim.experiment.design.text import DESIGNS
from sim.interface.schemas import write_schemas
from sim.measurement import INDICATORS
from sim.texts import names

SCHEMAS = Path(__file__).parents[3] / "docs" / "schema"


def test_the_schema_in_the_docs_is_current(tmp_path: Path) -> None:
    (path,) = (path for path in write_schemas(tmp_path) if path.name == "experiment.schema.json")
    assert (SCHEMAS / path.name).read_bytes() == path.read_bytes(), "run protestlaw schema"


def test_designs_outcomes_and_bases_are_offered() -> None:
    schema = experiment_schema()
    head = schema["$defs"]["Head"]["properties"]
    assert head["design"]["enum"] == list(DESIGNS)
    assert head["outcomes"]["items"]["enum"] == list(INDICATORS)
    assert head["base"]["anyOf"][0]["enum"] == names("scenario")
    assert schema["required"] == ["experiment", "factors"]
    assert schema["additionalProperties"] is False


def test_every_key_is_explained_and_there_is_no_null() -> None:
    schema = experiment_schema()
    for table in (schema, schema["$defs"]["Head"], schema["$defs"]["FactorText"]):
        assert all(len(field["description"]) > 3 for field in table["properties"].values())
    assert "null" not in json.dumps(schema)
