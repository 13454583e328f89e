"""The JSON Schema of an experiment's text, so that an editor completes its keys."""

from __future__ import annotations

from typing import Any

from sim.experiment.design.fitting import ExperimentText
from sim.texts import json_schema, names

__all__ = ["experiment_schema"]


def experiment_schema() -> dict[str, Any]:
    """The schema of an experiment's text; scenarios of the library are offered as its base."""
    schema = json_schema(ExperimentText, "An experiment")
    base = schema["$defs"]["Head"]["properties"]["base"]
    base.pop("type")
    base.pop("minLength")
    base["anyOf"] = [{"enum": names("scenario")}, {"type": "string", "minLength": 1}]
    return schema
