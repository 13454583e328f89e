"""Why people came under one law and stayed at home under another: the terms of their inequality, side by side."""

from __future__ import annotations

from typing import Final

from sim.experiment.divergence import Parting
from sim.experiment.watching import Stand, Street
from sim.interface.reasons.page import Page
from sim.interface.reasons.telling import STRATEGIES, plural
from sim.law import OFFENCES

__all__ = ["of_streets"]

_SHOWN: Final = 3
"""Citizens whose terms are shown."""

type Two[T] = tuple[T, T]

_TERMS: Final = (
    ("concern with the issue", "concern"),
    ("the occasion: shock, appeal, working day", "occasion"),
    ("news of late", "news"),
    ("was asked by the organiser", "asked"),
    ("anger", "anger"),
    ("fear", "fear"),
    ("luck (its coin for this assembly)", "luck"),
    ("reluctance to go out at all", "reluctance"),
    ("way to the place", "travel"),
    ("deference: it is unlawful", "deference"),
)
_SANCTION: Final = (
    ("  fine, monthly incomes", "fine"),
    ("  debt from earlier fines", "debt"),
    ("  arrest, as monthly incomes", "jail"),
    ("  stigma, as monthly incomes", "stigma"),
    ("  x risk aversion", "aversion"),
)


def of_streets(page: Page, parting: Parting) -> None:
    """Who came under one and not under the other, and why."""
    streets = tuple(side.sight.street if side.sight else None for side in parting.sides)
    if streets[0] is None or streets[1] is None:
        return
    plans = [side.sight.plan if side.sight else None for side in parting.sides]
    page.say(
        *(f'{letter}: it was planned as "{STRATEGIES[plan.strategy]}".' for letter, plan in zip("AB", plans, strict=True) if plan)
    )
    _as_it_is_seen(page, (streets[0], streets[1]))
    stands = [{stand.citizen: stand for stand in street.stands} for street in (streets[0], streets[1])]
    for n, (gone, letter, other) in enumerate(zip(parting.flipped, "AB", "BA", strict=True)):
        if not gone:
            continue
        why = {citizen: _why(stands[n][citizen], stands[1 - n][citizen]) for citizen in gone}
        counts = [(reason, sum(one == reason for one in why.values())) for reason in _WHYS]
        parts = "; ".join(f"{count:,} {_WHYS[reason]}" for reason, count in counts if count)
        page.head(f"{plural(len(gone), 'adult')} came under {letter} and not under {other}", 2)
        page.say(f"Of them, under {other}: {parts}.")
        order = list(_WHYS)
        shown = sorted(gone, key=lambda citizen: (order.index(why[citizen]), -_swing(stands, citizen)))[:_SHOWN]
        _terms(page, [(citizen, (stands[0][citizen], stands[1][citizen])) for citizen in shown])


_WHYS: Final = {
    "terms": "would not go by their own terms, as the law and the place weigh on them",
    "ties": "miss the ties who went under the other law",
    "away": "are in jail",
    "unheard": "did not hear of it",
}
"""Why somebody who goes in one run stays at home in the other, in the order in which they are shown."""


def _why(here: Stand, there: Stand) -> str:
    """Why somebody who goes here does not go there."""
    if not there.look.reached:
        return "unheard"
    if there.look.margin == float("-inf"):
        return "away"
    alone = there.look.margin + here.look.ties - there.look.weight * there.look.risk
    return "ties" if alone > 0.0 else "terms"


def _swing(stands: list[dict[int, Stand]], citizen: int) -> float:
    return abs(stands[0][citizen].look.surplus - stands[1][citizen].look.surplus)


def _as_it_is_seen(page: Page, streets: Two[Street]) -> None:
    rows = [
        ("held against it by officials", *(_offences(street.offences) for street in streets)),
        ("by the text of the law", *(_offences(street.breaches) for street in streets)),
        ("share of the following that is told", *(f"{street.reach:.2f}" for street in streets)),
        ("people whom a public call reaches", *(f"{street.audience:,}" for street in streets)),
        ("persons expected by everyone", *(f"{street.expected:,.0f}" for street in streets)),
        ("officers sent", *(f"{street.officers:,}" for street in streets)),
        ("share of the unlawful believed to be punished", *(f"{street.belief:.2f}" for street in streets)),
    ]
    page.head("The assembly as people see it", 2)
    page.grid(("", "A", "B", ""), ((*row, "*" if row[1] != row[2] else "") for row in rows), words=3)


def _offences(offences: tuple[str, ...]) -> str:
    return "; ".join(OFFENCES[offence].split(",")[0] for offence in offences) or "nothing"


def _terms(page: Page, citizens: list[tuple[int, Two[Stand]]]) -> None:
    page.head("Why, for the first of them: terms of utility; one goes if their sum is above 0", 2)
    columns = ["", *(f"{citizen} {letter}" for citizen, _ in citizens for letter in "AB"), ""]
    rows = []
    for label, name in _TERMS:
        rows.append(_row(label, citizens, name, "+.2f"))
    rows.append(("ties who go and told it", *(f"{one.look.ties:+.2f} ({one.look.told})" for _, pair in citizens for one in pair)))
    rows += [_row(label, citizens, name, ".2f") for label, name in _SANCTION]
    rows.append(("  x perceived chance of it", *(f"{one.look.risk:.2f}" for _, pair in citizens for one in pair)))
    rows.append(("= the sanction that is feared", *(_feared(one) for _, pair in citizens for one in pair)))
    rows.append(("= sum", *(_sum(one) for _, pair in citizens for one in pair)))
    page.grid(columns, [(*row, _mark(row)) for row in rows if any(cell not in _NOTHING for cell in row[1:])])
    page.say(
        "* differs between A and B. Columns are citizens by number, under A and under B; ? stands where one did not hear of it."
    )


_NOTHING: Final = ("+0.00", "-0.00", "0.00", "?", "+0.00 (0)")


def _row(label: str, citizens: list[tuple[int, Two[Stand]]], name: str, spec: str) -> tuple[str, ...]:
    cells = [format(getattr(one.terms, name) + 0.0, spec) if one.terms else "?" for _, pair in citizens for one in pair]
    return label, *cells


def _feared(stand: Stand) -> str:
    return f"{-stand.look.weight * stand.look.risk + 0.0:+.2f}" if stand.look.reached else "?"


def _sum(stand: Stand) -> str:
    if not stand.look.reached:
        return "?"
    return (
        "leads it"
        if stand.look.margin == float("inf")
        else "in jail"
        if stand.look.margin < -1e6
        else f"{stand.look.surplus:+.2f}"
    )


def _mark(row: tuple[str, ...]) -> str:
    pairs = zip(row[1::2], row[2::2], strict=True)
    return "*" if any(one != other and "?" not in (one, other) for one, other in pairs) else ""
