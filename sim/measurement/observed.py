"""The table of observed events: what a catalogue made from the press would hold, with the truth's number beside it."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from sim.measurement.frames import frame
from sim.population import Town

__all__ = ["observed"]

_BOUNDS: Final = (10, 100, 1_000, 10_000)
_SIZES: Final = np.array(["1-9", "10-99", "100-999", "1000-9999", "10000+"], object)

_SEEN_AS: Final = {
    "association": "association",
    "party": "party",
    "suspended_party": "banned party",
    "foreign_funded": "association",
}
"""Legal forms as a reporter would put them: who pays for an association is not seen, and an informal group has no name."""


def observed(assemblies: pd.DataFrame, town: Town) -> pd.DataFrame:
    """The assemblies that any medium reported, in the layout and the words of event data (ACLED), by date.

    ``event_type`` is a protest with intervention if there were arrests or a dispersal by force; people who left when told to have
    had a peaceful protest. ``state_response`` is the stronger of the two. Sizes are those reported; turnout is in the assemblies.

    Args:
        assemblies: the table of assemblies. town: the town.
    """
    seen = assemblies[assemblies["covered"]].sort_values(["day", "assembly"])
    identity = town.spec.town
    response = np.where(seen["dispersed"], "dispersal", np.where(seen["arrests"] > 0, "arrests", "none"))
    size = seen["reported_size"].to_numpy(np.int64)
    return frame(
        "observed",
        {
            "event_id": [f"{identity.country}{number:05d}" for number in range(1, len(seen) + 1)],
            "event_date": seen["date"].tolist(),
            "year": [int(date[:4]) for date in seen["date"]],
            "event_type": np.where(response == "none", "Peaceful protest", "Protest with intervention").tolist(),
            "actor": [_actor(stance, form) for stance, form in zip(seen["stance"], seen["legal_form"], strict=True)],
            "country": [identity.country] * len(seen),
            "admin": [identity.title] * len(seen),
            "location": seen["site"].tolist(),
            "issue": seen["issue"].tolist(),
            "size_reported": size,
            "size_category": _SIZES[np.searchsorted(_BOUNDS, size, side="right")].tolist(),
            "state_response": response.tolist(),
            "sources": seen["outlets"].to_numpy(),
            "true_assembly": seen["assembly"].to_numpy(),
        },
    )


def _actor(stance: str, legal_form: str) -> str:
    """``Protesters (opposition)``, or with the organisation: ``Protesters (opposition; party)``."""
    return f"Protesters ({'; '.join(filter(None, (stance, _SEEN_AS.get(legal_form, ''))))})"
