"""The table of assemblies: one row for each that was planned, with its one fate."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, Final

from sim.errors import ModelError
from sim.law import OFFENCES
from sim.measurement.frames import ByKind, Dates, days_of_run
from sim.measurement.rows import Table
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


def assemblies(found: ByKind, scenario: Scenario, town: Town, days: int | None = None) -> Table:
    """One row for each planned assembly.

    Args:
        found: what happened. scenario: of that run. town: its town.
        days: length of the run, if it was stopped before the scenario's end.

    Raises:
        ModelError: if an assembly has two fates, none though its day has passed, or was never planned.
    """
    stories = _read(found, scenario)
    length = days_of_run(found, scenario, days)
    for story in stories:
        story.close(length)
    issues, sites = scenario.issues, town.spec.sites  # and not the town, which is large
    named: dict[str, Callable[[Story], str]] = {
        "issue": lambda story: issues[story.issue].name,
        "site": lambda story: sites[story.site].name,
        "site_kind": lambda story: sites[story.site].kind,
        "district": lambda story: sites[story.site].district,
        "breached": lambda story: ";".join(word for word in OFFENCES if word in story.breached) if story.breached else "",
        "limits_passed": lambda story: ";".join(story.limits_passed),
    }
    return Table(
        "assemblies",
        len(stories),
        lambda column: list(map(named.get(column) or attrgetter(column), stories)),
        Dates.of(scenario),
    )


def _read(found: ByKind, scenario: Scenario) -> list[Story]:
    """The stories of all planned assemblies, in the order of planning."""
    stories: dict[int, Story] = {}
    threshold = scenario.law.threshold_value
    for happening in found.log:
        if (reader := _READERS.get(happening.__class__)) is not None:
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
