"""The table of observed events: what a catalogue made from the press would hold, with the truth's number beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from sim.measurement.rows import Column, Table
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


def observed(assemblies: Table, town: Town) -> Table:
    """The assemblies that any medium reported, in the layout and the words of event data (ACLED), by date.

    ``event_type`` is a protest with intervention if there were arrests or a dispersal by force; people who left when told to have
    had a peaceful protest. ``state_response`` is the stronger of the two. Sizes are those reported; turnout is in the assemblies.

    Args:
        assemblies: the table of assemblies. town: the town.
    """
    covered = np.flatnonzero(assemblies["covered"])
    which = covered[np.lexsort((assemblies["assembly"][covered], assemblies["day"][covered]))]
    identity = town.spec.town

    def seen(column: str) -> Column:
        return assemblies[column][which]

    def response() -> Column:
        return np.where(seen("dispersed"), "dispersal", np.where(seen("arrests") > 0, "arrests", "none"))

    def size() -> Column:
        return seen("reported_size").astype(np.int64)

    def category() -> list[str]:
        words: list[str] = _SIZES[np.searchsorted(_BOUNDS, size(), side="right")].tolist()
        return words

    make: dict[str, Callable[[], Any]] = {
        "event_id": lambda: [f"{identity.country}{number:05d}" for number in range(1, which.size + 1)],
        "event_date": lambda: seen("date").tolist(),
        "year": lambda: [int(date[:4]) for date in seen("date")],
        "event_type": lambda: np.where(response() == "none", "Peaceful protest", "Protest with intervention").tolist(),
        "actor": lambda: list(map(_actor, seen("stance"), seen("legal_form"))),
        "country": lambda: [identity.country] * which.size,
        "admin": lambda: [identity.title] * which.size,
        "location": lambda: seen("site").tolist(),
        "issue": lambda: seen("issue").tolist(),
        "size_reported": size,
        "size_category": category,
        "state_response": lambda: response().tolist(),
        "sources": lambda: seen("outlets"),
        "true_assembly": lambda: seen("assembly"),
    }
    return Table("observed", which.size, lambda column: make[column]())


def _actor(stance: str, legal_form: str) -> str:
    """``Protesters (opposition)``, or with the organisation: ``Protesters (opposition; party)``."""
    return f"Protesters ({'; '.join(filter(None, (stance, _SEEN_AS.get(legal_form, ''))))})"
