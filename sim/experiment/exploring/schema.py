"""The JSON Schema of a page's text, so that an editor completes its keys."""

from __future__ import annotations

from typing import Any

from sim.experiment.exploring.text import ExplorerText
from sim.texts import json_schema

__all__ = ["explorer_schema"]


def explorer_schema() -> dict[str, Any]:
    """The schema of the text of a page for the seminar."""
    return json_schema(ExplorerText, "A page for the seminar")
