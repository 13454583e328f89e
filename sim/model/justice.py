"""Court: the detained are released, fined or jailed; organisers are held liable; repeat counts rise (the day, part 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.behaviour.arrays import LONG_AGO
from sim.behaviour.mood import pick
from sim.institutions.docket import Assembly
from sim.model.citizens import debt_today
from sim.model.street import Gathering
from sim.record import Sanctioned

if TYPE_CHECKING:
    from sim.institutions.court import Sentence
    from sim.model.model import ProtestModel

__all__ = ["court_day", "punish_organiser"]

_NEVER: int = 2**30
"""Day of return of one who was expelled."""


def court_day(model: ProtestModel) -> None:
    """Sentence those who were detained today, those who were identified later, and the organisers."""
    for gathering in model.held_today:
        detained = gathering.detained
        for citizen in detained.tolist():
            if _coin(model, "punished", citizen, gathering.assembly) < model.conduct.court.punished:
                _punish_citizen(model, gathering, citizen, detained=True)
        if gathering.offences:
            for citizen in _identified(model, gathering):
                _punish_citizen(model, gathering, citizen, detained=False)
            _hold_liable(model, gathering)


def _identified(model: ProtestModel, gathering: Gathering) -> list[int]:
    """Participants who were not detained and are brought to court later."""
    others = np.setdiff1d(gathering.goers, gathering.detained, assume_unique=True)
    assembly = gathering.assembly
    expected = model.conduct.court.identified * others.size
    number = int(expected + _coin(model, "identified", assembly.organiser.number, assembly))
    return [int(citizen) for citizen in pick(others, number, model.streams.key("court/who"), np.uint64(assembly.code))]


def _punish_citizen(model: ProtestModel, gathering: Gathering, citizen: int, *, detained: bool) -> None:
    """Punish a participant for the first of the day's offences that the law punishes participants for."""
    state, people, assembly = model.citizens.state, model.town.people, gathering.assembly
    foreign = bool(people.foreigner[citizen])
    role = "foreigner" if foreign else "participant"
    within = model.regime.sanctions.repeat_within
    repeat = int(state.moods.punished[citizen]) + LONG_AGO >= model.calendar.back(model.today, within.amount, within.unit)
    alone = citizen not in gathering.parents
    offences = [offence for offence in gathering.offences if not (alone and offence == "minors")]
    offences += ["barred_person"] if foreign and model.foreigners_barred else []
    for offence in offences:
        penalty = model.penalty(role, offence, repeat=repeat)
        if penalty is not None:
            break
    else:
        return
    sentence = model.court.sentence(penalty, _coins(model, citizen, assembly))
    income = float(people.income[citizen])
    model.record.add(_sanctioned(model, assembly, role, citizen, offence, detained, sentence, sentence.fine / income, repeat))
    moods = state.moods
    moods.debt[citizen] = debt_today(moods, citizen, model.today, model.conduct.behaviour.debt_half_life) + sentence.fine
    moods.owing[citizen], moods.punished[citizen] = model.today, model.today - LONG_AGO
    state.fines[citizen] += sentence.fine
    state.jail_days[citizen] += sentence.jail
    state.sanctions[citizen] += 1
    if sentence.jail:
        moods.away_until[citizen] = max(moods.away_until[citizen], model.today + 1 + sentence.jail)
    if sentence.expelled:
        state.expelled[citizen] = True
        moods.away_until[citizen] = _NEVER


def _hold_liable(model: ProtestModel, gathering: Gathering) -> None:
    assembly = gathering.assembly
    liable = _coin(model, "liable", assembly.organiser.number, assembly) < model.conduct.court.organisers_liable
    punished = liable and any(punish_organiser(model, assembly, offence) for offence in gathering.offences)
    assembly.organiser.learn_punishment(punished=bool(punished))
    gathering.organiser_punished = bool(punished)


def punish_organiser(model: ProtestModel, assembly: Assembly, offence: str) -> bool:
    """Punish an organiser for an offence, if the law does. A person goes to jail, a legal entity pays."""
    organiser = assembly.organiser
    penalty = model.penalty(organiser.role, offence, repeat=organiser.is_repeat)
    if penalty is None:
        return False
    sentence = model.court.sentence(penalty, _coins(model, organiser.number, assembly, "organiser/"))
    budget = organiser.means * model.town.spec.income.mean_wage
    income = budget if organiser.role == "legal_entity" else float(model.town.people.income[organiser.leader])
    repeat = organiser.is_repeat
    model.record.add(
        _sanctioned(model, assembly, organiser.role, organiser.number, offence, False, sentence, sentence.fine / income, repeat)
    )
    organiser.punished = model.today
    organiser.fines += sentence.fine
    organiser.jail_days += sentence.jail
    if sentence.jail:
        organiser.jailed_until = max(organiser.jailed_until, model.today + 1 + sentence.jail)
        away = model.citizens.state.moods.away_until
        away[organiser.leader] = max(away[organiser.leader], organiser.jailed_until)
    return True


def _sanctioned(
    model: ProtestModel,
    assembly: Assembly,
    role: str,
    who: int,
    offence: str,
    detained: bool,
    sentence: Sentence,
    wages: float,
    repeat: bool,
) -> Sanctioned:
    return Sanctioned(
        model.today,
        assembly.number,
        role,
        who,
        offence,
        detained,
        sentence.fine,
        round(wages, 6),
        sentence.jail,
        sentence.warning,
        sentence.expelled,
        repeat,
    )


def _coins(model: ProtestModel, who: int, assembly: Assembly, of: str = "") -> tuple[float, float, float]:
    return (
        _coin(model, f"{of}kind", who, assembly),
        _coin(model, f"{of}amount", who, assembly),
        _coin(model, f"{of}mercy", who, assembly),
    )


def _coin(model: ProtestModel, question: str, who: int, assembly: Assembly) -> float:
    return model.streams.uniform(f"court/{question}", who, assembly.code)
