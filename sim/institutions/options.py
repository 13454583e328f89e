"""What an organiser can do, as plans: every way of going about an occasion that law, town and calendar leave open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sim.institutions.docket import Plan
from sim.words import SITE_KINDS

if TYPE_CHECKING:
    from sim.institutions.organiser import Organiser
    from sim.institutions.world import World
    from sim.law import ProcedureRow, Regime

__all__ = ["MOVING", "Occasion", "accepts_late", "earliest_date", "plans", "round_size"]

MOVING: Final = ("march", "demonstration")
"""Forms that move."""

_LOOKS_AHEAD: Final = 6
"""Days after the occasion among which a free day is looked for: a week."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A reason to act.

    Attributes:
        day: when it arose. date: the day on which it would matter most. form: what the organiser would hold by itself.
        site: the ordinary place it has in mind. appeal: how much it appeals to everyone, utility.
        foreseen: what the organiser knows of that, utility. error: error of its forecasts, standard normal.
        luck: share of those it could reach whom the call does reach.
        reactive: whether it answers something that has just happened.
    """

    day: int
    date: int
    form: str
    site: int
    appeal: float
    foreseen: float
    error: float
    luck: float
    reactive: bool


def round_size(persons: float) -> int:
    """A size as people say it: by 5, from 50 by 10, from 200 by 50, from 1,000 by 100 (empirics.md, section 5)."""
    size = max(1.0, persons)
    step = 1 if size < 10 else 5 if size < 50 else 10 if size < 200 else 50 if size < 1000 else 100
    return max(1, round(size / step) * step)


def earliest_date(world: World, row: ProcedureRow | None, filed: int) -> int:
    """The first day for which something filed on a day is still in time."""
    if row is None or row.notice is None:
        return filed
    notice, calendar = row.notice, world.calendar
    announcing = int(row.notice_from == "announcement")  # notice counts back from the day before, when it is announced
    date = filed + announcing
    while calendar.back(date - announcing, notice.amount, notice.unit) < filed:
        date += 1
    return date


def accepts_late(regime: Regime) -> bool:
    """Whether the law accepts late notice when earlier notice was not possible."""
    return regime.spontaneous is not None and regime.spontaneous.short_notice


def plans(world: World, organiser: Organiser, occasion: Occasion) -> Iterator[Plan]:
    """Every plan there is for an occasion, waiting first; which is taken depends on payoffs."""
    yield Plan("wait", occasion.form, occasion.site, occasion.date, 0)
    yield _single_picket(world, organiser, occasion)
    for form in _forms(occasion):
        for site in _sites(world, organiser, occasion, form):
            yield from _at(world, organiser, occasion, form, site)
    yield from _outside_the_law(world, organiser, occasion)


def _forms(occasion: Occasion) -> tuple[str, ...]:
    """The form an organiser would take, and standing still in its stead."""
    return (occasion.form, "rally") if occasion.form in MOVING else (occasion.form,)


def _single_picket(world: World, organiser: Organiser, occasion: Occasion) -> Plan:
    site = world.symbolic
    row = world.regime.row("single_picket", organiser.legal_form, world.town.spec.sites[site].kind, 1)
    plan = Plan("single_picket", "single_picket", site, occasion.date, 1, effort=0.0, public=False, row=row)
    return _filed_in_time(world, plan, occasion)


def _sites(world: World, organiser: Organiser, occasion: Occasion, form: str) -> tuple[int, ...]:
    """The symbolic place, the ordinary one in mind, and the best of the designated ones if the law binds to those.

    It binds nobody to them who owes nothing whatever the size.
    """
    found = [world.symbolic, occasion.site]
    owed = {row.procedure for kind in SITE_KINDS for _, row in world.regime.rows(form, organiser.legal_form, kind)}
    if world.places.bound(form, "permit") and owed - {"exempt"}:
        sites = world.town.spec.sites
        free = [n for n in sorted(world.places.designated) if n not in world.places.prohibited]
        if free:
            found.append(min(free, key=lambda n: (sites[n].kind == "remote", -sites[n].capacity, n)))
    return tuple(dict.fromkeys(found))


def _at(world: World, organiser: Organiser, occasion: Occasion, form: str, site: int) -> Iterator[Plan]:
    kind = world.town.spec.sites[site].kind
    forecast, declared = _expected(world, organiser, occasion, form, site)
    row = world.regime.row(form, organiser.legal_form, kind, declared)
    steps = [step for step in world.regime.steps(form, organiser.legal_form, kind) if 2 <= step <= declared]

    def plan(strategy: str, size: int, **how: object) -> Plan:
        of_size = world.regime.row(form, organiser.legal_form, kind, size)
        made = Plan(strategy, form, site, occasion.date, size, row=of_size, **how)  # type: ignore[arg-type]
        return _filed_in_time(world, made, occasion)

    expected = plan("expected", declared)
    yield from _on_free_days(world, expected)
    if steps:
        limit = steps[-1] - 1
        yield plan("small", limit, effort=min(1.0, world.conduct.choices.small_room * limit / forecast))
        yield plan("under_threshold", limit)
        parts = -(-declared // limit)
        if 2 <= parts <= world.conduct.choices.most_parts:
            yield plan("split", min(limit, round_size(forecast / parts)), effort=1.0 / parts, parts=parts)
    else:
        share = world.conduct.choices.small_share
        yield plan("small", round_size(share * forecast), effort=share, public=False)
    if expected.owes_filing:
        unfiled = Plan("unannounced", form, site, occasion.date, declared, public=False, row=row)
        yield from _on_free_days(world, unfiled)
        spontaneous = world.regime.spontaneous
        if spontaneous and spontaneous.allowed and occasion.reactive:
            wait = occasion.date - occasion.day
            if spontaneous.within is None or wait <= spontaneous.within.least_days:
                yield Plan("spontaneous", form, site, occasion.date, declared, row=row)
        if world.places.exclusive and world.rivals(organiser) > 0.0:
            yield plan("phantom", declared, effort=0.0, public=False)


def _expected(world: World, organiser: Organiser, occasion: Occasion, form: str, site: int) -> tuple[float, int]:
    """Persons expected, and so declared, on the day on which it can be held: the law may put it off."""
    kind = world.town.spec.sites[site].kind
    soonest = organiser.forecast(occasion, occasion.date, lawful=True)
    row = world.regime.row(form, organiser.legal_form, kind, round_size(soonest))
    draft = _filed_in_time(world, Plan("expected", form, site, occasion.date, round_size(soonest), row=row), occasion)
    forecast = organiser.forecast(occasion, draft.date, lawful=True)
    return forecast, round_size(forecast)


def _outside_the_law(world: World, organiser: Organiser, occasion: Occasion) -> Iterator[Plan]:
    """Gatherings of a kind that the law leaves outside itself: indoors, or as the residents of a building."""
    exempt = world.regime.exempt
    if exempt is None or not _binds(world, organiser, occasion):
        return
    for kind in ("indoor", "residents"):
        if kind in exempt.kinds:
            forecast = organiser.forecast(occasion, occasion.date, lawful=True)
            size = min(world.conduct.choices.room_indoors, forecast)
            effort = min(1.0, size / max(forecast, 1.0))
            yield Plan(
                "exempt_kind", "meeting", occasion.site, occasion.date, round_size(size), effort, public=False, exempt_kind=kind
            )
            return


def _binds(world: World, organiser: Organiser, occasion: Occasion) -> bool:
    """Whether the law asks anything of what the organiser has in mind; from a law that does not, nobody needs to get away."""
    kind = world.town.spec.sites[occasion.site].kind
    declared = round_size(organiser.forecast(occasion, occasion.date, lawful=True))
    row = world.regime.row(occasion.form, organiser.legal_form, kind, declared)
    return (row is not None and row.procedure != "exempt") or occasion.site in world.places.prohibited


def _filed_in_time(world: World, plan: Plan, occasion: Occasion) -> Plan:
    """The plan with its filing, if it owes one, and on a day for which that is in time."""
    filed = replace(plan, files=plan.owes_filing)
    return replace(filed, date=_in_time(world, filed, occasion))


def _in_time(world: World, plan: Plan, occasion: Occasion) -> int:
    """The day of the occasion, or the first later one for which a filing made today is in time.

    Where the law accepts late notice when earlier notice was not possible, the day of the occasion it is: nobody knew of it
    before. Only leave that must be waited for takes a day at least.
    """
    if not plan.files:
        return occasion.date
    if accepts_late(world.regime):
        return max(occasion.date, occasion.day + (plan.procedure == "permit"))
    return max(occasion.date, earliest_date(world, plan.row, occasion.day))


def _on_free_days(world: World, plan: Plan) -> Iterator[Plan]:
    """The plan on its day, and on the next day off if that is another one."""
    yield plan
    later = range(plan.date, plan.date + _LOOKS_AHEAD + 1)
    free = next((day for day in later if not world.calendar.working(day)), plan.date)
    if free != plan.date:
        yield replace(plan, date=free)
