"""Occasions: why and when organisers act (design, 4.3), and what the occasion is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from sim.reference.docket import Occasion

if TYPE_CHECKING:
    from sim.reference.model import ReferenceModel
    from sim.reference.organiser import Organiser

__all__ = ["new_occasion"]

_STANDING: Final = ((20.0, "picket"), (100.0, "meeting"), (math.inf, "rally"))
"""Forms that stand still, by the persons expected. Assumption, after what the words mean."""

_AT_ONCE: Final = 1
"""Days within which an occasion answers something that just happened. Assumption; range 0 to 3."""

_LONGEST: Final = 180
"""Days ahead of which nobody plans. Assumption."""


def new_occasion(model: ReferenceModel, organiser: Organiser) -> Occasion:
    """The occasion behind an opportunity that arose today; the same under every law, but for what prompted it.

    Of opportunities that arise ``factor`` times as often as usual, ``1 - 1 / factor`` are prompted by what just happened. The
    date lies ``(median + 1) * exp(sd * normal) - 1`` days ahead, the median being shorter for those; its appeal is normal, and
    foreseen in part; the luck of its call is a uniform number to a power; its form follows the size that the organiser would
    expect had it learnt nothing yet.
    """
    choices, today, number = model.conduct.choices, model.today, organiser.number

    def bell(name: str) -> float:
        return model.streams.normal(f"occasion/{name}", number, today)

    def coin(name: str) -> float:
        return model.streams.uniform(f"occasion/{name}", number, today)

    prompted = coin("prompted") < 1.0 - 1.0 / model.opportunity_factor(organiser.issue)
    median = choices.prompted_median if prompted else choices.occasion_median
    days = (median + 1.0) * math.exp(choices.occasion_log_sd * bell("lead")) - 1.0
    lead = min(max(0, round(days)), _LONGEST)
    appeal = choices.appeal_sd * bell("appeal")
    draft = Occasion(
        day=today,
        date=today + lead,
        form="rally",
        site=model.symbolic,
        appeal=appeal,
        foreseen=choices.appeal_known * appeal,
        error=bell("error"),
        luck=coin("luck") ** choices.luck,
        reactive=lead <= _AT_ONCE,
    )
    form = _form(model, organiser, draft, coin("form"))
    site = _ordinary_site(model, coin("site"), moving=form in {"march", "demonstration"})
    return Occasion(today, draft.date, form, site, appeal, draft.foreseen, draft.error, draft.luck, draft.reactive)


def _form(model: ReferenceModel, organiser: Organiser, draft: Occasion, coin: float) -> str:
    """March or demonstrate on some occasions; else stand, in a form that fits the size."""
    choices = model.conduct.choices
    if coin < choices.moving:
        return "march" if coin < choices.moving * choices.marching else "demonstration"
    first = math.log(model.conduct.organisers.yield_lawful)
    size = organiser.forecast_with(first, draft, draft.date, effort=1.0)
    return next(form for below, form in _STANDING if size < below)


def _ordinary_site(model: ReferenceModel, coin: float, *, moving: bool) -> int:
    """A place neither symbolic nor out of the way; a route for those who move, if there is one."""
    ordinary = [n for n, site in enumerate(model.sites) if site.kind in {"square", "park", "street"}]
    routes = [n for n in ordinary if model.sites[n].kind == "street"]
    choice = routes if moving and routes else ordinary or [model.symbolic]
    return choice[int(coin * len(choice))]
