"""What is watched: a scenario with changes, and a seed."""

from __future__ import annotations

import json
import shlex
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from sim.errors import InputError, Problem
from sim.scenario import Scenario, load_scenario
from sim.streams import MAX_SEED

__all__ = ["Watch"]


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched.

    Attributes:
        scenario: its name, or a path ending in ``.toml``.
        settings: what is changed in it, by dotted key, as ``--set`` takes it; the later over the earlier.
        seed: of the run.
    """

    scenario: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 1

    def read(self) -> Scenario:
        """The scenario with its changes.

        Raises:
            InputError, UnknownNameError: if there is none such, with everything that is wrong with it.
        """
        if isinstance(self.seed, bool) or not isinstance(self.seed, int) or not 0 <= self.seed <= MAX_SEED:
            raise InputError("seed", [Problem("", repr(self.seed), "a whole number from 0 to 2**53 - 1")])
        return load_scenario(self.scenario, self.settings)

    def changed(self, settings: Mapping[str, Any], without: Collection[str] = ()) -> Self:
        """The same with other settings on top, and without those of some keys."""
        kept = {key: value for key, value in self.settings.items() if key not in without and key not in settings}
        return replace(self, settings={**kept, **settings})

    @property
    def changes(self) -> list[str]:
        """The changes as a command line has them: ``law.threshold=50``."""
        return [f"{key}={value if isinstance(value, str) else json.dumps(value)}" for key, value in self.settings.items()]

    @property
    def command(self) -> str:
        """The command that runs the same without a page."""
        words = [word for change in self.changes for word in ("--set", change)]
        return shlex.join(["protestlaw", "run", self.scenario, "--reps", "1", "--seed", str(self.seed), *words])
