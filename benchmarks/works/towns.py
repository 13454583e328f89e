"""The scenarios that works share, and getting ready to time them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.work import Timing, timed

if TYPE_CHECKING:
    from sim.model import ProtestModel
    from sim.population import Town
    from sim.scenario import Scenario

CACHE = "PROTESTLAW_TOWN_CACHE"
"""How many gigabytes of towns may be kept on disk; 0 for none."""

NOTIFIED = Path(__file__).resolve().parents[1] / "almaty-notified.toml"


def scenario(name: str | Path, adults: int | None = None, **changes: Any) -> Scenario:
    """A scenario of the library or a file; with another number of adults; with changes (``__`` stands for the dot of a key)."""
    from sim.scenario import load_scenario

    said = {key.replace("__", "."): value for key, value in changes.items()}
    return load_scenario(str(name), {**({"town.people.adults": adults} if adults else {}), **said})


def warmed(of: Scenario) -> None:
    """Have the machine code loaded that a run needs: a small, busy town lives for a month."""
    from sim.model import ProtestModel

    people = of.town.people.model_copy(update={"adults": 2_000})
    few = {
        "town": of.town.model_copy(update={"people": people}),
        "organisers": of.organisers.model_copy(update={"per_100k": 500.0, "opportunities": 100.0, "following_most": 0.2}),
        "scenario": of.scenario.model_copy(update={"days": 30, "counterfactual": True}),
    }
    ProtestModel(of.model_copy(update={**few, "shocks": (), "reforms": (), "emergencies": ()}), rng=1).run_for()


def built(of: Scenario, seed: int) -> Town:
    """The town, from nothing."""
    from sim.population import build_town

    return build_town(of.town, of.traits, len(of.issues), seed)


def lived(of: Scenario, seed: int, town: Town) -> tuple[ProtestModel, Timing, Timing]:
    """A model that has run to its end, and how long founding it and running it took."""
    from sim.model import ProtestModel

    with timed() as founding:
        model = ProtestModel(of, rng=seed, town=town)
    with timed() as year:
        model.run_for()
    return model, founding, year


def counted(model: ProtestModel) -> dict[str, float]:
    """How much went on: assemblies planned and held, people reached and goers (each time), held a year per 100,000 adults."""
    from sim.record import Held, Planned

    held = list(model.record.of(Held))
    years = model.conduct.scenario.days / 365.0
    return {
        "planned": sum(1 for _ in model.record.of(Planned)),
        "held": len(held),
        "reached": sum(one.reached for one in held),
        "goers": sum(one.adults for one in held),
        "held_per_100k": round(len(held) / model.town.n * 1e5 / years, 1),
    }
