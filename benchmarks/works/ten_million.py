"""Ten million people."""

from __future__ import annotations

import gc
import os

from benchmarks import machine
from benchmarks.work import PROCESS, Budget, Found, Shot, timed, work
from benchmarks.works import towns

ORDER = 5


@work(
    "ten-million",
    "10 million people, one year under the 1995 law, one process from its start to its end",
    [
        Budget("all of it", "s", 15.0, of=PROCESS),
        Budget("peak memory", "GB", 1.5),
        Budget("memory of a citizen", "bytes", 120.0),
    ],
    repeats=3,
    quick_repeats=1,
)
def ten_million(shot: Shot) -> Found:
    """The town is built, not read.

    Peak memory is the most the process ever had. Memory of a citizen is what the process holds when the year is over, less what
    it held before the town was built, over the number of adults: pages that are really there (resident), of town and model.
    """
    adults = 500_000 if shot.quick else 10_000_000
    os.environ[towns.CACHE] = "0"
    scenario = towns.scenario("almaty-1995-law", adults)
    towns.warmed(scenario)
    gc.collect()
    before = machine.resident()
    with timed() as building:
        town = towns.built(scenario, shot.seed)
    model, founding, year = towns.lived(scenario, shot.seed, town)
    gc.collect()
    after, peak = machine.resident(), machine.peak()
    values = {"town": building, "founding": founding, "year": year}
    values |= {"peak memory": peak / 1e9, "memory of a citizen": (after - before) / adults}
    facts = {**towns.counted(model), "before the town, MB": round(before / 1e6), "peak, bytes a citizen": round(peak / adults, 1)}
    return Found(values, facts=facts, reduced=f"{adults:,} adults" if shot.quick else "")
