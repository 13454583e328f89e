"""Why an organiser chose as it did: what it weighed under A and under B, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from sim.experiment.watching import Sight
from sim.institutions.weighing import Account, Choice, Eve, Weighed
from sim.interface.reasons.page import Page
from sim.interface.reasons.telling import STRATEGIES, WAYS, Teller, form
from sim.law import OFFENCES
from sim.law.diff import duty

__all__ = ["changed_terms", "of_choices", "of_eves", "what_is_asked"]

_SHOWN: Final = 8
"""Options that are listed, the best first."""

type Two[T] = tuple[T, T]
type Key = tuple[str, str, int, int]


def what_is_asked(page: Page, sights: Two[Sight | None]) -> None:
    """What the law asks of the plan of each side, under A and under B."""
    plans, told_already = [sight.plan for sight in sights if sight and sight.plan], set[str]()
    for plan in {(plan.form, plan.site, plan.declared, plan.exempt_kind): plan for plan in plans}.values():
        said = []
        for letter, sight in zip("AB", sights, strict=True):
            if sight is None or sight.profile is None or plan.exempt_kind:
                continue
            row = sight.law.row(plan.form, sight.profile.legal_form, sight.sites[plan.site], plan.declared)
            source = f" [{row.source}]" if row and row.source else ""
            said.append(f"{letter}: {duty(row)}{source}")
        if len(said) == 2:
            of = f"a {form(plan.form)} of {plan.declared:,}" if plan.declared > 1 else f"a {form(plan.form)}"
            same = said[0][3:] == said[1][3:]
            told = f"the same under both: {said[0][3:]}" if same else f"{said[0]}; {said[1]}"
            if f"{of}: {told}" not in told_already:
                page.say(f"What the law asks of {of} there: {told}.")
            told_already.add(f"{of}: {told}")


def of_choices(page: Page, tellers: Two[Teller], choices: Two[Choice | None]) -> None:
    """What was weighed, the best first, and what the options that were taken are made of."""
    known = [_by_key(choice) for choice in choices]
    taken = [_taken(choice) for choice in choices]
    keys = dict.fromkeys([*known[0], *known[1]])
    order = sorted(keys, key=lambda key: (key not in taken, -max(_total(choices, known, n, key) for n in (0, 1))))
    rows = [_row(tellers[0], choices, known, key, taken) for key in order[:_SHOWN]]
    more = len(order) - len(rows)
    page.head("What it weighed: payoffs in log-persons (+1 is worth a crowd 2.7 times as large)", 2)
    page.grid(("", "declares", "A worth", "with coin", "B worth", "with coin", ""), rows)
    page.say(
        "An option keeps its coin whatever the law; the largest sum is taken." if rows else "",
        f"{more} options that are worth less are left out." if more else "",
    )
    for letter, choice in zip("AB", choices, strict=True):
        if choice and choice.whether:
            act, wait = (
                choice.acting + choice.scale_whether * choice.whether[1],
                choice.waiting + choice.scale_whether * choice.whether[0],
            )
            verdict = "it acts" if act > wait else "it does not act"
            page.say(f"{letter}: acting is worth {act:.2f} with its coin, waiting {wait:.2f}: {verdict}.")
    _made_of(page, tellers[0], known, [key for key in dict.fromkeys(taken) if key])


def _by_key(choice: Choice | None) -> dict[Key, Weighed]:
    """Options by what they are under every law; of several days, the first keeps 0."""
    found: dict[Key, Weighed] = {}
    for option in choice.options if choice else ():
        key = (option.way, option.plan.form, option.plan.site, 0)
        found[key if key not in found else (*key[:3], 1)] = option
    return found


def _taken(choice: Choice | None) -> Key | None:
    if choice is None or choice.taken is None:
        return None
    chosen = choice.options[choice.taken]
    return next(key for key, option in _by_key(choice).items() if option is chosen)


def _total(choices: Two[Choice | None], known: list[dict[Key, Weighed]], n: int, key: Key) -> float:
    option, choice = known[n].get(key), choices[n]
    return option.worth + choice.scale * option.noise if option and choice else float("-inf")


def _row(
    teller: Teller, choices: Two[Choice | None], known: list[dict[Key, Weighed]], key: Key, taken: list[Key | None]
) -> tuple[str, ...]:
    found = [side.get(key) for side in known]
    sizes = " / ".join(dict.fromkeys(f"{option.plan.declared:,}" for option in found if option))
    dates = " / ".join(dict.fromkeys(teller.date(option.plan.date) for option in found if option))
    way = STRATEGIES.get(key[0]) or WAYS[key[0]]
    cells = []
    for n, option in enumerate(found):
        cells += [_number(option.worth), _number(_total(choices, known, n, key))] if option else ["-", "-"]
    marks = " ".join(f"<- {letter}" for letter, one in zip("AB", taken, strict=True) if one == key)
    return f"{way}: {form(key[1])}, {teller.site(key[2])}, {dates}", sizes, *cells, marks


def _number(value: float) -> str:
    return f"{value:+.2f}" if abs(value) < 1e6 else "no"


def _made_of(page: Page, teller: Teller, known: list[dict[Key, Weighed]], keys: list[Key]) -> None:
    """The accounts of the options that were taken, under A and under B."""
    for key in keys:
        pair = known[0].get(key), known[1].get(key)
        accounts = [option.account if option else None for option in pair]
        name = f"{STRATEGIES.get(key[0]) or WAYS[key[0]]}: {form(key[1])}, {teller.site(key[2])}"
        if all(account is None for account in accounts):
            continue
        lacking = [letter for letter, option in zip("AB", pair, strict=True) if option is None]
        missing = f" (under {lacking[0]} there is no such option)" if lacking else ""
        page.head(f'What makes the payoff of "{name}"{missing}', 2)
        page.grid(("", "A", "B", ""), _terms(accounts))


def _terms(accounts: list[Account | None]) -> Iterator[tuple[str, ...]]:
    offences = [account.offence for account in accounts if account and account.offence]
    punished_for = OFFENCES[offences[0]].split(",")[0] if offences else ""
    rows: tuple[tuple[str, str, str], ...] = (
        ("crowd expected if it is lawful, persons", "persons", ",.1f"),
        ("crowd expected if it is not, persons", "persons_unlawful", ",.1f"),
        ("effort of calling", "effort", ".2f"),
        ("chance it sees of leave", "leave", ".2f"),
        ("worth with leave, effort paid", "lawful", "+.2f"),
        ("expected loss from passing a limit", "overrun", ".2f"),
        ("taste for legality", "legality", ".2f"),
        ("chance it sees of being punished", "punished", ".2f"),
        (f"threat, own monthly wages ({punished_for})", "threat", ".2f"),
        ("worth against the law", "unlawful", "+.2f"),
        ("cost of filing", "filing", ".2f"),
        ("= payoff", "worth", "+.2f"),
    )
    for label, name, spec in rows:
        values = [getattr(account, name) if account else None for account in accounts]
        if any(value not in (None, 0.0) for value in values):
            cells = [_cell(value, spec, name) if account else "-" for account, value in zip(accounts, values, strict=True)]
            yield label, *cells, "*" if cells[0] != cells[1] and "-" not in cells else ""


def _cell(value: float | None, spec: str, name: str) -> str:
    if value is None:
        return "goes without" if name == "leave" else "-"
    return format(value, spec) if abs(value) < 1e6 else "no"


def changed_terms(choices: Two[Choice | None]) -> set[str]:
    """The terms of accounts that are not the same under A and B, in the options that were taken in either."""
    known = [_by_key(choice) for choice in choices]
    found = set[str]()
    for key in filter(None, map(_taken, choices)):
        accounts = [option.account if (option := side.get(key)) else None for side in known]
        if accounts[0] is None or accounts[1] is None:
            found |= {"leave", "threat", "overrun", "filing"}
            continue
        found |= {name for name in Account._fields if _differs(getattr(accounts[0], name), getattr(accounts[1], name))}
    return found


def _differs(one: object, other: object) -> bool:
    """Whether two terms differ as they are shown."""
    if isinstance(one, float) and isinstance(other, float):
        return f"{one:.2f}" != f"{other:.2f}"
    return one != other


def of_eves(page: Page, eves: Two[Eve | None]) -> None:
    """The last look before the street."""
    if not any(eves) or eves[0] == eves[1]:
        return
    rows: Mapping[str, str] = {"persons it now expects": "expected", "worth of going ahead": "gain", "its coin": "noise"}
    page.head("The organiser's last look on the day: it goes ahead if worth and coin sum to more than 0 (log-persons)", 2)
    page.grid(
        ("", "A", "B", ""),
        (
            (
                label,
                *(cells := [f"{getattr(eve, name):+.2f}" if eve else "-" for eve in eves]),
                "*" if cells[0] != cells[1] else "",
            )
            for label, name in rows.items()
        ),
    )
