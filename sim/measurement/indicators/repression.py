"""Indicators of what officials do to those who come, and of what it costs them and the state."""

from __future__ import annotations

from typing import Final

from sim.measurement.facts import Facts
from sim.measurement.indicators.registry import Register, ratio, share

__all__ = ["REPRESSION"]

REPRESSION: Final = Register("repression")


@REPRESSION.add("Arrests", "per 1,000 participants")
def arrests_per_1000(facts: Facts) -> float:
    """Adults detained / attendance * 1,000."""
    return ratio(1000 * facts.held["arrests"].sum(), facts.held["turnout"].sum())


@REPRESSION.add("Punished given detained", "share of arrests")
def punished_given_detained(facts: Facts) -> float:
    """Participants punished after having been detained at the assembly / arrests."""
    return ratio(facts.held["punished_detained"].sum(), facts.held["arrests"].sum())


@REPRESSION.add("Participants punished", "per 1,000 participants")
def sanctioned_per_1000(facts: Facts) -> float:
    """Sanctions of participants, detained or identified later / attendance * 1,000."""
    return ratio(1000 * facts.held["punished"].sum(), facts.held["turnout"].sum())


@REPRESSION.add("Fines", "currency")
def fines(facts: Facts) -> float:
    """Fines of participants and organisers."""
    return float(facts.assemblies["fines"].sum() + facts.assemblies["organiser_fine"].sum())


@REPRESSION.add("Fines of participants in incomes", "monthly incomes")
def fines_wages(facts: Facts) -> float:
    """Sum over the fines of participants of fine / monthly income of the person."""
    return float(facts.assemblies["fines_wages"].sum())


@REPRESSION.add("Arrest sentences", "days")
def jail_days(facts: Facts) -> float:
    """Days of arrest to which participants and organisers were sentenced."""
    return float(facts.assemblies["jail_days"].sum() + facts.assemblies["organiser_jail_days"].sum())


@REPRESSION.add("Officer-days", "officer-days")
def officer_days(facts: Facts) -> float:
    """Sum over events held of police deployed."""
    return float(facts.held["officers"].sum())


@REPRESSION.add("Officers per participant", "officers")
def officers_per_participant(facts: Facts) -> float:
    """Officer-days / attendance."""
    return ratio(facts.held["officers"].sum(), facts.held["turnout"].sum())


@REPRESSION.add("Foreigners expelled", "persons")
def foreigners_expelled(facts: Facts) -> float:
    """Foreigners expelled from the country."""
    return float(facts.everyone["expelled"][0])


@REPRESSION.add("Interventions", "share of events held")
def intervention_share(facts: Facts) -> float:
    """Events with arrests or a dispersal by force / events held. Who leaves when told to has had a peaceful protest."""
    return share((facts.held["arrests"] > 0) | facts.held["dispersed"])
