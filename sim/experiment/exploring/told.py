"""What is said of cells that grow: to visitors, and to those who do the runs."""

from __future__ import annotations

from typing import Final, NamedTuple

from sim.errors import ProtestlawError
from sim.experiment.exploring.cells import Cell
from sim.scenario import Scenario

__all__ = ["ENDED", "SLOW", "WRONG", "Answer", "CrowdedError", "Growing", "Law", "Work"]

SLOW: Final = "slow"
ENDED: Final = "ended"
WRONG: Final = "wrong"
"""Why a run failed: it took too long, its process ended, or the model could not do it."""


class CrowdedError(ProtestlawError):
    """More visitors at a time than are served."""


class Growing(NamedTuple):
    """How far a cell is.

    Attributes:
        cell: of the runs that are there. missing: which of the runs that can be looked at are not there.
        done: runs that ended, failed ones too. of: all that are wanted. more: whether others follow.
        failed: how many failed. why: the most frequent reason. said: the first of them in the model's own words.
    """

    cell: Cell
    missing: tuple[int, ...]
    done: int
    of: int
    more: bool
    failed: int
    why: str
    said: str


class Law(NamedTuple):
    """What is looked at: the fingerprint of a scenario, which takes time to work out, and the scenario."""

    name: str
    scenario: Scenario


class Answer(NamedTuple):
    """What a visitor gets: runs that ended, whether others follow, and the cell as it is written."""

    done: int
    more: bool
    body: bytes


class Work(NamedTuple):
    """A run that is to be done."""

    name: str
    scenario: Scenario
    seed: int
