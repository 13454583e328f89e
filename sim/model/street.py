"""Street: every assembly due today gathers; police deploy; limits are checked as the crowd passes them (the day, part 4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.behaviour.arrays import Call
from sim.behaviour.mood import pick, stir, stir_ties
from sim.behaviour.turnout import gather
from sim.institutions.docket import Assembly
from sim.institutions.status import breaches_at_start, limits
from sim.model.answers import settle_unanswered
from sim.model.occasions import occasion_of
from sim.record import Arrested, Dispersed, Held, LimitPassed, Prevented, Terminated

if TYPE_CHECKING:
    from sim.model.model import ProtestModel

__all__ = ["Gathering", "street_day"]


@dataclass(slots=True, eq=False)
class Gathering:
    """An assembly that is being held today.

    Attributes:
        assembly: which. breaches: offences by the text of the law. suspect: whether officials treat it as unlawful.
        expected: persons whom everyone expects. officers: sent. goers: the adults who came. parents: those with a child.
        offences: all there were in the end. detained: arrested adults. ended: whether it was terminated.
        forced: whether it was dispersed. organiser_punished: whether its organiser was. call: as those who hear of it see it.
    """

    assembly: Assembly
    breaches: tuple[str, ...]
    suspect: bool
    expected: float = 1.0
    officers: int = 0
    goers: npt.NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    parents: npt.NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    offences: list[str] = field(default_factory=list)
    detained: npt.NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    ended: bool = False
    forced: bool = False
    organiser_punished: bool = False
    call: Call | None = None

    @property
    def turnout(self) -> int:
        """Persons who came, children included."""
        return int(self.goers.size + self.parents.size)


def street_day(model: ProtestModel) -> None:
    """Hold what is due today."""
    gatherings = [gathering for assembly in model.due_today() if (gathering := _begin(model, assembly))]
    for gathering in gatherings:
        gathering.expected = _expected(model, gathering)
    model.held_today = gatherings
    expected = [(one.assembly, one.expected, not one.suspect) for one in gatherings]
    for gathering, officers in zip(gatherings, model.police.deploy(expected), strict=True):
        gathering.officers = officers
        _hold(model, gathering)
    model.held_today = [gathering for gathering in gatherings if gathering.goers.size]


def _begin(model: ProtestModel, assembly: Assembly) -> Gathering | None:
    """What is due today, if it is held: not a phantom, its organiser free and still willing, and not prevented."""
    if assembly.plan.strategy == "phantom":
        model.call_off(assembly, "phantom")
        return None
    if assembly.organiser.jailed_until > model.today:
        model.call_off(assembly, "organiser_jailed")
        return None
    if not settle_unanswered(model, assembly):
        return None
    if not assembly.organiser.keeps_to_it(assembly, occasion_of(model, assembly.organiser, assembly.opportunity)):
        model.call_off(assembly, "forecast")
        return None
    breaches = breaches_at_start(assembly, model.regime, model.places, emergency=model.emergency)
    let_down = assembly.relied and not _silence_honoured(model, assembly)
    suspect = bool(breaches) or let_down
    if suspect and model.police.prevents(assembly):
        model.end(assembly, "prevented")
        model.record.add(Prevented(model.today, assembly.number, "organiser_detained"))
        assembly.organiser.learn_punishment(punished=True)
        return None
    return Gathering(assembly, breaches, suspect, offences=list(breaches) or (["after_refusal"] if let_down else []))


def _expected(model: ProtestModel, gathering: Gathering) -> float:
    """Persons expected on the day, as it stands with the law: what the organiser says, and the police believe."""
    assembly, plan = gathering.assembly, gathering.assembly.plan
    if plan.form == "single_picket":
        return 1.0
    occasion = occasion_of(model, assembly.organiser, assembly.opportunity)
    return assembly.organiser.forecast(occasion, plan.date, lawful=not gathering.suspect, effort=plan.effort)


def _silence_honoured(model: ProtestModel, assembly: Assembly) -> bool:
    coin = model.streams.uniform("authority/honours silence", assembly.organiser.number, assembly.code)
    return coin < model.conduct.authority.honours_silence


# -- who comes -------------------------------------------------------------------------------------------------------------


def _hold(model: ProtestModel, gathering: Gathering) -> None:
    assembly = gathering.assembly
    goers, parents, reached = _let_in(model, assembly, *_who_comes(model, gathering))
    if goers.size == 0:
        model.call_off(assembly, "nobody_came")
        if assembly.plan.form != "single_picket":
            occasion = occasion_of(model, assembly.organiser, assembly.opportunity)
            assembly.organiser.learn_turnout(occasion, assembly, 0, lawful=not gathering.breaches)
        return
    gathering.goers, gathering.parents = goers, parents
    model.end(assembly, "held")
    model.events_held += 1
    model.lawful_events += not gathering.breaches
    model.citizens.state.attended[goers] += 1
    barred = parents.size > 0 and model.minors_barred and not assembly.plan.exempt_kind
    if barred:
        gathering.offences.append("minors")
        gathering.suspect = True
    model.record.add(
        Held(
            model.today,
            assembly.number,
            int(reached),
            int(goers.size),
            int(parents.size),
            gathering.officers,
            not gathering.breaches,
            (*gathering.breaches, "minors") if barred else gathering.breaches,
            tuple(goers.tolist()),
        )
    )
    _check_limits(model, gathering)
    _police_act(model, gathering)


def _let_in(model: ProtestModel, assembly: Assembly, goers: Any, parents: Any, reached: int) -> tuple[Any, Any, int]:
    """Indoors there is room for so many; who comes after that is turned away."""
    room = int(model.conduct.choices.room_indoors)
    if assembly.plan.exempt_kind != "indoor" or goers.size <= room:
        return goers, parents, reached
    inside = pick(goers, room, model.streams.key("street/let in"), np.uint64(assembly.code))
    return inside, np.intersect1d(parents, inside, assume_unique=True), reached


def _who_comes(model: ProtestModel, gathering: Gathering) -> tuple[Any, Any, int]:
    assembly = gathering.assembly
    leader = assembly.organiser.leader
    if assembly.plan.form == "single_picket":
        free = model.citizens.state.moods.away_until[leader] <= model.today
        return np.array([leader] if free else [], np.int32), np.empty(0, np.int32), 1
    gathering.call = _call(model, gathering)
    return gather(
        assembly.organiser.followers,
        model.columns,
        model.citizens.state.moods,
        gathering.call,
        model.rates_of_turnout,
        model.keys,
        model.room,
    )


def _call(model: ProtestModel, gathering: Gathering) -> Call:
    """The assembly as those who hear of it see it."""
    assembly, behaviour, today = gathering.assembly, model.conduct.behaviour, model.today
    plan, organiser, issue = assembly.plan, assembly.organiser, assembly.organiser.issue
    shock = model.concern(issue, today)
    choices = model.conduct.choices
    time = today - assembly.called + 0.5
    luck = occasion_of(model, organiser, assembly.opportunity).luck
    reach = plan.effort * luck * (1.0 - 0.5 ** (time / choices.mobilising)) * (1.0 if plan.public else choices.quiet_share)
    audience = behaviour.call_reach * model.town.n * (1.0 + behaviour.call_shock * max(shock, 0.0)) if plan.public else 0.0
    workday = behaviour.workday if model.calendar.working(today) else 0.0
    threats, unlawful = model.threats(gathering.offences if gathering.suspect else [])
    within = model.regime.sanctions.repeat_within
    return Call(
        event=np.uint64(assembly.code),
        day=today,
        issue=issue,
        reach=reach,
        audience=int(audience),
        pull=shock + assembly.appeal - workday,
        news=model.news.mood(issue, today),
        travel=model.travel[:, plan.site],
        deference_weight=behaviour.deference * model.news.legitimacy(today),
        unlawful=unlawful,
        fine=threats[0],
        jail=threats[1],
        stigma=threats[2],
        officers=float(gathering.officers),
        announced=gathering.expected,
        belief=model.news.belief,
        repeat_since=model.calendar.back(today, within.amount, within.unit),
        brings=model.town.spec.people.minors_brought,
        minors_barred=model.minors_barred and not plan.exempt_kind,
        leader=organiser.leader if assembly.part == 0 else -1,
    )


# -- what the police do ----------------------------------------------------------------------------------------------------


def _check_limits(model: ProtestModel, gathering: Gathering) -> None:
    """Limits in the order in which a growing crowd passes them."""
    assembly = gathering.assembly
    site = model.town.spec.sites[assembly.plan.site]
    found = limits(assembly.plan, assembly.allowed, model.regime, assembly.organiser.legal_form, site.kind, site.capacity)
    for name, persons, rule in found:
        if gathering.turnout <= persons:
            return
        model.record.add(LimitPassed(model.today, assembly.number, name, persons, rule.consequence))
        if rule.consequence == "tolerated":
            continue
        gathering.offences.append("passed_limit")
        gathering.suspect = True
        if rule.consequence == "terminated":
            _terminate(model, gathering, "passed_limit")
            return


def _police_act(model: ProtestModel, gathering: Gathering) -> None:
    """Tolerate, end, disperse, arrest."""
    assembly, police, rules = gathering.assembly, model.police, model.regime.termination
    if gathering.suspect and not gathering.ended and rules is not None and rules.unlawful and police.steps_in(assembly):
        reason = "minors" if gathering.offences == ["minors"] else "unlawful"
        _terminate(model, gathering, reason)
    misconduct = police.misconduct(assembly, gathering.turnout)
    if misconduct and not gathering.ended and rules is not None and rules.misconduct_of_few:
        _terminate(model, gathering, "misconduct")
    if gathering.ended or misconduct:
        _arrest(model, gathering)


def _terminate(model: ProtestModel, gathering: Gathering, reason: str) -> None:
    assembly = gathering.assembly
    gathering.ended = True
    leave = model.police.people_leave(assembly)
    model.record.add(Terminated(model.today, assembly.number, reason, leave))
    if not leave:
        gathering.offences.append("not_leaving")
        gathering.forced = True
        model.record.add(Dispersed(model.today, assembly.number))


def _arrest(model: ProtestModel, gathering: Gathering) -> None:
    """Arrests, and what they leave in people and in those who know them."""
    assembly, behaviour, today = gathering.assembly, model.conduct.behaviour, model.today
    moods, halves = model.citizens.state.moods, (behaviour.fear_half_life, behaviour.anger_half_life)
    if gathering.ended and not gathering.forced and not model.police.arrests_those_who_left(assembly):
        return
    number = model.police.arrests(assembly, int(gathering.goers.size), gathering.officers, force=gathering.forced)
    if gathering.forced:
        stir(gathering.goers, today, 0.0, behaviour.anger_force, *halves, moods)
    if number == 0:
        return
    gathering.detained = pick(gathering.goers, number, model.streams.key("police/who"), np.uint64(assembly.code))
    model.citizens.state.arrests[gathering.detained] += 1
    stir(gathering.detained, today, behaviour.fear_arrested, 0.0, *halves, moods)
    stir_ties(gathering.detained, today, behaviour.fear_tie, behaviour.anger_tie, *halves, moods, model.columns)
    model.record.add(Arrested(today, assembly.number, tuple(gathering.detained.tolist())))
