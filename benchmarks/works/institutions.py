"""What Python spends on institutions: organisers, authority, court, police, press, calendar and record."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FunctionType
from typing import Any

from benchmarks.work import Budget, Found, Shot, timed, work
from benchmarks.works import towns

ORDER = 8

_SCALAR = ("sim.streams", "sim.behaviour.decay")


def _wrapped() -> dict[Any, str]:
    """Plain functions that do nothing but call a compiled one, and sort what it gives; by function, its module."""
    from sim.behaviour import following, mood, turnout

    return {turnout.gather: turnout.__name__, mood.pick: mood.__name__, following.follow: following.__name__}


class Meter:
    """Processor time inside compiled array functions, and how often they were called, by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.calls: dict[str, int] = {}

    def over(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with the time in it counted."""
        self.seconds[name], self.calls[name] = 0.0, 0
        seconds, calls, clock = self.seconds, self.calls, time.thread_time

        def counted(*arguments: Any) -> Any:
            began = clock()
            try:
                return function(*arguments)
            finally:
                seconds[name] += clock() - began
                calls[name] += 1

        return counted

    def put_over_kernels(self) -> None:
        """Put the meter over every compiled function that a module of institutions or of the day calls.

        Those that take single numbers are left alone: a coin is institutions' own work. Functions that compiled ones call are
        not touched, for these stand in modules of their own.
        """
        from numba.core.dispatcher import Dispatcher

        wrapped = _wrapped()
        for name, module in list(sys.modules.items()):
            if not name.startswith(("sim.model.", "sim.institutions.", "sim.record.")):
                continue
            for word, value in list(vars(module).items()):
                home = (
                    value.py_func.__module__
                    if isinstance(value, Dispatcher)
                    else wrapped.get(value, "")
                    if isinstance(value, FunctionType)
                    else ""
                )
                if home not in {"", name, *_SCALAR}:
                    setattr(module, word, self.over(f"{name.removeprefix('sim.')}: {word}", value))


@work(
    "institutions",
    "Python spent on institutions for each planned assembly, Almaty under honoured notification",
    [Budget("institutions, an assembly", "microseconds", 100.0)],
    repeats=5,
)
def institutions(shot: Shot) -> Found:
    """Processor time of all days, less that inside compiled array functions, over the number of planned assemblies.

    All occasions that organisers decided are in it, also those let pass; so are answers, courts, police, news and the record;
    the founding of the model is not. The meter's own time (about half a microsecond a call) counts as institutions'. The year is
    lived once before, so that everything is loaded.
    """
    adults = 130_000 if shot.quick else 1_300_000
    scenario = towns.scenario(towns.NOTIFIED, adults)
    town = towns.built(scenario, shot.seed)
    towns.lived(scenario, shot.seed, town)
    from sim.model import ProtestModel
    from sim.record import Waited

    meter = Meter()
    meter.put_over_kernels()
    if not meter.seconds:
        raise RuntimeError("no compiled function was found to be called by the day")
    model = ProtestModel(scenario, rng=shot.seed, town=town)
    for name in meter.seconds:
        meter.seconds[name], meter.calls[name] = 0.0, 0
    with timed() as year:
        model.run_for()
    inside, counts = sum(meter.seconds.values()), towns.counted(model)
    waited = sum(1 for _ in model.record.of(Waited))
    facts = {
        "assemblies planned": counts["planned"],
        "occasions let pass": waited,
        "year, cpu s": round(year.cpu, 4),
        "inside compiled functions, cpu s": {name: round(seconds, 4) for name, seconds in meter.seconds.items() if seconds},
        "calls of them": sum(meter.calls.values()),
    }
    values = {
        "institutions, an assembly": (year.cpu - inside) / counts["planned"] * 1e6,
        "institutions, a year": year.cpu - inside,
    }
    return Found(values, facts=facts, reduced=f"{adults:,} adults" if shot.quick else "")
