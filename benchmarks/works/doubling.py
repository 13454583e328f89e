"""The town doubles and the protest stays: what the year costs then."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from benchmarks.work import Budget, Found, Shot, Timing, work
from benchmarks.works import towns

if TYPE_CHECKING:
    from sim.scenario import Scenario

ORDER = 4

SHARES = (("organisers", "per_100k"), ("organisers", "following_most"), ("behaviour", "call_reach"), ("police", "per_100k"))
"""All that the model takes in proportion to the number of adults, as table and key of a scenario.

Halved in a town twice as large, there are as many organisers, followers, people in the audience of a call, and officers as
before; districts and ties need nothing, since a citizen has as many ties in any town."""


def doubled(adults: int) -> tuple[Scenario, Scenario]:
    """A town, and one twice as large with the same protest."""
    once = towns.scenario(towns.NOTIFIED, adults)
    changes = {f"{table}__{key}": getattr(getattr(once, table), key) / 2.0 for table, key in SHARES}
    return once, towns.scenario(towns.NOTIFIED, 2 * adults, **changes)


@work(
    "doubling",
    "the year when the town doubles and the protest stays the same",
    [Budget("year of 2.6 million adults / of 1.3 million", "times", 1.15)],
    repeats=7,
)
def doubling(shot: Shot) -> Found:
    """Both towns in one process, in turn; processor time of the days. Seeds differ from shot to shot, so people do too."""
    adults = 130_000 if shot.quick else 1_300_000
    once, twice = doubled(adults)
    towns.warmed(once)
    both = [(scenario, towns.built(scenario, shot.seed)) for scenario in (once, twice)]
    years: tuple[list[Timing], list[Timing]] = ([], [])
    founded: tuple[list[Timing], list[Timing]] = ([], [])
    counts = []
    for _ in range(3):
        counts = []
        for place, (scenario, town) in enumerate(both):
            model, founding, year = towns.lived(scenario, shot.seed, town)
            years[place].append(year)
            founded[place].append(founding)
            counts.append(towns.counted(model))
            del model
    cpu = [median(year.cpu for year in of_one) for of_one in years]
    wall = [median(year.wall for year in of_one) for of_one in years]
    founding_cpu = [median(founding.cpu for founding in of_one) for of_one in founded]
    reached = [count["reached"] + count["goers"] for count in counts]
    return Found(
        {
            "year of 2.6 million adults / of 1.3 million": cpu[1] / cpu[0],
            "the same, for each person reached or going": cpu[1] / reached[1] / (cpu[0] / reached[0]),
            "the same, founding included": (cpu[1] + founding_cpu[1]) / (cpu[0] + founding_cpu[0]),
            "year, once": Timing(wall[0], cpu[0]),
            "year, twice": Timing(wall[1], cpu[1]),
        },
        facts={"once": counts[0], "twice": counts[1], "halved": [f"{table}.{key}" for table, key in SHARES]},
        reduced=f"{adults:,} and {2 * adults:,} adults" if shot.quick else "",
    )
