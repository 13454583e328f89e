"""A town: its text and seed turned into people, ties and distances."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sim.errors import TownError
from sim.population.draws import Floats
from sim.population.people import People, apportion, build_people
from sim.population.spec import TownSpec
from sim.population.ties import Ties, build_ties
from sim.population.traits import Traits
from sim.streams import Streams
from sim.texts import Parameter, accept, find, read_toml, rows

__all__ = ["Town", "build_town", "distances", "load_town", "parameters"]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Town:
    """A town with its people in it. It knows no law. What is found out about it may be kept as long as it lives (weakly).

    Attributes:
        spec: the text it was built from; districts and sites are numbered in its order.
        seed: of every draw.
        people: columns of the adults.
        ties: who knows whom.
        distance: from districts to sites (:func:`distances`).
        traits: how its people differ.
    """

    spec: TownSpec
    seed: int
    people: People
    ties: Ties
    distance: Floats
    traits: Traits = field(default_factory=Traits)

    @property
    def n(self) -> int:
        """Number of adults."""
        return self.people.n

    @property
    def district_slices(self) -> tuple[slice, ...]:
        """The citizens of each district: consecutive numbers."""
        ends = np.cumsum(_sizes(self.spec)).tolist()
        return tuple(slice(first, end) for first, end in zip([0, *ends], ends, strict=False))


def load_town(name: str | Path) -> TownSpec:
    """The text of a town: a name of the library, or a path ending in ``.toml``.

    Raises:
        UnknownNameError: if there is none.
        TownError: if the text cannot be accepted, with everything that is wrong with it.
    """
    path = find("town", name)
    return accept(TownSpec, read_toml(path, TownError), str(path), TownError)


def build_town(spec: TownSpec, traits: Traits, issues: int, seed: int) -> Town:
    """Build a town: the same spec, traits, issues and seed give the same bytes.

    Args:
        spec: the town's text.
        traits: how people decide.
        issues: number of issues people may be concerned with.
        seed: 0 to 2**53 - 1.
    """
    streams, sizes = Streams(seed), _sizes(spec)
    ties = build_ties(streams, spec.ties, sizes)  # first, since it is what needs most memory on the way
    people = build_people(
        streams,
        traits,
        sizes,
        issues,
        median_wage=spec.income.median_wage,
        log_sd=spec.income.log_sd,
        foreigners=spec.people.foreigners,
    )
    return Town(spec, seed, people, ties, distances(spec), traits)


def distances(spec: TownSpec) -> Floats:
    """From the middle of each district to each site, km, float32 [district, site]."""
    homes = np.array([district.at for district in spec.districts], dtype=np.float64)
    sites = np.array([site.at for site in spec.sites], dtype=np.float64)
    return np.asarray(np.sqrt(((homes[:, None, :] - sites[None, :, :]) ** 2).sum(axis=2)), np.float32)


def parameters(spec: TownSpec, traits: Traits) -> list[Parameter]:
    """Every number a town and its people are made of, with meaning, unit, value, source and range."""

    def told() -> Iterator[Parameter]:
        yield from rows("people", spec.people)
        for district in spec.districts:
            yield from rows(f"districts.{district.name}", district)
        for site in spec.sites:
            yield from rows(f"sites.{site.name}", site)
        yield from rows("income", spec.income)
        yield from rows("ties", spec.ties)
        yield from rows("traits", traits)

    return list(told())


def _sizes(spec: TownSpec) -> list[int]:
    return apportion(spec.people.adults, [district.adults for district in spec.districts])
