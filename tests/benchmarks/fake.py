"""A work that measures nothing, for the machinery."""

from collections.abc import Callable
from typing import Any

from benchmarks.running import Place
from benchmarks.work import PROCESS, Budget, Work

BUDGETS = (
    Budget("took", "s", 2.0),
    Budget("times as fast", "times", 10.0, least=True),
    Budget("memory", "GB", 1.0),
    Budget("all of it", "s", 9.0, of=PROCESS),
)
WORK = Work("fake", "a work that measures nothing", BUDGETS, "benchmarks.works.fake", "fake", repeats=3, quick_repeats=1)


def shooting(seconds: dict[str, list[float]], **more: Any) -> Callable[..., dict[str, Any]]:
    """What stands in for a process: the next of the seconds of a place (by label), and ``more`` of what a shot returns.

    Its list of calls is ``calls``: label, number, whether quick, what was kept.
    """

    def shoot(_work: Work, place: Place, number: int, quick: bool, kept: dict[str, Any]) -> dict[str, Any]:
        shoot.calls.append((place.label, number, quick, dict(kept)))  # type: ignore[attr-defined]
        took = seconds[place.label][number]
        values = {"took": {"value": took, "cpu": took / 2}, "times as fast": {"value": 5.0, "cpu": None}}
        values[PROCESS] = {"value": 3 * took, "cpu": took}
        found = {"values": values, "skipped": {"memory": "no scale"}, "facts": {"people": 7}, "keep": {}, "reduced": ""}
        return {**found, "curves": {}, "load": 0.5, "others": 0.0, **more}

    shoot.calls = []  # type: ignore[attr-defined]
    return shoot
