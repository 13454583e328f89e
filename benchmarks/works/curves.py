"""How cost grows: with the town, with the protest, with the number of runs."""

from __future__ import annotations

import contextlib
from collections import defaultdict

from benchmarks.work import Found, Shot, Skipped, timed, work
from benchmarks.works import towns
from benchmarks.works.doubling import SHARES
from benchmarks.works.many import laws

ORDER = 11

_SIZES = (20_000, 60_000, 200_000, 600_000, 2_000_000, 6_000_000)
_RATES = (0.125, 0.5, 2.0, 8.0, 32.0)
_RUNS = (10, 30, 100, 300, 1_000)
_STILL = 200_000
"""Adults of the town whose protest grows, and of the one whose protest is kept when the town grows."""

type Series = defaultdict[str, list[tuple[float, float]]]


@work(
    "curves", "cost against town size, protest size and number of runs: figures, with slopes", repeats=3, quick_repeats=1, cores=2
)
def curves(shot: Shot) -> Found:
    """Processor seconds of the town and of the year; for many runs the seconds that pass, with two processes."""
    towns.warmed(towns.scenario(towns.NOTIFIED))
    found = Found(reduced="fewer and smaller sizes" if shot.quick else "")
    found.curves["town size, adults"] = _by_town(shot)
    found.curves["protest size, people reached or going in a year"] = _by_protest(shot)
    with contextlib.suppress(Skipped):
        found.curves["number of runs, seminar town"] = _by_runs(shot)
    return found


def _by_town(shot: Shot) -> Series:
    """Town and year; the year as it is, and with the protest of a town of 200,000 in a town of any size."""
    series: Series = defaultdict(list)
    for adults in _SIZES[:3] if shot.quick else _SIZES:
        grows = towns.scenario(towns.NOTIFIED, adults)
        with timed() as building:
            town = towns.built(grows, shot.seed)
        series["town (cpu)"].append((adults, building.cpu))
        series["year, protest grows with the town (cpu)"].append((adults, towns.lived(grows, shot.seed, town)[2].cpu))
        if adults >= _STILL:
            kept = {f"{table}__{key}": getattr(getattr(grows, table), key) * _STILL / adults for table, key in SHARES}
            same = towns.scenario(towns.NOTIFIED, adults, **kept)
            series["year, protest stays the same (cpu)"].append((adults, towns.lived(same, shot.seed, town)[2].cpu))
    return series if not shot.quick else _of_two(series)


def _of_two(series: Series) -> Series:
    """Without series of one point, which have no slope."""
    for name in [name for name, points in series.items() if len(points) < 2]:
        del series[name]
    return series


def _by_protest(shot: Shot) -> Series:
    series: Series = defaultdict(list)
    for opportunities in _RATES[:3] if shot.quick else _RATES:
        scenario = towns.scenario(towns.NOTIFIED, _STILL // 4 if shot.quick else _STILL, organisers__opportunities=opportunities)
        model, _, year = towns.lived(scenario, shot.seed, towns.built(scenario, shot.seed))
        counts = towns.counted(model)
        series["year (cpu)"].append((counts["reached"] + counts["goers"], year.cpu))
    return series


def _by_runs(shot: Shot) -> Series:
    try:
        from sim.experiment.many import run_many
    except ImportError:
        raise Skipped("this tree has no sim.experiment.many.run_many") from None
    series: Series = defaultdict(list)
    each = laws("seminar", None)
    tasks = [(scenario, seed) for seed in range(1, 21) for scenario in each]
    for runs in _RUNS[:2] if shot.quick else _RUNS:
        with timed() as took:
            run_many(tasks[:runs], 2)
        series["two processes (wall)"].append((runs, took.wall))
    return series
