"""Street: what is due today gathers; police deploy; limits are checked; terminations, dispersals, arrests (the day, part 4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.record import Arrested, Dispersed, Held, LimitPassed, Prevented, Terminated
from sim.reference.answers import settle_without_leave
from sim.reference.gathering import Call, who_comes
from sim.reference.law import bars_foreigners, bars_minors, breaches, limits, penalty, since_repeat

if TYPE_CHECKING:
    from sim.reference.citizen import Citizen, Mind
    from sim.reference.docket import Assembly
    from sim.reference.model import ReferenceModel

__all__ = ["Gathering", "street_day"]


@dataclass(slots=True, eq=False)
class Gathering:
    """An assembly that is being held today.

    Attributes:
        assembly: which. breaches: offences by the text of the law as it begins. suspect: whether officials hold it unlawful.
        expected: persons whom everyone expects. officers: sent. goers: the adults who came. parents: those with a child.
        offences: all there were in the end. detained: arrested adults. ended: whether it was terminated. forced: dispersed.
        organiser_punished: whether its organiser was. call, minds: as people saw it, and what they made of it (nobody is asked
        to a single picket).
    """

    assembly: Assembly
    breaches: list[str]
    suspect: bool
    offences: list[str]
    expected: float = 1.0
    officers: int = 0
    goers: list[Citizen] = field(default_factory=list)
    parents: list[Citizen] = field(default_factory=list)
    detained: list[Citizen] = field(default_factory=list)
    ended: bool = False
    forced: bool = False
    organiser_punished: bool = False
    call: Call | None = None
    minds: list[Mind] = field(default_factory=list)

    @property
    def turnout(self) -> int:
        """Persons who came: the law counts children too."""
        return len(self.goers) + len(self.parents)


def street_day(model: ReferenceModel) -> None:
    """Hold what is due today, in the order in which it was planned."""
    due = [assembly for assembly in model.assemblies if assembly.fate is None and assembly.plan.date == model.today]
    gatherings = [gathering for assembly in due if (gathering := _begin(model, assembly))]
    for gathering in gatherings:
        gathering.expected = _expected(gathering)
    model.police.deploy(gatherings)
    for gathering in gatherings:
        _hold(model, gathering)
    model.held_today = [gathering for gathering in gatherings if gathering.goers]


def _begin(model: ReferenceModel, assembly: Assembly) -> Gathering | None:
    """Whether it begins: no phantom, its organiser free and still willing, and not prevented."""
    organiser = assembly.organiser
    if assembly.plan.strategy == "phantom":
        model.call_off(assembly, "phantom")
        return None
    if organiser.jailed_until > model.today:
        model.call_off(assembly, "organiser_jailed")
        return None
    if not settle_without_leave(model, assembly):
        return None
    if not organiser.keeps_to_it(assembly):
        model.call_off(assembly, "forecast")
        return None
    found = breaches(model, assembly)
    let_down = assembly.relied and not model.authority.honours_silence(organiser.number, assembly.code)
    suspect = bool(found) or let_down
    if suspect and model.police.prevent(assembly):
        model.end(assembly, "prevented")
        model.record.add(Prevented(model.today, assembly.number, "organiser_detained"))
        organiser.learns_punishment(punished=True)
        return None
    return Gathering(assembly, found, suspect, list(found) or (["after_refusal"] if let_down else []))


def _expected(gathering: Gathering) -> float:
    """Persons expected on the day, as it stands with the law: what the organiser says, and the police believe."""
    assembly, plan = gathering.assembly, gathering.assembly.plan
    lawful = not gathering.suspect
    return 1.0 if plan.alone else assembly.organiser.forecast(assembly.occasion, plan.date, lawful=lawful, effort=plan.effort)


# -- who comes -------------------------------------------------------------------------------------------------------------


def _hold(model: ReferenceModel, gathering: Gathering) -> None:
    assembly = gathering.assembly
    reached = _gather(model, gathering)
    if not gathering.goers:
        model.call_off(assembly, "nobody_came")
        if not assembly.plan.alone:
            assembly.organiser.learns_turnout(assembly, 0, lawful=not gathering.breaches)
        return
    model.end(assembly, "held")
    at_start = list(gathering.breaches)
    if gathering.parents and bars_minors(model.regime) and not assembly.plan.exempt_kind:
        at_start.append("minors")
        gathering.offences.append("minors")
        gathering.suspect = True
    model.record.add(
        Held(
            day=model.today,
            assembly=assembly.number,
            reached=reached,
            adults=len(gathering.goers),
            minors=len(gathering.parents),
            officers=gathering.officers,
            lawful_at_start=not gathering.breaches,
            breaches=tuple(at_start),
            goers=tuple(citizen.number for citizen in gathering.goers),
        )
    )
    _check_limits(model, gathering)
    _police_act(model, gathering)


def _gather(model: ReferenceModel, gathering: Gathering) -> int:
    """Who comes, and with a child. Indoors there is room for so many. Returns how many adults had heard of it."""
    assembly, plan = gathering.assembly, gathering.assembly.plan
    if plan.alone:
        leader = assembly.organiser.leader
        gathering.goers = [leader] if leader.free else []
        return 1
    gathering.call = _call(model, gathering)
    gathering.minds = who_comes(model, gathering.call)
    gathering.goers = [mind.citizen for mind in gathering.minds if mind.going]
    if plan.exempt_kind == "indoor":
        gathering.goers = model.pick(gathering.goers, int(model.conduct.choices.room_indoors), "street/let in", assembly)
    inside = set(gathering.goers)
    gathering.parents = [mind.citizen for mind in gathering.minds if mind.brings_child and mind.citizen in inside]
    return len(gathering.minds)


def _call(model: ReferenceModel, gathering: Gathering) -> Call:
    """The assembly as those who hear of it see it.

    ::

        share of followers told = effort * luck * (1 - 0.5 ^ (days since the call / mobilising)) * (quiet share, if not public)
        readers of the call     = call_reach * adults * (1 + call_shock * shock)
    """
    assembly, behaviour, choices, today = gathering.assembly, model.conduct.behaviour, model.conduct.choices, model.today
    plan, organiser, occasion = assembly.plan, assembly.organiser, assembly.occasion
    shock = model.concern(organiser.issue, today)
    time = today - assembly.called + 0.5
    told = plan.effort * occasion.luck * (1.0 - 0.5 ** (time / choices.mobilising))
    told *= 1.0 if plan.public else choices.quiet_share
    readers = behaviour.call_reach * len(model.citizens) * (1.0 + behaviour.call_shock * max(shock, 0.0))
    workday = behaviour.workday if model.calendar.working(today) else 0.0
    faced = _offences_faced(model, gathering)
    return Call(
        event=assembly.code,
        issue=organiser.issue,
        reach=told,
        audience=int(readers) if plan.public else 0,
        pull=shock + occasion.appeal - workday,
        news=model.news.mood(organiser.issue, today),
        travel=[behaviour.travel * distances[plan.site] for distances in model.town.distance],
        legitimacy=behaviour.deference * model.news.legitimacy(today),
        unlawful={foreign: float(bool(offences)) for foreign, offences in faced.items()},
        threat={(who, again): _threat(model, who, again, faced[who]) for who in (False, True) for again in (False, True)},
        officers=float(gathering.officers),
        announced=gathering.expected,
        belief=model.news.belief,
        repeat_since=since_repeat(model),
        brings=model.conduct.town.people.minors_brought,
        minors_barred=bars_minors(model.regime) and not plan.exempt_kind,
        leader=organiser.leader.number if assembly.part == 0 else -1,
        followers=organiser.followers,
    )


def _offences_faced(model: ReferenceModel, gathering: Gathering) -> dict[bool, list[str]]:
    """The offences that citizens (False) and foreigners (True) think they commit by coming."""
    offences = gathering.offences if gathering.suspect else []
    return {False: offences, True: [*offences, "barred_person"] if bars_foreigners(model.regime) else offences}


def _threat(model: ReferenceModel, foreign: bool, repeat: bool, offences: list[str]) -> tuple[float, float, float]:
    """The worst that is threatened: fine (money), arrest and stigma (monthly wages)."""
    role, behaviour = "foreigner" if foreign else "participant", model.conduct.behaviour
    wage = model.conduct.town.income.mean_wage
    found = [one for offence in offences if (one := penalty(model, role, offence, repeat=repeat))]
    if not found:
        return 0.0, 0.0, 0.0
    worst = max(found, key=lambda one: (one.fine / wage + one.jail, one.expulsion))
    stigma = behaviour.stigma + behaviour.expulsion_weight * worst.expulsion
    return worst.fine, behaviour.jail_weight * worst.jail / 30.0, stigma


# -- what the police do ----------------------------------------------------------------------------------------------------


def _check_limits(model: ReferenceModel, gathering: Gathering) -> None:
    """Limits in the order in which a growing crowd passes them."""
    assembly = gathering.assembly
    for name, persons, rule in limits(model, assembly.plan, assembly.allowed, assembly.organiser.legal_form):
        if gathering.turnout <= persons:
            return
        model.record.add(LimitPassed(model.today, assembly.number, name, persons, rule.consequence))
        if rule.consequence != "tolerated":
            gathering.offences.append("passed_limit")
            gathering.suspect = True
        if rule.consequence == "terminated":
            _terminate(model, gathering, "passed_limit")
            return


def _police_act(model: ReferenceModel, gathering: Gathering) -> None:
    """Tolerate, end, disperse, arrest. The law says whether being unlawful, or the misconduct of a few, is enough."""
    assembly, police, rules = gathering.assembly, model.police, model.regime.termination
    if gathering.suspect and not gathering.ended and rules is not None and rules.unlawful and police.step_in(assembly):
        _terminate(model, gathering, "minors" if gathering.offences == ["minors"] else "unlawful")
    misconduct = police.see_misconduct(assembly, gathering.turnout)
    if misconduct and not gathering.ended and rules is not None and rules.misconduct_of_few:
        _terminate(model, gathering, "misconduct")
    if gathering.ended or misconduct:
        _arrest(model, gathering)


def _terminate(model: ReferenceModel, gathering: Gathering, reason: str) -> None:
    """The police bid people leave; a crowd that stays is dispersed."""
    assembly = gathering.assembly
    leave = model.police.people_leave(assembly)
    gathering.ended, gathering.forced = True, not leave
    model.record.add(Terminated(model.today, assembly.number, reason, leave))
    if not leave:
        gathering.offences.append("not_leaving")
        model.record.add(Dispersed(model.today, assembly.number))


def _arrest(model: ReferenceModel, gathering: Gathering) -> None:
    """Arrests, and what they leave in people and in those who know them."""
    assembly, behaviour = gathering.assembly, model.conduct.behaviour
    if gathering.ended and not gathering.forced and not model.police.arrest_those_who_left(assembly):
        return
    if gathering.forced:
        for citizen in gathering.goers:
            citizen.is_stirred(fear=0.0, anger=behaviour.anger_force)
    gathering.detained = model.pick(gathering.goers, model.police.arrests(gathering), "police/who", assembly)
    if not gathering.detained:
        return
    for citizen in gathering.detained:
        citizen.is_stirred(fear=behaviour.fear_arrested, anger=0.0)
    for citizen in gathering.detained:
        for tie in citizen.ties:
            tie.is_stirred(fear=behaviour.fear_tie, anger=behaviour.anger_tie)
    model.record.add(Arrested(model.today, assembly.number, tuple(citizen.number for citizen in gathering.detained)))
