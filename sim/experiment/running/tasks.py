"""Which run is done next: runs of one town with one seed stay together, so that a town is built once for all laws tried on it."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from sim.scenario import Scenario

__all__ = ["Left", "Task", "by_town"]


class Task(NamedTuple):
    """A run that is wanted: its place among the tasks, its scenario's among the scenarios, its seed, its town's name."""

    place: int
    scenario: int
    seed: int
    town: str


def by_town(tasks: Sequence[tuple[Scenario, int]]) -> tuple[list[Scenario], list[list[Task]]]:
    """The different scenarios; and the runs by town and seed, in the order in which the tasks name them first."""
    place_of: dict[int, int] = {}
    scenarios: list[Scenario] = []
    towns_of: list[str] = []
    groups: dict[tuple[str, int], list[Task]] = {}
    for place, (scenario, seed) in enumerate(tasks):
        which = place_of.setdefault(id(scenario), len(scenarios))
        if which == len(scenarios):
            scenarios.append(scenario)
            made_by = (scenario.town.model_dump_json(), scenario.traits.model_dump_json(), str(len(scenario.issues)))
            towns_of.append(hashlib.sha256("\0".join(made_by).encode()).hexdigest())
        groups.setdefault((towns_of[which], seed), []).append(Task(place, which, seed, towns_of[which]))
    return scenarios, list(groups.values())


class Left:
    """The runs that nobody has taken yet.

    Attributes:
        runs: how many there are.
    """

    def __init__(self, groups: Sequence[Sequence[Task]]) -> None:
        self._groups = [list(reversed(tasks)) for tasks in groups]  # the next one last; lists, for there may be many of one
        self._untouched = deque(range(len(groups)))
        self._at: dict[int, int] = {}
        self.runs = sum(map(len, groups))

    def piece(self, most: int, workers: int) -> int:
        """How many runs to hand out at once: fewer towards the end, so that all workers end together.

        Args:
            most: how many at most. workers: how many share them.
        """
        return max(1, min(most, self.runs // (4 * workers)))

    def take(self, worker: int, most: int, town_in_runs: float) -> list[Task]:
        """Runs for a worker; none if there are none, or if others will have done them sooner.

        A worker stays with its town, then goes to one that nobody has begun, then helps where most is left.

        Args:
            worker: its number. most: how many. town_in_runs: what building a town takes, in runs.
        """
        if not self.runs:
            return []
        at = self._at.get(worker, -1)
        if at < 0 or not self._groups[at]:
            if self._untouched:
                at = self._untouched.popleft()
            else:
                at = max(range(len(self._groups)), key=lambda number: len(self._groups[number]))
                if len(self._groups[at]) <= town_in_runs and at in self._at.values():
                    return []
            self._at[worker] = at
        tasks = self._groups[at]
        self.runs -= (taken := min(most, len(tasks)))
        return [tasks.pop() for _ in range(taken)]
