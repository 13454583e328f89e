"""Patterns of what the police do: arrests, intervention, officers."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from sim.measurement.patterns.events import Events
from sim.measurement.patterns.registry import Register, column, median, share
from sim.measurement.patterns.sizes import hill, slope

__all__ = ["POLICE"]

POLICE: Final = Register()

_LARGE: Final = 10_000
_SMALL: Final = 200
"""Persons: more is a large crowd; fewer is a small action."""


@POLICE.add("P10a", "arrests")
def any_arrest(events: Events) -> float:
    """Events held at which anybody was detained / events held."""
    arrests = column(events.held, "arrests")
    return float((arrests > 0).mean()) if arrests.size else math.nan


@POLICE.add("P10b", "arrests")
def median_arrests(events: Events) -> float:
    """Median of persons detained, over events at which anybody was."""
    arrests = column(events.held, "arrests")
    return median(arrests[arrests > 0])


@POLICE.add("P10c", "arrests")
def tail_of_arrests(events: Events) -> float:
    """Hill's exponent of the density of persons detained at an event, from 16 on."""
    return hill(column(events.held, "arrests"), 16.0)


@POLICE.add("P10d", "arrests", "attended")
def elasticity_of_arrests(events: Events) -> float:
    """Least-squares slope of ln(persons detained) on ln(attendance), over events at which anybody was detained."""
    rows = events.held[(events.held["arrests"] > 0) & (events.held["attended"] > 0)]
    return slope(np.log(rows["attended"].to_numpy(np.float64)), np.log(rows["arrests"].to_numpy(np.float64)))


@POLICE.add("P11", "arrests", "punished")
def punished_given_detained(events: Events) -> float:
    """Persons punished after having been detained / persons detained."""
    rows = events.held[~events.held["punished"].isna()]
    arrests = column(rows, "arrests").sum()
    return float(column(rows, "punished").sum() / arrests) if arrests else math.nan


@POLICE.add("P16", "intervention")
def intervention_share(events: Events) -> float:
    """Events held with arrests or a dispersal by force / events held; people who left when told to had a peaceful protest."""
    return share(events.held, "intervention")


@POLICE.add("P17a", "officers", "attended")
def officers_at_large_crowds(events: Events) -> float:
    """Police deployed / persons who came, over events with more than 10,000."""
    rows = events.held[(events.held["attended"] > _LARGE) & ~events.held["officers"].isna()]
    return float(rows["officers"].sum() / rows["attended"].sum()) if len(rows) else math.nan


@POLICE.add("P17b", "officers", "attended", "unauthorised")
def officers_at_small_unsanctioned(events: Events) -> float:
    """Police deployed / persons who came, over unauthorised events with fewer than 200."""
    held = events.held
    rows = held[(held["unauthorised"] == 1) & (held["attended"] < _SMALL) & ~held["officers"].isna()]
    came = rows["attended"].sum()
    return float(rows["officers"].sum() / came) if came else math.nan
