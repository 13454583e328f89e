"""Indicators of how much protest is lawful, and how far practice departs from the text of the law."""

from __future__ import annotations

from typing import Final

from sim.measurement.indicators.registry import Register, ratio, share
from sim.measurement.tables import Tables

__all__ = ["LEGALITY"]

LEGALITY: Final = Register("legality")


@LEGALITY.add("Lawful events, at start", "share of events held")
def lawful_share_start(tables: Tables) -> float:
    """Events at whose start nothing required was missing / events held."""
    return share(tables.held["lawful_at_start"])


@LEGALITY.add("Lawful events, throughout", "share of events held")
def lawful_share_throughout(tables: Tables) -> float:
    """Events lawful at start, never over a limit that is not tolerated, and not terminated / events held."""
    return share(tables.held["lawful_throughout"])


@LEGALITY.add("Lawful attendance", "share of attendance")
def lawful_share_attendance(tables: Tables) -> float:
    """Attendance of events lawful throughout / attendance; the rest took part in something unlawful."""
    return ratio((tables.held["turnout"] * tables.held["lawful_throughout"]).sum(), tables.held["turnout"].sum())


@LEGALITY.add("Unauthorised events", "share of events held")
def unauthorised_share(tables: Tables) -> float:
    """Events that began without the filing owed, or without leave (breach no_filing or after_refusal) / events held.

    An event at a wrong place or under an emergency is unlawful too, and counted only if leave was missing as well.
    """
    return share(tables.held["breached"].str.contains("no_filing|after_refusal"))


@LEGALITY.add("Compliance", "share of assemblies that owed a filing")
def compliance(tables: Tables) -> float:
    """Assemblies first filed in time / assemblies that owed a filing as first planned; phantoms and pending ones left out."""
    meant = tables.meant
    return share(meant["filed_in_time"], meant["owed_filing"] & (meant["fate"] != "pending"))


@LEGALITY.add("Larger than declared", "share of filed events held")
def overrun_rate(tables: Tables) -> float:
    """Events with turnout above the size declared in the end / events held for which anything was filed."""
    held = tables.held
    return share(held["turnout"] > held["declared"], held["attempts"] > 0)


@LEGALITY.add("Passed a legal limit", "share of events held")
def limit_passed_rate(tables: Tables) -> float:
    """Events that passed a limit of the law (declared size, threshold, capacity), tolerated or not / events held."""
    return share(tables.held["limits_passed"] != "")


@LEGALITY.add("Terminated", "share of events held")
def terminated_share(tables: Tables) -> float:
    """Events that the police ordered to end / events held."""
    return share(tables.held["terminated"])


@LEGALITY.add("Gap between text and practice: events", "share of events lawful by text")
def text_practice_gap(tables: Tables) -> float:
    """Events lawful by text, and ended as unlawful or punished for it all the same / events held that were lawful by text.

    Lawful by text: lawful at start, and over no limit that is not tolerated. Ended as unlawful: terminated for being unlawful;
    not for a limit, for misconduct or for children, where the text allows it. Punished: anyone, for an offence of the assembly as
    a whole (no_filing, after_refusal, wrong_place, passed_limit, emergency), which there was not; not for a person's own
    (barred_person, minors).
    """
    held = tables.held
    return share(held["against_text"], held["lawful_at_start"] & ~held["over_limit"])


@LEGALITY.add("Gap between text and practice: refusals", "share of refusals")
def pretext_share(tables: Tables) -> float:
    """Refusals on a ground made up, or without any ground of the law / refusals."""
    answers = tables.answers
    return share(answers["pretext"], answers["answer"] == "refused")
