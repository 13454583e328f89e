"""The whole explanation, in the order a reader needs it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from sim.law.explain.beforehand import answers, appeals, duties, refusals
from sim.law.explain.costs import costs
from sim.law.explain.english import Earner, day_in_words
from sim.law.explain.meanwhile import ending, exceptions, overrun, persons, places
from sim.law.explain.sentences import Explanation, Section, Sentence
from sim.law.provisions import provisions_of
from sim.law.regime import Regime
from sim.law.vocabulary import CONFIDENCE

__all__ = ["explain"]


def explain(
    regime: Regime, *, sizes: Sequence[int] = (40, 249, 250, 3000), day: datetime.date | None = None, earner: Earner | None = None
) -> Explanation:
    """A law in plain English.

    Args:
        regime: the law.
        sizes: declared sizes to give as examples.
        day: the day whose money counts. If none is given: of a bill its own, of a law the last day in force with money known.
        earner: whose purse fines are weighed against; someone on the average wage of the law's country if none is given.
    """
    day = day or _day(regime)
    sections = [
        _about(regime),
        duties(regime, sizes),
        answers(regime),
        refusals(regime),
        appeals(regime),
        places(regime),
        overrun(regime),
        persons(regime),
        ending(regime),
        costs(regime, day, earner or Earner.of(regime, day)),
        exceptions(regime),
        _notes(regime),
        _doubts(regime),
        _sources(regime),
    ]
    return Explanation(regime.regime.title, _status(regime), tuple(section for section in sections if section.sentences))


def _day(regime: Regime) -> datetime.date:
    head = regime.regime
    if head.status == "bill":
        return head.in_force
    known = [row.since for row in (*regime.money.values, *regime.money.wages)]
    return min(head.ended or datetime.date.max, max([head.in_force, *known]))


def _status(regime: Regime) -> Sentence:
    head = regime.regime
    began = day_in_words(head.in_force)
    edited = " It is shown as changed, not as it stood: see the first section." if head.edits else ""
    until = f" until {day_in_words(head.ended)}" if head.ended else ""
    text = {
        "act": f"AN ACT of {head.jurisdiction}, in force from {began}{until}.",
        "bill": f"A BILL that never came into force: nobody was ever bound by this text of {began} ({head.jurisdiction}).",
        "benchmark": f"A BENCHMARK of good practice, as of {began}: it is not the law of any state.",
        "none": "NO LAW: a world without any law of assembly, to compare others with.",
    }[head.status]
    return Sentence(text + edited)


def _about(regime: Regime) -> Section:
    edits = [Sentence(f"Changed: {edit}.") for edit in regime.regime.edits]
    return Section("What it is", (Sentence(regime.regime.description), *edits))


def _notes(regime: Regime) -> Section:
    own = [Sentence(note) for note in regime.regime.notes]
    notes = dict.fromkeys(
        (f"{key}: {provision.note}", provision.source) for key, provision in provisions_of(regime) if provision.note
    )
    return Section("Notes", (*own, *(Sentence(text, (source,)) for text, source in notes)))


def _sources(regime: Regime) -> Section:
    """What the marks stand for, and what is cited without a mark."""
    cited: dict[str, list[str]] = {}
    for key, provision in provisions_of(regime):
        for part in provision.source.split("; "):
            cited.setdefault(part, []).append(key)
    marks = [Sentence(f"{mark}: {text}") for mark, text in regime.sources.items()]
    plain = [Sentence(f"{source}: cited for {_keys(keys)}.") for source, keys in cited.items() if source not in regime.sources]
    return Section("Sources", (*marks, *plain))


def _doubts(regime: Regime) -> Section:
    """What is less than found in its source."""
    doubts: dict[str, list[str]] = {}
    for key, provision in provisions_of(regime):
        doubts.setdefault(provision.confidence, []).append(key)
    told = [
        Sentence(f"{_capital(CONFIDENCE[word])}: {_keys(doubts[word])}.")
        for word in CONFIDENCE
        if word in doubts and word != "found"
    ]
    return Section(
        "How sure it is",
        (
            Sentence(
                "What is not named here was read in its source; brackets above give sources first, then how sure a statement is."
            ),
            *told,
        )
        if told
        else (),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _keys(keys: Sequence[str]) -> str:
    """Dotted keys, those of one list told together."""
    rows: dict[str, list[str]] = {}
    for key in keys:
        stem, _, last = key.rpartition(".")
        rows.setdefault(stem if last[:1].isdigit() or stem == "refusal.grounds" else key, []).append(last)
    return ", ".join(key if [*key.split(".")][-1] == last[0] else f"{key} ({', '.join(last)})" for key, last in rows.items())
