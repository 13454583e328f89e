"""A run as Mesa's SolaraViz steps it: a day a step, built from a scenario with changes."""

from __future__ import annotations

import threading
from typing import Final

from sim.interface.watching.seen import Moods, Seen, see
from sim.interface.watching.watch import Watch
from sim.model import ProtestModel
from sim.population.cache import town_of

__all__ = ["Run"]


class Run:
    """A run of its own, for one visitor.

    SolaraViz makes a new model by calling the old one's type with its parameters, which for this one are ``watch``, and asks a
    model for ``step``, ``running``, ``time`` and ``scenario``. It plays in a thread, so that what is shown is what was seen at
    the end of a day, never the model in the midst of one.

    Attributes:
        watch: what is watched. conduct: the same as a scenario. model: the model itself.
        seen: what there is to see of it by now.
    """

    scenario: Final = None
    """SolaraViz wants Mesa's own kind of scenario here, or none."""

    def __init__(self, watch: Watch) -> None:
        """Build the town and the model.

        Raises:
            InputError, UnknownNameError: if there is no such scenario, with everything that is wrong with it.
        """
        self.watch, self.conduct = watch, watch.read()
        town = town_of(self.conduct.town, self.conduct.traits, len(self.conduct.issues), watch.seed)
        self.model = ProtestModel(self.conduct, rng=watch.seed, town=town)
        self._moods = Moods()
        self._stepping, self._ended = threading.Lock(), False
        self.seen: Seen = see(self.model, self._moods)

    @property
    def running(self) -> bool:
        """Whether a day is left."""
        return self.model.running and not self._ended

    @property
    def time(self) -> int:
        """Days that are over."""
        return self.model.days_lived

    def step(self) -> None:
        """Live a day. After the last one nothing happens."""
        with self._stepping:
            if self.running:
                self.model.step()
                self._moods.note(self.model)
                self.seen = see(self.model, self._moods)

    def end(self) -> None:
        """Live no further day: another run takes its place, and who plays this one stops."""
        self._ended = True
