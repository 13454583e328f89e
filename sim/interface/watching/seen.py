"""What there is to see of a run at the end of a day: plain data that the next day does not change."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sim.interface.figuring.setting import Setting
from sim.interface.reasons.telling import Teller
from sim.law import Regime
from sim.measurement.tables import tables
from sim.model import ProtestModel
from sim.record import Happening, Sanctioned

__all__ = ["Moods", "Seen", "see"]


@dataclass(slots=True)
class Moods:
    """The mood of the town at the end of each day, as means over all adults (utility).

    Attributes:
        concern: by events and news, over issues too, beyond the ordinary. anger, fear: as people feel them.
    """

    concern: list[float] = field(default_factory=list)
    anger: list[float] = field(default_factory=list)
    fear: list[float] = field(default_factory=list)

    def note(self, model: ProtestModel) -> None:
        """Note that of the day that is over."""
        issues = range(len(model.conduct.issues))
        self.concern.append(float(np.mean([model.concern(issue, model.today) for issue in issues])))
        self.anger.append(float(model.citizens.column("anger").mean()))
        self.fear.append(float(model.citizens.column("fear").mean()))

    def until_now(self) -> dict[str, tuple[float, ...]]:
        """The days so far, by name of the mood."""
        return {"concern": tuple(self.concern), "anger": tuple(self.anger), "fear": tuple(self.fear)}


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A run at the end of a day.

    Attributes:
        setting: its town and laws. law: the law in force. seed: of the run.
        days: how many are over. date: of the last one; of the first before anything has happened. working: whether people work.
        over: whether it was the last one.
        assemblies: what was held, called off or prevented so far (table of assemblies).
        counts: the days so far (table of days). moods: of each day, by name.
        happened: everything that happened on the day, in sentences.
    """

    setting: Setting
    law: Regime
    seed: int
    days: int
    date: datetime.date
    working: bool
    over: bool
    assemblies: pd.DataFrame
    counts: pd.DataFrame
    moods: dict[str, tuple[float, ...]]
    happened: tuple[str, ...]

    @property
    def today(self) -> pd.DataFrame:
        """Assemblies of the day: those that were to be held on it, but for what was filed only to hold a slot."""
        found = self.assemblies
        return found[(found["day"] == self.days - 1) & (found["strategy"] != "phantom")]


def see(model: ProtestModel, moods: Moods) -> Seen:
    """What there is to see of a model. Nothing of it changes when the model goes on."""
    scenario, lived = model.conduct, model.days_lived
    made = tables(model.record, scenario, model.town, lived)
    decided = made.assemblies[made.assemblies["fate"] != "pending"]
    last = max(lived - 1, 0)
    return Seen(
        setting=Setting.of(scenario),
        law=model.regime,
        seed=model.town.seed,
        days=lived,
        date=scenario.scenario.start + datetime.timedelta(last),
        working=model.calendar.working(last),
        over=not model.running,
        assemblies=decided,
        counts=made.days,
        moods=moods.until_now(),
        happened=_happened(model, last),
    )


def _happened(model: ProtestModel, day: int) -> tuple[str, ...]:
    """What happened on a day, in sentences. Citizens who were punished are counted, not listed one by one."""
    teller, told, punished = Teller(model.conduct), [], 0
    for happening in model.record:
        teller.know(happening)
        if happening.day != day:
            continue
        if _of_a_citizen(happening):
            punished += 1
            continue
        said = teller.says(happening)
        told.append(f"{said[0].upper()}{said[1:]}.")
    if punished:
        told.append(f"{punished:,} citizen{' is' if punished == 1 else 's are'} punished for taking part.")
    return tuple(told)


def _of_a_citizen(happening: Happening) -> bool:
    return isinstance(happening, Sanctioned) and happening.role in {"participant", "foreigner"}
