"""Runs that a figure needs and a folder does not hold: the same seeds without the threshold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from sim.errors import ModelError
from sim.experiment import repeat
from sim.interface.figuring.bunching import Pairs
from sim.interface.figuring.opening import Results
from sim.interface.figuring.setting import Setting, Term
from sim.law import Regime
from sim.scenario import Scenario

__all__ = ["pairs_of", "term_of", "without_threshold"]

_YEAR: Final = 365.0

_CLOSE: Final = 1e-9
"""Indicators are kept to ten digits: two that agree to so many are those of one run."""


def term_of(setting: Setting) -> Term | None:
    """The longest time under one law with a threshold; ``None`` if no law has one."""
    terms = [term for term in setting.terms() if term.law.threshold_value]
    return max(terms, key=lambda term: term.end - term.first, default=None)


def without_threshold(scenario: Scenario) -> Scenario:
    """A scenario whose laws have no threshold: what is owed below it is owed at any size."""
    reforms = tuple(reform.model_copy(update={"law": _without(reform.law)}) for reform in scenario.reforms)
    return scenario.model_copy(update={"law": _without(scenario.law), "reforms": reforms})


def _without(law: Regime) -> Regime:
    if law.threshold is None:
        return law
    return law.model_copy(update={"threshold": law.threshold.model_copy(update={"value": "none"})})


def pairs_of(results: Results, name: str, jobs: int | None, title: str) -> Pairs:
    """The runs of a scenario in a folder, and the same seeds run now without the threshold.

    Whether they are pairs is proved first: one seed of the folder is run again, and must give what is kept of it.

    Raises:
        InputError: if this version does not read the scenario as it was run.
        ModelError: if the seed gives something else, or a run fails.
    """
    from sim.interface.screen import progress

    scenario, setting = results.scenario(name), results.setting(name)
    term = term_of(setting)
    if term is None or term.law.threshold_value is None:
        raise ModelError(f"{name} has no law with a threshold")
    with progress("runs without the threshold") as tell:
        _check(results, name, scenario, jobs)
        other = repeat(without_threshold(scenario), results.seeds, jobs, tell).tables["assemblies"]
    rows = [
        table[(table["planned_day"] >= term.first) & (table["planned_day"] < term.end)]
        for table in (results.rows("assemblies", name), other)
    ]
    years = len(results.seeds) * (term.end - term.first) / _YEAR
    return Pairs(title, term.law.threshold_value, len(results.seeds), years, *rows)


def _check(results: Results, name: str, scenario: Scenario, jobs: int | None) -> None:
    """See that this version makes the folder's runs.

    Raises:
        ModelError: if it does not.
    """
    seed = results.seeds[0]
    again = repeat(scenario, [seed], jobs).tables["indicators"].iloc[0]
    kept = results.rows("indicators", name, seed).iloc[0]
    names: Sequence[str] = [one for one in kept.index if one in again.index and one not in {"scenario", "seed"}]
    differing = [
        one for one in names if not np.isclose(float(kept[one]), float(again[one]), rtol=_CLOSE, atol=1e-12, equal_nan=True)
    ]
    if differing:
        raise ModelError(
            f"seed {seed} of {name} gives other results now than are kept ({', '.join(differing[:3])}), so runs without the "
            f"threshold would be no pairs of them: make the results again with {results.command or 'the same command'}"
        )
