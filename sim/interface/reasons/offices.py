"""Why officials and media did as they did: answers, sentences, reports."""

from __future__ import annotations

from typing import Final

from sim.experiment.watching import Sight
from sim.institutions.weighing import Ruling
from sim.interface.reasons.page import Page
from sim.law import GROUNDS, OFFENCES
from sim.record import Answered, Sanctioned

__all__ = ["of_coverage", "of_odds", "of_penalties", "of_rulings"]

type Two[T] = tuple[T, T]


def of_rulings(page: Page, sights: Two[Sight | None]) -> None:
    """What an answer rests on: the law's grounds, the wish to refuse, and the coins."""
    rulings = [sight.ruling if sight else None for sight in sights]
    if not any(rulings):
        return
    rows: list[tuple[str, ...]] = [
        _chance("it stays silent", rulings, "silence", "silence_coin"),
        _chance("it does not want the assembly and acts on that", rulings, "wish", "wish_coin"),
        _chance("it holds defects of form against what it wants", rulings, "formalism", "formalism_coin"),
    ]
    named = dict.fromkeys(ground.name for ruling in rulings if ruling for ground in ruling.grounds)
    rows += [_ground(name, rulings) for name in named]
    page.head("What the answer rests on: something happens if its coin lies below its chance", 2)
    page.grid(("", "A", "B", "coin", ""), rows)
    for letter, sight, ruling in zip("AB", sights, rulings, strict=True):
        if sight and ruling and isinstance(sight.happening, Answered):
            page.say(f"{letter}: {_verdict(sight.happening, ruling)}")


def _chance(label: str, rulings: list[Ruling | None], name: str, coin: str) -> tuple[str, ...]:
    values = [f"{getattr(ruling, name):.2f}" if ruling else "-" for ruling in rulings]
    coins = dict.fromkeys(f"{getattr(ruling, coin):.2f}" for ruling in rulings if ruling)
    return label, *values, " / ".join(coins), "*" if values[0] != values[1] and "-" not in values else ""


def _ground(name: str, rulings: list[Ruling | None]) -> tuple[str, ...]:
    found = [next((one for one in ruling.grounds if one.name == name), None) if ruling else None for ruling in rulings]
    values = [
        f"{ground.breadth:.2f}" if ground else "not in the law" if ruling else "-"
        for ground, ruling in zip(found, rulings, strict=True)
    ]
    coins = dict.fromkeys(f"{ground.coin:.2f}" for ground in found if ground)
    return (
        f"the ground fits: {GROUNDS[name]}",
        *values,
        " / ".join(coins),
        "*" if values[0] != values[1] and "-" not in values else "",
    )


def _unwanted(ruling: Ruling) -> bool:
    return ruling.wish_coin < ruling.wish


def _verdict(answer: Answered, ruling: Ruling) -> str:
    """How the answer follows from what it rests on."""
    if answer.answer.startswith("silence"):
        return (
            "it stays silent, which the law takes for "
            + {"allowed": "leave", "refused": "a refusal", "ambiguous": "neither"}[answer.answer.removeprefix("silence_")]
            + "."
        )
    wanted = "The assembly is unwanted" if _unwanted(ruling) else "The assembly is not unwanted"
    if answer.answer == "refused":
        if answer.ground in ruling.facts:
            return f"{wanted}; the law's ground is a fact of the filing: {GROUNDS[answer.ground or '']}."
        if answer.ground:
            return f"{wanted}, and a ground of the law can be made to fit: {GROUNDS[answer.ground]}."
        return f"{wanted}, and it is refused without any ground of the law."
    if answer.answer == "size_cut":
        return f"{wanted}, and the law lets the authority cut it to {answer.allowed:,}."
    blocked = _unwanted(ruling) and (" by a court that does not prohibit it" if ruling.by_court else ", but no ground is found")
    return f"{wanted}{blocked or ''}; leave is given."


_POLICE: Final = {
    "prevents": "the organiser of an unlawful one is detained beforehand",
    "steps in": "the police end an unlawful one",
    "misconduct": "a few misbehave",
    "leave": "people leave when told to",
    "arrests all the same": "there are arrests though people left",
}


def of_odds(page: Page, sights: Two[Sight | None]) -> None:
    """The chances behind what the police do."""
    sides = [{one.name: one for one in sight.odds} if sight else {} for sight in sights]
    rows = []
    for name, label in _POLICE.items():
        pair = [side.get(name) for side in sides]
        cells = [f"{one.chance:.2f}" if one else "-" for one in pair]
        coins = dict.fromkeys(f"{one.coin:.2f}" for one in pair if one)
        if coins:
            rows.append((label, *cells, " / ".join(coins), "*" if cells[0] != cells[1] and "-" not in cells else ""))
    if rows:
        page.head("What the police go by: something happens if its coin lies below its chance", 2)
        page.grid(("", "A", "B", "coin", ""), rows)
        page.say("How many are detained follows from form, crowd, officers and style.")


def of_penalties(page: Page, sights: Two[Sight | None], happened: Two[bool]) -> None:
    """What the law threatens, and the sentence.

    Args:
        page: where it is told. sights: what was seen. happened: whether there was a sentence under A and under B.
    """
    if not any(sight and isinstance(sight.happening, Sanctioned) for sight in sights):
        return
    page.head("What the law threatens, and the sentence (money of the town)", 2)
    columns = [_penalty(sight, told) for sight, told in zip(sights, happened, strict=True)]
    labels = ("for", "fine, at most", "fine, at least", "arrest, at most", "may be a warning instead", "sentence")
    rows = zip(labels, *columns, strict=True)
    page.grid(("", "A", "B", ""), ((*row, "*" if row[1] != row[2] else "") for row in rows), words=3)
    page.say("The coins of the court (arrest or fine, how much, mercy) are the same for one assembly under every law.")


def _penalty(sight: Sight | None, happened: bool) -> tuple[str, ...]:
    if sight is None or not isinstance(sight.happening, Sanctioned):
        return ("-",) * 6
    sanction, penalty = sight.happening, sight.penalty
    offence = OFFENCES[sanction.offence].split(",")[0]
    if penalty is None:
        return (offence, "not punished", "-", "-", "-", "-")
    sentence = f"{sanction.jail} days" if sanction.jail else "warning" if sanction.warning else f"fine of {sanction.fine:,.0f}"
    amounts = (f"{penalty.fine:,.0f}", f"{penalty.fine_least:,.0f}", f"{penalty.jail} days")
    return (offence, *amounts, "yes" if penalty.warning else "no", sentence if happened else "none")


def of_coverage(page: Page, sights: Two[Sight | None]) -> None:
    """The chance of each medium to report."""
    sides = [sight.coverage if sight else () for sight in sights]
    outlets = dict.fromkeys(one.outlet for side in sides for one in side)
    by = [{one.outlet: one for one in side} for side in sides]
    rows = []
    for outlet in outlets:
        pair = [side.get(outlet) for side in by]
        cells = [
            ("closed" if not one.open else f"{one.chance:.2f}{' reports' if one.covers else ''}") if one else "-" for one in pair
        ]
        rows.append((f"medium {outlet}", *cells, "*" if cells[0] != cells[1] else ""))
    if rows:
        page.head("The chance of each medium to report it", 2)
        page.grid(("", "A", "B", ""), rows)
