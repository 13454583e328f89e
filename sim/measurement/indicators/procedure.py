"""Indicators of what becomes of filings: answers, appeals, and what is given up."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.measurement.facts import Facts
from sim.measurement.indicators.registry import Holds, Register, matches, ratio, share

__all__ = ["PROCEDURE"]

PROCEDURE: Final = Register("procedure")

_NO: Final = frozenset({"refused", "silence_refused"})


def _said_no(facts: Facts) -> Holds:
    return matches(facts.answers["answer"], _NO.__contains__)


@PROCEDURE.add("Refusal rate", "share of answers")
def refusal_rate(facts: Facts) -> float:
    """Filings refused in so many words / filings answered or passed over in silence. Each filing for an assembly counts."""
    return share(facts.answers["answer"] == "refused")


def _refusal_rate_of(facts: Facts, stance: str) -> float:
    answers = facts.answers
    return share(answers["answer"] == "refused", answers["stance"] == stance)


@PROCEDURE.add("Refusal rate, loyal", "share of answers to loyal organisers")
def refusal_rate_loyal(facts: Facts) -> float:
    """The refusal rate among filings of loyal organisers."""
    return _refusal_rate_of(facts, "loyal")


@PROCEDURE.add("Refusal rate, social", "share of answers to social organisers")
def refusal_rate_social(facts: Facts) -> float:
    """The refusal rate among filings of social organisers."""
    return _refusal_rate_of(facts, "social")


@PROCEDURE.add("Refusal rate, opposition", "share of answers to opposition organisers")
def refusal_rate_opposition(facts: Facts) -> float:
    """The refusal rate among filings of opposition organisers."""
    return _refusal_rate_of(facts, "opposition")


@PROCEDURE.add("Silence rate", "share of answers")
def silence_rate(facts: Facts) -> float:
    """Filings whose term passed in silence, whatever that means by law / filings answered or passed over in silence."""
    return share(matches(facts.answers["answer"], lambda word: word.startswith("silence")))


@PROCEDURE.add("Appeal rate", "share of refusals")
def appeal_rate(facts: Facts) -> float:
    """Appeals / filings refused, in so many words or by a silence that the law reads as refusal."""
    return ratio((facts.filings["step"] == "appealed").sum(), _said_no(facts).sum())


@PROCEDURE.add("Reversal rate", "share of appeals decided")
def reversal_rate(facts: Facts) -> float:
    """Refusals reversed, in time or too late / appeals decided."""
    filings = facts.filings
    return share(filings["reversed"], filings["step"] == "appeal_decided")


@PROCEDURE.add("Called off after refusal", "share of assemblies refused")
def called_off_after_refusal(facts: Facts) -> float:
    """Assemblies called off because they were refused / assemblies refused at least once, in so many words or by silence.

    Pending ones and phantoms are left out.
    """
    settled = facts.meant.where(facts.meant["fate"] != "pending")
    refused = np.isin(settled["assembly"], facts.answers["assembly"][_said_no(facts)])
    return share((settled["fate"] == "called_off") & (settled["fate_reason"] == "refused"), refused)


@PROCEDURE.add("Filed but not held", "share of assemblies filed")
def not_held_rate(facts: Facts) -> float:
    """Assemblies not held / assemblies for which anything was filed, phantoms included; pending ones left out."""
    known = facts.assemblies["fate"] != "pending"
    return share(facts.assemblies["fate"] != "held", (facts.assemblies["attempts"] > 0) & known)


@PROCEDURE.add("Phantom filings", "share of assemblies filed")
def phantom_share(facts: Facts) -> float:
    """Assemblies filed for only to hold the slot / assemblies for which anything was filed."""
    return share(facts.assemblies["strategy"] == "phantom", facts.assemblies["attempts"] > 0)


@PROCEDURE.add("Events prevented", "assemblies")
def events_prevented(facts: Facts) -> float:
    """Assemblies that officials kept from taking place."""
    return float((facts.assemblies["fate"] == "prevented").sum())
