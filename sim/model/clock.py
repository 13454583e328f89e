"""Things to be done at a time, on Mesa's clock.

Mesa's events hold their callbacks weakly and give them no arguments; a task holds both, is owned by the clock until it is
done, and can be cancelled.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mesa
from mesa.time import Priority

__all__ = ["Clock", "Task"]


class Task:
    """Something to be done once.

    Attributes:
        act: what, with which arguments ``args``.
    """

    __slots__ = ("__weakref__", "_clock", "_event", "act", "args")

    def __init__(self, clock: Clock, act: Callable[..., None], args: tuple[Any, ...]) -> None:
        self._clock, self.act, self.args = clock, act, args
        self._event: Any = None

    def run(self) -> None:
        """Do it."""
        self._clock.forget(self)
        self.act(*self.args)

    def cancel(self) -> None:
        """Take it off the clock. What is done or cancelled already stays so."""
        self._event.cancel()
        self._clock.forget(self)


class Clock:
    """The tasks of a model that are still to be done; those of one time in the order in which they were put on the clock."""

    def __init__(self, model: mesa.Model) -> None:
        self._model = model
        self._open: set[Task] = set()

    def at(self, time: float, act: Callable[..., None], *args: Any) -> Task:
        """Put something on the clock."""
        task = Task(self, act, args)
        task._event = self._model.schedule_event(task.run, at=time, priority=Priority.DEFAULT)
        self._open.add(task)
        return task

    def forget(self, task: Task) -> None:
        """Let go of a task that is done or cancelled."""
        self._open.discard(task)
