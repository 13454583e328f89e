"""Simulated assemblies, as an observer of the city would have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from sim.measurement.patterns.events import Events, Shock, Stretch
from sim.scenario import Scenario

__all__ = ["WARM_UP", "simulated"]

WARM_UP: Final = 59
"""Days left out where time patterns are measured: nothing was planned before the first day, so the first weeks fill up."""

_UNNOTIFIED: Final = frozenset({"unannounced", "spontaneous"})
_REFUSED: Final = frozenset({"refused", "silence_refused"})
_KEYS: Final = ["seed", "assembly"]


def simulated(
    tables: Mapping[str, pd.DataFrame], scenario: Scenario, seeds: Sequence[int], inhabitants: float | None = None
) -> Events:
    """The assemblies of some runs of a scenario, a stretch for each seed in their order.

    Assemblies that were still to come at the end of a run are left out: nobody knows what became of them. Phantoms are events
    that were filed for and not held, as they are to an observer. All are one-off: the model knows no series.

    Args:
        tables: ``assemblies`` and ``filings`` of all runs, with a column ``seed``.
        scenario: of the runs. seeds: of the runs.
        inhabitants: of the city, of all ages; the model's people are adults.
    """
    rows = tables["assemblies"]
    rows = rows[rows["fate"] != "pending"].reset_index(drop=True)
    held = (rows["fate"] == "held").to_numpy()
    filed = (rows["attempts"] > 0).to_numpy()
    made = pd.DataFrame(
        {
            "stretch": rows["seed"].map({seed: place for place, seed in enumerate(seeds)}).astype(np.int64),
            "day": rows["day"].astype(np.int64),
            "held": held,
            "one_off": 1.0,
            "attended": _where(held, rows["turnout"]),
            "declared": _where(filed & (rows["form"] != "single_picket"), rows["declared"]),
            "filed": filed,
            "prohibited": _where(filed, rows["answer"] == "refused"),
            "granted": _where(filed, ~rows["answer"].isin(_REFUSED)),
            "unnotified": _where(held, rows["strategy"].isin(_UNNOTIFIED)),
            "unauthorised": _where(held, ~rows["lawful_at_start"]),
            "arrests": _where(held, rows["arrests"]),
            "punished": _where(held, rows["punished_detained"]),
            "intervention": _where(held, (rows["arrests"] > 0) | rows["dispersed"]),
            "officers": _where(held, rows["officers"]),
            "critical": rows["stance"] == "opposition",
            "topic": rows["issue"].to_numpy(object),
        }
    )
    keys = pd.MultiIndex.from_frame(rows[_KEYS])
    for name, values in _desk(tables["filings"]).items():
        made[name] = values.reindex(keys).to_numpy(np.float64, na_value=np.nan)
    about = scenario.scenario
    watched = Stretch(about.start, about.days, min(WARM_UP, about.days))
    shocks = [Shock(shock.date, shock.issue) for shock in scenario.shocks if shock.size > 0]
    return Events.of(made, [watched] * len(seeds), inhabitants, shocks)


def _where(holds: np.ndarray, values: pd.Series) -> np.ndarray:
    return np.where(holds, values.to_numpy(np.float64), np.nan)


def _desk(filings: pd.DataFrame) -> dict[str, pd.Series]:
    """What the desk's steps say of each assembly, by seed and number: of the first filing, but for the counts."""
    first = filings[filings["attempt"] == 1].set_index(_KEYS)
    filed = first[first["step"] == "filed"]
    decided = first[(first["step"] == "answered") & ~first["answer"].str.startswith("silence")]
    answered = filings[filings["step"] == "answered"]
    by = answered.assign(refused=answered["answer"].isin(_REFUSED)).groupby(_KEYS)["refused"]
    return {
        "notice": filed["for_day"] - filed["day"],
        "decision_lag": decided["day"] - filed["day"].reindex(decided.index),
        "decision_lead": decided["for_day"] - decided["day"],
        "answers": by.size(),
        "refusals": by.sum(),
    }
