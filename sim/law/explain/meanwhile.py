"""What the law says of the assembly itself: places, numbers, persons, ending it, and what lies outside the law."""

from __future__ import annotations

from sim.law.explain.english import ORGANISERS, ZONES, a_form, either, every, share, span
from sim.law.explain.sentences import Section, Sentence, say
from sim.law.provisions import Limit
from sim.law.regime import Regime
from sim.law.vocabulary import EXEMPT_KINDS

__all__ = ["ending", "exceptions", "overrun", "persons", "places"]


def places(regime: Regime) -> Section:
    """Where assemblies may be held."""
    rule, title = regime.places, "Places"
    if rule is None:
        return Section(title, (Sentence("Assemblies may be held anywhere."),))
    if rule.rule == "designated":
        who = "Assemblies" if rule.applies_to == "any" else a_form(rule.applies_to)
        where = "in central locations" if rule.central else "wherever the city likes"
        number = "one" if rule.designated == 1 else rule.designated
        sentences = [say(f"{who} may be held at designated places only; there must be at least {number}, {where}.", rule)]
    else:
        but = " that is not prohibited" if rule.prohibited else ""
        sentences = [say(f"Assemblies may be held at any place{but}; none has to be designated for them.", rule)]
    if rule.rule == "designated" and rule.plan:
        sentences.append(say(f"Which they are, a town says under the plan {rule.plan}.", rule))
    if rule.prohibited:
        sentences.append(say(f"No assembly may be held close to {either(ZONES[zone] for zone in rule.prohibited)}.", rule))
    if rule.capacity_binds:
        sentences.append(say("No more people may be declared than the place holds.", rule))
    if rule.exclusive:
        sentences.append(say("One filing keeps all others from the place on that day.", rule))
    return Section(title, tuple(sentences))


def overrun(regime: Regime) -> Section:
    """What follows if five more come than were declared, at the law's own step if it has one."""
    place = "square" if regime.procedures else ""
    steps = regime.steps("meeting", "informal", place) if place else ()
    declared = steps[0] - 1 if steps and steps[0] > 1 else 249
    came = declared + 5
    sentences = [
        say(
            f"If {came:,} come instead of {declared:,}: {_follows(regime.limits.declared, declared, came)}",
            regime.limits.declared,
        )
    ]
    if steps and declared < steps[0] <= came:
        before, after = (regime.row("meeting", "informal", place, size) for size in (declared, came))
        if before and after:
            change = f"{declared:,} {_duty(before.procedure)}, one of {came:,} {_duty(after.procedure)}"
            if before.procedure == after.procedure:
                change = f"{declared:,} owes other terms than one of {came:,}"
            sentences.append(
                say(f"A meeting of {change}: {_follows(regime.limits.threshold, steps[0] - 1, came)}", regime.limits.threshold)
            )
    capacity = regime.limits.capacity
    if capacity:
        sentences.append(say(f"If more come than the place may hold: {_consequence(capacity)}{_margin(capacity)}.", capacity))
    return Section("If more come than were declared", tuple(sentences))


def _duty(procedure: str) -> str:
    duties = {"exempt": "owes nothing", "notification": "owes a notification", "permit": "owes a permit"}
    return duties.get(procedure, "is not allowed at all")


def _follows(limit: Limit | None, most: int, came: int) -> str:
    if limit is None:
        return "the law attaches nothing to it."
    if limit.consequence != "tolerated" and came <= most * (1 + limit.margin):
        return f"that is within the margin of {share(limit.margin)}, and nothing follows."
    return f"{_consequence(limit)}{_margin(limit)}."


def _consequence(limit: Limit) -> str:
    return {
        "tolerated": "it is tolerated",
        "fined": "it may go on, and is punished afterwards",
        "terminated": "it may be ended on the spot",
    }[limit.consequence]


def _margin(limit: Limit) -> str:
    return (
        f", once the limit is passed by more than {share(limit.margin)}"
        if limit.margin and limit.consequence != "tolerated"
        else ""
    )


def persons(regime: Regime) -> Section:
    """Who may not organise or attend."""
    rule, title = regime.persons, "Who may organise and attend"
    barred = []
    if rule and rule.barred_organisers:
        barred.append(f"{either(ORGANISERS[word] for word in rule.barred_organisers)} may not organise")
    if rule and rule.foreigners_attend == "barred":
        barred.append("foreigners and stateless persons may not take part")
    if rule and rule.minors == "barred":
        barred.append("children may not be brought")
    if not barred:
        return Section(title, (say("Everybody may organise and attend.", rule),))
    return Section(title, tuple(say(f"{text[0].upper()}{text[1:]}.", rule) for text in barred))


def ending(regime: Regime) -> Section:
    """When the police may end an assembly."""
    rule, title = regime.termination, "Ending an assembly"
    if rule is None:
        return Section(title, (Sentence("The law gives the police no ground of its own to end an assembly."),))
    enough = "is enough" if rule.unlawful else "is not enough"
    few = "end" if rule.misconduct_of_few else "do not end"
    return Section(
        title,
        (say(f"That an assembly is unlawful {enough} to end it.", rule), say(f"Unlawful acts of a few {few} it for all.", rule)),
    )


def exceptions(regime: Regime) -> Section:
    """Spontaneous assemblies, emergencies, the press, and gatherings outside the law."""
    sentences = []
    cannot_wait = regime.spontaneous
    if cannot_wait and cannot_wait.allowed:
        within = f", if it is held within {span(cannot_wait.within)} of its cause" if cannot_wait.within else ""
        sentences.append(say(f"A spontaneous assembly needs no notice{within}.", cannot_wait))
    elif regime.procedures:
        sentences.append(say("A spontaneous assembly is treated like any other.", cannot_wait))
    if cannot_wait and cannot_wait.short_notice:
        sentences.append(say("Late notice is accepted where earlier notice was not possible.", cannot_wait))
    emergency = {
        "ground": "Under a state of emergency or martial law an assembly may be refused.",
        "barred": "Under a state of emergency or martial law no assembly may be held.",
        "none": "A state of emergency changes nothing about assemblies.",
    }
    if regime.emergency:
        sentences.append(say(emergency[regime.emergency.effect], regime.emergency))
    press = {
        "none": "No medium may be closed for covering an assembly.",
        "covering_unlawful": "A medium may be closed for covering an unlawful assembly.",
    }
    if regime.press:
        sentences.append(say(press[regime.press.closure], regime.press))
    if regime.exempt:
        outside = every(EXEMPT_KINDS[kind] for kind in regime.exempt.kinds) if regime.exempt.kinds else "nothing"
        sentences.append(say(f"Outside the law stand: {outside}.", regime.exempt))
    return Section("Exceptions", tuple(sentences or [Sentence("The law makes none.")]))
