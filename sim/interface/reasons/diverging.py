"""Where two runs part, and why: the page of ``protestlaw diverge``, and its JSON document."""

from __future__ import annotations

import json
from typing import Any, Final

from sim.experiment.decisions import codes_of
from sim.experiment.divergence import Divergence, Parting
from sim.experiment.watching import Morning, Sight
from sim.interface.differing import leaves
from sim.interface.provisions import provisions
from sim.interface.reasons.choices import changed_terms, of_choices, of_eves, what_is_asked
from sim.interface.reasons.offices import of_coverage, of_odds, of_penalties, of_rulings
from sim.interface.reasons.page import Page
from sim.interface.reasons.plain import plain
from sim.interface.reasons.streets import of_streets
from sim.interface.reasons.telling import Teller, form, plural
from sim.interface.sentences import titles, warnings
from sim.law.diff import Difference, diff
from sim.record import (
    Answered,
    CalledOff,
    Filed,
    Happening,
    Held,
    LawChanged,
    LimitPassed,
    Planned,
    Sanctioned,
    Terminated,
    Waited,
)

__all__ = ["document", "page_of"]

_MOST: Final = 6
"""Provisions that are quoted for one difference."""

_STEMS: Final[dict[str, tuple[str, ...]]] = {
    "threat": ("sanctions.organiser", "sanctions.legal_entity", "sanctions.repeat"),
    "leave": ("refusal", "places", "persons", "filing.delivery"),
    "overrun": ("limits", "threshold"),
    "filing": ("filing",),
}
"""Provisions behind the terms of an organiser's account, by their dotted keys."""

_OF_KINDS: Final[dict[type[Happening], tuple[str, ...]]] = {
    Held: ("sanctions.participant", "sanctions.foreigner", "sanctions.repeat", "persons.foreigners", "persons.minors"),
    CalledOff: ("sanctions", "appeal", "refusal"),
    Answered: ("refusal", "places", "persons", "emergency"),
    Filed: ("filing", "spontaneous"),
    Sanctioned: ("sanctions", "persons"),
    Terminated: ("termination", "limits", "persons"),
    LimitPassed: ("limits", "threshold"),
}
_HEADS: Final = {
    "": "The first happening that differs",
    "organisers": "The first decision of an organiser that differs",
    "officials": "The first decision of officials that differs",
    "citizens": "The first assembly to which other people come",
}

type Two[T] = tuple[T, T]


def page_of(found: Divergence) -> Page:
    """The page."""
    page = Page()
    for letter, title, scenario in zip("AB", titles(found.a, found.b), (found.a, found.b), strict=True):
        page.say(f"{letter}: {title} ({scenario.name}).")
    _beside_the_law(page, found)
    if found.first is None:
        _the_same(page, found)
    for parting in found.partings:
        _parting(page, found, parting)
    for warning in warnings(("A", found.a), ("B", found.b)):
        page.say(f"Mind: {warning}")
    return page


def _beside_the_law(page: Page, found: Divergence) -> None:
    """What differs between the scenarios beside the law, which comes first: a town or people of another kind above all."""
    if not found.one_people:
        page.say(
            "Mind: A and B differ from the ground up, in town, traits, issues or organisers: citizen 5 or organiser 5 of A",
            "is not that of B. So only the first happening is told, and what was weighed is not put side by side.",
        )
    others = [f"{key}: {one} -> {other}" for key, one, other in leaves(found.a, found.b) if key != "scenario.counterfactual"]
    if others:
        more = len(others) - _MOST
        page.say(f"Beside the law they differ in {'; '.join(others[:_MOST])}{f'; and {more} more' if more > 0 else ''}.")


def _the_same(page: Page, found: Divergence) -> None:
    page.say(
        f"With seed {found.seed} the records of A and B are the same to the last byte: {plural(found.common, 'happening')} in "
        f"{plural(found.a.scenario.days, 'day')}."
    )
    never = provisions(found.a.law, found.b.law)
    if never:
        which = "1 provision of their laws differs" if len(never) == 1 else f"{len(never)} provisions of their laws differ"
        page.say(f"{which} and never made a difference:")
        _quote(page, never)
    elif found.a.fingerprint == found.b.fingerprint:
        page.say("They are the same scenario.")


