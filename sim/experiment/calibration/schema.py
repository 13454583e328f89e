"""The JSON Schema of a calibration's text, so that an editor completes its keys."""

from __future__ import annotations

from typing import Any

from sim.experiment.calibration.text import CalibrationText
from sim.texts import json_schema

__all__ = ["calibration_schema"]


def calibration_schema() -> dict[str, Any]:
    """The schema of a calibration's text."""
    return json_schema(CalibrationText, "A calibration")
