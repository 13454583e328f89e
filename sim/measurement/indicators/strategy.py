"""Indicators of how organisers answer the law: what they give up, keep small, split, move away, or take out of it."""

from __future__ import annotations

from typing import Final

from sim.measurement.bunching import bunching_below
from sim.measurement.indicators.registry import Register, ratio, share
from sim.measurement.tables import Tables

__all__ = ["STRATEGY"]

STRATEGY: Final = Register("strategy")


@STRATEGY.add("Opportunities let pass", "share of opportunities")
def waiting_share(tables: Tables) -> float:
    """Opportunities on which organisers waited / opportunities of organisers who were free to act."""
    return ratio(tables.days["waited"].sum(), tables.days["opportunities"].sum())


@STRATEGY.add("Self-limiting", "share of assemblies planned")
def self_limiting_share(tables: Tables) -> float:
    """Assemblies planned small, or under the threshold though more were expected / planned, phantoms left out.

    These are the strategies small and under_threshold.
    The forecast in the table of assemblies is of those whom a limited call reaches, and so does not tell what was given up.
    """
    return share(tables.meant["strategy"].isin(("small", "under_threshold")))


@STRATEGY.add("Split", "share of assemblies planned")
def split_share(tables: Tables) -> float:
    """Assemblies that are parts of a split / planned, phantoms left out."""
    return share(tables.meant["strategy"] == "split")


@STRATEGY.add("Bunching below the threshold", "share of declared sizes")
def bunching_mass(tables: Tables) -> float:
    """Excess of declared sizes just below the threshold over a polynomial counterfactual, as a share of all declared sizes.

    See :func:`sim.measurement.bunching`. NaN where the law knows no threshold, or too few assemblies are planned near it. The
    excess over the same seeds without the threshold (:func:`sim.measurement.bunching_against`) rests on no polynomial.
    """
    return bunching_below(tables.meant)


@STRATEGY.add("Displaced", "share of events held")
def displacement_share(tables: Tables) -> float:
    """Events held at a remote place, or at the place or on the day that the authority offered after a refusal / events held."""
    return share((tables.held["site_kind"] == "remote") | (tables.held["last_change"] == "accept_offer"))


@STRATEGY.add("Taken out of the law", "share of assemblies planned")
def substitution_share(tables: Tables) -> float:
    """Assemblies that in the end are single pickets, or of a kind outside the law / planned, phantoms left out."""
    return share((tables.meant["form"] == "single_picket") | (tables.meant["exempt_kind"] != ""))
