"""The table of assemblies: one row for each that was planned, with its one fate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from sim.errors import ModelError
from sim.law import OFFENCES
from sim.measurement.columns import COLUMNS
from sim.measurement.frames import Dates, days_of_run, frame
from sim.measurement.story import Story
from sim.population import Town
from sim.record import (
    Answered,
    AppealDecided,
    Appealed,
    Arrested,
    CalledOff,
    Changed,
    Covered,
    Dispersed,
    Filed,
    Held,
    LawChanged,
    LimitPassed,
    Planned,
    Prevented,
    Record,
    Sanctioned,
    Terminated,
)
from sim.scenario import Scenario

__all__ = ["assemblies"]

_READERS: Final[dict[type, Callable[[Story, Any], None]]] = {
    Filed: Story.filed,
    Answered: Story.answered,
    Appealed: Story.was_appealed,
    AppealDecided: Story.appeal_decided,
    Changed: Story.changed,
    CalledOff: Story.called_off,
    Prevented: Story.prevented,
    Held: Story.held,
    LimitPassed: Story.limit_passed,
    Terminated: Story.ended,
    Dispersed: Story.was_dispersed,
    Arrested: Story.arrested,
    Sanctioned: Story.sanctioned,
    Covered: Story.was_covered,
}
"""What each kind of happening adds to the story of its assembly."""


def assemblies(record: Record, scenario: Scenario, town: Town, days: int | None = None) -> pd.DataFrame:
    """One row for each planned assembly.

    Args:
        record: what happened. scenario: of that run. town: its town.
        days: length of the run, if it was stopped before the scenario's end.

    Raises:
        ModelError: if an assembly has two fates, none though its day has passed, or was never planned.
    """
    stories = _read(record, scenario)
    length = days_of_run(record, scenario, days)
    for story in stories:
        story.close(length)
    sites = [town.spec.sites[story.site] for story in stories]
    data: dict[str, Any] = {
        "issue": [scenario.issues[story.issue].name for story in stories],
        "site": [site.name for site in sites],
        "site_kind": [site.kind for site in sites],
        "district": [site.district for site in sites],
        "breached": [";".join(word for word in OFFENCES if word in story.breached) for story in stories],
        "limits_passed": [";".join(story.limits_passed) for story in stories],
    }
    told = [column.name for column in COLUMNS["assemblies"] if column.name not in data and not column.name.endswith("date")]
    data |= {name: [getattr(story, name) for story in stories] for name in told}
    return frame("assemblies", data, Dates.of(scenario))


def _read(record: Record, scenario: Scenario) -> list[Story]:
    """The stories of all planned assemblies, in the order of planning."""
    stories: dict[int, Story] = {}
    threshold = scenario.law.threshold_value
    for happening in record:
        kind = type(happening)
        if (reader := _READERS.get(kind)) is not None:
            reader(_story_of(stories, happening), happening)
        elif isinstance(happening, Planned):
            if happening.assembly in stories:
                raise ModelError(f"assembly {happening.assembly} was planned twice")
            stories[happening.assembly] = Story(happening, threshold)
        elif isinstance(happening, LawChanged):
            threshold = scenario.reforms[happening.number].law.threshold_value
    return list(stories.values())


def _story_of(stories: dict[int, Story], happening: Any) -> Story:
    if happening.assembly not in stories:
        raise ModelError(
            f"on day {happening.day} something was {happening.kind} for assembly {happening.assembly}, which was never planned"
        )
    return stories[happening.assembly]
