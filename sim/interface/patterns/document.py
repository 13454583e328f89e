"""The battery for machines: one JSON document, without rounding."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from sim.experiment.battery import Battery
from sim.experiment.manifest import code
from sim.interface.patterns.telling import rules, sentence, whose

__all__ = ["of_batteries"]


def of_batteries(batteries: Sequence[Battery], warnings: Sequence[str] = ()) -> str:
    """The sentences and every number of one city or more. What has no value is null.

    Args:
        batteries: the cities. warnings: what nobody may overlook.
    """
    document = {
        "protestlaw": code(),
        "answer": " ".join(f"{whose(done)} {sentence(done)}" for done in batteries),
        "rules": rules(batteries),
        "warnings": list(warnings),
        "cities": [
            {
                "name": done.name,
                "title": done.title,
                "town": done.town or None,
                "regimes": list(done.regimes),
                "groups": done.groups,
                "events_held": done.held,
                "events_a_week": _plain(done.weekly_rate),
                "patterns": _rows(done.table),
                "runs": _rows(done.runs),
            }
            for done in batteries
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): _plain(value) for name, value in row.items() if name != "city"} for row in table.to_dict("records")]


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
