"""Indicators of how organisers answer the law: what they give up, keep small, split, move away, or take out of it."""

from __future__ import annotations

from typing import Final

from sim.measurement.bunching import mass_below
from sim.measurement.facts import Facts
from sim.measurement.indicators.registry import Register, matches, ratio, share

__all__ = ["STRATEGY"]

STRATEGY: Final = Register("strategy")

_KEPT_SMALL: Final = frozenset({"small", "under_threshold"})


@STRATEGY.add("Opportunities let pass", "share of opportunities")
def waiting_share(facts: Facts) -> float:
    """Opportunities on which organisers waited / opportunities of organisers who were free to act."""
    return ratio(facts.days["waited"].sum(), facts.days["opportunities"].sum())


@STRATEGY.add("Self-limiting", "share of assemblies planned")
def self_limiting_share(facts: Facts) -> float:
    """Assemblies planned small, or under the threshold though more were expected / planned, phantoms left out.

    These are the strategies small and under_threshold.
    The forecast in the table of assemblies is of those whom a limited call reaches, and so does not tell what was given up.
    """
    return share(matches(facts.meant["strategy"], _KEPT_SMALL.__contains__))


@STRATEGY.add("Split", "share of assemblies planned")
def split_share(facts: Facts) -> float:
    """Assemblies that are parts of a split / planned, phantoms left out."""
    return share(facts.meant["strategy"] == "split")


@STRATEGY.add("Bunching below the threshold", "share of declared sizes")
def bunching_mass(facts: Facts) -> float:
    """Excess of declared sizes just below the threshold over a polynomial counterfactual, as a share of all declared sizes.

    See :func:`sim.measurement.bunching`. NaN where the law knows no threshold, or too few assemblies are planned near it. The
    excess over the same seeds without the threshold (:func:`sim.measurement.bunching_against`) rests on no polynomial.
    """
    return mass_below(facts.meant)


@STRATEGY.add("Displaced", "share of events held")
def displacement_share(facts: Facts) -> float:
    """Events held at a remote place, or at the place or on the day that the authority offered after a refusal / events held."""
    return share((facts.held["site_kind"] == "remote") | (facts.held["last_change"] == "accept_offer"))


@STRATEGY.add("Taken out of the law", "share of assemblies planned")
def substitution_share(facts: Facts) -> float:
    """Assemblies that in the end are single pickets, or of a kind outside the law / planned, phantoms left out."""
    return share((facts.meant["form"] == "single_picket") | (facts.meant["exempt_kind"] != ""))
