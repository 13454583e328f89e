"""What an answer rests on for machines: one JSON document, without rounding."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from typing import Any

import pandas as pd

from sim.experiment.manifest import code
from sim.experiment.resting import Resting, RestingPlan
from sim.interface.resting.telling import minds, sentence

__all__ = ["of_resting", "told"]


def of_resting(done: Resting) -> str:
    """The sentences, what was varied, and every number of the tables. What has no value is null."""
    plan = done.plan
    document = {
        "protestlaw": code(),
        "answer": " ".join(sentence(done, outcome) for outcome in plan.outcomes),
        "warnings": minds(plan),
        "scenarios": {"a": plan.a.name, "b": plan.b.name},
        **told(plan),
        "failed": done.count.failed,
        "signs": _rows(done.signs),
        "budget": _rows(done.budget),
        "assumptions": _rows(done.assumptions),
        "regions": _rows(done.regions),
        "held": [asdict(one) for one in plan.held],
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)


def told(plan: RestingPlan) -> dict[str, Any]:
    """What was asked for, as plain data."""
    return {
        "outcomes": list(plan.outcomes),
        "points": len(plan.pairs),
        "seeds_each": plan.seeds,
        "spread": plan.spread,
        "runs": plan.runs,
        "varied": [one.name for one in plan.assumptions],
        "from_posterior": [one.name for one in plan.assumptions if one.drawn == "posterior"],
    }


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): _plain(value) for key, value in row.items()} for row in table.to_dict("records")]


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
