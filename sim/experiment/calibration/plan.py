"""A calibration whose text has been read: its places with their scenarios and goals, and its parameters with their priors."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sim.experiment.calibration.goals import Goal
from sim.experiment.calibration.matching import Rules
from sim.experiment.calibration.priors import Prior
from sim.experiment.calibration.text import HeadText
from sim.experiment.sensitivity.table import Floats
from sim.experiment.uncertainty import changed
from sim.scenario import Scenario

__all__ = ["CORE", "PRACTICE", "Place", "Plan"]

CORE = ("traits", "behaviour", "choices")
"""Tables of how people and organisers decide: one core for all places."""

PRACTICE = ("organisers", "authority", "court", "police", "press")
"""Tables in which places may differ."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A place that is calibrated with the others.

    Attributes:
        name: in the text. base: its scenario as shipped, with what the text sets. seeds: of the runs at each point.
        goals: the patterns it is held against, calibrated on and held out. inhabitants: of all ages; ``None`` if not known.
    """

    name: str
    base: Scenario
    seeds: tuple[int, ...]
    goals: tuple[Goal, ...]
    inhabitants: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A calibration, ready to be run.

    Attributes:
        name: its file's, without ending. file: its file. text: what stands in it. head: how it is done.
        places: in the order of the text. priors: of the parameters, in the order of the text.
    """

    name: str
    file: str
    text: str
    head: HeadText
    places: tuple[Place, ...]
    priors: tuple[Prior, ...]

    @property
    def goals(self) -> tuple[Goal, ...]:
        """All goals of all places."""
        return tuple(goal for place in self.places for goal in place.goals)

    @property
    def fitted(self) -> tuple[Goal, ...]:
        """Those that parameters are calibrated on."""
        return tuple(goal for goal in self.goals if goal.fitted)

    @property
    def rules(self) -> Rules:
        """How history is matched."""
        head = self.head
        return Rules(head.waves, head.points, head.cutoff, head.particles, head.sample)

    @property
    def runs(self) -> int:
        """How many runs it wants at most: waves, pilot and check."""
        at_a_point = sum(len(place.seeds) for place in self.places)
        return (self.head.waves * self.head.points + self.head.check) * at_a_point + self.head.pilot * len(self.places)

    @property
    def digest(self) -> str:
        """SHA-256 of the text, to the letter."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def values(self, x: Floats) -> list[dict[str, float]]:
        """The parameters at points of the unit cube, by name: one dictionary a point."""
        columns = {prior.name: prior.at(x[:, place]) for place, prior in enumerate(self.priors)}
        return [{name: float(column[row]) for name, column in columns.items()} for row in range(len(x))]

    def scenario(self, place: Place, values: Mapping[str, float]) -> Scenario:
        """A place's scenario with some values of the parameters, by name."""
        settings = {
            prior.key: round(values[prior.name]) if prior.whole else values[prior.name]
            for prior in self.priors
            if prior.place in {"", place.name}
        }
        return changed(place.base, settings)
