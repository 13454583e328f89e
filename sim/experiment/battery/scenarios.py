"""The battery of a scenario: its runs, held against what is known of its town."""

from __future__ import annotations

from collections.abc import Sequence

from sim.experiment.battery.battery import Battery, battery
from sim.experiment.pool import Progress
from sim.experiment.repeat import repeat
from sim.experiment.runs import as_scenario, as_seeds
from sim.measurement.patterns import load_targets, simulated
from sim.scenario import Scenario

__all__ = ["inhabitants_of", "of_scenario", "regimes_of"]


def of_scenario(
    scenario: Scenario | str,
    seeds: Sequence[int] | int = 10,
    processes: int | None = None,
    progress: Progress | None = None,
    *,
    regime: str | None = None,
) -> Battery:
    """Run a scenario with several seeds and hold its assemblies against every pattern that concerns its town.

    A value is that of all runs together; its interval is the grouped jackknife's over runs.

    Args:
        scenario: a scenario, or the name or file of one.
        seeds: one for each run, or how many runs (then 1, 2, 3 ...).
        processes: how many processes share the work; by default one for each processor.
        progress: called with the number of runs done, and of all runs.
        regime: under which the city is taken to stand; if nothing is said, what the targets say of its town.

    Raises:
        UnknownNameError: if there is no such scenario.
        InputError: if the scenario's text cannot be accepted.
        ModelError: if a run fails; it names the seed.
    """
    found, wanted = as_scenario(scenario), as_seeds(seeds)
    done = repeat(found, wanted, processes, progress)
    events = simulated(done.tables, found, wanted, inhabitants_of(found))
    about = found.scenario
    return battery(events, found.name, about.title, regimes_of(found, regime), town=found.town.town.name, seeds=wanted)


def regimes_of(scenario: Scenario, regime: str | None = None) -> tuple[str, ...]:
    """The regimes whose patterns concern a scenario: its town's, or the one named; and squatting where slots are exclusive."""
    place = load_targets().places.get(scenario.town.town.name)
    own = regime or (place.regime if place else None)
    places = scenario.law.places
    return (*((own,) if own else ()), *(("squatting",) if places and places.exclusive else ()))


def inhabitants_of(scenario: Scenario) -> float | None:
    """Residents of all ages of a scenario's town: as many for each adult as in the town itself; ``None`` if not known."""
    place = load_targets().places.get(scenario.town.town.name)
    return scenario.town.people.adults * place.inhabitants / place.adults if place else None
