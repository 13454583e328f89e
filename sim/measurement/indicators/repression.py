"""Indicators of what officials do to those who come, and of what it costs them and the state."""

from __future__ import annotations

from typing import Final

from sim.measurement.indicators.registry import Register, ratio
from sim.measurement.tables import Tables

__all__ = ["REPRESSION"]

REPRESSION: Final = Register("repression")


@REPRESSION.add("Arrests", "per 1,000 participants")
def arrests_per_1000(tables: Tables) -> float:
    """Adults detained / attendance * 1,000."""
    return ratio(1000 * tables.held["arrests"].sum(), tables.held["turnout"].sum())


@REPRESSION.add("Punished given detained", "share of arrests")
def punished_given_detained(tables: Tables) -> float:
    """Participants punished after having been detained at the assembly / arrests."""
    return ratio(tables.held["punished_detained"].sum(), tables.held["arrests"].sum())


@REPRESSION.add("Participants punished", "per 1,000 participants")
def sanctioned_per_1000(tables: Tables) -> float:
    """Sanctions of participants, detained or identified later / attendance * 1,000."""
    return ratio(1000 * tables.held["punished"].sum(), tables.held["turnout"].sum())


@REPRESSION.add("Fines", "currency")
def fines(tables: Tables) -> float:
    """Fines of participants and organisers."""
    return float(tables.assemblies["fines"].sum() + tables.assemblies["organiser_fine"].sum())


@REPRESSION.add("Fines of participants in incomes", "monthly incomes")
def fines_wages(tables: Tables) -> float:
    """Sum over the fines of participants of fine / monthly income of the person."""
    return float(tables.assemblies["fines_wages"].sum())


@REPRESSION.add("Arrest sentences", "days")
def jail_days(tables: Tables) -> float:
    """Days of arrest to which participants and organisers were sentenced."""
    return float(tables.assemblies["jail_days"].sum() + tables.assemblies["organiser_jail_days"].sum())


@REPRESSION.add("Officer-days", "officer-days")
def officer_days(tables: Tables) -> float:
    """Sum over events held of police deployed."""
    return float(tables.held["officers"].sum())


@REPRESSION.add("Officers per participant", "officers")
def officers_per_participant(tables: Tables) -> float:
    """Officer-days / attendance."""
    return ratio(tables.held["officers"].sum(), tables.held["turnout"].sum())


@REPRESSION.add("Foreigners expelled", "persons")
def foreigners_expelled(tables: Tables) -> float:
    """Foreigners expelled from the country."""
    return float(tables.everyone["expelled"])
