"""The people of a town and who knows whom, by definition: a loop over persons, and one over the pairs of a neighbourhood.

The engine draws the same people into columns and the same ties into sparse rows (``sim/population``); this is what it must give,
entry for entry.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.reference.formulas import single
from sim.streams import Streams, normal, uniform, unit, words

if TYPE_CHECKING:
    from sim.population import TieSpec, TownSpec, Traits

__all__ = ["Person", "Town", "found_town"]


@dataclass(slots=True)
class Person:
    """An adult, as the town was founded.

    Attributes:
        number: citizens of one district have consecutive numbers. district: number of the home district.
        income: monthly, in the town's currency. theta: reluctance. risk_aversion: weight of a sanction. deference: to the law.
        media: use of press and networks. foreigner: whether without the state's citizenship. concern: with each issue.
        ties: the numbers of those it knows, rising.
    """

    number: int
    district: int
    income: float
    theta: float
    risk_aversion: float
    deference: float
    media: float
    foreigner: bool
    concern: list[float]
    ties: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Town:
    """A town with its people in it. It knows no law, so that it can be shared by runs under many.

    Attributes:
        spec, traits, seed: what it was founded from. people: by number. distance: km from district to site.
        homes: the citizens of each district.
    """

    spec: TownSpec
    traits: Traits
    seed: int
    people: list[Person]
    distance: list[list[float]]
    homes: list[range]


def found_town(spec: TownSpec, traits: Traits, issues: int, seed: int) -> Town:
    """Found a town: every trait of every person is a draw from a stream named after it (design, 4.5)."""
    streams, sizes = Streams(seed), _sizes(spec)
    starts = [sum(sizes[:district]) for district in range(len(sizes))]
    homes = [range(start, start + size) for start, size in zip(starts, sizes, strict=True)]
    people = [_person(streams, spec, traits, issues, number, district) for district, home in enumerate(homes) for number in home]
    for one, other in sorted(_ties(streams, spec.ties, homes)):
        people[one].ties.append(other)
    distance = [[_distance(district.at, site.at) for site in spec.sites] for district in spec.districts]
    return Town(spec, traits, seed, people, distance, homes)


def _sizes(spec: TownSpec) -> list[int]:
    """The town's adults shared out among its districts by largest remainder (Hamilton's method)."""
    weights, total = [district.adults for district in spec.districts], spec.people.adults
    sizes = [total * weight // sum(weights) for weight in weights]
    remainders = [total * weight % sum(weights) for weight in weights]
    for district in sorted(range(len(weights)), key=lambda d: -remainders[d])[: total - sum(sizes)]:
        sizes[district] += 1
    return sizes


def _distance(home: tuple[float, float], site: tuple[float, float]) -> float:
    east, north = home[0] - site[0], home[1] - site[1]
    return single(math.sqrt(east * east + north * north))


def _person(streams: Streams, spec: TownSpec, traits: Traits, issues: int, number: int, district: int) -> Person:
    """A person: traits are independent; concern and media use are even, theta is normal, income and risk aversion lognormal."""
    torn = max(1.0 - traits.deference_full - traits.deference_none, 1e-12)  # neither full deference nor none; never 0
    online = max(traits.online, 1e-12)

    def even(stream: str, low: float, high: float, what: int = 0) -> float:
        """Even from ``low`` to ``high``, cut to 0..1: what is cut off gathers at the ends."""
        return single(min(max(low + (high - low) * uniform(streams.key(stream), number, what), 0.0), 1.0))

    def bell(stream: str, mean: float, sd: float) -> float:
        return mean + sd * normal(streams.key(stream), number, 0)

    return Person(
        number=number,
        district=district,
        income=single(math.exp(bell("income", math.log(spec.income.median_wage), spec.income.log_sd))),
        theta=single(bell("reluctance", traits.reluctance_mean, traits.reluctance_sd)),
        risk_aversion=single(math.exp(bell("risk aversion", -(traits.risk_log_sd**2) / 2.0, traits.risk_log_sd))),
        deference=even("deference", -traits.deference_none / torn, 1.0 + traits.deference_full / torn),
        media=even("media", 1.0 - 1.0 / online, 1.0),
        foreigner=even("foreigner", 0.0, 1.0) < single(spec.people.foreigners),
        concern=[even("concern", 0.0, traits.concern_max, issue) for issue in range(issues)],
    )


# -- who knows whom --------------------------------------------------------------------------------------------------------


def _ties(streams: Streams, spec: TieSpec, homes: Sequence[range]) -> set[tuple[int, int]]:
    """Every tie, both ways round.

    Each person has an activity ``a``, lognormal of mean 1. The people of a district stand on a ring, and two of them who stand
    ``d`` apart are tied with chance ``density * min(1, reach * a_i * a_j + 1 - d)``, if that is positive: a geometric
    inhomogeneous random graph (Bringmann, Keusch and Lengler 2019). Besides, everyone makes ``calls * a`` calls to anyone in
    town: the long ties of a small world (Watts and Strogatz 1998).
    """
    n = sum(len(home) for home in homes)
    key, sd = streams.key("activity"), spec.log_sd
    activity = [single(min(math.exp(-(sd**2) / 2.0 + sd * normal(key, i, 0)), spec.cutoff)) for i in range(n)]
    total = 0.0
    for a in activity:  # in this order, and not with sum(), which Python makes more exact than plain addition
        total += a
    mean = total / n
    reach = spec.mean * (1.0 - spec.long_share) / (2.0 * spec.density * mean * mean)
    calls = spec.mean * spec.long_share / (2.0 * mean)
    found = set[tuple[int, int]]()
    for home in homes:
        for i in home:
            for j in [*_local(streams, i, home, activity, reach, spec.density), *_long(streams, i, n, calls * activity[i])]:
                found |= {(i, j), (j, i)}
    return found


def _local(streams: Streams, i: int, home: range, activity: list[float], reach: float, density: float) -> list[int]:
    """Those of the district whom ``i`` is tied to, among the pairs that are its own.

    A pair belongs to its more active member (of equals, to the lower number), whose window holds the other for certain. The
    candidates toss their coins in the order in which they stand around ``i``; a draw gives four coins at once.
    """
    window = min(math.ceil(reach * activity[i] * activity[i]), (len(home) - 1) // 2)
    candidates, key = [], streams.key("local ties")
    for step in range(-window, window + 1):
        j = home.start + (i - home.start + step) % len(home)
        overlap = reach * activity[i] * activity[j] + 1.0 - abs(step)
        if overlap > 0.0 and (activity[j] < activity[i] or (activity[j] == activity[i] and j > i)):
            candidates.append((j, single(density * min(overlap, 1.0))))
    tied = []
    for place, (j, chance) in enumerate(candidates):
        coins = words(key, i, place - place % 4, 0)
        if unit(coins[place % 4]) < chance:
            tied.append(j)
    return tied


def _long(streams: Streams, i: int, n: int, wanted: float) -> list[int]:
    """Those whom ``i`` calls, anywhere in town: so many for certain, and one more with the chance of the rest."""
    called = []
    for call in range(math.ceil(wanted)):
        coin, whom, _, _ = words(streams.key("long ties"), i, call, 0)
        j = int(unit(whom) * n)
        if unit(coin) < wanted - call and j != i:
            called.append(j)
    return called