def _parting(page: Page, found: Divergence, parting: Parting) -> None:
    tellers = _tellers(found, parting)
    page.head(_HEADS[parting.actors])
    day = f"Day {parting.day}, {tellers[0].date(parting.day)}"
    if not parting.actors:
        page.say(f"{day}. What happened before it is the same under A and B ({plural(found.common, 'happening')}).")
    else:
        page.say(f"{day}.")
    for letter, teller, side in zip("AB", tellers, parting.sides, strict=True):
        when = f" (on {teller.date(side.happening.day)})" if side.happening and side.happening.day != parting.day else ""
        said = teller.says(side.happening) if side.happening else "nothing of the kind."
        page.say(f"{letter}{when}: {said[:1].upper()}{said[1:]}".rstrip(".") + ".")
    if found.one_people:
        _reasons(page, found, parting, tellers)


def _tellers(found: Divergence, parting: Parting) -> Two[Teller]:
    tellers = Teller(found.a), Teller(found.b)
    for teller, record, side in zip(tellers, found.records, parting.sides, strict=True):
        for index, happening in enumerate(record):
            if side.index is not None and index > side.index:
                break
            teller.know(happening)
    return tellers


def _reasons(page: Page, found: Divergence, parting: Parting, tellers: Two[Teller]) -> None:
    one, other = (side.sight for side in parting.sides)
    sights = one, other
    happening = next(side.happening for side in parting.sides if side.happening)
    if isinstance(happening, LawChanged):
        _the_reform(page, found, parting)
        return
    if isinstance(happening, Planned | Waited):
        _mornings(page, (parting.sides[0].morning, parting.sides[1].morning), sights)
        _occasion(page, tellers[0], next(sight for sight in sights if sight))
    what_is_asked(page, sights)
    choices = one.choice if one else None, other.choice if other else None
    if any(choices):
        of_choices(page, tellers, choices)
    if parting.actors != "citizens":
        of_eves(page, (one.eve if one else None, other.eve if other else None))
    if isinstance(happening, Answered):
        of_rulings(page, sights)
    if not isinstance(happening, Held):
        of_odds(page, sights)
    of_penalties(page, sights, (parting.sides[0].happening is not None, parting.sides[1].happening is not None))
    if isinstance(happening, Sanctioned):
        _was_there(page, found, parting, happening)
    of_coverage(page, sights)
    if isinstance(happening, Held | CalledOff):
        of_streets(page, parting)
    _provisions(page, sights, happening, changed_terms(choices))


def _occasion(page: Page, teller: Teller, sight: Sight) -> None:
    """What is the same under both: who it is, and the reason to act."""
    who, occasion = sight.profile, sight.occasion
    if who is None or occasion is None:
        return
    kind = who.legal_form.replace("_", " ")
    matters = "today" if occasion.date == occasion.day else f"on {teller.date(occasion.date)}"
    about = f"{who.stance}, {kind}, {teller.issue(who.issue)}; {who.followers:,} follow it; taste for legality {who.legality:.2f}"
    page.say(
        f"The same under both: organiser {who.number} ({about}) has an occasion that matters most",
        f"{matters}; of itself it would hold a {form(occasion.form)} (appeal {occasion.appeal:+.2f}, of which",
        f"it foresees {occasion.foreseen:+.2f}).",
    )


def _mornings(page: Page, mornings: Two[Morning | None], sights: Two[Sight | None]) -> None:
    """Why an opportunity arose in one run and not in the other."""
    if all(sights) or None in mornings:
        return
    said = []
    for letter, morning in zip("AB", mornings, strict=True):
        if morning:
            jailed = f"; its leader is in jail until day {morning.jailed_until}" if morning.jailed_until > 0 else ""
            said.append(
                f"{letter} {morning.rate * morning.factor:.4f} (ordinarily {morning.rate:.4f}, x {morning.factor:.3f}{jailed})"
            )
    page.say(
        "Its opportunity arises under one only. Opportunities come at a rate that rises with shocks to its issue and reports",
        f"of it; expected that day: {'; '.join(said)}. An organiser whose leader is in jail has none.",
    )


