"""A decision as numbers: the ways of acting that an organiser weighs, and what it weighs them by.

Records and arrays, which compiled functions take by reference. What is meant by the words (forms, procedures, strategies, sites)
is decided above, in :mod:`sim.institutions.deliberation`, which lays law, town and organiser out in them and turns the chosen row
back into a plan.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = [
    "BANNED",
    "DAYS",
    "DUTY",
    "EXEMPT",
    "EXPECTED",
    "FACTS",
    "KINDS",
    "NOTIFICATION",
    "OUTSIDE",
    "PERMIT",
    "PHANTOM",
    "PICKET",
    "SITE",
    "SMALL",
    "SPLIT",
    "SPONTANEOUS",
    "STANDING",
    "UNDER",
    "UNFILED",
    "WAY",
    "Board",
]

Longs = npt.NDArray[np.int64]

WAIT, PICKET, SMALL, UNDER, EXPECTED, SPLIT, UNFILED, OUTSIDE, SPONTANEOUS, PHANTOM = range(10)
"""Strategies, numbered as in :data:`sim.record.STRATEGIES`."""

EXEMPT, NOTIFICATION, PERMIT, BANNED = range(4)
"""What can be owed."""

STANDING: Final = 3
"""The form of a rally in :data:`sim.words.FORMS`: standing still, in the stead of a form that moves; 0 is the single picket."""

KINDS: Final = 6
"""Kinds of sites there are (:data:`sim.words.SITE_KINDS`)."""

WAY: Final = np.dtype(
    [(name, np.int64) for name in ("strategy", "form", "site", "date", "declared", "parts", "row")]
    + [("effort", np.float64), ("public", np.bool_), ("files", np.bool_), ("outside", np.bool_)]
    + [(name, np.float64) for name in ("worth", "noise", "persons", "persons_unlawful", "cost", "lawful", "unlawful")]
    + [("announced", np.bool_), ("threat", np.float64), ("leave", np.float64), ("overrun", np.float64), ("filing", np.float64)],
    align=True,
)
"""One way of acting: a plan as numbers (see :class:`sim.institutions.docket.Plan`; ``row`` is -1 if the law has none for it,
``outside`` tells a kind of gathering that the law leaves outside itself), what it is worth, its coin (a standard Gumbel number),
and what the worth is made of (:class:`sim.institutions.weighing.Account`; ``announced`` tells which offence it risks:
going ahead after refusal rather than without filing; ``leave`` is not a number where none is asked for)."""


def _fields(kind: type, *names: str) -> list[tuple[str, type]]:
    return [(name, kind) for name in names]


FACTS: Final = np.dtype(
    # How organisers decide (sim.behaviour.OrganiserBehaviour); `half` is 0.5: for a constant, the compiler would put another
    # function in place of the power.
    _fields(np.float64, "half", "temperature", "temperature_within", "effort_cost", "alone_effort", "splitting_cost")
    + _fields(np.float64, "giving_up_cost", "filing_cost", "sanction_weight", "urgency_half_life", "mobilising")
    + _fields(np.float64, "forecast_gain", "forecast_error", "optimism", "quiet_share", "small_room", "small_share")
    + _fields(np.float64, "most_parts", "room_indoors", "visible_exempt", "prior_strength", "learning_others")
    # The law, for an organiser of this legal form: whether late notice is accepted; days within which a spontaneous response is
    # lawful (-1: never); whether a filing holds a slot; whether some kind of gathering is outside the law; whether the legal form
    # is barred from organising; things a filing must contain, and the filing itself. The symbolic site; for each form the best of
    # the sites that it is bound to, or -1. For declared size, threshold and capacity: whether passing it costs anything, the
    # margin, whether it ends the assembly.
    + _fields(np.bool_, "late", "exclusive", "outside", "barred")
    + _fields(np.int64, "at_once", "items", "symbolic")
    + [("designated", np.int64, (6,)), ("limits", np.float64, (3, 3))]
    # What this organiser knows and believes today. Of the occasion (sim.institutions.options.Occasion): day, date, form, site,
    # whether it answers what just happened, the appeal foreseen (utility), the error of its forecasts (standard normal).
    + _fields(np.int64, "day", "date", "form", "site", "organiser", "reactive", "all_barred")
    # Followers (persons); log share of them that comes, if unlawful and if lawful; taste for legality; answers it had and heard
    # of, by procedure: allowed, all; the chance it sees of being punished; what the law threatens for going without filing, after
    # refusal, and for passing a limit (monthly wages); the chance that somebody unwelcome wants a slot.
    + _fields(np.float64, "surplus", "error", "followers", "legality", "punished", "rivals")
    + [
        ("log_yield", np.float64, (2,)),
        ("known", np.float64, (4, 2)),
        ("heard", np.float64, (4, 2)),
        ("threats", np.float64, (3,)),
    ],
    align=True,
)
"""Everything that is one number: tastes, law, mind. Kept in one record, which compiled functions take by reference."""

SITE: Final = np.dtype(
    [
        ("kind", np.int64),
        ("capacity", np.int64),
        ("visible", np.float64),
        ("prohibited", np.bool_),
        ("lawful", np.uint8, (6, 4)),
        ("waived", np.float64, (6, 4)),
    ],
    align=True,
)
"""A site: its kind, persons it holds, worth of being there; whether it lies in a prohibited zone; by form and procedure, whether
the law lets a gathering be there, and the chance that a wanted filing gets leave for it."""

DUTY: Final = np.dtype([("procedure", np.int64), ("soonest", np.int64), ("prior", np.float64)], align=True)
"""A procedure row: what is owed; the first day for which a filing made on the occasion's day is in time; usual approval."""

DAYS: Final = np.dtype([("shock", np.float64), ("working", np.bool_)], align=True)
"""A day: concern with the issue beyond the ordinary (utility), and whether people work."""


class Board(NamedTuple):
    """What a decision rests on, as arrays.

    Attributes:
        facts: one record (:data:`FACTS`). sites, duties: :data:`SITE` and :data:`DUTY`. days: :data:`DAYS` from the occasion's
            date on. first, starts, rows: the sizes from which a procedure row applies, for cell ``form * kinds + kind of site``
            those from ``first[cell]`` to ``first[cell + 1]``. steps_first, steps: likewise, where what is owed changes.
    """

    facts: Any
    sites: Any
    duties: Any
    days: Any
    first: Longs
    starts: Longs
    rows: Longs
    steps_first: Longs
    steps: Longs
