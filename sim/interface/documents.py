"""Answers for machines: one JSON document, without rounding."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sim.experiment import Comparison, Replications
from sim.experiment.manifest import code
from sim.experiment.uncertainty import Draws
from sim.interface.sentences import outcome, warnings, what_changed
from sim.interface.uncertain import intervals_rest_on, on_record
from sim.law.diff import diff
from sim.scenario import Scenario

__all__ = ["of_comparison", "of_run"]


def of_comparison(done: Comparison) -> str:
    """A comparison: the two scenarios, what changes in the law, the effects, and who came. What has no value is null."""
    changes = [
        {"key": one.key, "before": one.before, "after": one.after, "follows": one.follows} for one in diff(done.a.law, done.b.law)
    ]
    return _written(
        {
            "protestlaw": code(),
            "answer": f"{what_changed(done.a, done.b)} {outcome(done)}",
            "warnings": warnings(("A", done.a), ("B", done.b)),
            "a": _told(done.a),
            "b": _told(done.b),
            "seeds": list(done.seeds),
            **_drawn(done.draws, done.names, done.tables),
            "law_changes": changes,
            "effects": _rows(done.effects),
            "participants": _rows(done.participants),
            "undefined": list(done.undefined),
        }
    )


def of_run(done: Replications) -> str:
    """Replications of a scenario: the scenario, and the mean of each indicator with its interval."""
    return _written(
        {
            "protestlaw": code(),
            "warnings": warnings(("", done.scenario)),
            "scenario": _told(done.scenario),
            "seeds": list(done.seeds),
            **_drawn(done.draws, (done.scenario.name,), done.tables),
            "indicators": _rows(done.summary),
        }
    )


def _told(scenario: Scenario) -> dict[str, Any]:
    about, law = scenario.scenario, scenario.law.regime
    return {
        "name": scenario.name,
        "title": about.title,
        "fingerprint": scenario.fingerprint,
        "town": scenario.town.town.name,
        "start": str(about.start),
        "days": about.days,
        "counterfactual": about.counterfactual,
        "law": {"title": law.title, "status": law.status, "edits": list(law.edits), "fingerprint": scenario.law.fingerprint},
    }


def _drawn(draws: Draws | None, names: Sequence[str], tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """The draws from a posterior, if parameters were drawn: what they are, their values, and what intervals rest on."""
    if draws is None:
        return {}
    said = {"intervals": intervals_rest_on(draws), **on_record(draws, names), "values": _rows(tables["draws"])}
    return {"uncertainty": said}


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): _plain(value) for name, value in row.items()} for row in table.to_dict("records")]


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _written(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)
