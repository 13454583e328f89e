"""Many runs: 50 laws with 20 seeds each, on both processors."""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING, Any

from benchmarks import machine
from benchmarks.work import PROCESS, Budget, Found, Shot, Skipped, timed, work
from benchmarks.works import towns

if TYPE_CHECKING:
    from sim.scenario import Scenario

ORDER = 6

_THRESHOLDS = (10, 25, 50, 75, 100, 150, 200, 250, 500, 1000)
_FINES = (5, 20, 50, 100, 200)
"""Persons, and MCI for taking part the first time."""


def laws(name: str, adults: int | None, thresholds: tuple[int, ...] = _THRESHOLDS, **changes: Any) -> list[Scenario]:
    """The scenario under laws that differ in threshold and fine."""
    grid = itertools.product(thresholds, _FINES)
    return [
        towns.scenario(
            name,
            adults,
            law__threshold=threshold,
            law__sanctions__participant__fine=f"{fine} MCI",
            law__sanctions__participant__fine_least=f"{min(fine, 20)} MCI",
            **changes,
        )
        for threshold, fine in grid
    ]


def _run_many() -> Any:
    try:
        from sim.experiment.many import run_many
    except ImportError:
        raise Skipped("this tree has no sim.experiment.many.run_many") from None
    return run_many


def _many(name: str, adults: int | None, shot: Shot) -> Found:
    run_many = _run_many()
    found = laws(name, adults, _THRESHOLDS[:2] if shot.quick else _THRESHOLDS)
    seeds = range(1, 3) if shot.quick else range(1, 21)
    tasks = [(scenario, seed) for seed in seeds for scenario in found]
    with timed() as runs:
        table = run_many(tasks, 2)
    together = machine.peak() + machine.peak(children=True)
    facts = {"runs": len(tasks), "laws": len(found), "seeds": len(seeds), "indicators": table.shape[1] - 2}
    values = {"the runs alone": runs, "memory of both": together / 1e9}
    return Found(values, facts=facts, reduced=f"{len(tasks)} runs, {found[0].town.people.adults:,} adults" if shot.quick else "")


@work(
    "many-seminar",
    "1,000 runs of the seminar town: 50 laws, 20 seeds, 365 days, two processes",
    [Budget("all of it", "s", 12.0, of=PROCESS)],
    repeats=5,
    cores=2,
)
def many_seminar(shot: Shot) -> Found:
    """From the start of the command's process to its end: imports, texts of the laws, worker, runs and indicators."""
    return _many("seminar", None, shot)


@work(
    "many-almaty",
    "1,000 runs of Almaty at 1:1: 50 laws, 20 seeds, 365 days, two processes",
    [Budget("all of it", "s", 120.0, of=PROCESS), Budget("memory of both", "GB", 2.0)],
    repeats=3,
    quick_repeats=1,
    cores=2,
)
def many_almaty(shot: Shot) -> Found:
    """As many-seminar; all towns are built, none is read from disk, so that every repeat is like the first.

    The memory is the sum of the most that each of the two processes ever had. Pages that both share count twice, so it is an
    upper bound.
    """
    os.environ[towns.CACHE] = "0"
    return _many("almaty-2020-bill", 50_000 if shot.quick else None, shot)


@work(
    "processes",
    "two processes over one: the same 1,000 runs of the seminar town",
    [Budget("times as fast", "times", 1.9, least=True)],
    repeats=5,
    cores=2,
)
def processes(shot: Shot) -> Found:
    """Wall time with one process over wall time with two, the start of the second included; texts and code are loaded before."""
    run_many = _run_many()
    found = laws("seminar", None, _THRESHOLDS[:2] if shot.quick else _THRESHOLDS)
    tasks = [(scenario, seed) for seed in (range(1, 3) if shot.quick else range(1, 21)) for scenario in found]
    towns.warmed(found[0])
    run_many(tasks[:2], 1)
    with timed() as one:
        alone = run_many(tasks, 1)
    with timed() as two:
        shared = run_many(tasks, 2)
    if not alone.equals(shared):
        raise RuntimeError("the indicators depend on the number of processes")
    values = {"times as fast": one.wall / two.wall, "one process": one, "two processes": two}
    return Found(values, facts={"runs": len(tasks)}, reduced=f"{len(tasks)} runs" if shot.quick else "")
