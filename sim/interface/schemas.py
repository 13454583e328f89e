"""The JSON Schemas of all kinds of texts, as files."""

from __future__ import annotations

import json
from pathlib import Path

from sim.experiment.calibration.schema import calibration_schema
from sim.experiment.design.schema import experiment_schema
from sim.experiment.exploring.schema import explorer_schema
from sim.law.schema import law_schema, reform_schema
from sim.scenario.schema import practice_schema, scenario_schema, town_schema

__all__ = ["write_schemas"]


def write_schemas(folder: Path) -> list[Path]:
    """Write the schemas of all kinds of texts (``law.schema.json`` ...) into a folder; the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    kinds = {
        "law": law_schema,
        "practice": practice_schema,
        "reform": reform_schema,
        "scenario": scenario_schema,
        "town": town_schema,
        "experiment": experiment_schema,
        "explorer": explorer_schema,
        "calibration": calibration_schema,
    }
    for name, make in kinds.items():
        path = folder / f"{name}.schema.json"
        path.write_text(json.dumps(make(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        written.append(path)
    return written
