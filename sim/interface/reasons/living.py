"""One life under A, or under A and B side by side: the page of ``protestlaw story``, and its JSON document."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from sim.experiment.lives import Life, Moment, Person
from sim.experiment.watching import Profile, Stand
from sim.interface.reasons.page import Page
from sim.interface.reasons.plain import plain
from sim.interface.reasons.telling import Teller, plural
from sim.interface.sentences import titles, warnings
from sim.record import Covered, Held

__all__ = ["document", "page_of"]

_FIFTHS: Final = ("lowest fifth", "second fifth", "middle fifth", "fourth fifth", "highest fifth")
_AGAINST: Final = {
    "reluctance": "reluctance",
    "travel": "the way",
    "deference": "deference to the law",
    "fear": "fear of earlier arrests",
    "news": "the news",
    "occasion": "the occasion",
    "luck": "its coin",
}
"""Terms that can keep somebody at home, in words."""


def page_of(lives: tuple[Life, ...], picked: str = "") -> Page:
    """The page.

    Args:
        lives: one, or two of one person.
        picked: a word on why this one was picked, if nobody was asked for.
    """
    page = Page()
    letters = "AB" if len(lives) > 1 else ("",)
    names = titles(lives[0].scenario, lives[-1].scenario)
    for letter, name, life in zip(letters, names, lives, strict=False):
        page.say(f"{letter + ': ' if letter else ''}{name} ({life.scenario.name}), seed {life.seed}.")
    page.head(_called(lives[0]) + (f" ({picked})" if picked else ""))
    page.say(_who(lives[0]))
    told = [_told(life) for life in lives]
    teller = Teller(lives[0].scenario)
    page.lines(letters, [(teller.date(day), texts) for day, texts in _merged(told)])
    for letter, life in zip(letters, lives, strict=True):
        page.say(f"{letter + ': ' if letter else ''}{_in_all(life)}")
    page.say(_what_is_shown(lives[0]))
    for warning in warnings(*zip(letters, (life.scenario for life in lives), strict=True)):
        page.say(f"Mind: {warning}")
    return page


def _called(life: Life) -> str:
    return f"{'Citizen' if isinstance(life.who, Person) else 'Organiser'} {life.who.number}"


def _who(life: Life) -> str:
    who, teller = life.who, Teller(life.scenario)
    if isinstance(who, Profile):
        kind, issue = who.legal_form.replace("_", " "), teller.issue(who.issue)
        means = "" if who.legal_form == "informal" else f" Its fines weigh against {who.means:.1f} monthly wages."
        return (
            f"{who.stance.capitalize()}, {kind}, acts on {issue}; {who.followers:,} follow it, citizen {who.leader} leads it. "
            f"Taste for legality {who.legality:.2f} log-persons.{means}"
        )
    currency = life.scenario.town.town.currency
    by_fifth = [(fifth, [name for name, at in who.fifths.items() if at == fifth]) for fifth in (0, 1, 2, 3, 4)]
    traits = "; ".join(f"{_FIFTHS[fifth]} of the town in {', '.join(named)}" for fifth, named in by_fifth if named)
    status = "a foreigner" if who.foreigner else "a citizen of the country"
    parts = [f"Lives in {who.district}, {status}, earns {who.income:,.0f} {currency} a month, has {plural(who.ties, 'tie')}."]
    parts.append(f"{traits[:1].upper()}{traits[1:]}.")
    for word, numbers in (("Leads", who.leads), ("Follows", who.follows)):
        if numbers:
            parts.append(f"{word} organiser{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}.")
    return " ".join(parts)


# -- moments in words ------------------------------------------------------------------------------------------------------


def _told(life: Life) -> list[tuple[int, tuple[object, ...], str]]:
    """Each moment: its day, what it is about, and a sentence."""
    teller, found, moments = Teller(life.scenario), [], _by_happening(life)
    for happening in life.record:
        teller.know(happening)
        for moment in moments.get(id(happening), ()):
            said = _says(teller, moment)
            found.append((happening.day, moment.key, f"{said[:1].upper()}{said[1:]}."))
    return found


def _by_happening(life: Life) -> dict[int, list[Moment]]:
    found: dict[int, list[Moment]] = {}
    for moment in life.moments:
        found.setdefault(id(moment.happening), []).append(moment)
    return found


def _says(teller: Teller, moment: Moment) -> str:
    happening = moment.happening
    match moment.part:
        case "went" | "heard":
            return _on_the_street(teller, moment)
        case "arrested":
            return f"is detained at {teller.whose(_assembly(moment))}"
        case "ties":
            return f"{plural(moment.ties, 'tie')} detained at {teller.whose(_assembly(moment))}: fear and anger"
        case "news" if isinstance(happening, Covered):
            return (
                f"news of arrests at {teller.whose(happening.assembly)}, in {plural(len(happening.outlets), 'medium', 'media')}"
            )
        case "sanctioned":
            said = teller.says(happening)
            return said.partition(" ")[2].partition(" ")[2]  # without "citizen 123"
    return teller.says(happening)


def _assembly(moment: Moment) -> int:
    return int(getattr(moment.happening, "assembly"))  # noqa: B009  happenings of these parts have one


def _on_the_street(teller: Teller, moment: Moment) -> str:
    whose, stand = teller.whose(_assembly(moment)), moment.stand
    lawful = ""
    if isinstance(moment.happening, Held):
        lawful = (
            f" ({plural(moment.happening.turnout, 'person')}, {'lawful' if moment.happening.lawful_at_start else 'unlawful'})"
        )
    if stand is None:
        return f"stands at {whose}{lawful}"
    how = "asked by its organiser" if stand.look.asked else "told by a tie" if stand.look.told else "by the public call"
    if stand.look.margin == float("inf"):
        return f"leads {whose}{lawful}"
    if stand.look.margin == float("-inf"):
        return f"hears of {whose}{lawful}, but is in jail"
    ties = f", {plural(stand.look.told, 'tie')} going" if stand.look.told else ""
    verdict = "goes to" if moment.part == "went" else "stays away from"
    against = "" if moment.part == "went" else f"; against it most: {_against(stand)}"
    return f"{verdict} {whose}{lawful}, heard of it {how}{ties}: {stand.look.surplus:+.2f}{against}"


def _against(stand: Stand) -> str:
    """The two heaviest terms that keep somebody at home."""
    if stand.terms is None:
        return "nothing"
    weights = {word: getattr(stand.terms, name) for name, word in _AGAINST.items()}
    weights["the sanction"] = -stand.look.weight * stand.look.risk
    heaviest = sorted((value, word) for word, value in weights.items() if value < 0)[:2]
    return ", ".join(f"{word} {value:+.2f}" for value, word in heaviest)


def _merged(told: Sequence[Sequence[tuple[int, tuple[object, ...], str]]]) -> list[tuple[int, tuple[str, ...]]]:
    """Day by day, what is about one thing beside each other: ``(day, one text a life)``, empty where there is none."""
    rows: list[tuple[int, tuple[str, ...]]] = []
    days = sorted({day for life in told for day, _, _ in life})
    for day in days:
        of_day = [{key: said for that, key, said in life if that == day} for life in told]
        keys = dict.fromkeys(key for life in of_day for key in life)
        rows += [(day, tuple(life.get(key, "") for life in of_day)) for key in keys]
    return rows


# -- the end ---------------------------------------------------------------------------------------------------------------


def _in_all(life: Life) -> str:
    if isinstance(life.who, Person):
        counts = {
            part: sum(moment.part == part for moment in life.moments) for part in ("went", "heard", "arrested", "sanctioned")
        }
        heard = plural(counts["went"] + counts["heard"], "assembly", "assemblies")
        return (
            f"heard of {heard} and went to {counts['went']}; detained "
            f"{plural(counts['arrested'], 'time')}, punished {plural(counts['sanctioned'], 'time')}."
        )
    kinds = [moment.happening.kind for moment in life.moments]
    held = sum(isinstance(moment.happening, Held) and moment.happening.lawful_at_start for moment in life.moments)
    persons = sum(moment.happening.turnout for moment in life.moments if isinstance(moment.happening, Held))
    occasions = f"{kinds.count('planned')} planned, {plural(kinds.count('waited'), 'occasion')} let pass"
    gathered = f"{kinds.count('held')} held ({held} of them lawful as they began) with {plural(persons, 'person')} in all"
    return f"{occasions}, {gathered}, {plural(kinds.count('sanctioned'), 'sanction')} of the organiser."


def _what_is_shown(life: Life) -> str:
    if isinstance(life.who, Person):
        return (
            "Shown: every assembly it heard of, with by how much going is worth more than staying (utility; above 0 it goes), "
            "arrests, sanctions, ties who were detained, news of arrests, and the calendar. News without arrests is left out."
        )
    return "Shown: its occasions and all that the record holds of its assemblies, sanctions of participants left out."


def document(lives: tuple[Life, ...]) -> str:
    """The same as one JSON document."""
    sides = []
    for life in lives:
        moments = [
            {
                "day": day,
                "date": Teller(life.scenario).date(day),
                "part": moment.part,
                "words": said,
                "happening": plain(moment.happening),
            }
            | ({"stand": plain(moment.stand)} if moment.stand else {})
            for moment, (day, _, said) in zip(life.moments, _told(life), strict=True)
        ]
        sides.append({"scenario": life.scenario.name, "fingerprint": life.scenario.fingerprint, "moments": moments})
    said = {
        "seed": lives[0].seed,
        "who": {"is": _called(lives[0]), **plain(lives[0].who)},
        "lives": sides,
        "warnings": warnings(*((letter, life.scenario) for letter, life in zip("AB", lives, strict=False))),
    }
    return json.dumps(said, indent=2, ensure_ascii=False, allow_nan=False)
