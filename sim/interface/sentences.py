"""What came of it, in a sentence or two."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from sim.experiment import Comparison, Replications
from sim.interface.differing import leaves
from sim.interface.numbers import Scale
from sim.interface.provisions import provisions, several
from sim.law import Regime
from sim.measurement import INDICATORS
from sim.scenario import Scenario

__all__ = [
    "HEADLINES",
    "clauses",
    "clear",
    "law_in_words",
    "of_runs",
    "outcome",
    "rows_by",
    "titles",
    "warnings",
    "what_changed",
    "who_changed",
]

HEADLINES: Final = {
    "events_held": "events held",
    "attendance": "attendance",
    "lawful_share_start": "the share of events lawful at start",
    "lawful_share_throughout": "the share lawful throughout",
}
"""The indicators of the first sentence, in words."""


def titles(a: Scenario, b: Scenario) -> tuple[str, str]:
    """What A and B are called; scenarios of one title are told apart by what was changed in their laws."""
    if a.scenario.title != b.scenario.title:
        return a.scenario.title, b.scenario.title
    return _with_edits(a), _with_edits(b)


def _with_edits(scenario: Scenario) -> str:
    edits = [edit.partition(" (")[0] for edit in scenario.law.regime.edits]
    return f"{scenario.scenario.title} [{'; '.join(edits)}]" if edits else scenario.scenario.title


def law_in_words(law: Regime) -> str:
    """A law's title, with what kind of text it is unless it is an act."""
    status = {"bill": " (a bill, never in force)", "benchmark": " (a benchmark, not a law)"}.get(law.regime.status, "")
    changed = ", changed" if law.regime.edits else ""
    return law.regime.title + ("" if "never in force" in law.regime.title else status) + changed


def what_changed(a: Scenario, b: Scenario) -> str:
    """What differs between two scenarios, their laws first, in a sentence."""
    in_law = [str(one) for one in provisions(a.law, b.law) if not one.follows]
    beside = [f"{key}: {before} -> {after}" for key, before, after in leaves(a, b) if key != "scenario.counterfactual"]
    if not in_law and not beside and a.fingerprint == b.fingerprint:
        return "A and B are the same scenario."
    told = f"The law changes from A to B in {several(in_law)}." if in_law else "A and B have the same law."
    return f"{told} Beside the law they differ in {several(beside)}." if beside else told


def outcome(comparison: Comparison) -> str:
    """What changes in turnout and in the lawful shares, with intervals, or that there is no clear change."""
    if not comparison.effects["difference"].any():
        return "Nothing changes: every difference is exactly 0."
    told = "; ".join(clauses(comparison.effects))
    return f"{told[:1].upper()}{told[1:]}."


def clauses(effects: pd.DataFrame) -> list[str]:
    """What changes in each indicator of :data:`HEADLINES`, with its interval, or that there is no clear change."""
    found = rows_by(effects, "indicator")
    return [_clause(found[name], name, words) for name, words in HEADLINES.items() if name in found]


def _clause(row: Mapping[str, Any], name: str, words: str) -> str:
    scale = Scale.of(INDICATORS[name].unit, row["mean_a"], row["mean_b"])
    interval = scale.interval(row["low"], row["high"])
    difference = f"{scale.difference(row['difference'])}{scale.of_difference} {interval}".rstrip()
    levels = f"{scale.value(row['mean_a'])} to {scale.value(row['mean_b'])}"
    if not clear(row):
        return f"no clear change in {words} ({levels}; {difference})"
    plural = "" if words.endswith("held") else "s"
    return f"{words} {'rise' if row['difference'] > 0 else 'fall'}{plural} from {levels} ({difference})"


def rows_by(table: pd.DataFrame, key: str) -> dict[str, dict[str, Any]]:
    """The rows of a table by the text in one of its columns."""
    return {str(row[key]): {str(name): value for name, value in row.items()} for row in table.to_dict("records")}


def clear(row: Mapping[str, Any]) -> bool:
    """Whether the paired interval leaves out 0."""
    return bool(row["low"] > 0 or row["high"] < 0)


def who_changed(comparison: Comparison) -> str:
    """How many of those who come under A stay at home under B, and how many others come; nothing if nobody changes."""
    rows = comparison.participants
    mean = {name: row["mean"] for name, row in rows_by(rows[rows["quintile"] == "all"], "outcome").items()}
    under_a = mean.get("only_a", 0.0) + mean.get("both", 0.0)
    if not under_a or not mean["only_a"] + mean["only_b"]:
        return ""
    scale = Scale.of("persons", under_a, mean["only_b"])
    return (
        f"Of {scale.value(under_a)} adults who come under A, {scale.value(mean['only_a'])} stay at home under B, "
        f"and {scale.value(mean['only_b'])} others come."
    )


def of_runs(done: Replications, *, intervals: bool = False) -> str:
    """What comes of a scenario, in a sentence.

    Args:
        done: the runs. intervals: whether to tell the interval of each mean, if there is one.
    """
    rows = rows_by(done.summary, "indicator")
    told = {name: _level(rows[name], name, intervals) for name in (*HEADLINES, "terminated_share")}
    return (
        f"In {done.scenario.scenario.days} days {told['events_held']} events are held and {told['attendance']} people come; "
        f"{told['lawful_share_start']} of the events are lawful at start and {told['lawful_share_throughout']} throughout, "
        f"and the police end {told['terminated_share']}."
    )


def _level(row: Mapping[str, Any], name: str, intervals: bool) -> str:
    scale, low, high = Scale.of(INDICATORS[name].unit, row["mean"]), row["low"], row["high"]
    known = intervals and math.isfinite(low) and math.isfinite(high)
    return scale.value(row["mean"]) + (f" [{scale.value(low)} to {scale.value(high)}]" if known else "")


_WARNINGS: Final[dict[str, tuple[str, str, str]]] = {
    "bill": ("a bill that never was", "bills that never were", "in force: nobody was ever bound by {it}."),
    "benchmark": ("a benchmark", "benchmarks", "of good practice and not the law of any state."),
    "elsewhere": ("not the one that was", "not those that were", "in force there and then: counterfactual."),
}
"""What is said of one law, of several, and of both."""


def warnings(*scenarios: tuple[str, Scenario]) -> list[str]:
    """What nobody may overlook: bills that were never in force, benchmarks, laws that are put where they were not.

    Args:
        scenarios: each with its letter (``A``, ``B``), or with nothing before it.
    """
    concerned: dict[str, list[str]] = {}
    for letter, scenario in scenarios:
        statuses = {law.regime.status for law in (scenario.law, *(reform.law for reform in scenario.reforms))}
        special: list[str] = [kind for kind in ("bill", "benchmark") if kind in statuses]
        for kind in special or ["elsewhere"] * scenario.scenario.counterfactual:
            concerned.setdefault(kind, []).append(letter)
    told = []
    for kind, letters in concerned.items():
        one, several, rest = _WARNINGS[kind]
        of = f" of {' and '.join(letters)}" if any(letters) else ""
        said = f"The laws{of} are {several}" if len(letters) > 1 else f"The law{of} is {one}"
        told.append(f"{said} {rest.format(it='them' if len(letters) > 1 else 'it')}")
    return told