def _was_there(page: Page, found: Divergence, parting: Parting, sanction: Sanctioned) -> None:
    """Of somebody punished in one run only: whether it came in the other."""
    n = next((n for n in (0, 1) if parting.sides[n].happening is None), None)
    if n is None or sanction.role not in {"participant", "foreigner"}:
        return
    code = codes_of(found.records[1 - n])[sanction.assembly]
    there = {number for number, other in codes_of(found.records[n]).items() if other == code}
    held = next((held for held in found.records[n].of(Held) if held.assembly in there), None)
    came = held is not None and sanction.who in held.goers
    why = "came to that assembly and was not brought to court" if came else "did not come to that assembly"
    page.say(f"Under {'AB'[n]} citizen {sanction.who} {why}.")


def _the_reform(page: Page, found: Divergence, parting: Parting) -> None:
    side = next(n for n in (0, 1) if isinstance(parting.sides[n].happening, LawChanged))
    happening, scenario = parting.sides[side].happening, (found.a, found.b)[side]
    if isinstance(happening, LawChanged):
        before = scenario.reforms[happening.number - 1].law if happening.number else scenario.law
        page.say(f"What it changes under {'AB'[side]}:")
        _quote(page, provisions(before, scenario.reforms[happening.number].law))


def _provisions(page: Page, sights: Two[Sight | None], happening: Happening, terms: set[str]) -> None:
    """The provisions in force that differ and stand behind what differs."""
    laws = [sight.law if sight else None for sight in sights]
    if laws[0] is None or laws[1] is None or laws[0].fingerprint == laws[1].fingerprint:
        return
    groups = [_STEMS[term] for term in _STEMS if term in terms] + [_OF_KINDS.get(type(happening), ())]
    if any(sight and sight.profile and sight.profile.legal_form == "informal" for sight in sights):
        groups = [tuple(stem for stem in stems if stem != "sanctions.legal_entity") for stems in groups]
    differing = diff(laws[0], laws[1])
    found = [[one for one in differing if stems and one.key.startswith(stems)] for stems in groups]
    if any(found):
        page.head("Provisions behind it (- A, + B)", 2)
        share = max(2, _MOST // sum(map(bool, found)))
        shown = list(dict.fromkeys(one for group in found for one in group[:share]))
        _quote(page, shown, more=len({one for group in found for one in group}) - len(shown))


def _quote(page: Page, differences: list[Difference], more: int | None = None) -> None:
    """Provisions as ``protestlaw diff`` shows them, the first of them."""
    shown = differences if more is not None else differences[:_MOST]
    for one in shown:
        source = [f"  [{text}]" if text else "" for text in (one.source_before, one.source_after)]
        meaning = "" if one.meaning.startswith("What ") or not one.meaning else f"  ({one.meaning.rstrip('.')})"
        page.say(f"  {one.key}{meaning}\n    - {one.before}{source[0]}\n    + {one.after}{source[1]}")
    more = len(differences) - len(shown) if more is None else more
    if more:
        page.say(f"  and {more} more: protestlaw diff A B tells all.")


def document(found: Divergence) -> str:
    """The same as one JSON document."""
    said = {
        "seed": found.seed,
        "same": found.first is None,
        "one_people": found.one_people,
        "a": _named(found, 0),
        "b": _named(found, 1),
        "common_happenings": found.common,
        "warnings": warnings(("A", found.a), ("B", found.b)),
        "provisions": [plain(one) for one in diff(found.a.law, found.b.law)],
        "partings": [_told(found, parting) for parting in found.partings],
    }
    return json.dumps(said, indent=2, ensure_ascii=False, allow_nan=False)


def _named(found: Divergence, n: int) -> dict[str, Any]:
    scenario = (found.a, found.b)[n]
    return {
        "name": scenario.name,
        "title": titles(found.a, found.b)[n],
        "fingerprint": scenario.fingerprint,
        "law": scenario.law.regime.title,
    }


def _told(found: Divergence, parting: Parting) -> dict[str, Any]:
    tellers = _tellers(found, parting)
    sides = {
        letter: {
            "index": side.index,
            "happening": plain(side.happening),
            "words": teller.says(side.happening) if side.happening else None,
            "seen": plain(side.sight),
            "morning": plain(side.morning),
        }
        for letter, teller, side in zip("ab", tellers, parting.sides, strict=True)
    }
    return {"of": parting.actors or "all", "day": parting.day, "date": tellers[0].date(parting.day), **sides}
