"""Words, spans of time and sums as a reader says them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sim.law.amounts import Duration, Money
from sim.law.regime import Regime
from sim.words import FORMS

__all__ = [
    "ORGANISERS",
    "SITES",
    "ZONES",
    "Earner",
    "a_form",
    "calendar",
    "day_in_words",
    "either",
    "every",
    "share",
    "span",
    "sum_in_words",
]

SITES: Final = {
    "symbolic": "at a symbolic place",
    "square": "on another square",
    "park": "in a park",
    "street": "in the street",
    "remote": "at a remote place",
    "free_speech": "at a speakers' corner",
}
ORGANISERS: Final = {
    "informal": "an informal group",
    "association": "an association",
    "party": "a party",
    "suspended_party": "a suspended party",
    "foreign_funded": "an association funded from abroad",
}
ZONES: Final = {
    "government": "government buildings",
    "parliament": "parliament",
    "court": "courts",
    "transport": "stations and other places of transport",
    "hospital": "hospitals",
    "school": "schools",
    "military": "military sites",
    "strategic": "strategic and life-support sites",
    "embassy": "embassies",
    "memorial": "memorials",
    "religious": "religious buildings",
    "residence": "the residence of the head of state",
}


@dataclass(frozen=True, slots=True)
class Earner:
    """Whose purse a fine is weighed against.

    Attributes:
        income: what the person earns in a month.
        currency: the currency of the town.
        wage: the average monthly wage of the town.
        called: what the income is called.
    """

    income: float
    currency: str
    wage: float
    called: str = "an average monthly wage"

    @classmethod
    def of(cls, regime: Regime, day: datetime.date) -> Earner:
        """Someone who earns the average wage of the law's own country on a day."""
        rows = [row for row in regime.money.wages if row.since <= day] or regime.money.wages[:1]
        wage = rows[-1].amount if rows else 0.0
        return cls(wage, regime.money.currency, wage)


def either(words: Iterable[str], last: str = "or") -> str:
    """``a, b or c``."""
    *head, tail = words
    return f"{', '.join(head)} {last} {tail}" if head else tail


def every(words: Iterable[str]) -> str:
    """``a, b and c``."""
    return either(words, "and")


def a_form(forms: Sequence[str]) -> str:
    """``A picket, meeting or rally``."""
    said = [form.replace("_", " ") for form in FORMS if form in forms]
    return "An assembly of any form" if len(said) == len(FORMS) else f"A {either(said)}"


def calendar(days: float) -> str:
    """Days of a calendar, rounded: ``7 days``, ``about 3 days``, ``less than a day``."""
    if days < 1:
        return "less than a day" if days > 0 else "no time"
    whole = round(days)
    return f"{'' if abs(days - whole) < 1e-9 else 'about '}{whole} day{'s' if whole != 1 else ''}"


def span(duration: Duration) -> str:
    """A term, with what it comes to in days where that is not plain: ``5 working days (7 days in an ordinary week)``."""
    if duration.unit == "working days" and duration.amount:
        weeks = "an ordinary week" if duration.amount <= 5 else "ordinary weeks"
        return f"{duration} ({calendar(duration.usual_days)} in {weeks})"
    if duration.unit == "clear days":
        return f"{duration} (not counting the day of filing and the day itself)"
    return str(duration)


def day_in_words(day: datetime.date) -> str:
    """``6 June 2020``."""
    return f"{day.day} {day:%B %Y}"


def share(part: float) -> str:
    """``27 %``."""
    return f"{part * 100:.0f} %" if part >= 0.095 or not part else f"{part * 100:.1g} %"


def sum_in_words(regime: Regime, amount: Money, day: datetime.date, earner: Earner) -> str:
    """A fine as the law states it, in the town's money, and as a share of someone's income."""
    if not earner.wage:
        return f"{share(amount.amount)} of an average monthly wage" if amount.unit == "wages" else str(amount)
    fine = regime.money_of(amount, day, earner.currency, earner.wage)
    in_town = [] if amount.unit == earner.currency else [f"{fine:,.0f} {earner.currency}"]
    weight = fine / earner.income
    of = share(weight) if weight < 2 else f"{weight:,.1f} times".replace(".0 ", " ")
    return f"{amount} ({', '.join([*in_town, f'{of} {earner.called}' if weight >= 2 else f'{of} of {earner.called}'])})"
