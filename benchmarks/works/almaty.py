"""Almaty at 1:1, on one core: the town and the year."""

from __future__ import annotations

import os

from benchmarks import machine
from benchmarks.work import Budget, Found, Shot, timed, work
from benchmarks.works import towns

ORDER = 3


@work(
    "almaty",
    "1.3 million adults on one core: the town, the year of 1995's law, a year of honoured notification",
    [
        Budget("town from nothing", "s", 1.5),
        Budget("town from cache", "s", 0.1),
        Budget("year under the 1995 law", "s", 0.2),
        Budget("year under honoured notification", "s", 2.0),
    ],
    repeats=7,
)
def almaty(shot: Shot) -> Found:
    """Each part once in a fresh process, its machine code loaded before; the year is all days, without founding the model."""
    adults = 130_000 if shot.quick else 1_300_000
    law_of_1995, notified = (towns.scenario(name, adults) for name in ("almaty-1995-law", towns.NOTIFIED))
    towns.warmed(law_of_1995)
    towns.warmed(notified)
    found = Found(reduced=f"{adults:,} adults" if shot.quick else "")
    with timed() as nothing:
        town = towns.built(law_of_1995, shot.seed)
    found.values["town from nothing"] = nothing
    for name, scenario in (("year under the 1995 law", law_of_1995), ("year under honoured notification", notified)):
        model, founding, year = towns.lived(scenario, shot.seed, town)
        found.values |= {name: year, f"founding, {name}": founding}
        found.facts[name] = towns.counted(model)
        del model
    found.facts["peak memory, GB"] = round(machine.peak() / 1e9, 3)
    del town
    _from_cache(found, adults, shot.seed)
    return found


def _from_cache(found: Found, adults: int, seed: int) -> None:
    """The town once more, as a second run finds it: its file is in the system's memory, but nothing of it in this process."""
    try:
        from sim.population.cache import town_of
    except ImportError:
        found.skipped["town from cache"] = "this tree keeps no towns on disk"
        return
    os.environ.pop(towns.CACHE, None)
    scenario = towns.scenario("almaty-1995-law", adults)
    town_of(scenario.town, scenario.traits, len(scenario.issues), seed, cache=True)  # there from now on
    with timed() as cached:
        town = town_of(scenario.town, scenario.traits, len(scenario.issues), seed, cache=True)
    found.values["town from cache"] = cached
    with timed() as year:
        towns.lived(scenario, seed, town)
    found.values["founding and year on a cached town"] = year
