"""What it costs to break the law, in the law's units, in money and in wages."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from sim.law.amounts import Duration, Money
from sim.law.explain.english import Earner, day_in_words, either, every, span, sum_in_words
from sim.law.explain.sentences import Section, Sentence, say
from sim.law.provisions import DatedValue, Sanction
from sim.law.regime import Regime
from sim.law.vocabulary import OFFENCES

__all__ = ["costs"]

_WHO = {
    "participant": "Someone who takes part",
    "organiser": "Someone who organises",
    "legal_entity": "An association or party that organises",
    "foreigner": "A foreigner who takes part",
}
_ROLES = {
    "participant": "those who take part",
    "organiser": "those who organise",
    "legal_entity": "organising associations and parties",
    "foreigner": "foreigners who take part",
}
_ELSE = {
    "participant": "Taking part is not punished.",
    "organiser": "Organising is not punished.",
    "legal_entity": "An association or party that organises faces what any organiser faces, but no arrest.",
    "foreigner": "A foreigner who takes part faces what everybody faces.",
}


def costs(regime: Regime, day: datetime.date, earner: Earner) -> Section:
    """What each role faces."""
    sentences = []
    for role, who in _WHO.items():
        sanction: Sanction | None = getattr(regime.sanctions, role)
        if sanction is None or not sanction.offences:
            fallback = {"legal_entity": regime.sanctions.organiser, "foreigner": regime.sanctions.participant}.get(role)
            if role in {"participant", "organiser"} or (fallback and fallback.offences and sanction is None):
                sentences.append(say(_ELSE[role], sanction))
            continue
        sentences += _role(regime, role, who, sanction, day, earner)
    sentences += _offences(regime)
    fined = any(row.fine.amount or (row.fine_repeat and row.fine_repeat.amount) for row in _rows(regime))
    if fined and earner.wage:
        sentences.append(_worth(regime, day, earner))
    return Section("What breaking it costs", tuple(sentences))


def _rows(regime: Regime) -> list[Sanction]:
    return [row for role in _WHO if (row := getattr(regime.sanctions, role))]


def _role(regime: Regime, role: str, who: str, sanction: Sanction, day: datetime.date, earner: Earner) -> Iterator[Sentence]:
    fine, jail = sanction.fine, sanction.jail if role != "legal_entity" else Duration(0, "days")
    warning = ["a warning"] if sanction.warning else []
    first = either([*warning, *_faces(regime, sanction, fine, jail, day, earner)] or ["no sanction of a stated size"])
    expelled = ", and is expelled" if sanction.expulsion and role == "foreigner" else ""
    yield say(f"{who} faces {first}{expelled}.", sanction)
    fine_again = fine if sanction.fine_repeat is None else sanction.fine_repeat
    jail_again = jail if sanction.jail_repeat is None or role == "legal_entity" else sanction.jail_repeat
    if (fine_again, jail_again) != (fine, jail):
        again = either(_faces(regime, sanction, fine_again, jail_again, day, earner) or ["no sanction of a stated size"])
        yield say(f"For a repeat within {span(regime.sanctions.repeat_within)} it is {again}.", sanction)


def _faces(regime: Regime, sanction: Sanction, fine: Money, jail: Duration, day: datetime.date, earner: Earner) -> list[str]:
    """A fine and an arrest in words, of those that there are."""
    found = []
    if fine.amount:
        least = f"from {sanction.fine_least} up to" if sanction.fine_least.amount else "of up to"
        up_to = "of" if sanction.fine_least == fine else least
        found.append(f"a fine {up_to} {sum_in_words(regime, fine, day, earner)}")
    if jail.amount:
        found.append(f"up to {span(jail)} of arrest")
    return found


def _offences(regime: Regime) -> list[Sentence]:
    """Who answers for what; offences that the same roles answer for are told together."""
    by_roles: dict[tuple[str, ...], list[str]] = {}
    for offence in OFFENCES:
        roles = tuple(role for role in _WHO if (row := getattr(regime.sanctions, role)) and offence in row.offences)
        if roles:
            by_roles.setdefault(roles, []).append(offence)
    sentences = []
    for roles, offences in by_roles.items():
        who, when = every(_ROLES[role] for role in roles), "; ".join(OFFENCES[word] for word in offences)
        sentences.append(
            say(f"{_capital(who)} answer for an assembly when: {when}.", *(getattr(regime.sanctions, role) for role in roles))
        )
    return sentences


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _worth(regime: Regime, day: datetime.date, earner: Earner) -> Sentence:
    """Which day's money and wages the sums are."""
    used = [
        [row for row in rows if row.since <= day][-1:] or list(rows[:1]) for rows in (regime.money.values, regime.money.wages)
    ]
    parts = []
    if used[0]:
        parts.append(f"1 {str(regime.money.unit).removesuffix('s')} is {_value(regime, used[0][0], day)}")
    if used[1]:
        parts.append(f"an average monthly wage is {_value(regime, used[1][0], day)}")
    if earner != Earner.of(regime, day):
        parts.append(f"{earner.called} is {earner.income:,.10g} {earner.currency}")
    return say(f"Sums are those of {day_in_words(day)}: {'; '.join(parts)}.", *used[0], *used[1])


def _value(regime: Regime, row: DatedValue, day: datetime.date) -> str:
    later = f" (the earliest known, of {day_in_words(row.since)})" if row.since > day else ""
    return f"{row.amount:,.10g} {regime.money.currency}{later}"
