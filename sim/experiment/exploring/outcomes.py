"""What a page shows of a run: indicators, and what was to be and was kept from being.

No outcome is good by itself. More of what is held may be lawful because people stayed at home, so what did not take place stands
beside what did.
"""

from __future__ import annotations

from typing import Final

from sim.measurement import INDICATORS

__all__ = ["GROUPS", "OUTCOMES", "SUPPRESSED", "unit_of"]

SUPPRESSED: Final = "suppressed"
"""Assemblies that were refused or prevented, and not held."""

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "volume": ("events_held", "attendance", "unique_participants", "mean_turnout", "poorest_share"),
    "absent": (SUPPRESSED, "waiting_share", "refusal_rate", "events_prevented"),
    "legality": (
        "lawful_share_start",
        "lawful_share_throughout",
        "lawful_share_attendance",
        "unauthorised_share",
        "limit_passed_rate",
        "terminated_share",
    ),
    "strategy": ("self_limiting_share", "split_share", "displacement_share", "substitution_share"),
    "cost": ("arrests_per_1000", "sanctioned_per_1000"),
}
"""What may be shown, by what it is about, in the order of the page."""

OUTCOMES: Final = tuple(name for names in GROUPS.values() for name in names)


def unit_of(outcome: str) -> str:
    """``share``, ``rate`` (per 1,000), ``mean`` or ``count``: how a page writes it."""
    unit = "assemblies" if outcome == SUPPRESSED else INDICATORS[outcome].unit
    if unit.startswith("share"):
        return "share"
    return "rate" if unit.startswith("per ") else "mean" if outcome.startswith("mean") else "count"
