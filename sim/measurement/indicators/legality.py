"""Indicators of how much protest is lawful, and how far practice departs from the text of the law."""

from __future__ import annotations

from typing import Final

from sim.measurement.facts import Facts
from sim.measurement.indicators.registry import Register, matches, ratio, share

__all__ = ["LEGALITY"]

LEGALITY: Final = Register("legality")


@LEGALITY.add("Lawful events, at start", "share of events held")
def lawful_share_start(facts: Facts) -> float:
    """Events at whose start nothing required was missing / events held."""
    return share(facts.held["lawful_at_start"])


@LEGALITY.add("Lawful events, throughout", "share of events held")
def lawful_share_throughout(facts: Facts) -> float:
    """Events lawful at start, never over a limit that is not tolerated, and not terminated / events held."""
    return share(facts.held["lawful_throughout"])


@LEGALITY.add("Lawful attendance", "share of attendance")
def lawful_share_attendance(facts: Facts) -> float:
    """Attendance of events lawful throughout / attendance; the rest took part in something unlawful."""
    return ratio((facts.held["turnout"] * facts.held["lawful_throughout"]).sum(), facts.held["turnout"].sum())


@LEGALITY.add("Unauthorised events", "share of events held")
def unauthorised_share(facts: Facts) -> float:
    """Events that began without the filing owed, or without leave (breach no_filing or after_refusal) / events held.

    An event at a wrong place or under an emergency is unlawful too, and counted only if leave was missing as well.
    """
    return share(matches(facts.held["breached"], lambda word: "no_filing" in word or "after_refusal" in word))


@LEGALITY.add("Compliance", "share of assemblies that owed a filing")
def compliance(facts: Facts) -> float:
    """Assemblies first filed in time / assemblies that owed a filing as first planned; phantoms and pending ones left out."""
    meant = facts.meant
    return share(meant["filed_in_time"], meant["owed_filing"] & (meant["fate"] != "pending"))


@LEGALITY.add("Larger than declared", "share of filed events held")
def overrun_rate(facts: Facts) -> float:
    """Events with turnout above the size declared in the end / events held for which anything was filed."""
    held = facts.held
    return share(held["turnout"] > held["declared"], held["attempts"] > 0)


@LEGALITY.add("Passed a legal limit", "share of events held")
def limit_passed_rate(facts: Facts) -> float:
    """Events that passed a limit of the law (declared size, threshold, capacity), tolerated or not / events held."""
    return share(facts.held["limits_passed"] != "")


@LEGALITY.add("Terminated", "share of events held")
def terminated_share(facts: Facts) -> float:
    """Events that the police ordered to end / events held."""
    return share(facts.held["terminated"])


@LEGALITY.add("Gap between text and practice: events", "share of events lawful by text")
def text_practice_gap(facts: Facts) -> float:
    """Events lawful by text, and ended as unlawful or punished for it all the same / events held that were lawful by text.

    Lawful by text: lawful at start, and over no limit that is not tolerated. Ended as unlawful: terminated for being unlawful;
    not for a limit, for misconduct or for children, where the text allows it. Punished: anyone, for an offence of the assembly as
    a whole (no_filing, after_refusal, wrong_place, passed_limit, emergency), which there was not; not for a person's own
    (barred_person, minors).
    """
    held = facts.held
    return share(held["against_text"], held["lawful_at_start"] & ~held["over_limit"])


@LEGALITY.add("Gap between text and practice: refusals", "share of refusals")
def pretext_share(facts: Facts) -> float:
    """Refusals on a ground made up, or without any ground of the law / refusals."""
    answers = facts.answers
    return share(answers["pretext"], answers["answer"] == "refused")
