"""Indicators of what becomes of filings: answers, appeals, and what is given up."""

from __future__ import annotations

from typing import Final

from sim.measurement.indicators.registry import Register, ratio, share
from sim.measurement.tables import Tables

__all__ = ["PROCEDURE"]

PROCEDURE: Final = Register("procedure")

_NO: Final = ("refused", "silence_refused")


@PROCEDURE.add("Refusal rate", "share of answers")
def refusal_rate(tables: Tables) -> float:
    """Filings refused in so many words / filings answered or passed over in silence. Each filing for an assembly counts."""
    return share(tables.answers["answer"] == "refused")


def _refusal_rate_of(tables: Tables, stance: str) -> float:
    answers = tables.answers
    return share(answers["answer"] == "refused", answers["stance"] == stance)


@PROCEDURE.add("Refusal rate, loyal", "share of answers to loyal organisers")
def refusal_rate_loyal(tables: Tables) -> float:
    """The refusal rate among filings of loyal organisers."""
    return _refusal_rate_of(tables, "loyal")


@PROCEDURE.add("Refusal rate, social", "share of answers to social organisers")
def refusal_rate_social(tables: Tables) -> float:
    """The refusal rate among filings of social organisers."""
    return _refusal_rate_of(tables, "social")


@PROCEDURE.add("Refusal rate, opposition", "share of answers to opposition organisers")
def refusal_rate_opposition(tables: Tables) -> float:
    """The refusal rate among filings of opposition organisers."""
    return _refusal_rate_of(tables, "opposition")


@PROCEDURE.add("Silence rate", "share of answers")
def silence_rate(tables: Tables) -> float:
    """Filings whose term passed in silence, whatever that means by law / filings answered or passed over in silence."""
    return share(tables.answers["answer"].str.startswith("silence"))


@PROCEDURE.add("Appeal rate", "share of refusals")
def appeal_rate(tables: Tables) -> float:
    """Appeals / filings refused, in so many words or by a silence that the law reads as refusal."""
    return ratio((tables.filings["step"] == "appealed").sum(), tables.answers["answer"].isin(_NO).sum())


@PROCEDURE.add("Reversal rate", "share of appeals decided")
def reversal_rate(tables: Tables) -> float:
    """Refusals reversed, in time or too late / appeals decided."""
    filings = tables.filings
    return share(filings["reversed"], filings["step"] == "appeal_decided")


@PROCEDURE.add("Called off after refusal", "share of assemblies refused")
def called_off_after_refusal(tables: Tables) -> float:
    """Assemblies called off because they were refused / assemblies refused at least once, in so many words or by silence.

    Pending ones and phantoms are left out.
    """
    answers, settled = tables.answers, tables.meant[tables.meant["fate"] != "pending"]
    refused = settled["assembly"].isin(answers.loc[answers["answer"].isin(_NO), "assembly"])
    return share((settled["fate"] == "called_off") & (settled["fate_reason"] == "refused"), refused)


@PROCEDURE.add("Filed but not held", "share of assemblies filed")
def not_held_rate(tables: Tables) -> float:
    """Assemblies not held / assemblies for which anything was filed, phantoms included; pending ones left out."""
    known = tables.assemblies["fate"] != "pending"
    return share(tables.assemblies["fate"] != "held", (tables.assemblies["attempts"] > 0) & known)


@PROCEDURE.add("Phantom filings", "share of assemblies filed")
def phantom_share(tables: Tables) -> float:
    """Assemblies filed for only to hold the slot / assemblies for which anything was filed."""
    return share(tables.assemblies["strategy"] == "phantom", tables.assemblies["attempts"] > 0)


@PROCEDURE.add("Events prevented", "assemblies")
def events_prevented(tables: Tables) -> float:
    """Assemblies that officials kept from taking place."""
    return float((tables.assemblies["fate"] == "prevented").sum())
