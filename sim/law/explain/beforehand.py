"""What must be done before an assembly: filing, answer, silence, refusal, appeal."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from sim.law.content import digest, owed
from sim.law.coverage import Cell, sizes_in_words
from sim.law.explain.english import ORGANISERS, SITES, a_form, calendar, either, every, share, span
from sim.law.explain.sentences import Section, Sentence, say
from sim.law.provisions import ProcedureRow
from sim.law.regime import Regime
from sim.law.vocabulary import FACTS, GROUNDS
from sim.words import FORMS, LEGAL_FORMS, SITE_KINDS

__all__ = ["answers", "appeals", "duties", "filings", "refusals"]

type Treatment = tuple[tuple[int, float, int], ...]
"""Stretches of sizes with the row that speaks of them; equal duties side by side are one stretch."""


def duties(regime: Regime, sizes: Sequence[int]) -> Section:
    """What is owed, by form and size."""
    title = "What must be done beforehand"
    if not regime.procedures:
        return Section(title, (Sentence("Nothing has to be filed for an assembly, whatever its form and size."),))
    treatments = _treatments(regime)
    groups: dict[tuple[Treatment, ...], list[str]] = {}
    for form in FORMS:
        groups.setdefault(tuple(treatments[form, *rest] for rest in itertools.product(LEGAL_FORMS, SITE_KINDS)), []).append(form)
    sentences: list[Sentence] = []
    for forms in groups.values():
        classes: dict[Treatment, list[Cell]] = {}
        for cell, treatment in treatments.items():
            if cell[0] == forms[0]:
                classes.setdefault(treatment, []).append(cell)
        cells = sum(map(len, classes.values()))
        for treatment, meant in sorted(classes.items(), key=lambda item: -len(item[1])):
            where = "" if len(meant) * 3 >= cells * 2 else _where(meant)
            sentences += [_duty(regime, forms, where, stretch, sizes) for stretch in treatment]
    return Section(title, tuple(sentences))


def _treatments(regime: Regime) -> dict[Cell, Treatment]:
    known = [digest(owed(row)) for row in regime.procedures]
    found = {}
    for cell, stretches in regime.coverage.items():
        merged: list[tuple[int, float, int]] = []
        for least, below, row in stretches:
            if cell[0] == "single_picket" and not least <= 1 < below:
                continue
            if merged and known[merged[-1][2]] == known[row]:
                merged[-1] = (merged[-1][0], below, merged[-1][2])
            else:
                merged.append((least, below, row))
        found[cell] = tuple(merged) if cell[0] != "single_picket" else tuple((0, float("inf"), row) for _, _, row in merged)
    return found


def _where(cells: Iterable[Cell]) -> str:
    organisers, places = ({cell[axis] for cell in cells} for axis in (1, 2))
    parts = []
    if len(organisers) < len(LEGAL_FORMS):
        parts.append(f"organised by {either(ORGANISERS[word] for word in LEGAL_FORMS if word in organisers)}")
    if len(places) < len(SITE_KINDS):
        parts.append(either(SITES[word] for word in SITE_KINDS if word in places))
    return f" {', '.join(parts)}" if parts else ""


def _duty(regime: Regime, forms: Sequence[str], where: str, stretch: tuple[int, float, int], sizes: Sequence[int]) -> Sentence:
    least, below, number = stretch
    row = regime.procedures[number]
    examples = [f"{size:,}" for size in sizes if least <= size < below]
    any_size = below == float("inf") and least <= 1
    size = "" if any_size else f" of {sizes_in_words(least, below)}"
    such = f" (such as {either(examples)})" if examples and not any_size else ""
    any_size_said = " of any size" if any_size and list(forms) != ["single_picket"] else ""
    any_size_said = " and size" if any_size and len(forms) == len(FORMS) else any_size_said
    about_size = "from" in str(row.size) or "below" in str(row.size)
    threshold = regime.threshold if "threshold" in str(row.size) and about_size else None
    return say(f"{a_form(forms)}{size}{such}{any_size_said}{where} {_owes(row)}", row, threshold)


def _owes(row: ProcedureRow) -> str:
    if row.notice is None:
        return "needs neither notice nor permit." if row.procedure == "exempt" else "is not allowed at all."
    when = "it is publicly announced" if row.notice_from == "announcement" else "it takes place"
    term = f"at least {span(row.notice)} before {when}"
    term += f", but not more than {span(row.earliest)} before" if row.earliest else ""
    if row.procedure == "notification":
        return f"must be notified {term}; it may go ahead unless it is prohibited."
    return f"needs a permit, applied for {term}; it may not go ahead until it is allowed."


def filings(regime: Regime) -> Iterator[Sentence]:
    """What a filing contains."""
    filing = regime.filing
    if not filing:
        return
    if filing.contents:
        yield say(f"A filing must contain {len(filing.contents)} items: {every(filing.contents)}.", filing)
    if filing.delivery.amount:
        yield say(f"The answer takes {span(filing.delivery)} to reach the organiser.", filing)
    if filing.announce_before == "offence":
        yield say("Nobody may be called to the assembly before it is allowed.", filing)
    elif not filing.contents:
        yield say("People may be called to the assembly before any answer.", filing)


def answers(regime: Regime) -> Section:
    """By when the authority answers, and what silence means."""
    sentences: list[Sentence] = []
    rows = [row for row in regime.procedures if row.filed]
    for name in ("notification", "permit"):
        kinds: dict[tuple[object, ...], list[ProcedureRow]] = {}
        for row in rows:
            if row.procedure == name:
                kinds.setdefault((row.decision, row.decision_from, row.silence), []).append(row)
        for alike in kinds.values():
            thing = "A notification" if name == "notification" else "An application for a permit"
            filed = f" (filed {either(dict.fromkeys(str(row.notice) for row in alike))} before)" if len(kinds) > 1 else ""
            sentences.append(say(f"{thing}{filed} {_answered(alike[0])}; {_silence(alike[0])}.", *alike))
    return Section("The answer, and silence", (*filings(regime), *sentences))


def _answered(row: ProcedureRow) -> str:
    if row.decision is None:
        return "need not be answered by any set time"
    if row.decision_from == "assembly":
        return f"must be answered at least {span(row.decision)} before the assembly"
    return f"must be answered within {span(row.decision)}"


def _silence(row: ProcedureRow) -> str:
    return {
        "allowed": "if no answer comes, the assembly may be held",
        "ambiguous": "if no answer comes, it is unclear whether the assembly may be held",
        "refused": "if no answer comes, the assembly may not be held",
    }[row.silence]


def refusals(regime: Regime) -> Section:
    """On what grounds, and by whom, an assembly may be refused."""
    refusal, title = regime.refusal, "Refusal"
    if refusal is None:
        return Section(title, (Sentence("The law lets nobody refuse or prohibit an assembly."),))
    who = (
        "Only a court may prohibit an assembly, on the authority's request."
        if refusal.by_court_only
        else "The authority decides whether to refuse."
    )
    sentences = [say(who, refusal)]
    sentences += [
        say(f"Ground: {GROUNDS[ground.name]}{_fits(ground.name, ground.breadth)}.", ground) for ground in refusal.grounds
    ]
    if refusal.grounds or not refusal.closed:
        sentences.append(say("No other ground may be used." if refusal.closed else "Other grounds may be used as well.", refusal))
    else:
        sentences.append(say("There is no ground on which it may be refused.", refusal))
    if refusal.must_offer:
        sentences.append(say("Whoever refuses must offer another place or time.", refusal))
    if refusal.may_cut_size:
        sentences.append(say("The authority may allow fewer people than were declared.", refusal))
    return Section(title, tuple(sentences))


def _fits(name: str, breadth: float) -> str:
    return "" if name in FACTS and breadth == 1 else f" (can be made to fit {share(breadth)} of unwanted filings)"


def appeals(regime: Regime) -> Section:
    """Where a refusal can be taken, and whether that helps in time."""
    appeal, title = regime.appeal, "Appeal"
    if appeal is None or appeal.to == "none" or appeal.decided_in is None:
        return Section(title, (say("There is no appeal against a refusal.", appeal),))
    before = ", and in any case before the day of the assembly" if appeal.before_assembly else ""
    sentences = [say(f"A refusal can be taken to a {appeal.to}, which decides within {span(appeal.decided_in)}{before}.", appeal)]
    if appeal.suspensive:
        sentences.append(say("While the appeal is pending the refusal does not bind.", appeal))
    delivery = regime.filing.delivery.usual_days if regime.filing else 0.0
    told: dict[str, list[ProcedureRow]] = {}
    for row in regime.procedures:
        if row.notice and row.decision and not appeal.before_assembly:
            from_filing = row.notice.usual_days - row.decision.usual_days
            left = (from_filing if row.decision_from == "filing" else row.decision.usual_days) - delivery
            verdict = "too late" if appeal.decided_in.usual_days > left else "in time"
            thing = "a notification" if row.procedure == "notification" else "an application"
            text = f"Whoever files {thing} on the last day ({row.notice} before) may be refused with {calendar(left)} left: "
            told.setdefault(f"{text}an appeal then comes {verdict}.", []).append(row)
    sentences += [say(text, *rows, appeal) for text, rows in told.items()]
    endless = [row for row in regime.procedures if row.filed and row.decision is None]
    if endless and not appeal.before_assembly:
        sentences.append(say("Where no term is set for the answer, nothing ensures that an appeal comes in time.", *endless))
    return Section(title, tuple(sentences))
