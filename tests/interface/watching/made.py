"""A small run to watch: the seminar town with fewer people, more organisers, and six days."""

from typing import Any

from sim.interface.watching.run import Run
from sim.interface.watching.watch import Watch

DAYS = 6

SETTINGS: dict[str, Any] = {
    "town.people.adults": 6000,
    "organisers.per_100k": 500,
    "organisers.opportunities": 20.0,
    "scenario.days": DAYS,
    "shocks": [],
}


def small(settings: dict[str, Any] | None = None, seed: int = 1) -> Watch:
    """The small run, with other settings on top."""
    return Watch("seminar", {**SETTINGS, **(settings or {})}, seed)


def lived(days: int, settings: dict[str, Any] | None = None) -> Run:
    """A small run after some days."""
    run = Run(small(settings))
    for _ in range(days):
        run.step()
    return run
