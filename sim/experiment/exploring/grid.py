"""The grid of a page: every combination of levels that says something of its own.

Where a lever means nothing (what happens above a threshold, if there is none) its first level stands for all of them, so that
such combinations are one point of the grid and are run once.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from sim.experiment.exploring.text import LeverText

__all__ = ["combinations", "settled"]


def settled(levers: Mapping[str, LeverText], levels: Mapping[str, str]) -> dict[str, str]:
    """The combination that stands for another: levers that mean nothing are at their first level.

    Args:
        levers: of the page, in order. levels: of each lever; of one left out the first.
    """
    found: dict[str, str] = {}
    for name, lever in levers.items():
        moot = any(all(found.get(other) == level for other, level in condition.items()) for condition in lever.moot)
        first = lever.levels[0].name
        found[name] = first if moot else levels.get(name, first)
    return found


def combinations(levers: Mapping[str, LeverText]) -> list[dict[str, str]]:
    """Every combination that stands for itself, the last lever changing fastest: the order in which a page knows its cells."""
    every = itertools.product(*([level.name for level in lever.levels] for lever in levers.values()))
    each = (dict(zip(levers, levels, strict=True)) for levels in every)
    return [levels for levels in each if settled(levers, levels) == levels]
