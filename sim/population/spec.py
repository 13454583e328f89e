"""A town as a text: its people, districts, places, wages and ties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Final

from pydantic import Field

from sim.errors import Problem, did_you_mean
from sim.texts import ASSUMPTION, OneOf, Sourced, Text, WordList, quantity
from sim.words import SITE_KINDS, ZONE_KINDS

__all__ = ["District", "Identity", "Income", "PeopleSpec", "Site", "TieSpec", "TownSpec"]

MOST_DISTRICTS: Final = 256  # a district's number is one byte
MOST_ADULTS: Final = 100_000_000  # more than any city has; a citizen's number fits into 32 bits

type Name = Annotated[str, Field(min_length=1)]
type Kilometres = Annotated[float, Field(ge=-200, le=200)]
type Place = tuple[Kilometres, Kilometres]


class Identity(Sourced):
    """``[town]``: which town, where and when."""

    name: Name = Field(description="The town's name in texts and tables.")
    title: Name = Field(description="The town's name as a reader would write it.")
    country: str = Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 code of the country, for its public holidays.")
    subdivision: str | None = Field(
        None, pattern=r"^[A-Z0-9]{1,3}$", description="ISO 3166-2 code of a part that has holidays of its own."
    )
    currency: str = Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 code of the currency of wages and fines.")
    year: int = Field(ge=1900, le=2100, description="The year that people and wages belong to.")
    notes: tuple[str, ...] = Field((), description="What a reader should know.")


class PeopleSpec(Sourced):
    """``[people]``: how many adults, and who they are."""

    adults: int = quantity("persons of 18 and over", "persons", 10_000, 10_000_000, gt=0, le=MOST_ADULTS)
    minors_brought: float = quantity(
        "share of those who go that bring a child if nothing forbids it", "share", 0.0, 0.1, default=0.03, ge=0, le=1
    )
    foreigners: float = quantity("share of foreigners and stateless persons among adults", "share", 0.0, 0.4, ge=0, le=1)


class District(Sourced):
    """``[[districts]]``: a part of the town."""

    row_name: ClassVar[str | None] = "name"

    name: Name = Field(description="The district's name.")
    adults: int = quantity(
        "people living here: a weight by which the town's adults are shared out", "persons", 1_000, 1_000_000, gt=0
    )
    at: Place = Field(description="Its middle, km east and km north of the centre of town.")


class Site(Sourced):
    """``[[sites]]``: a place where people assemble."""

    row_name: ClassVar[str | None] = "name"

    name: Name = Field(description="The site's name.")
    kind: Annotated[str, OneOf(SITE_KINDS)] = Field(description="What kind of place it is.")
    district: Name = Field(description="The district it lies in.")
    at: Place = Field(description="Km east and km north of the centre of town.")
    capacity: int = quantity("persons it holds", "persons", 50, 500_000, gt=0)
    near: Annotated[tuple[str, ...], WordList(ZONE_KINDS)] = Field((), description="What it lies close to.")
    designated_under: tuple[Name, ...] = Field((), description="The laws under which it is a designated place, by name.")


class Income(Sourced):
    """``[income]``: wages, before tax."""

    median_wage: float = quantity("median monthly wage; the median income of people", "currency a month", 1, 1e7, gt=0)
    mean_wage: float = quantity("mean monthly wage, for amounts set as shares of it", "currency a month", 1, 1e7, gt=0)
    log_sd: float = quantity("standard deviation of log income (lognormal)", "log", 0.4, 0.9, ge=0, le=3)


class TieSpec(Sourced):
    """``[ties]``: who knows whom. Nothing of it was measured in the towns of the library."""

    mean: float = quantity(
        "mean number of ties",
        "persons",
        5,
        20,
        default=12.0,
        source=f"{ASSUMPTION} between a core of strong ties (5) and a sympathy group (15)",
        gt=0,
        le=500,
    )
    long_share: float = quantity("share of ties that go to anyone in town", "share", 0.05, 0.5, default=0.2, ge=0, le=1)
    density: float = quantity(
        "chance that two people of one neighbourhood are tied, which makes for clustering",
        "share",
        0.2,
        0.9,
        default=0.5,
        ge=0.05,
        le=1,
    )
    log_sd: float = quantity(
        "standard deviation of log activity, to which the number of ties is proportional",
        "log",
        0.3,
        0.9,
        default=0.7,
        source="mean 611 and median 472 acquaintances: McCormick, Salganik and Zheng 2010, JASA 105 (background, verify)",
        ge=0,
        le=1.5,
    )
    cutoff: float = quantity("greatest activity", "multiple of the mean", 5, 20, default=10.0, ge=1, le=50)


class TownSpec(Text):
    """A town's text."""

    town: Identity
    people: PeopleSpec
    districts: tuple[District, ...] = Field(min_length=1, max_length=MOST_DISTRICTS)
    sites: tuple[Site, ...] = Field(min_length=1)
    income: Income
    ties: TieSpec = TieSpec()

    @classmethod
    def contradictions(cls, parts: Mapping[str, Any]) -> Iterator[Problem]:
        """Names differ, sites lie in districts, and there is a place where protest is heard."""
        districts: tuple[District, ...] = parts.get("districts", ())
        sites: tuple[Site, ...] = parts.get("sites", ())
        yield from _doubles("districts", [district.name for district in districts])
        yield from _doubles("sites", [site.name for site in sites])
        known = [district.name for district in districts]
        for i, site in enumerate(sites):
            if known and site.district not in known:
                yield Problem(f"sites.{i}.district", repr(site.district), ", ".join(known), did_you_mean(site.district, known))
        if sites and not any(site.kind == "symbolic" for site in sites):
            yield Problem("sites", "no site of the kind 'symbolic'", "at least one: it is where protest is seen and heard")


def _doubles(table: str, names: list[str]) -> Iterator[Problem]:
    for i, name in enumerate(names):
        if name in names[:i]:
            yield Problem(f"{table}.{i}.name", f"{name!r} a second time", "names that differ")
