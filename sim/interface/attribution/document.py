"""An attribution for machines: one JSON document, without rounding."""

from __future__ import annotations

import json
import math
from typing import Any

from sim.experiment.attributing import Attribution, Step
from sim.experiment.manifest import code
from sim.interface.attribution.telling import minds, sentence

__all__ = ["of_attribution", "told"]


def of_attribution(done: Attribution) -> str:
    """The sentences, the laws and what lies between them, and every number of the table. What has no value is null."""
    plan = done.plan
    document = {
        "protestlaw": code(),
        "answer": " ".join(sentence(done, step, outcome) for step in plan.steps for outcome in plan.outcomes),
        "warnings": minds(plan),
        "scenario": plan.base.name,
        "seeds": list(plan.seeds),
        "runs": plan.runs,
        "failed": done.count.failed,
        "steps": [told(step) for step in plan.steps],
        "attribution": [{str(key): _plain(value) for key, value in row.items()} for row in done.table.to_dict("records")],
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)


def told(step: Step) -> dict[str, Any]:
    """A step as plain data: the laws, the groups of provisions with what they change, and what was run between them."""
    laws = {"a": (step.a, step.between.a), "b": (step.b, step.between.b)}
    return {
        "name": step.name,
        **{
            letter: {"name": name, "title": law.regime.title, "status": law.regime.status, "fingerprint": law.fingerprint}
            for letter, (name, law) in laws.items()
        },
        "provisions": {
            group.name: [
                {"key": one.key, "before": one.before, "after": one.after, "follows": one.follows} for one in group.differences
            ]
            for group in step.between.groups
        },
        "no_law_apart": list(step.merged),
        "mixtures": len(step.mixtures),
        "sampled_orders": len(step.orders) if step.orders else None,
    }


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
