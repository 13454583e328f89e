"""Indicators of what is observed: what an analyst sees who has the events that the press reported, and nothing else."""

from __future__ import annotations

from typing import Final

from sim.measurement.facts import Facts
from sim.measurement.indicators.registry import Register, mean, share

__all__ = ["OBSERVATION"]

OBSERVATION: Final = Register("observation")


@OBSERVATION.add("Events observed", "events")
def observed_events(facts: Facts) -> float:
    """Events in the press-based catalogue (table observed). Over events held, that is the coverage rate."""
    return float(len(facts.observed))


@OBSERVATION.add("Attendance observed", "persons")
def observed_attendance(facts: Facts) -> float:
    """Sum over the events in the press-based catalogue of the sizes reported, which err; compare attendance."""
    return float(facts.observed["size_reported"].sum())


@OBSERVATION.add("Mean size observed", "persons")
def observed_mean_size(facts: Facts) -> float:
    """Attendance observed / events observed; compare mean turnout."""
    return mean(facts.observed["size_reported"])


@OBSERVATION.add("Interventions observed", "share of events observed")
def observed_intervention_share(facts: Facts) -> float:
    """Events in the press-based catalogue with arrests or a dispersal by force / events in it.

    In the words of ACLED the event type is protest with intervention. Compare the share of events with intervention.
    """
    return share(facts.observed["state_response"] != "none")
