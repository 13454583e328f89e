"""What came of it, in a sentence or two."""

from __future__ import annotations

from typing import Final

import pandas as pd

from sim.experiment import Comparison
from sim.interface.differing import leaves
from sim.interface.numbers import Scale
from sim.law import Regime
from sim.law.diff import diff
from sim.measurement.indicators import INDICATORS
from sim.scenario import Scenario

__all__ = ["clear", "law_in_words", "outcome", "titles", "warnings", "what_changed"]

_HEADLINES: Final = {
    "events_held": "events held",
    "attendance": "attendance",
    "lawful_share_start": "the share of events lawful at start",
    "lawful_share_throughout": "the share lawful throughout",
}
"""The indicators of the first sentence, in words."""

_MOST_TOLD: Final = 3
_LONGEST: Final = 330


def titles(a: Scenario, b: Scenario) -> tuple[str, str]:
    """What A and B are called; scenarios of one title are told apart by what was changed in their laws."""
    if a.scenario.title != b.scenario.title:
        return a.scenario.title, b.scenario.title
    one, other = (_with_edits(scenario) for scenario in (a, b))
    return one, other


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
    in_law = [str(one) for one in diff(a.law, b.law) if not one.follows]
    beside = [f"{key}: {before} -> {after}" for key, before, after in leaves(a, b) if key not in {"scenario.counterfactual"}]
    if not in_law and not beside and a.fingerprint == b.fingerprint:
        return "A and B are the same scenario."
    told = f"The law changes from A to B in {_some(in_law)}." if in_law else "A and B have the same law."
    return f"{told} Beside the law they differ in {_some(beside)}." if beside else told


def _some(items: list[str]) -> str:
    """The first of some differences, and how many more there are."""
    told: list[str] = []
    for item in items[:_MOST_TOLD]:
        if told and len("; ".join([*told, item])) > _LONGEST:
            break
        told.append(item)
    more = len(items) - len(told)
    return "; ".join(told) + (f"; and {more} more" if more else "")


def outcome(comparison: Comparison) -> str:
    """What changes in turnout and in the lawful shares, with intervals, or that there is no clear change."""
    found = comparison.effects.set_index("indicator")
    if not found["difference"].any():
        return "Nothing changes: every difference is exactly 0."
    parts = [_clause(found.loc[name], name, words) for name, words in _HEADLINES.items() if name in found.index]
    told = "; ".join(parts)
    return f"{told[:1].upper()}{told[1:]}."


def _clause(row: pd.Series[float], name: str, words: str) -> str:
    scale = Scale.of(INDICATORS[name].unit, row["mean_a"], row["mean_b"])
    interval = scale.interval(row["low"], row["high"])
    difference = f"{scale.difference(row['difference'])}{scale.of_difference} {interval}".rstrip()
    levels = f"{scale.value(row['mean_a'])} to {scale.value(row['mean_b'])}"
    if not clear(row):
        return f"no clear change in {words} ({levels}; {difference})"
    return f"{words} {'rises' if row['difference'] > 0 else 'falls'} from {levels} ({difference})"


def clear(row: pd.Series[float]) -> bool:
    """Whether the paired interval leaves out 0."""
    return bool(row["low"] > 0 or row["high"] < 0)


def warnings(*scenarios: tuple[str, Scenario]) -> list[str]:
    """What nobody may overlook: bills that were never in force, benchmarks, laws that are put where they were not.

    Args:
        scenarios: each with its letter (``A``, ``B``), or with nothing before it.
    """
    told = []
    for letter, scenario in scenarios:
        laws = [scenario.law, *(reform.law for reform in scenario.reforms)]
        before = f"{letter}: " if letter else ""
        for law in laws:
            if law.regime.status == "bill":
                told.append(f"{before}{law.regime.title} is a bill. Nobody was ever bound by it; this is what it might have done.")
            elif law.regime.status == "benchmark":
                told.append(f"{before}{law.regime.title} is a benchmark of good practice and not the law of any state.")
        if scenario.scenario.counterfactual and not any(law.regime.status in {"bill", "benchmark"} for law in laws):
            told.append(f"{before}this law was not in force there and then: the scenario is counterfactual.")
    return list(dict.fromkeys(told))
