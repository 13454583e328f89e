"""Occasions: what an organiser's opportunity is about, when it matters most, and what it would hold of itself (design, 4.3)."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sim.institutions.options import Occasion
from sim.institutions.organiser import Organiser

if TYPE_CHECKING:
    from sim.model.model import ProtestModel

__all__ = ["new_occasion", "occasion_of"]

_SIZES: Final = ((20.0, "picket"), (100.0, "meeting"), (math.inf, "rally"))
"""Forms that stand still, by the persons expected. Assumption, after what the words mean."""

_AT_ONCE: Final = 1
"""Days within which an occasion answers something that just happened. Assumption; range 0 to 3."""

_LONGEST: Final = 180
"""Days ahead of which nobody plans. Assumption."""


def occasion_of(model: ProtestModel, organiser: Organiser, day: int) -> Occasion:
    """The occasion behind an opportunity that arose on a day."""
    return model.occasions[organiser.number, day]


def new_occasion(model: ProtestModel, organiser: Organiser, factor: float) -> Occasion:
    """The occasion behind an opportunity that arises today.

    Date, appeal, luck, error, and the form that the organiser would hold of itself are the same under every law, but for one
    thing: what prompts an opportunity, a shock or assemblies of others, makes its date a near one.

    Args:
        factor: how much more often than on an ordinary day an opportunity arises today; the rest is prompted.
    """
    choices, streams, number, day = model.conduct.choices, model.streams, organiser.number, model.today
    prompted = streams.uniform("occasion/prompted", number, day) < 1.0 - 1.0 / factor
    median = choices.prompted_median if prompted else choices.occasion_median
    lead = (median + 1.0) * math.exp(choices.occasion_log_sd * streams.normal("occasion/lead", number, day)) - 1.0
    lead = min(max(0, round(lead)), _LONGEST)
    appeal = choices.appeal_sd * streams.normal("occasion/appeal", number, day)
    foreseen = choices.appeal_known * appeal
    error = streams.normal("occasion/error", number, day)
    luck = streams.uniform("occasion/luck", number, day) ** choices.luck
    coin = streams.uniform("occasion/site", number, day)
    first = _ordinary_site(model, coin, moving=False)
    draft = Occasion(day, day + lead, "rally", first, appeal, foreseen, error, luck, lead <= _AT_ONCE)
    form = _form(model, organiser, draft)
    site = _ordinary_site(model, coin, moving=form in {"march", "demonstration"})
    occasion = replace(draft, form=form, site=site)
    model.occasions[number, day] = occasion
    return occasion


def _form(model: ProtestModel, organiser: Organiser, draft: Occasion) -> str:
    """What the organiser would hold if the law did not matter: by the size it usually expects, not by what it has learnt."""
    coin = model.streams.uniform("occasion/form", organiser.number, draft.day)
    choices = model.conduct.choices
    if coin < choices.moving:
        return "march" if coin < choices.moving * choices.marching else "demonstration"
    size = organiser.usual_size(draft)
    return next(form for limit, form in _SIZES if size < limit)


def _ordinary_site(model: ProtestModel, coin: float, *, moving: bool) -> int:
    """A place neither symbolic nor out of the way; a route for those who move, if there is one."""
    sites = model.town.spec.sites
    ordinary = [n for n, site in enumerate(sites) if site.kind in {"square", "park", "street"}]
    routes = [n for n in ordinary if sites[n].kind == "street"]
    choice = routes if moving and routes else ordinary or [model.symbolic]
    return choice[int(coin * len(choice))]
