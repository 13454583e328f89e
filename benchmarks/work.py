"""What a work is: a function that is run in a fresh process, and the budgets that hold for what it returns."""

from __future__ import annotations

import contextlib
import gc
import importlib
import pkgutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

__all__ = ["PROCESS", "Budget", "Found", "Shot", "Skipped", "Timing", "Work", "known", "timed", "work"]

PROCESS: Final = "process"
"""The measure that every shot has: its process from start to end, with all that it starts."""


class Skipped(Exception):
    """Why a work, or one measure of it, is left out here."""


@dataclass(slots=True)
class Timing:
    """How long something took: seconds on the clock, and seconds of processor time of this process."""

    wall: float = 0.0
    cpu: float = 0.0


@contextlib.contextmanager
def timed() -> Iterator[Timing]:
    """Time a block; garbage of before is collected first, and not counted.

    >>> with timed() as took:
    ...     pass
    >>> took.wall < 1.0
    True
    """
    gc.collect()
    took = Timing()
    wall, cpu = time.perf_counter(), time.process_time()
    yield took
    took.wall, took.cpu = time.perf_counter() - wall, time.process_time() - cpu


@dataclass(frozen=True, slots=True)
class Budget:
    """What is promised.

    Attributes:
        name: what is measured; also the key under which a work returns it, unless ``of`` names another.
        unit: of target and value. target: the promise.
        least: whether it is the least that is wanted, or else the most that is allowed. of: the key.
    """

    name: str
    unit: str
    target: float
    least: bool = False
    of: str = ""

    @property
    def key(self) -> str:
        """Under which name the work returns it."""
        return self.of or self.name

    def kept(self, value: float) -> bool:
        """Whether a value keeps the promise."""
        return value >= self.target if self.least else value <= self.target


@dataclass(frozen=True, slots=True)
class Shot:
    """One run of a work, in a process of its own.

    Attributes:
        number: from 0. quick: whether to do less. kept: what the first shot asked to have kept for the others.
    """

    number: int = 0
    quick: bool = False
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def seed(self) -> int:
        """The seed: another one for each shot, and the same for the shots of a pair."""
        return self.number + 1


@dataclass(slots=True)
class Found:
    """What a shot returns.

    Attributes:
        values: measures by name. skipped: why a measure is missing, by name. facts: what else is to be told (plain data).
        keep: for the shots that follow. reduced: in what way less was done than the budgets ask, if it was.
        curves: figures by name; each holds series by name, each a list of points (x, seconds).
    """

    values: dict[str, Timing | float] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    keep: dict[str, Any] = field(default_factory=dict)
    reduced: str = ""
    curves: dict[str, dict[str, list[tuple[float, float]]]] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As plain data: a value is ``{"value": wall seconds or number, "cpu": seconds or None}``."""
        data = asdict(self)
        data["values"] = {
            name: {"value": value.wall, "cpu": value.cpu} if isinstance(value, Timing) else {"value": float(value), "cpu": None}
            for name, value in self.values.items()
        }
        return data


@dataclass(frozen=True, slots=True)
class Work:
    """A work.

    Attributes:
        name: in the command and the table. about: what is done, in a line. budgets: what is promised of it.
        module, function: where it stands. repeats, quick_repeats: shots. cores: it is held to so many processors.
        warm: whether a first, quick shot is thrown away, so that everything is compiled before anything is timed.
    """

    name: str
    about: str
    budgets: tuple[Budget, ...]
    module: str
    function: str
    repeats: int = 5
    quick_repeats: int = 2
    cores: int = 1
    warm: bool = True


_known: dict[str, Work] = {}


def work[F: Callable[[Shot], Found]](name: str, about: str, budgets: Sequence[Budget] = (), **settings: Any) -> Callable[[F], F]:
    """Make a work of a function; ``settings`` are those of :class:`Work`. The function takes a shot and returns what it found."""

    def enter(function: F) -> F:
        _known[name] = Work(name, about, tuple(budgets), function.__module__, function.__name__, **settings)
        return function

    return enter


def known() -> dict[str, Work]:
    """All works by name, in the order of the modules' ``ORDER`` and of their names."""
    package = importlib.import_module("benchmarks.works")
    modules = [importlib.import_module(f"benchmarks.works.{module.name}") for module in pkgutil.iter_modules(package.__path__)]
    place = {module.__name__: (getattr(module, "ORDER", 99), module.__name__) for module in modules}
    return dict(sorted(_known.items(), key=lambda item: place.get(item[1].module, (99, item[1].module))))
