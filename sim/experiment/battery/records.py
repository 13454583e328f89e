"""The battery of a record of what really took place: a user's own file of events."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from sim.experiment.battery.battery import Battery, battery
from sim.experiment.battery.event_file import read_events
from sim.experiment.battery.mapping import read_mapping

__all__ = ["of_record", "told_of"]

_TOLD_BY: Final = {
    "filed": "notified or filed",
    "notice": "filed",
    "decision_lag": "decided",
    "decision_lead": "decided",
    "answers": "refused",
    "refusals": "refused",
    "prohibited": "refused",
    "granted": "refused",
    "unnotified": "notified",
    "unauthorised": "lawful",
}
"""Which column of the file tells what, where they do not have one name."""


def of_record(events: Path, columns: Path, *, regime: str | None = None) -> Battery:
    """Hold a record of what really took place against every pattern that concerns its city.

    Intervals are the grouped jackknife's over ten blocks of time.

    Args:
        events: a CSV file, one row an assembly. columns: the text that says what its columns mean.
        regime: under which the city stands, instead of what that text says.

    Raises:
        InputError: with everything that is wrong with either file.
    """
    mapped = read_mapping(columns)
    found = read_events(events, mapped)
    own = regime or mapped.city.regime
    regimes = (*((own,) if own else ()), *(("squatting",) if mapped.city.squatting else ()))
    return battery(found, events.stem, mapped.city.title, regimes, why=_why)


def told_of(events: Path, columns: Path) -> dict[str, Any]:
    """What a manifest tells of the two files: their names and SHA-256, and what the columns mean.

    Raises:
        InputError: if the text about the columns is wrong.
    """
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (events, columns)}
    return {"files": files, "mapping": read_mapping(columns).model_dump(mode="json")}


def _why(missing: Sequence[str]) -> str:
    """Which columns the file would need."""
    told = dict.fromkeys(_TOLD_BY.get(name, name) for name in missing)
    return f"the file does not tell: {', '.join(told)}"
