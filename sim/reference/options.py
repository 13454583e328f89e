"""What an organiser can do about an occasion: every plan that law, town and calendar leave open (design, 4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sim.reference.docket import Occasion, Plan
from sim.reference.law import accepts_late, earliest_date, what_is_owed

if TYPE_CHECKING:
    from sim.reference.model import ReferenceModel
    from sim.reference.organiser import Organiser

__all__ = ["plans", "round_size"]


def round_size(persons: float) -> int:
    """A size as people say it: by 5 from 10, by 10 from 50, by 50 from 200, by 100 from 1,000 (empirics.md, section 5)."""
    size = max(1.0, persons)
    step = next(step for below, step in ((10, 1), (50, 5), (200, 10), (1000, 50), (float("inf"), 100)) if size < below)
    return max(1, round(size / step) * step)


def plans(model: ReferenceModel, organiser: Organiser, occasion: Occasion) -> Iterator[Plan]:
    """Every plan there is, but waiting."""
    yield _single_picket(model, organiser, occasion)
    moving = occasion.form in {"march", "demonstration"}  # whoever would move can stand instead
    for form in [occasion.form, "rally"] if moving else [occasion.form]:
        for site in _sites(model, organiser, occasion, form):
            yield from _at(model, organiser, occasion, form, site)
    yield from _outside_the_law(model, organiser, occasion)


def _single_picket(model: ReferenceModel, organiser: Organiser, occasion: Occasion) -> Plan:
    """One person with a poster, at the symbolic place."""
    row = what_is_owed(model, "single_picket", organiser.legal_form, model.symbolic, 1)
    plan = Plan("single_picket", "single_picket", model.symbolic, occasion.date, 1, effort=0.0, public=False, row=row)
    return _in_time(model, plan, occasion)


def _sites(model: ReferenceModel, organiser: Organiser, occasion: Occasion, form: str) -> list[int]:
    """The symbolic place, the ordinary one in mind, and the best of the designated ones, if the law binds to those.

    It binds nobody to them who owes nothing at any place in town whatever the size.
    """
    found = [model.symbolic, occasion.site]
    free = sorted(model.places.designated - model.places.prohibited)
    kinds = {site.kind for site in model.sites}
    owed = {row.procedure for kind in kinds for _, row in model.regime.rows(form, organiser.legal_form, kind)}
    if model.places.binds(form, "permit") and owed - {"exempt"} and free:
        found.append(min(free, key=lambda n: (model.sites[n].kind == "remote", -model.sites[n].capacity, n)))
    return list(dict.fromkeys(found))  # each once


def _at(model: ReferenceModel, organiser: Organiser, occasion: Occasion, form: str, site: int) -> Iterator[Plan]:
    """The plans of one form at one site."""
    choices, regime = model.conduct.choices, model.regime
    forecast, declared = _expected(model, organiser, occasion, form, site)
    steps = regime.steps(form, organiser.legal_form, model.sites[site].kind)
    limit = max((step - 1 for step in steps if 2 <= step <= declared), default=None)  # the largest size that owes less

    def plan(strategy: str, size: int, **how: Any) -> Plan:
        row = what_is_owed(model, form, organiser.legal_form, site, size)
        return Plan(strategy, form, site, occasion.date, size, row=row, **how)

    def filed(strategy: str, size: int, **how: Any) -> Plan:
        return _in_time(model, plan(strategy, size, **how), occasion)

    expected = filed("expected", declared)
    yield from _and_on_a_free_day(model, expected)
    if limit is None:
        share = choices.small_share
        yield filed("small", round_size(share * forecast), effort=share, public=False)
    else:
        yield filed("small", limit, effort=min(1.0, choices.small_room * limit / forecast))
        yield filed("under_threshold", limit)
        parts = -(-declared // limit)  # rounded up
        if 2 <= parts <= choices.most_parts:
            yield filed("split", min(limit, round_size(forecast / parts)), effort=1.0 / parts, parts=parts)
    if expected.owes_filing:
        yield from _and_on_a_free_day(model, plan("unannounced", declared, public=False))
        if _may_be_spontaneous(model, occasion):
            yield plan("spontaneous", declared)
        if model.places.exclusive and organiser.rivals() > 0.0:
            yield filed("phantom", declared, effort=0.0, public=False)


def _expected(model: ReferenceModel, organiser: Organiser, occasion: Occasion, form: str, site: int) -> tuple[float, int]:
    """Persons expected and declared, on the day on which the law lets it be held if it is filed for."""
    soonest = round_size(organiser.forecast(occasion, occasion.date, lawful=True))
    row = what_is_owed(model, form, organiser.legal_form, site, soonest)
    draft = _in_time(model, Plan("expected", form, site, occasion.date, soonest, row=row), occasion)
    forecast = organiser.forecast(occasion, draft.date, lawful=True)
    return forecast, round_size(forecast)


def _may_be_spontaneous(model: ReferenceModel, occasion: Occasion) -> bool:
    rules = model.regime.spontaneous
    if rules is None or not rules.allowed or not occasion.reactive:
        return False
    return rules.within is None or occasion.date - occasion.day <= rules.within.least_days


def _outside_the_law(model: ReferenceModel, organiser: Organiser, occasion: Occasion) -> Iterator[Plan]:
    """A gathering of a kind the law leaves outside itself. From a law that asks nothing nobody needs to get away."""
    kinds = model.regime.exempt.kinds if model.regime.exempt else ()
    forecast = organiser.forecast(occasion, occasion.date, lawful=True)
    row = what_is_owed(model, occasion.form, organiser.legal_form, occasion.site, round_size(forecast))
    free = (row is None or row.procedure == "exempt") and occasion.site not in model.places.prohibited
    kind = next((kind for kind in ("indoor", "residents") if kind in kinds), None)
    if kind and not free:
        size = min(model.conduct.choices.room_indoors, forecast)
        effort = min(1.0, size / max(forecast, 1.0))
        yield Plan(
            "exempt_kind", "meeting", occasion.site, occasion.date, round_size(size), effort, public=False, exempt_kind=kind
        )


def _in_time(model: ReferenceModel, plan: Plan, occasion: Occasion) -> Plan:
    """The plan with its filing, if it owes one: on the occasion's day, or the first for which a filing today is in time.

    A law that accepts late notice when earlier notice was not possible does not put it off; only a permit takes a day.
    """
    if not plan.owes_filing:
        return plan
    soonest = earliest_date(model, plan.row, occasion.day)
    if accepts_late(model.regime):
        soonest = occasion.day + 1 if plan.procedure == "permit" else occasion.day
    return replace(plan, files=True, date=max(occasion.date, soonest))


def _and_on_a_free_day(model: ReferenceModel, plan: Plan) -> Iterator[Plan]:
    """The plan on its day, and on the next day off within a week if that is another one."""
    yield plan
    free = next((day for day in range(plan.date, plan.date + 7) if not model.calendar.working(day)), plan.date)
    if free != plan.date:
        yield replace(plan, date=free)
