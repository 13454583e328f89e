"""The engine against the model that is written for reading: the same record, and how much sooner."""

from __future__ import annotations

from statistics import median

from benchmarks.work import Budget, Found, Shot, Skipped, Timing, timed, work
from benchmarks.works import towns

ORDER = 1

_QUICK = {"scenario__days": 60, "shocks": [], "organisers__per_100k": 500.0, "organisers__opportunities": 20.0}


@work(
    "reference",
    "the reference model's record, seminar town of 20,000, 365 days",
    [Budget("times as fast as the reference", "times", 1000.0, least=True)],
    repeats=5,
)
def reference(shot: Shot) -> Found:
    """Town, founding and year of both in processor time, since both are one thread; the reference runs in the first shot only."""
    try:
        from sim.reference import ReferenceModel
    except ImportError:
        raise Skipped("this tree has no reference model") from None
    from sim.model import ProtestModel

    scenario = towns.scenario("seminar", 2_000, **_QUICK) if shot.quick else towns.scenario("seminar", 20_000)
    towns.warmed(scenario)
    found = Found(reduced="2,000 people, 60 days, but a busy town" if shot.quick else "")
    runs = []
    for _ in range(5):
        with timed() as whole:
            model = ProtestModel(scenario, rng=1, town=towns.built(scenario, 1))
            model.run_for()
        runs.append(whole)
    digest = model.record.digest
    if "digest" not in shot.kept:
        with timed() as plain:
            other = ReferenceModel(scenario, rng=1)
            other.run_for()
        found.keep = {"digest": other.record.digest, "cpu": plain.cpu, "wall": plain.wall}
    known = {**shot.kept, **found.keep}
    if known["digest"] != digest:
        raise RuntimeError(f"the records differ: {digest} is not {known['digest']} of the reference")
    cpu = median(run.cpu for run in runs)
    found.values = {
        "times as fast as the reference": known["cpu"] / cpu,
        "engine": Timing(median(run.wall for run in runs), cpu),
        "reference model": Timing(known["wall"], known["cpu"]),
    }
    found.facts = {"records": "equal, by SHA-256", "happenings": len(model.record), "reference, cpu s": round(known["cpu"], 2)}
    return found
