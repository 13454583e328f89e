"""Things to be done at a time, on Mesa's clock.

Mesa's events hold their callbacks weakly and give them no arguments; a task holds both, is owned by the clock until it is
done, and can be cancelled.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mesa.time import Priority

if TYPE_CHECKING:
    from sim.model.model import ProtestModel

__all__ = ["Clock", "Task"]


class Task:
    """Something to be done once.

    Attributes:
        time: when, on Mesa's clock.
        act: what, with which arguments ``args``.
    """

    __slots__ = ("__weakref__", "_clock", "_event", "act", "args", "time")

    def __init__(self, clock: Clock, time: float, act: Callable[..., None], args: tuple[Any, ...]) -> None:
        self._clock, self.time, self.act, self.args = clock, time, act, args
        self._event: Any = None

    @property
    def event(self) -> Any:
        """The event that Mesa holds for it."""
        return self._event

    def run(self) -> None:
        """Do it."""
        self._clock.forget(self)
        self._clock.model.today = int(self.time)
        self.act(*self.args)

    def cancel(self) -> None:
        """Take it off the clock. What is done or cancelled already stays so."""
        self._event.cancel()
        self._clock.forget(self)


class Clock:
    """The tasks of a model that are still to be done; those of one time in the order in which they were put on the clock."""

    def __init__(self, model: ProtestModel) -> None:
        self.model = model
        self._open: dict[Task, None] = {}  # in the order of their coming

    def at(self, time: float, act: Callable[..., None], *args: Any) -> Task:
        """Put something on the clock."""
        task = Task(self, time, act, args)
        task._event = self.model.schedule_event(task.run, at=time, priority=Priority.DEFAULT)
        self._open[task] = None
        return task

    def forget(self, task: Task) -> None:
        """Let go of a task that is done or cancelled."""
        self._open.pop(task, None)

    @property
    def waiting(self) -> list[Task]:
        """What is still to be done, in the order in which it was put on the clock."""
        return list(self._open)
